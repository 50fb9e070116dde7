"""False-PASS rates at the limit of the bootstraps one could take for a mean CER, beside the one that medbench takes
(docs/verdicts.md). Needs scipy.
"""
import numpy as np
from scipy.stats import beta, t as T, norm
rng=np.random.default_rng(1)
def dists():
    L=0.01
    def logn(s): return lambda n: rng.lognormal(np.log(L)-s*s/2,s,n)
    def gam(k): return lambda n: rng.gamma(k,L/k,n)
    def mix(q,c): # q share with CER c, rest gamma
        return lambda n: np.where(rng.random(n)<q,c,rng.gamma(1,1,n)*(L-q*c)/(1-q))
    return {'logn1':logn(1.),'logn1.5':logn(1.5),'gam.5':gam(.5),'gam.2':gam(.2),'mix5%@.1':mix(.05,.1),'mix2%@.3':mix(.02,.3),'mix1%@.8':mix(.01,.8)},L
def bounds(x,L,B=400,c=.95):
    n=len(x);m=x.mean();s=x.std(ddof=1)
    idx=rng.integers(0,n,(B,n));xb=x[idx];mb=xb.mean(1)
    pct=np.quantile(mb,c)
    z0=norm.ppf(np.clip((mb<m).mean()+.5*(mb==m).mean(),1e-3,1-1e-3))
    jk=(m*n-x)/(n-1);d=jk.mean()-jk;a=(d**3).sum()/(6*((d**2).sum())**1.5+1e-300)
    z=norm.ppf(c);q=norm.cdf(z0+(z0+z)/(1-a*(z0+z)));bca=np.quantile(mb,min(max(q,0),1))
    sb=xb.std(1,ddof=1);tb=(mb-m)/(np.maximum(sb,1e-12)/np.sqrt(n));bt=m-np.quantile(tb,1-c)*s/np.sqrt(n)
    w=rng.exponential(1,(B,n+1));w/=w.sum(1,keepdims=True)
    def g(top): return np.quantile(w[:,:n]@x+w[:,n]*top,c)
    return dict(pct=pct,bca=bca,bt=bt,gmax=g(x.max()),g10=g(max(x.max(),10*L)),g2max=g(max(2*x.max(),10*L)), g1=g(1.0), tt=m+T.ppf(c,n-1)*s/np.sqrt(n))
D,L=dists()
for n in (30,50,100,300):
    for k,f in D.items():
        R=1200;acc={}
        for _ in range(R):
            for kk,v in bounds(f(n),L).items(): acc[kk]=acc.get(kk,0)+(v<=L)
        print(n,k,{kk:round(v/R,3) for kk,v in acc.items()},flush=True)
