extension DiseaseFamily {
  /// Brain and nerves.
  static let nerves = """
    # stroke|신경|*|46~88|7~14|2~10시간
    cc: {side} 편마비, 구음장애 | 갑작스러운 {side} 팔다리 위약 | 어눌한 말투
    h: 내원 {on} 전 {아침에 일어난 뒤/TV를 보던 중/식사 중} {side} 팔다리에 힘이 빠지고 말이 어눌해짐. | {on} 전 정상이었던 것을 보호자가 확인하였고 이후 {side} 팔을 들지 못하는 모습이 발견됨.
    h: 두통과 구토는 없었으며 경련이나 의식 소실도 없었음. | 어지럼이 약간 있었으나 복시나 두통은 없었음.
    h: 뇌졸중의 과거력은 {없으며/5년 전 1회 있었으며} 증상은 도착 시까지 지속됨.
    x: 의식 명료, NIHSS {3~11}점. {side} 상지 근력 {2/3/4}등급, 하지 {3/4}등급, 안면마비 {side} 중추형. | alert, {side} hemiparesis (MRC {3/4}), dysarthria (+), neglect (-).
    +: hemiparesis, dysarthria
    -: headache, vomiting, seizure, diplopia
    lab: Glucose (fasting)+;LDL cholesterol+;HbA1c=;PT (INR)=;Platelet=;Creatinine=;Homocysteine+
    pr: ? {d+0} 정맥 내 혈전용해술
    c: 뇌 MRI 확산강조영상에서 {중대뇌동맥 영역/교뇌/기저핵}의 급성 뇌경색이 확인되었고 출혈은 없었음.
    c: 뇌혈관 CT에서 {중대뇌동맥의 중등도 협착/의미 있는 협착 없음}이 보였으며 심전도는 {동율동/심방세동}이었음. | 경동맥 초음파와 심초음파에서 색전원은 발견되지 않음.
    c: {rx.antiplt} 및 {rx.p2y12} 병용과 고용량 {rx.statin} 투여를 시작함.
    c: 입원 중 신경학적 악화는 없었고 연하 검사를 통과하여 {d+2}부터 식사함.
    c: {d+3}부터 물리치료와 작업치료를 시작하여 {side} 상지 근력이 {3/4}등급으로 회복되고 {보조 보행/독립 보행}이 가능해짐.
    c: 퇴원 시 NIHSS {1~3}점, mRS {1/2/3}점임.
    rx: antiplt p2y12 statin ppi dement
    o: 뇌경색으로 입원하여 약물 치료와 재활 치료를 받았으며 향후 {3/6}개월 이상의 재활이 필요함. | {side} 편마비가 남아 있어 일상생활에 부분적인 도움이 필요함.
    f: 항혈소판제를 중단하지 말고 혈압을 130/80 mmHg 미만으로 유지할 것.
    f: {2~4}주 후 신경과 외래를 방문하고 재활 치료를 지속함. | 금연과 절주를 하고 매일 걷기 운동을 할 것.
    f: 얼굴 마비, 팔다리 위약, 말 어눌함이 생기면 즉시 119를 부를 것.
    a: acute cerebral infarction, TOAST {LAA/SVO/CE} r/o | stroke, {rl} hemiparesis, NIHSS {3~8}
    p: brain MRI/MRA, DAPT, statin, rehab consult | BP monitoring, swallowing test
    # vertigo|이비|*|28~80|2~4|1~3일
    cc: 어지럼 | 빙빙 도는 어지럼, 구토 | {side} 귀 먹먹함, 어지럼
    h: {on} 전 자다가 {돌아누울/일어날} 때 천장이 도는 어지럼이 {20~60}초간 있었고 이후 반복됨. | {on} 전부터 회전성 어지럼과 구역이 지속되어 걷기 힘들었음.
    h: {구토를 여러 차례 하였으며/구역은 있으나 구토는 없었고} 두통, 복시, 팔다리 위약은 없음.
    h: {side} 귀의 이명이 {있었으나/없었고} 청력 저하는 뚜렷하지 않았음.
    x: {side} Dix-Hallpike 검사에서 회전성 안진이 유발됨. 소뇌 기능 검사는 정상. | 자발 안진 {side}으로 관찰됨, FTN test 정상, tandem gait {가능/불안정}.
    +: vertigo, nausea
    -: diplopia, dysarthria, limb weakness, headache
    lab: Hemoglobin=;Glucose (fasting)=;Sodium=;Potassium=;Creatinine=;TSH=
    c: 비디오 안진 검사에서 {side} {후반고리관/수평반고리관} 병변에 합당한 소견을 보임.
    c: 이석 치환술을 {1~3}회 시행하고 {rx.vertigo} 투여함. | 전정 억제제를 {1~2}일간만 사용하고 조기 보행을 권장함.
    c: 뇌 MRI에서 급성 뇌경색이나 출혈은 없었음.
    c: {d+1}부터 어지럼이 줄어 혼자 걸을 수 있게 됨.
    rx: vertigo prok hypno
    o: 상기 질환으로 어지럼이 있어 약 {1~2}주간 안정이 필요하며 운전과 높은 곳에서의 작업을 피하여야 함.
    f: 갑자기 고개를 돌리거나 숙이지 말 것. | 전정 재활 운동을 하루 {2~3}회 시행할 것.
    f: {1~2}주 후 이비인후과 외래에서 재평가함.
    a: BPPV, {rl} PSCC r/o | vertigo, r/o vestibular neuritis, r/o central cause
    p: VNG, Epley maneuver, PTA | antivertigo PRN, brain MRI 고려
    # seizure|신경|*|18~72|3~7|1~5시간
    cc: 경련 | 의식 소실, 경련 | 반복되는 경련
    h: 내원 {on} 전 {수면 중/대화 중/샤워 후} 눈이 {side}으로 돌아가며 온몸이 뻣뻣해지고 떠는 모습이 {1~3}분간 있었음.
    h: 경련 뒤 {10~40}분 정도 졸려 하였고 당시 상황을 기억하지 못함. | 혀를 깨물고 소변을 지렸으나 머리 외상은 없었음.
    h: 최근 {수면 부족/과음/약 복용을 거른 일}이 있었으며 발열과 두통은 없었음. | 어릴 때 열성 경련의 병력은 없음.
    x: 의식은 {명료함/약간 졸린 상태임}. 국소 신경학적 결손 없음. 혀 {측면에 열상 있음/상처 없음}.
    +: seizure, postictal confusion
    -: fever, headache, limb weakness
    lab: Sodium=;Calcium=;Glucose (fasting)=;CK+;Lactate+;Prolactin+;Ammonia=
    c: 응급실에서 벤조디아제핀계 약물로 경련을 멈춘 뒤 {rx.aed} 투여를 시작함.
    c: 뇌 MRI에서 {해마 경화/이상 소견 없음}이 확인되었고 뇌파에서 {측두엽 예파/전반적인 서파}가 관찰됨.
    c: 입원 중 경련의 재발은 없었고 약물에 의한 발진도 없었음.
    c: {d+1}부터 의식이 완전히 회복되어 일상생활이 가능해짐.
    rx: aed hypno
    o: 경련으로 항경련제를 복용 중이며 {6/12}개월간 운전과 위험한 작업을 피하여야 함.
    f: 약을 거르지 말고 수면을 충분히 취하며 술을 피할 것.
    f: {2~4}주 후 외래에서 혈중 농도와 부작용을 확인함. | 경련이 5분 이상 지속되면 119를 부를 것.
    a: seizure, r/o epilepsy | breakthrough seizure, poor compliance
    p: EEG, brain MRI, AED loading | seizure precaution, drug level
    """

  /// Urinary stones, shingles, anaemia.
  static let others = """
    # stone|비뇨|*|24~70|2~4|2~12시간
    cc: {side} 옆구리 통증 | 옆구리 통증, 혈뇨
    h: {on} 전 갑자기 {side} 옆구리가 끊어질 듯 아프고 통증이 사타구니로 뻗침. | {on} 전 새벽에 시작된 {side} 옆구리 통증이 좋아졌다 나빠지기를 반복함.
    h: 구역과 구토가 {1~3}회 있었고 소변이 붉게 보였음. | 소변이 자주 마렵고 잔뇨감이 있으나 발열은 없음.
    h: {3~8}년 전에도 결석으로 체외충격파쇄석술을 받은 적이 {있음/없음}.
    x: {side} 늑골척추각 압통이 있고 복막 자극 징후는 없음.
    +: flank pain, hematuria
    -: fever, diarrhea, dysuria
    lab: U-RBC+;Creatinine=;WBC=;CRP=;Uric acid+;Calcium=
    pr: {d+1} 체외충격파쇄석술
    c: 비조영 CT에서 {side} {상부/중부/하부} 요관에 {4~9} mm 결석과 경도의 수신증이 확인됨.
    c: {rx.nsaid} 투여로 통증을 조절하고 수분을 충분히 섭취하도록 함.
    c: {d+1} 체외충격파쇄석술을 시행하였고 합병증은 없었음. 이후 결석 조각이 배출됨.
    c: {rx.bph} 투여하여 결석 배출을 돕기로 함. | 추적 방사선에서 잔석은 {보이지 않음/3 mm 이하로 남아 있음}.
    rx: nsaid bph spasm stomach
    o: 요로결석으로 쇄석술을 받았으며 잔석 여부를 확인하기 위한 추적 검사가 필요함.
    f: 물을 하루 {2.0~2.5} L 이상 마시고 염분을 줄일 것.
    f: {1~2}주 후 외래에서 방사선 사진을 촬영함. | 발열이나 심한 통증이 있으면 내원할 것.
    a: ureter stone, {rl}, r/o hydronephrosis | renal colic
    p: non-contrast CT, ESWL, pain control | hydration, alpha blocker
    # zoster|피부|*|38~84|4~8|3~6일
    cc: {side} 몸통 수포, 통증 | {side} 얼굴 통증, 발진
    h: {on} 전부터 {side} {가슴/옆구리/허리}이 쿡쿡 쑤시고 스치기만 해도 아픈 증상이 있었음. | {on} 전 {side} 몸통에 통증이 먼저 생기고 {1~3}일 뒤 물집이 띠 모양으로 나타남.
    h: 통증은 NRS {5~8}점으로 밤에 잠을 이루지 못함. | 최근 과로하였고 수두는 어릴 때 앓았다고 함.
    h: 시력 변화나 안면마비는 없었으며 발열도 없음.
    x: {side} {T4/T6/T8/L1} 피부분절을 따라 홍반 위에 무리 지은 수포가 있음. 정중선을 넘지 않음.
    +: vesicle, burning pain
    -: fever, facial palsy, visual change
    lab: WBC=;Lymphocyte-;CRP=;Creatinine=;AST (GOT)=
    c: {rx.viral} {7}일간 투여하고 신기능에 따라 용량을 조절함.
    c: {rx.neuropathic} 및 {rx.opioid} 투여로 통증이 NRS {2~3}점으로 감소함.
    c: 수포는 {d+3}부터 가피로 변하였고 이차 감염은 없었음. | 안과 및 이비인후과 협진에서 침범 소견은 없었음.
    c: ? 통증의학과 협진으로 {side} 신경차단술을 시행함.
    rx: viral neuropathic opioid skin
    o: 대상포진으로 항바이러스 치료를 받았으며 신경통에 대한 추가 치료가 {4~8}주 필요할 수 있음.
    f: 물집을 터뜨리지 말고 임산부, 영아와 접촉을 피할 것.
    f: {1주/10일} 후 외래에서 통증을 평가함. | 회복 후 대상포진 백신 접종을 권함.
    a: herpes zoster, {rl} {T5/T7/L1} dermatome | r/o PHN
    p: antiviral {7}일, pain control, dressing | nerve block consult
    # anemia|혈액|*|22~82|3~6|2~8주
    cc: 어지럼, 피로감 | 운동 시 숨참 | 창백함
    h: {on} 전부터 쉽게 피로하고 계단을 오르면 숨이 차며 어지러움. | 건강검진에서 빈혈이 발견되어 의뢰됨.
    h: {월경량이 많은 편이며/채식 위주로 식사하며/소염진통제를 가끔 복용하며} 흑색변은 보지 못하였다고 함. | 얼음을 자주 씹어 먹고 손톱이 잘 부러진다고 함.
    h: 발열, 체중 감소, 멍은 없었음.
    x: 결막이 창백하고 간과 비장은 만져지지 않음. 점상 출혈 없음.
    +: fatigue, dizziness, exertional dyspnea
    -: melena, fever, bruise, weight loss
    lab: Hemoglobin-;MCV-;Ferritin-;Serum iron-;TIBC+;Reticulocyte=;Platelet=;Vitamin B12=
    c: 말초혈액도말에서 소구성 저색소성 적혈구가 보였으며 용혈의 증거는 없었음.
    c: 위 및 대장내시경에서 {미란성 위염/작은 용종/출혈 병소 없음}이 확인됨.
    c: 농축 적혈구 {1~2}단위를 수혈한 뒤 어지럼이 호전되었고 {rx.iron} 투여를 시작함.
    c: {d+2} 혈색소는 {8.4~9.8} g/dL로 상승하였음.
    rx: iron ppi
    o: 빈혈로 철분 치료 중이며 {3/6}개월 이상의 투약과 원인에 대한 추적 검사가 필요함.
    f: 철분제는 공복에 복용하고 차와 커피는 함께 마시지 말 것.
    f: {2~4}주 후 혈색소와 페리틴을 재검함. | 검은 변과 변비는 약 때문일 수 있음을 설명함.
    a: IDA, r/o GI blood loss | microcytic anemia
    p: iron replacement, EGD/CFS | iron profile, PB smear
    """
}
