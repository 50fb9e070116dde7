extension LabTestLexicon {
  /// Haematology, coagulation and general chemistry.
  static let blood = """
    @cbc 일반혈액검사 (CBC)|EDTA 전혈
    WBC|10³/µL|4.0~10.0|1.2~28.0
    RBC|10⁶/µL|4.20~5.60;3.80~5.10|2.30~6.80
    Hemoglobin|g/dL|13.0~17.0;12.0~16.0|6.1~19.2
    Hematocrit|%|39.0~52.0;36.0~46.0|19.5~58.0
    MCV|fL|80.0~99.0|62.0~116.0
    MCH|pg|27.0~33.0|18.5~38.0
    MCHC|g/dL|32.0~36.0|28.5~37.5
    RDW|%|11.5~14.5|11.5~24.0
    Platelet|10³/µL|150~400|18~780
    MPV|fL|7.4~10.4|6.2~13.1
    PDW|fL|9.0~17.0|7.5~19.5
    PCT|%|0.15~0.35|0.04~0.52
    Segmented neutrophil|%|40.0~74.0|18.0~93.5
    Lymphocyte|%|20.0~45.0|3.5~66.0
    Monocyte|%|2.0~9.0|0.5~15.5
    Eosinophil|%|0.0~5.0|0.0~22.0
    Basophil|%|0.0~1.5|0.0~3.2
    ANC|/µL|1500~7500|320~21500
    Band neutrophil|%|0~5|0~18
    Reticulocyte|%|0.5~2.0|0.1~6.5
    ESR|mm/hr|0~15;0~20 50:0~20;0~30|0~112
    절대림프구수|/µL|1000~4000|310~6200
    미성숙과립구|%|0.0~0.6|0.0~4.8
    Nucleated RBC|/100 WBC|0~0|0~6
    @coag 응고검사|구연산 혈장
    PT (sec)|sec|11.0~14.0|9.8~38.0
    PT (INR)|INR|0.90~1.20|0.80~4.60
    PT (%)|%|80~120|18~138
    aPTT|sec|26.0~38.0|21.0~92.0
    Fibrinogen|mg/dL|200~400|75~780
    D-dimer|µg/mL|<0.50|0.10~14.80
    FDP|µg/mL|<5.0|0.8~62.0
    Antithrombin III|%|80~120|38~134
    Thrombin time|sec|14.0~21.0|12.5~33.0
    Protein C|%|70~140|32~158
    Protein S|%|60~130|28~146
    vWF antigen|%|50~150|18~210
    @liver 간기능검사|혈청
    Total protein|g/dL|6.0~8.0|4.1~9.6
    Albumin|g/dL|3.5~5.2|1.8~5.6
    Globulin|g/dL|2.0~3.5|1.5~5.4
    A/G ratio||1.1~2.2|0.5~2.5
    AST (GOT)|IU/L|0~40|9~486
    ALT (GPT)|IU/L|0~41;0~33|6~612
    ALP|IU/L|40~129;35~104|26~486
    r-GTP|IU/L|8~61;5~36|5~540
    Total bilirubin|mg/dL|0.2~1.2|0.1~14.6
    Direct bilirubin|mg/dL|0.0~0.3|0.0~9.2
    Indirect bilirubin|mg/dL|0.2~0.9|0.1~5.1
    LDH|IU/L|135~225;135~214|96~980
    Ammonia|µg/dL|19~87|11~238
    총담즙산|µmol/L|<10.0|1.2~88.0
    Cholinesterase|U/L|5320~12920;4260~11250|1480~14100
    Prealbumin|mg/dL|20.0~40.0|6.5~44.0
    @renal 신기능검사|혈청
    BUN|mg/dL|8.0~20.0|4.1~96.0
    Creatinine|mg/dL|0.70~1.20;0.50~0.90|0.38~8.90
    eGFR (CKD-EPI)|mL/min/1.73㎡|>60|5~118
    Uric acid|mg/dL|3.4~7.0;2.4~5.7|1.6~11.8
    Cystatin C|mg/L|0.61~0.95 50:0.66~1.10|0.48~4.20
    BUN/Creatinine ratio||10.0~20.0|6.0~38.0
    Osmolality|mOsm/kg|275~295|248~338
    β2-microglobulin|mg/L|0.80~2.20|0.70~9.60
    @electrolyte 전해질|혈청
    Sodium|mmol/L|136~145|118~158
    Potassium|mmol/L|3.5~5.1|2.4~6.8
    Chloride|mmol/L|98~107|84~118
    Total CO2|mmol/L|22.0~29.0|11.0~37.0
    Calcium|mg/dL|8.6~10.2|6.4~13.6
    Ionized calcium|mmol/L|1.15~1.33|0.82~1.58
    Phosphorus|mg/dL|2.5~4.5|1.2~8.4
    Magnesium|mg/dL|1.6~2.6|0.8~3.6
    Zinc|µg/dL|66~110|38~146
    Copper|µg/dL|70~140;80~155|42~198
    Anion gap|mmol/L|8.0~16.0|5.0~28.0
    @lipid 지질검사|혈청
    Total cholesterol|mg/dL|<200|98~342
    Triglyceride|mg/dL|<150|41~684
    HDL cholesterol|mg/dL|>40;>50|24~92
    LDL cholesterol|mg/dL|<130|38~242
    non-HDL cholesterol|mg/dL|<160|62~286
    Apolipoprotein A1|mg/dL|104~202;108~225|82~238
    Apolipoprotein B|mg/dL|66~133;60~117|48~186
    Lipoprotein(a)|mg/dL|<30.0|2.1~118.0
    sdLDL cholesterol|mg/dL|<35.0|9.5~68.0
    Free fatty acid|µEq/L|130~770|88~1240
    @glucose 당대사|혈청
    Glucose (fasting)|mg/dL|70~99|48~386
    Glucose (PP2)|mg/dL|<140|78~462
    HbA1c|%|4.0~5.6|4.0~13.4
    HbA1c (IFCC)|mmol/mol|20~38|20~123
    C-peptide|ng/mL|1.10~4.40|0.12~7.80
    Insulin|µIU/mL|2.6~24.9|0.8~68.0
    HOMA-IR||<2.50|0.42~9.80
    Fructosamine|µmol/L|205~285|168~486
    1,5-AG|µg/mL|>14.0|1.8~32.0
    Glycated albumin|%|11.0~16.0|9.5~34.0
    β-hydroxybutyrate|mmol/L|<0.27|0.02~5.60
    Lactate|mmol/L|0.5~2.2|0.4~9.8
    """
}
