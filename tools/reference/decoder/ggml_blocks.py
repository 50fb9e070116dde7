"""ggml's q8_0 and q4_0, there and back: blocks of 32 along the input dimension, an f16 scale each.

Written from ggml-quants.c (quantize_row_q8_0_ref, quantize_row_q4_0_ref); checked against the gguf
package's own numpy version in check().
"""

import numpy as np
import torch

BLOCK = 32


def _round_half_away(x):
    return np.copysign(np.floor(np.abs(x) + np.float32(0.5)), x)


def q8_0(x):
    """d = amax / 127 (stored as f16); q = round(x / d); x' = d q. The quotient uses the f32 d."""
    d = np.abs(x).max(-1, keepdims=True) / np.float32(127)
    inverse = np.divide(np.float32(1), d, out=np.zeros_like(d), where=d != 0)
    q = _round_half_away(x * inverse)
    return q * d.astype(np.float16).astype(np.float32)


def q4_0(x):
    """d = (the value of largest magnitude, first one, with its sign) / -8, stored as f16;
    q = min(15, trunc(x / d + 8.5)); x' = d (q - 8)."""
    at = np.abs(x).argmax(-1, keepdims=True)
    d = np.take_along_axis(x, at, -1) / np.float32(-8)
    inverse = np.divide(np.float32(1), d, out=np.zeros_like(d), where=d != 0)
    q = np.minimum(15, np.trunc(x * inverse + np.float32(8.5)))
    return (q - 8) * d.astype(np.float16).astype(np.float32)


def dequantised(weight, kind):
    """`weight` [out, in] after quantising and back; `in` is a multiple of 32."""
    x = weight.detach().float().numpy()
    assert x.ndim == 2 and x.shape[1] % BLOCK == 0
    blocks = x.reshape(x.shape[0], -1, BLOCK)
    return torch.from_numpy({"q8_0": q8_0, "q4_0": q4_0}[kind](blocks).reshape(x.shape))


def check():
    from gguf import GGMLQuantizationType as Type
    from gguf.quants import dequantize, quantize
    x = np.random.default_rng(7).standard_normal((64, 256)).astype(np.float32)
    x[3] = 0
    for kind, type_ in (("q8_0", Type.Q8_0), ("q4_0", Type.Q4_0)):
        theirs = dequantize(quantize(x, type_), type_)
        assert np.array_equal(theirs, dequantised(torch.from_numpy(x), kind).numpy()), kind


if __name__ == "__main__":
    check()
    print("q8_0 and q4_0 equal gguf's, bit for bit")
