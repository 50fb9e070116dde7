extension LabTestLexicon {
  /// Hormones, markers, immunology, gases, urine and the rest.
  static let special = """
    @thyroid 갑상선기능검사|혈청
    TSH|µIU/mL|0.27~4.20|0.01~48.60
    Free T4|ng/dL|0.93~1.70|0.21~5.40
    T3|ng/dL|80~200|38~462
    Free T3|pg/mL|2.00~4.40|1.02~14.20
    Total T4|µg/dL|5.10~14.10|2.20~21.40
    Anti-TPO Ab|IU/mL|<34.0|5.2~486.0
    Anti-Tg Ab|IU/mL|<115.0|10.4~892.0
    TSH receptor Ab|IU/L|<1.75|0.30~28.40
    Thyroglobulin|ng/mL|3.5~77.0|0.2~186.0
    Calcitonin|pg/mL|<9.5;<6.4|0.5~42.0
    @hormone 호르몬검사|혈청
    Cortisol (AM)|µg/dL|6.2~19.4|1.8~38.6
    ACTH|pg/mL|7.2~63.3|2.1~142.0
    Intact PTH|pg/mL|15.0~65.0|4.2~486.0
    25-OH Vitamin D|ng/mL|30.0~100.0|6.2~112.0
    Prolactin|ng/mL|4.0~15.2;4.8~23.3|2.1~112.0
    Testosterone|ng/mL|2.80~8.00;0.06~0.82|0.03~11.20
    LH|mIU/mL|1.7~8.6;2.4~12.6|0.3~58.0
    FSH|mIU/mL|1.5~12.4;3.5~12.5|0.4~96.0
    Estradiol|pg/mL|11.3~43.2;12.4~233.0|5.0~412.0
    Progesterone|ng/mL|<0.15;0.20~23.90|0.05~31.20
    IGF-1|ng/mL|88~246 50:64~188|28~486
    Aldosterone|ng/dL|<35.3|2.1~78.0
    Renin activity|ng/mL/hr|0.60~4.18|0.08~14.60
    DHEA-S|µg/dL|80~560;35~430|18~720
    @cardiac 심장표지자|혈청
    CK|IU/L|39~308;26~192|18~2840
    CK-MB|ng/mL|<4.94;<2.88|0.42~186.00
    hs-Troponin T|ng/mL|<0.014|0.003~4.820
    hs-Troponin I|ng/L|<34;<16|2~9860
    Myoglobin|ng/mL|28~72;25~58|18~820
    NT-proBNP|pg/mL|<125 50:<450 75:<900|18~18400
    BNP|pg/mL|<100|8~3860
    Homocysteine|µmol/L|5.0~15.0|3.8~42.0
    ST2|ng/mL|<35.0|8.2~142.0
    @inflam 염증·감염표지자|혈청
    hs-CRP|mg/L|<3.0|0.2~96.0|0.2
    CRP|mg/dL|<0.50|0.05~28.40|0.05
    Procalcitonin|ng/mL|<0.05|0.02~42.60|0.02
    Ferritin|ng/mL|30.0~400.0;13.0~150.0|4.2~1860.0
    IL-6|pg/mL|<7.0|1.5~486.0|1.5
    ASO|IU/mL|<200|25~820
    Presepsin|pg/mL|<300|88~2860
    1,3-β-D-glucan|pg/mL|<80.0|8.2~386.0
    @iron 철대사·비타민|혈청
    Serum iron|µg/dL|59~158;37~145|14~246
    TIBC|µg/dL|250~450|168~562
    UIBC|µg/dL|125~345;135~392|62~486
    Transferrin saturation|%|20~50|4~78
    Transferrin|mg/dL|200~360|112~462
    Vitamin B12|pg/mL|197~771|88~1640
    Folate|ng/mL|3.9~26.8|1.4~34.0
    Haptoglobin|mg/dL|30~200|8~362
    Erythropoietin|mIU/mL|4.3~29.0|2.1~186.0
    @tumor 종양표지자|혈청
    AFP|ng/mL|<7.0|1.1~986.0
    CEA|ng/mL|<5.0|0.5~186.0
    CA 19-9|U/mL|<34.0|2.0~1240.0
    CA 125|U/mL|<35.0|4.8~862.0
    CA 15-3|U/mL|<25.0|5.2~146.0
    CA 72-4|U/mL|<6.9|0.9~88.0
    PSA|ng/mL|M<4.00|0.12~68.40
    Free PSA|ng/mL|M<0.93|0.05~9.80
    PIVKA-II|mAU/mL|<40|11~2860
    NSE|ng/mL|<16.3|6.2~142.0
    CYFRA 21-1|ng/mL|<3.30|0.62~48.60
    SCC antigen|ng/mL|<1.5|0.4~28.0
    Pro-GRP|pg/mL|<81.0|18.0~1420.0
    HE4|pmol/L|F<70.0 50:F<140.0|28.0~846.0
    @abga 동맥혈가스분석 (ABGA)|동맥혈
    pH||7.350~7.450|7.080~7.580
    pCO2|mmHg|35.0~45.0|18.0~78.0
    pO2|mmHg|80.0~100.0|41.0~186.0
    HCO3-|mmol/L|22.0~26.0|8.5~38.0
    Base excess|mmol/L|-2.0~3.0|-18.5~11.5
    O2 saturation|%|95.0~99.0|74.0~99.0
    A-aDO2|mmHg|<20.0|4.0~86.0
    COHb|%|0.5~1.5|0.3~14.0
    MetHb|%|0.0~1.5|0.0~6.8
    @urine 요검사|소변
    U-Color||q:담황색|담황색 황색 호박색 적갈색
    U-Turbidity||q:맑음|맑음 약혼탁 혼탁
    U-Specific gravity||1.005~1.030|1.002~1.042
    U-pH||5.0~8.0|4.5~9.0
    U-Protein||q:음성|음성 ± 1+ 2+ 3+
    U-Glucose||q:음성|음성 ± 1+ 2+ 4+
    U-Ketone||q:음성|음성 ± 1+ 2+ 3+
    U-Occult blood||q:음성|음성 ± 1+ 2+ 3+
    U-Bilirubin||q:음성|음성 1+ 2+
    U-Urobilinogen||q:±|± 1+ 2+
    U-Nitrite||q:음성|음성 양성
    U-Leukocyte esterase||q:음성|음성 1+ 2+ 3+
    U-RBC|/HPF|0~2|0~68
    U-WBC|/HPF|0~4|0~92
    U-Epithelial cell|/HPF|0~5|0~24
    U-Bacteria||q:음성|음성 소수 다수
    U-Cast|/LPF|0~1|0~6
    @urinechem 요화학검사|24시간뇨
    U-Protein/Creatinine ratio|mg/mg|<0.20|0.04~8.60
    U-Albumin/Creatinine ratio|mg/g|<30.0|3.2~2480.0
    U-Sodium|mmol/L|40~220|12~246
    U-Potassium|mmol/L|25~125|8~148
    U-Creatinine|mg/dL|39~259;28~217|14~312
    24hr U-Protein|mg/day|<150|38~8600
    U-Calcium|mg/day|100~300|32~486
    U-Osmolality|mOsm/kg|300~900|88~1140
    U-Cortisol|µg/day|36~137|14~386
    U-Metanephrine|mg/day|<0.80|0.08~3.60
    @serology 감염혈청검사|혈청
    HBsAg||q:음성|음성 양성
    Anti-HBs|mIU/mL|>10.0|2.0~986.0|2.0
    Anti-HBc IgG||q:음성|음성 양성
    HBeAg||q:음성|음성 양성
    Anti-HCV||q:음성|음성 양성
    Anti-HIV||q:음성|음성
    HAV IgM||q:음성|음성 양성
    VDRL||q:음성|음성 약양성 양성
    HBV DNA|IU/mL|<10|10~864000|10
    Rubella IgG|IU/mL|>10.0|1.2~286.0
    Influenza A Ag||q:음성|음성 양성
    Mycoplasma IgM||q:음성|음성 양성
    H. pylori IgG||q:음성|음성 양성
    IGRA (TB)||q:음성|음성 양성
    @immune 면역·자가항체검사|혈청
    RF|IU/mL|<14.0|3.5~386.0
    Anti-CCP|U/mL|<17.0|1.2~486.0
    ANA||q:음성|음성 1:80 1:160 1:320
    Anti-dsDNA|IU/mL|<10.0|0.8~186.0
    C3|mg/dL|90~180|32~218
    C4|mg/dL|10~40|3~58
    IgG|mg/dL|700~1600|286~2860
    IgA|mg/dL|70~400|24~682
    IgM|mg/dL|40~230|12~468
    IgE (total)|IU/mL|<100.0|4.2~2480.0
    ANCA||q:음성|음성 양성
    Anti-SSA/Ro|U/mL|<20.0|1.0~246.0
    Lupus anticoagulant|ratio|<1.20|0.72~2.40
    @pancreas 췌장·근육효소|혈청
    Amylase|U/L|28~100|14~1860
    Lipase|U/L|13~60|6~3240
    Aldolase|U/L|<7.6|1.8~28.4
    @drugtdm 약물농도|혈청
    Digoxin|ng/mL|0.80~2.00|0.22~3.60
    Valproic acid|µg/mL|50.0~100.0|12.0~138.0
    Phenytoin|µg/mL|10.0~20.0|2.2~31.0
    Vancomycin (trough)|µg/mL|10.0~20.0|3.8~34.0
    Tacrolimus|ng/mL|5.0~15.0|1.8~24.6
    Lithium|mmol/L|0.60~1.20|0.14~2.10
    Theophylline|µg/mL|10.0~20.0|2.6~28.0
    """
}
