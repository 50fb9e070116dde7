extension DiseaseFamily {
  /// Gut, liver and pancreas.
  static let abdomen = """
    # gibleed|소화기|*|35~86|5~9|1~3일
    cc: 흑색변 | 토혈, 어지럼 | 흑색변, 어지럼
    h: {on} 전부터 짜장면 같은 검은 변을 하루 {2~4}회 보았고 어지럼이 심해짐. | {on} 전 {커피 찌꺼기 같은/선홍색의} 구토를 {1~3}회 한 뒤 식은땀이 나서 내원함.
    h: 최근 {허리/무릎/어깨} 통증으로 {rx.nsaid} {1~4}주간 복용하였음. | 평소 속쓰림이 있었으나 검사는 받지 않았고 최근 음주량이 늘었음.
    h: 심한 복통이나 발열은 없었고 체중 변화도 없었음. | 실신은 하지 않았으나 일어설 때 눈앞이 캄캄해짐.
    x: 결막이 창백하고 상복부에 가벼운 압통이 있음. 직장수지검사에서 흑색변 확인됨. | conjunctiva pale, abdomen soft, rebound tenderness (-), DRE: melena (+).
    +: melena, dizziness
    -: hematochezia, fever, abdominal pain, weight loss
    lab: Hemoglobin-;Hematocrit-;BUN+;Platelet=;PT (INR)=;Creatinine=;Albumin-
    pr: {d+0} 상부위장관내시경 및 내시경적 지혈술
    c: 금식과 수액 공급을 시작하고 {rx.ppi} 고용량을 투여한 뒤 응급 내시경을 시행함. | 농축 적혈구 {2~4}단위를 수혈하고 활력징후가 안정된 뒤 내시경을 시행함.
    c: {위 전정부/위각부/십이지장 구부}에 {0.8~2.2} cm 크기의 궤양과 노출 혈관(Forrest {Ib/IIa})이 있어 {클립 지혈술/아르곤 응고술/에피네프린 주입술}로 지혈함.
    c: {d+2} 추적 내시경에서 재출혈은 없었고 식이를 미음부터 시작함. | 이후 흑색변은 {2~3}일간 남아 있다가 소실됨.
    c: 신속요소분해효소 검사에서 헬리코박터균은 {양성/음성}이었음. | 조직검사에서 악성 세포는 없었음.
    c: {lab.Hemoglobin-}까지 낮았으나 수혈 후 {9.2~10.8} g/dL로 유지됨.
    rx: ppi stomach iron
    o: 위장관 출혈로 내시경적 지혈술과 수혈을 받았으며 궤양 치료제를 {6/8}주 이상 복용하여야 함.
    f: 소염진통제와 음주를 피할 것. | 진통제가 필요하면 반드시 의사와 상의할 것.
    f: {6~8}주 후 상부위장관내시경을 추적하여 궤양 치유를 확인함.
    f: 검은 변이나 토혈이 다시 있으면 응급실로 내원할 것.
    a: UGIB, r/o gastric ulcer bleeding | melena d/t NSAID-induced ulcer
    p: NPO, IV PPI, emergent EGD, transfusion prep | Hb f/u q{6/8}h, H. pylori 제균 고려
    # gastritis|소화기|*|20~82|2~4|1~4주
    cc: 속쓰림 | 상복부 통증, 소화불량 | 신물 역류, 목 이물감
    h: {on} 전부터 식후에 명치가 답답하고 신물이 올라오는 증상이 반복됨. | {공복/식후/밤}에 심해지는 상복부 통증이 {on} 전부터 지속됨.
    h: {커피/매운 음식/과식} 뒤에 심해지고 제산제를 먹으면 잠시 호전됨. | 최근 업무 스트레스가 많았고 식사가 불규칙하였다고 함.
    h: 체중 감소, 삼킴 곤란, 흑색변은 없었음. | 밤에 깨는 통증은 없고 식욕은 유지됨.
    x: 상복부에 가벼운 압통이 있으나 반발통은 없음. | epigastric tenderness (+/-), mass (-), bowel sound normal.
    +: heartburn, epigastric soreness
    -: dysphagia, melena, weight loss, vomiting
    lab: Hemoglobin=;AST (GOT)=;ALT (GPT)=;Amylase=;CEA=;H. pylori IgG+
    pr: {d+1} 상부위장관내시경
    c: 상부위장관내시경에서 {전정부 미란/위축성 변화/식도 하부 점막 손상(LA-A)}이 관찰되었고 궤양이나 종괴는 없었음.
    c: 조직검사에서 {만성 염증/장상피화생}이 확인되었으며 악성 소견은 없었음.
    c: {rx.ppi} 및 {rx.prok} 투여 후 증상이 절반 이하로 줄어듦. | 식이 조절과 {rx.ppi} 투여로 {d+1} 이후 통증이 호전됨.
    c: 복부 초음파에서 담석이나 췌장 이상은 없었음.
    rx: ppi prok stomach
    o: 상기 질환으로 약물 치료와 식이 조절이 필요하며 {4~8}주간의 투약을 권함.
    f: 취침 3시간 전에는 음식을 먹지 말고 카페인과 음주를 줄일 것.
    f: {4/8}주 후 외래에서 증상을 확인하고 {1/2}년 후 내시경을 추적함.
    a: GERD vs FD, r/o PUD | chronic gastritis, H. pylori {미확인/(+)}
    p: PPI {4/8}wks, lifestyle modification | EGD 예약, 제균 치료 상의
    # enteritis|소화기|*|8~80|2~5|1~3일
    cc: 설사, 복통 | 발열, 설사 | 구토, 물설사
    h: {on} 전 {회/덜 익힌 닭고기/도시락/굴}을 먹은 뒤 {6~24}시간 후부터 하루 {5~12}회의 물설사가 시작됨. | {on} 전부터 배꼽 주위가 쥐어짜듯 아프고 구토를 {2~5}회 함.
    h: 함께 식사한 {가족/동료} {1~3}명도 비슷한 증상이 있었음. | 최근 해외여행이나 항생제 복용은 없었음.
    h: 혈변이나 점액변은 없었으나 {37.8~38.8}℃의 열이 있었음.
    x: 복부는 부드럽고 장음이 항진되어 있으며 반발통은 없음. 혀가 말라 있음.
    +: diarrhea, abdominal cramping, nausea
    -: hematochezia, rash, dysuria
    lab: WBC+;CRP+;Sodium-;Potassium-;BUN+;Creatinine=
    c: 수액을 공급하며 전해질을 교정하고 {rx.spasm} 투여함. | 금식 후 {rx.fluid} 정맥 투여로 탈수를 교정함.
    c: 대변 배양에서 {캄필로박터균이 동정됨/병원균이 자라지 않음}. | 대변 PCR 검사에서 {노로바이러스 양성/음성}이었음.
    c: {d+1}부터 열이 내리고 설사 횟수가 하루 {1~3}회로 줄어 죽을 먹기 시작함.
    rx: spasm prok lax
    o: 급성 장염으로 수액 치료를 받았으며 약 {3~7}일간의 안정과 식이 조절이 필요함.
    f: 기름지고 찬 음식, 유제품을 {5~7}일간 피할 것. | 손을 자주 씻고 물은 끓여 마실 것.
    f: 혈변이나 39℃ 이상의 열이 있으면 다시 내원할 것.
    a: AGE, dehydration {mild/moderate} | r/o infectious colitis
    p: hydration, stool culture, 지사제는 보류 | BRAT diet, electrolyte f/u
    # pancreatitis|소화기|*|28~80|6~12|1~2일
    cc: 심한 상복부 통증 | 등으로 뻗치는 복통 | 상복부 통증, 구토
    h: {on} 전 {과음/기름진 식사} 후 시작된 명치 통증이 등으로 뻗치며 점점 심해짐. | {on} 전 갑자기 발생한 상복부 통증으로 똑바로 눕지 못하고 구토를 {2~6}회 함.
    h: 통증은 NRS {7~9}점이며 몸을 앞으로 구부리면 조금 덜함.
    h: 음주는 주 {3~6}회 소주 {1~2}병이며 이전에도 비슷한 통증이 {1~2}회 있었음. | 술은 마시지 않으나 담석이 있다는 말을 들은 적이 있음.
    x: 상복부에 압통과 근긴장이 있고 장음은 감소됨. 황달 {없음/경미함}.
    +: epigastric pain, vomiting
    -: hematemesis, diarrhea, jaundice
    lab: Amylase+;Lipase+;WBC+;CRP+;Calcium-;Triglyceride+;Total bilirubin+;Glucose (fasting)+
    c: 금식과 함께 {rx.fluid} 시간당 {150/200/250} mL로 충분히 공급하고 통증 조절을 위해 {rx.opioid} 사용함.
    c: 복부 CT에서 췌장 부종과 주위 지방 침윤이 있었고 괴사는 보이지 않음(Balthazar {C/D}). | 복부 초음파에서 담낭 결석이 {있었으나/없었고} 총담관 확장은 없었음.
    c: {d+3} 통증이 NRS {2~3}점으로 줄어 저지방식을 시작함.
    c: 가성낭종이나 감염의 증거는 없었으며 장기 부전도 발생하지 않음. | {lab.Lipase+}에서 이후 정상 범위에 가깝게 감소함.
    c: ? 금주 상담을 시행하고 정신건강의학과와 연계함.
    rx: liver ppi opioid
    o: 급성 췌장염으로 입원 치료를 받았고 금주와 저지방식이 반드시 필요함.
    f: 술은 한 잔도 마시지 말 것. | 기름진 음식을 피하고 소량씩 나누어 먹을 것.
    f: {2~4}주 후 외래에서 췌장 효소를 재검하고 복부 CT 추적 여부를 정함.
    a: acute pancreatitis, {alcoholic/biliary r/o}, BISAP {0~2}점
    p: NPO, aggressive hydration, pain control, abdomen CT
    # cirrhosis|소화기|*|40~78|6~12|1~3주
    cc: 복부 팽만 | 복부 팽만, 하지 부종 | 의식 혼탁
    h: {on} 전부터 배가 불러오고 체중이 {3~8} kg 증가함. | 보호자에 따르면 {on} 전부터 말이 어눌하고 낮에 졸려 하는 모습이 반복됨.
    h: {B형간염/알코올}에 의한 간경변으로 {3~12}년 전부터 추적 중이었음.
    h: 발열과 토혈은 없었고 최근 변비가 {3/4/5}일간 있었음. | 복통은 없으나 조금만 먹어도 배가 부르다고 함.
    x: 복부 팽만과 이동 탁음이 있고 거미혈관종이 보임. 공막 황달 {있음/없음}. | shifting dullness (+), spider angioma (+), flapping tremor {(+)/(-)}.
    +: abdominal distension, leg edema
    -: hematemesis, fever, abdominal pain
    lab: Albumin-;Total bilirubin+;PT (INR)+;Platelet-;Ammonia+;Sodium-;AST (GOT)+;AFP=
    pr: {d+1} 복수천자
    c: 복수천자에서 호중구 {40~180}/µL로 자발성 세균성 복막염은 아니었으며 {3~5} L를 배액함.
    c: {rx.mra} 및 {rx.diur} 병용으로 하루 {0.5~0.9} kg씩 체중이 줄고 복수가 감소함.
    c: 관장과 {rx.lax} 투여로 하루 {2~3}회 배변을 유지하였고 의식은 명료해짐. | 상부위장관내시경에서 F{1~2} 식도정맥류가 있었으나 출혈 흔적은 없었음.
    c: 복부 CT에서 간세포암을 시사하는 병변은 없었음. | 간문맥 혈전은 보이지 않음.
    rx: mra diur lax liver
    o: 간경변증으로 복수 조절이 필요하며 과로를 피하고 정기적인 검사를 요함.
    f: 저염식을 하고 술을 끊을 것. | 생선회 등 날음식을 먹지 말 것.
    f: 6개월마다 복부 초음파와 종양표지자를 검사함.
    f: 의식 변화, 토혈, 발열이 있으면 즉시 내원할 것.
    a: LC, Child-Pugh {B/C}, ascites, r/o SBP | hepatic encephalopathy grade {1/2}
    p: paracentesis, diuretics, lactulose enema 유지 | abdomen CT, EGD for varix
    # hepatitis|소화기|*|22~70|4~9|5~12일
    cc: 피로감, 소변 색 변화 | 황달 | 간수치 상승
    h: {on} 전부터 쉽게 피로하고 소변이 {콜라색/진한 갈색}으로 변함. | 직장 검진에서 간수치 상승이 발견되어 의뢰됨.
    h: {한약/건강보조식품/버섯 달인 물}을 {2~6}주간 복용한 적이 있음. | 한약이나 건강보조식품의 복용은 부인함.
    h: 우상복부 불쾌감이 있으나 발열과 가려움은 없었음.
    x: 공막에 {경미한/뚜렷한} 황달이 있고 간은 {1~3} cm 만져짐. 복수 없음.
    +: fatigue, dark urine
    -: fever, pruritus, abdominal distension
    lab: AST (GOT)+;ALT (GPT)+;Total bilirubin+;ALP+;r-GTP+;Albumin=;PT (INR)=;Platelet=
    c: 복부 초음파에서 담도 확장은 없고 간 실질 에코가 {약간 증가/불균질}하였음.
    c: 바이러스 표지자와 자가항체 검사를 시행하였고 {rx.liver} 투여하며 안정하도록 함.
    c: 의심되는 약제를 모두 중단하고 {d+2}부터 간수치가 감소함. | {rx.viral} 투여를 시작하였고 간기능은 점차 호전됨.
    c: 간성 혼수나 응고 장애는 발생하지 않음.
    rx: liver viral
    o: 간염으로 치료 중이며 당분간 안정과 금주, 정기적인 간기능검사를 요함.
    f: {1~2}주 간격으로 간기능을 추적함. | 확인되지 않은 약물과 건강보조식품을 먹지 말 것.
    f: 황달이 심해지거나 졸려 하면 즉시 내원할 것.
    a: acute hepatitis, r/o DILI vs viral | abnormal LFT, r/o fatty liver
    p: viral marker, autoAb, liver sono | 약물 중단, LFT f/u {3~7}일
    """
}
