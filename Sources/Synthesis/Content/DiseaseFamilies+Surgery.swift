extension DiseaseFamily {
  /// Operations, bones and cancer.
  static let surgery = """
    # appendicitis|외과|*|12~68|3~6|1~2일
    cc: 우하복부 통증 | 복통, 구역 | 우하복부 통증, 발열
    h: {on} 전 명치 부위에서 시작된 통증이 {6~12}시간 뒤 우하복부로 옮겨 감. | {on} 전부터 우하복부 통증이 있었고 걷거나 기침할 때 심해짐.
    h: 구역과 식욕부진이 동반되었으며 구토는 {1~2}회 있었음. | 설사와 배뇨 증상은 없었음.
    h: {37.6~38.6}℃의 열이 있어 응급실로 내원함. | 진통제를 먹었으나 통증이 지속되어 내원함.
    x: 맥버니점 압통과 반발통이 있고 Rovsing sign {양성/음성}임. 장음은 정상. | RLQ tenderness (+), rebound tenderness (+), psoas sign (-).
    +: RLQ pain, nausea, anorexia
    -: diarrhea, dysuria, hematochezia
    lab: WBC+;Segmented neutrophil+;CRP+;Hemoglobin=;Total bilirubin=;Creatinine=
    pr: {d+0} 복강경 충수절제술
    c: 복부 CT에서 직경 {9~14} mm로 커진 충수와 주위 지방 침윤이 있어 응급 수술을 결정함.
    c: 전신마취하에 복강경 충수절제술을 시행하였고 천공은 {없었음/없었으나 국소 농양이 있어 세척함}. 수술 시간 {35~75}분, 출혈은 소량이었음.
    c: {rx.ivabx} {2~3}일간 투여하고 {d+1} 가스가 배출되어 물부터 섭취함.
    c: 수술 부위는 깨끗하고 장액종이나 감염의 징후는 없었음. | 통증은 {rx.nsaid} 투여로 조절됨.
    c: 조직검사에서 급성 화농성 충수염으로 확인됨. | {d+2} 일반식으로 진행하였으며 보행이 자유로움.
    rx: abx nsaid stomach
    o: 급성 충수염으로 복강경 충수절제술을 받았으며 수술 후 약 {2~4}주간 안정을 요함.
    f: {5~7}일 후 외래에서 수술 부위를 확인하고 봉합사를 제거함.
    f: {3~4}주간 무거운 물건을 들거나 심한 운동을 하지 말 것. | 상처에 물이 닿지 않게 하고 발열, 고름이 있으면 내원할 것.
    a: acute appendicitis, Alvarado {7~9}점 | r/o appendicitis vs mesenteric lymphadenitis
    p: abdomen CT, NPO, lap. appendectomy | 수술 동의서, ABx, pain control
    # cholecystitis|외과|*|32~84|4~8|1~3일
    cc: 우상복부 통증 | 우상복부 통증, 발열 | 식후 복통
    h: {on} 전 기름진 식사 후 시작된 우상복부 통증이 {오른쪽 어깨/등}로 뻗침. | {on} 전부터 명치와 우상복부가 아프고 {37.8~38.9}℃의 열이 동반됨.
    h: 이전에도 식후 복통이 {2~5}차례 있었으나 저절로 좋아짐. | 건강검진에서 담석을 들은 적이 있음.
    h: 회색변이나 가려움은 없었음.
    x: 우상복부 압통과 Murphy 징후 양성임. 황달 {없음/경미}.
    +: RUQ pain, fever, nausea
    -: jaundice, diarrhea, melena
    lab: WBC+;CRP+;Total bilirubin+;ALP+;r-GTP+;AST (GOT)+;Amylase=
    pr: {d+2} 복강경 담낭절제술
    c: 복부 초음파에서 담낭벽이 {4~8} mm로 두꺼워지고 {8~22} mm 결석이 담낭 경부에 있었음.
    c: 금식과 {rx.ivabx} 투여 후 {d+2} 복강경 담낭절제술을 시행하였고 개복 전환은 없었음. | MRCP에서 총담관 결석은 없어 {d+2} 복강경 수술을 진행함.
    c: 배액관은 {d+3~4} 제거하였고 담즙 누출은 없었음.
    c: 수술 후 {1~2}일째 식사를 시작하였으며 통증은 {rx.aap} 투여로 조절됨.
    rx: abx aap stomach liver
    o: 담낭염으로 담낭절제술을 받았으며 약 {2~3}주간의 안정과 저지방식을 요함.
    f: {1주/10일} 후 외래에서 상처와 조직검사 결과를 확인함.
    f: {1~2}개월간 기름진 음식을 줄일 것. | 황달이나 발열이 있으면 내원할 것.
    a: acute calculous cholecystitis, TG18 grade {I/II} | GB stone, r/o CBD stone
    p: abdomen sono, MRCP, lap. cholecystectomy | NPO, ABx, GS consult
    # hipfx|정형|*|66~92|12~21|1~2일
    cc: {side} 고관절 통증 | 낙상 후 {side} 엉덩이 통증, 보행 불가
    h: {on} 전 {화장실/침대 옆/계단/빙판길}에서 넘어지며 {side} 엉덩이를 부딪힌 뒤 걷지 못함. | {on} 전 미끄러져 {side} 고관절 통증이 발생하였고 일어설 수 없었음.
    h: 의식 소실이나 머리 손상은 없었으며 넘어지기 전 어지럼도 없었음.
    h: 수상 전에는 {지팡이를 짚고/혼자/보행기로} 걸었음.
    x: {side} 하지가 짧아지고 외회전되어 있으며 고관절 압통이 심함. 발가락 운동과 감각은 정상. | {side} leg shortening & external rotation (+), DPA pulse intact.
    +: hip pain, gait disturbance
    -: LOC, headache, chest pain
    lab: Hemoglobin-;Albumin-;25-OH Vitamin D-;Creatinine=;PT (INR)=;CRP+;Calcium=
    pr: {d+2} {side} {골수강내 금속정 고정술/인공고관절 반치환술}
    c: 단순 방사선과 CT에서 {전위/분쇄}된 골절이 확인되어 수술을 계획함.
    c: 심장초음파와 폐기능 등 수술 전 평가 후 {척추마취/전신마취}하에 {d+2} 수술을 시행하였고 출혈량은 {150~350} mL였음.
    c: 수술 후 농축 적혈구 {1~2}단위를 수혈하고 {rx.heparin} 투여로 혈전을 예방함.
    c: {d+4}부터 휠체어를 타고 {d+7}부터 보행기로 부분 체중 부하를 시작함.
    c: 섬망은 {없었음/일시적으로 있었으나 호전됨}. 수술 부위 감염과 욕창은 없었음.
    c: 골밀도 T-score {-2.6/-3.1/-3.6}으로 골다공증 치료를 시작함.
    rx: aap opioid vitd bone
    o: {side} 고관절부 골절로 수술을 받았으며 약 {10/12}주간의 치료와 보행 보조 및 간병이 필요함.
    f: 보행기를 사용하고 낙상에 주의할 것. | 다리를 꼬거나 쪼그려 앉지 말 것.
    f: {2주/4주} 후 외래에서 방사선 사진을 촬영함. | 수술 후 {12~14}일째 봉합사를 제거함.
    f: 골다공증 약물을 지속하고 1년 후 골밀도를 재검함.
    a: hip fx., {rl}, osteoporosis | femur ITC fx. {rl}, ASA {2/3}
    p: op. under S/A, DVT prophylaxis, rehab | pre-op lab, echo, pain control
    # limbfx|정형|*|14~78|4~8|1~3일
    cc: {side} 외상 후 통증 | {side} 사지 부종, 통증
    h: {on} 전 {자전거를 타다/축구 중/계단에서/스키를 타다} 넘어지면서 수상함. | {on} 전 작업 중 미끄러져 {side}으로 짚고 넘어짐.
    h: 수상 직후부터 붓고 움직일 수 없었으며 개인 의원에서 부목을 대고 의뢰됨. | 진통제를 복용하였으나 부기와 통증이 심해짐.
    h: 열린 상처는 없고 저린 느낌도 없음. 의식 소실은 없었음.
    x: 부종과 압통, 운동 제한이 있음. 말초 혈액순환과 감각은 정상. | swelling (+), tenderness (+), deformity {(+)/(-)}, NVS intact.
    +: pain, swelling, LOM
    -: numbness, open wound, LOC
    lab: WBC=;Hemoglobin=;CRP=;Creatinine=;PT (INR)=
    pr: {d+2} {side} 관혈적 정복술 및 금속판 내고정술
    c: 단순 방사선과 3차원 CT에서 골절편의 전위가 {3~8} mm로 수술적 치료를 결정함.
    c: 부종이 가라앉은 뒤 {d+2} 전신마취하에 관혈적 정복 및 내고정을 시행함. 수술 시간은 {60~120}분이었음.
    c: 수술 후 방사선 사진에서 정복 상태는 양호하였으며 신경과 혈관의 손상은 없었음.
    c: 석고 부목을 유지하고 {rx.nsaid} 투여로 통증을 조절함. | 구획증후군의 징후는 없었고 상처는 깨끗하였음.
    rx: nsaid relax abx stomach
    o: 상기 골절로 수술을 받았으며 수상일로부터 약 {6/8/10}주간의 치료가 필요함. 단, 합병증 발생 시 연장될 수 있음.
    f: 다친 쪽을 심장보다 높게 두고 부목을 임의로 풀지 말 것.
    f: {1~2}주 후 방사선 사진 촬영과 봉합사 제거를 위해 내원할 것. | {6/12}개월 후 금속 제거를 상의함.
    a: closed fx., {rl}, displaced | r/o fracture, r/o ligament injury
    p: splint, 3D-CT, ORIF 예정 | RICE, pain control, NVS check
    # disc|정형|*|24~80|4~8|2~8주
    cc: 허리 통증, {side} 다리 저림 | 요통 | 목 통증, {side} 팔 저림
    h: {on} 전 {무거운 물건을 든/오래 앉아 일한/허리를 숙인} 뒤 요통이 생겼고 이후 {side} 다리로 뻗침. | {on} 전부터 {side} 엉덩이에서 종아리까지 당기는 통증이 점차 심해짐.
    h: 통증은 NRS {5~8}점이며 앉거나 기침할 때 심해지고 누우면 덜함. | 보행은 {100~400} m 정도에서 다리가 저려 쉬어야 함.
    h: 대소변 장애와 하지 마비는 없었음. 물리치료를 {4~10}회 받았으나 호전이 적음.
    x: 하지 직거상 검사 {side} {30~60}도에서 양성. 발목 근력은 {4/5}등급임. | SLR {side} (+), motor {4/5}, knee jerk (++/++).
    +: back pain, radiating pain
    -: bladder dysfunction, fever, weakness
    lab: WBC=;ESR=;CRP=;Creatinine=;Glucose (fasting)=
    pr: ? {d+2} {side} 경추간공 경막외 신경차단술
    c: 요추 MRI에서 {제4-5요추간/제5요추-제1천추간} 추간판이 {side}으로 돌출되어 신경근을 누르고 있었음.
    c: {rx.nsaid} 및 {rx.neuropathic} 투여와 신경차단술 후 통증이 NRS {2~3}점으로 줄어듦.
    c: 근력 저하의 진행이 없어 수술하지 않고 보존 치료를 유지하기로 함.
    c: 도수 및 견인 치료를 시행하고 자세 교육을 함.
    rx: nsaid relax neuropathic stomach
    o: 상기 질환으로 약 {3~6}주간의 안정과 물리치료가 필요하며 무거운 물건을 드는 작업을 피하여야 함.
    f: 허리를 굽혀 물건을 들지 말고 오래 앉지 말 것. | {2~4}주간 물리치료를 지속할 것.
    f: 다리 힘이 빠지거나 대소변 장애가 생기면 즉시 내원할 것.
    a: HIVD L4-5, {rl} radiculopathy | lumbar spinal stenosis r/o
    p: L-spine MRI, TFESB, medication | PT, surgery는 보류
    # gastricca|외과|*|44~80|8~13|1~3개월
    cc: 위암 수술 | 상복부 불편감 | 소화불량, 체중 감소
    h: {on} 전부터 소화가 안 되고 체중이 {3~7} kg 감소하여 시행한 내시경에서 위암을 진단받음. | 국가 건강검진 내시경에서 {위체부/위각부/전정부}의 {1.8~4.5} cm 병변이 발견됨.
    h: 조직검사에서 {중분화/저분화} 선암으로 확인되어 수술을 위해 입원함.
    h: 토혈과 흑색변은 없었으며 삼킴 곤란도 없음.
    x: 복부는 부드럽고 만져지는 종괴 없음. 좌측 쇄골상 림프절 만져지지 않음.
    +: indigestion, weight loss
    -: hematemesis, melena, dysphagia
    lab: Hemoglobin-;Albumin=;CEA=;CA 19-9=;AST (GOT)=;Creatinine=;Ferritin-
    pr: {d+1} 복강경 {원위부 위절제술/위전절제술} 및 림프절 절제술
    c: 복부 CT에서 원격 전이는 없었고 임상 병기는 cT{1/2/3}N{0/1}M0로 판단함.
    c: {d+1} 전신마취하에 복강경 위절제술과 D2 림프절 절제를 시행하였고 출혈은 {50~180} mL였음.
    c: {d+3} 가스가 배출되어 물을 시작하고 {d+5}부터 연식을 섭취함. | 문합부 누출은 없었으며 배액관은 {d+5~6} 제거함.
    c: 최종 조직검사는 pT{1/2/3}N{0/1}이며 절제연은 음성이었음. 림프절 {28~46}개 중 전이는 {0~3}개임.
    c: 덤핑증후군 예방을 위한 식사 교육을 시행함. | 수술 후 발열이나 폐 합병증은 없었음.
    rx: ppi prok aap iron
    o: 위암으로 위절제술을 받았으며 향후 5년간 정기적인 추적 검사가 필요함.
    f: 소량씩 하루 {5~6}회 천천히 식사할 것.
    f: {2주/3주} 후 외래에서 최종 병기와 항암 치료 여부를 결정함. | {3/6}개월마다 혈액검사와 복부 CT를 시행함.
    a: AGC/EGC, cT{1~3}N0M0 | gastric cancer, pre-op evaluation
    p: lap. gastrectomy, D2 LND, staging CT | nutrition consult, anesthesia 평가
    # colonca|외과|*|45~84|7~12|1~3개월
    cc: 혈변 | 배변 습관 변화 | 대장암 항암 치료
    h: {on} 전부터 변에 피가 묻고 변이 가늘어져 대장내시경을 시행함. | 건강검진 분변잠혈검사 양성으로 시행한 대장내시경에서 {2.5~6.0} cm 종괴가 발견됨.
    h: 조직검사에서 {고분화/중분화} 선암으로 확인됨.
    h: 복통과 구토는 없었으나 체중이 {2~6} kg 줄었음. | 변비와 설사가 번갈아 있었음.
    x: 복부는 부드럽고 압통 없음. 직장수지검사에서 {종괴 없음/혈액이 묻어 나옴}.
    +: hematochezia, bowel habit change
    -: vomiting, abdominal pain, fever
    lab: CEA+;Hemoglobin-;Albumin=;WBC=;Creatinine=;ALT (GPT)=
    pr: {d+1} 복강경 {전방절제술/우반결장절제술}
    c: 흉부 및 복부 CT에서 간과 폐의 전이는 없었음. | 간 MRI에서 전이를 의심할 병변은 없었음.
    c: {d+1} 복강경 수술로 종양을 절제하고 문합하였으며 수혈은 필요하지 않았음.
    c: {d+3}부터 식이를 진행하였고 장폐색이나 문합부 누출은 없었음.
    c: 최종 병기는 pT{2/3}N{0/1}M0이며 림프절 {14~32}개를 검사함.
    c: 보조 항암 화학요법({rx.chemo})의 필요성을 설명하였고 외래에서 시작하기로 함.
    rx: aap stomach lax
    o: 대장암으로 수술을 받았으며 보조 항암 치료와 정기적인 추적 관찰이 필요함.
    f: 섬유질이 많은 음식은 {4~6}주 후부터 늘릴 것.
    f: {2~3}주 후 혈액종양내과에서 항암 치료를 상담함. | 1년 후 대장내시경을 시행함.
    a: colon cancer, cT3N{0/1}M0 | s/p LAR, stage {II/III}
    p: staging work-up, op. schedule | adjuvant CTx 상의
    # lungca|종양|*|50~82|4~9|3~8주
    cc: 기침, 호흡곤란 | 폐결절 | 항암 치료
    h: {on} 전부터 기침이 지속되어 촬영한 흉부 CT에서 {side} 폐에 {2.2~5.4} cm 종괴가 발견됨. | 검진 저선량 CT에서 {side} 폐 결절이 발견되어 의뢰됨.
    h: 조직검사에서 {선암/편평상피세포암}으로 진단되었고 {1~4}차 항암 치료를 위해 입원함.
    h: 객혈은 없었으며 통증은 NRS {1~4}점임. 체중은 최근 {2~5} kg 감소함.
    x: {side} 폐 호흡음 감소. 경부 림프절 만져지지 않음. ECOG {0/1/2}.
    +: cough, weight loss
    -: hemoptysis, headache, bone pain
    lab: WBC=;Hemoglobin-;Platelet=;CEA+;CYFRA 21-1+;Creatinine=;AST (GOT)=
    pr: ? {d+1} 기관지내시경 초음파 유도 림프절 생검
    c: 뇌 MRI와 PET-CT에서 {뇌 전이는 없었음/종격동 림프절 전이가 확인됨}.
    c: EGFR 변이 {양성/음성}, PD-L1 {5~80}%로 확인됨.
    c: {d+1} {rx.chemo} 투여를 시행하였고 주입 반응은 없었음. 구역에 대해 {rx.emetic} 사용함.
    c: 호중구 감소나 발열 없이 지냈으며 식사량은 평소의 {60~90}%였음.
    rx: emetic opioid lax onc
    o: 폐암으로 항암 치료를 받고 있으며 장기간의 치료와 추적 관찰이 필요함.
    f: {2주/3주} 후 다음 차수 항암 치료를 위해 입원함. | {6~8}주 후 흉부 CT로 반응을 평가함.
    f: 38℃ 이상의 발열이 있으면 밤이라도 응급실로 내원할 것.
    a: NSCLC, cT{2/3}N{1/2}M{0/1} | lung cancer on CTx #{1~4}
    p: CTx, antiemetics, CBC f/u | molecular test 확인, PET-CT
    # breastca|유방|여|34~74|4~8|2~6주
    cc: {side} 유방 종괴 | 유방암 수술
    h: {on} 전 {side} 유방에서 단단한 멍울이 만져져 내원함. | 검진 유방촬영에서 {side} 유방의 미세석회화가 발견됨.
    h: 중심침생검에서 침윤성 관암종(ER {+/-}, PR {+/-}, HER2 {1/2}+)으로 진단됨.
    h: 유두 분비물이나 피부 함몰은 없었음.
    x: {side} 유방 {상외측/상내측/하외측}에 {1.2~3.4} cm 크기의 단단한 종괴가 만져짐. 겨드랑이 림프절 {만져지지 않음/1개 만져짐}.
    +: breast mass
    -: nipple discharge, breast pain, weight loss
    lab: CA 15-3=;CEA=;Hemoglobin=;WBC=;ALT (GPT)=;Creatinine=
    pr: {d+1} {side} 유방보존술 및 감시림프절 생검
    c: 유방 MRI에서 다발성 병변은 없었고 골 스캔도 정상이었음.
    c: {d+1} {side} 유방보존술을 시행하였으며 감시림프절 {2~5}개에서 전이는 {없었음/1개에서 확인됨}.
    c: 배액관은 {d+3} 제거하였고 혈종은 없었음. 팔 운동을 교육함.
    c: 최종 병기는 pT{1/2}N{0/1}이며 절제연은 음성이었음. 방사선 치료 후 {rx.onc} 복용을 계획함.
    rx: aap abx onc
    o: {side} 유방암으로 수술을 받았으며 방사선 및 항호르몬 치료와 정기적인 추적이 필요함.
    f: 수술한 쪽 팔에서 채혈이나 혈압 측정을 하지 말 것.
    f: {1~2}주 후 조직검사 결과를 확인하고 방사선종양학과를 예약함.
    a: IDC, {rl} breast, cT{1/2}N0 | breast ca. s/p BCS
    p: BCS + SLNB, breast MRI | RTx, endocrine tx 예정
    """
}
