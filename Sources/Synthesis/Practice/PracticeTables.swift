/// What practice text draws its parts from.
enum PracticeTables {
  static let labels =
    ("성명 주민등록번호 생년월일 나이 성별 주소 전화번호 등록번호 진료과 담당의사 의사면허번호 발행일 진료일 입원일 퇴원일 검사명 결과 단위 참고치 판정 "
    + "질병분류기호 병명 주상병 부상병 처방일수 투약량 투여횟수 총투약일수 용법 비고 확인 서명 직인 합계 금액 보험 급여 비급여 본인부담금 검체 접수일시 보고일시 "
    + "주소증 현병력 과거력 가족력 사회력 신체검진 평가 계획 경과 소견 처치 수술명 마취 예약일 약국 조제일 사업자등록번호 발급번호 용도 제출처")
    .split(separator: " ").map(String.init)

  static let doseUnits = [
    "mg", "mg", "mg", "mg", "㎎", "g", "µg", "㎍", "mcg", "mL", "㎖", "ml", "cc", "㏄", "IU", "단위", "%",
    "정", "캡슐", "포", "방울", "mEq", "mmol", "ng", "kg", "㎏", "L", "ℓ",
  ]

  static let units =
    doseUnits + [
      "%", "%", "%", "°C", "℃", "℉", "mg/dL", "g/dL", "U/L", "IU/L", "mmol/L", "µmol/L", "mEq/L",
      "ng/mL", "pg/mL",
      "µg/dL", "㎍/dL", "ng/dL", "mIU/L", "µIU/mL", "10³/µL", "×10³/㎕", "10⁶/µL", "x10^3/uL",
      "10⁹/L",
      "/µL", "/HPF", "fL", "pg", "mm/hr", "sec", "초", "분", "mmHg", "㎜", "㎝", "cm", "mm", "㎞", "㎡",
      "m²",
      "kg/m²", "㎏/㎡", "mL/min/1.73m²", "회/분", "bpm", "점", "일", "회", "주", "개월", "세", "원", "Kcal",
      "㎉",
      "㎛", "㎚", "㎠", "㎢", "㎣", "㎤", "㎥", "m³", "㎗", "㎘", "‰", "°", "10²", "10⁴",
      "10⁵", "10⁷", "10⁸", "10¹⁰", "mOsm/kg", "INR", "Pack-yr", "갑년", "ppm", "Gy", "mSv", "mA",
      "kV", "Hz",
      "dB",
    ]

  static let usages = [
    "식후 30분", "식전 30분", "취침 전", "아침·저녁 식후", "필요시", "경구", "정맥주사", "피하주사", "p.o.", "tid pc",
    "bid", "q8h", "hs", "PRN", "증상 시",
  ]

  static let wordStarts =
    ("cardio neuro gastro hepato nephro osteo hyper hypo peri endo pneumo hemo myo angio derm oto "
    + "rhino broncho entero col procto cyst uretero hystero masto thyro adeno lympho spleno athero "
    + "cerebro psych ortho chondro arthro spondylo brachy tachy dys anti post sub supra inter trans "
    + "micro macro poly mono bi tri amlo met losar ator clopi cef amoxi val ros pre gaba levo")
    .split(separator: " ").map(String.init)

  static let wordEnds =
    ("itis osis ectomy otomy ostomy plasty scopy graphy gram pathy megaly oma emia uria algia plegia "
    + "rrhea stenosis sclerosis lysis cele ptosis spasm al ic ous ary ine ol ide one ate ed ing tion "
    + "ness able form dipine formin sartan statin dogrel azole pril cillin mycin tidine zepam ril mab")
    .split(separator: " ").map(String.init)

  static let words =
    ("chest PA lateral view CT MRI brain abdomen contrast without acute chronic mild moderate severe "
    + "no active lung lesion normal finding impression recommend follow up biopsy EKG sinus rhythm "
    + "atrial left right bilateral upper lower lobe nodule mass cyst stone fracture edema effusion Rx "
    + "Dx Hx Sx Tx stat prn bid tid qid qd hs ac pc NPO DNR ICU ER OR HTN DM CKD COPD CHF CVA TIA DVT "
    + "UTI URI Adm. Disch. V/S Lt. Rt. s/p r/o c/w w/u Na K Cl Ca Mg Fe Zn Il Ill Troponin I ALT AST "
    + "HbA1c SpO2 pCO2 HCO3 T3 T4 TSH B12 eGFR HDL-C LDL-C NT-proBNP CK-MB D-dimer CA19-9 CA125 PSA "
    + "Anti-HBs HBsAg tab. cap. inj. syr. amp vial CHF CHF kg mg mL dL mmHg")
    .split(separator: " ").map(String.init)

  /// Groups in which one is easily taken for another.
  static let confusables = [
    "lI1|", "O0oQD", "5Ss", "8B3", "2Zz", "6b", "9gq", "uv", "cC", "xX×", "wW", "pP", "kK", "vV",
    ".,;:·", "-_~=", "'`\"", "()[]{}", "/|l1", "il!1I", "rnm", "clod", "vvw", "oO0°", "71T", "4A",
    "ⅠI1l", "ⅡII11", "ⅢIII", "○0O", "□■☐", "α∞8", "βB", "γy", "ρp",
    "κk", "χxX", "ωw", "τt", "ηn", "σ6", "µu", "√v", "×x", "÷+", "±+", "≤<", "≥>", "~-", "<(", ">)",
  ]

  static let koreanDigits = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]

  /// Syllables apart by one stroke.
  static let likeSyllables = [
    "정징장잔", "옥육욱", "훈흔춘", "믹먹막", "튼른", "홍흥훙", "간긴갼", "을올울", "개게", "배베", "대데", "태테",
    "빈번벤", "흉흥", "밀말멀", "탄탐단", "각곽", "펜팬", "쇄쉐", "왜웨외", "맥먹", "린란", "폐페", "관괸",
  ]
}
