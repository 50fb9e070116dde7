extension DiseaseFamily {
  /// Metabolism, kidneys and infection.
  static let metabolic = """
    # dm|내분비|*|34~84|5~9|2~6개월
    cc: 혈당 조절 | 다음, 다뇨, 체중 감소 | 발 저림
    h: {on} 전부터 갈증이 심해지고 소변을 자주 보며 체중이 {3~8} kg 감소함. | {2~15}년 전 당뇨병을 진단받고 약을 복용해 왔으나 최근 {on} 동안 혈당이 {220~340} mg/dL로 높게 측정됨.
    h: 양쪽 발바닥이 저리고 화끈거리는 증상이 밤에 심함. | 최근 시력이 흐려진 느낌이 있어 안과 진료를 권유받음.
    h: 저혈당 증상은 없었으며 식사는 불규칙하고 운동은 거의 하지 않음. | 복통이나 구토는 없었고 의식은 명료하였음.
    x: 발에 궤양이나 상처는 없고 발등동맥 맥박이 양측에서 만져짐. 10 g 모노필라멘트 감각 {저하/정상}. | DM foot (-), DPA (++/++), vibration sense {감소/정상}.
    +: polydipsia, polyuria, numbness
    -: chest pain, blurred vision, foot ulcer, hypoglycemia
    lab: HbA1c+;Glucose (fasting)+;C-peptide=;Creatinine=;U-Albumin/Creatinine ratio+;LDL cholesterol+;Triglyceride+;Potassium=
    c: 입원 후 {rx.insl} 기저 인슐린과 식전 {rx.insr} 다회 주사 요법으로 혈당을 조절함. | {rx.insl} 투여를 시작하고 공복 혈당에 따라 {2/4}단위씩 증량함.
    c: 공복 혈당은 {210~280} mg/dL에서 {108~136} mg/dL로 호전되었고 저혈당은 {없었음/1회 있었음}.
    c: 당뇨병 교육(식사, 운동, 인슐린 주사, 자가 혈당 측정)을 {2~3}회 시행함.
    c: 안저검사에서 {비증식성 망막병증/이상 소견 없음}이 확인되었고 신경전도검사에서 {감각신경병증/정상} 소견을 보임.
    c: {rx.metf} 및 {rx.sglt2} 병용을 시작하였으며 위장 부작용은 없었음. | 신기능이 보존되어 {rx.metf}에 {rx.dpp4} 추가함.
    rx: metf sglt2 insl neuropathic
    o: 당뇨병으로 약물 및 인슐린 치료 중이며 식사와 운동 요법, 합병증 검사를 정기적으로 요함.
    f: 하루 {2~4}회 혈당을 재고 수첩에 기록할 것. | 저혈당 시 주스 반 컵이나 사탕 {3~4}개를 먹을 것.
    f: {2~4}주 후 외래에서 혈당 기록을 확인하고 3개월마다 당화혈색소를 검사함.
    f: 매년 안저검사와 소변 알부민 검사를 시행함. | 매일 발을 살피고 상처가 있으면 내원할 것.
    a: T2DM, uncontrolled, r/o DM neuropathy | DM {3~12}yrs, HbA1c 목표 {6.5~7.0}%
    p: insulin titration, DM education, complication work-up | OHA 조정, SMBG, diet consult
    # htn|심장|*|36~82|2~4|1~3개월
    cc: 혈압 상승 | 두통, 혈압 상승 | 뒷목 당김
    h: {on} 전부터 가정 혈압이 {152~178}/{92~108} mmHg로 높게 측정됨. | 건강검진에서 혈압이 {158~186}/{94~112} mmHg로 나와 내원함.
    h: 아침에 뒷머리가 무겁고 뒷목이 당기는 느낌이 있으나 시야 장애나 구토는 없음. | 특별한 증상 없이 지냈으며 흉통이나 호흡곤란은 없었음.
    h: 짜게 먹는 편이고 체중이 최근 {2~6} kg 늘었음. | 약을 {1~3}개월간 임의로 중단하였다고 함.
    x: 심음 규칙적이고 복부 잡음 없음. 안저 출혈 없음. | BP 양팔 차이 없음, abdominal bruit (-), pitting edema (-).
    +: headache
    -: chest pain, dyspnea, visual disturbance, palpitation
    lab: Creatinine=;Potassium=;Total cholesterol+;LDL cholesterol+;Uric acid+;Glucose (fasting)+
    c: 24시간 활동 혈압의 평균은 {146~164}/{88~102} mmHg였고 야간 강하는 {소실/유지}되었음.
    c: 이차성 고혈압을 감별하기 위해 레닌, 알도스테론, 신동맥 도플러를 시행하였으며 이상 소견은 없었음.
    c: {rx.arb} 및 {rx.ccb} 병용 후 혈압이 {122~136}/{72~84} mmHg로 조절됨. | {rx.ccb} 단독으로 조절되지 않아 {rx.arb} 추가함.
    c: 심초음파에서 {경도의 좌심실 비대/정상 범위의 좌심실 두께}가 관찰됨.
    rx: ccb arb statin
    o: 고혈압으로 약물을 복용 중이며 혈압 측정과 생활 습관 교정이 필요함.
    f: 가정 혈압을 아침저녁 2회씩 재고 기록할 것. | 염분을 줄이고 주 {3~5}회 30분 이상 걸을 것.
    f: {2~4}주 후 외래에서 혈압과 전해질을 확인함.
    a: HTN stage {1/2}, r/o secondary HTN | essential HTN, uncontrolled
    p: antihypertensive start, home BP monitoring | DASH diet, lab f/u {4/8}wks
    # ckd|신장|*|42~86|6~11|2~5주
    cc: 부종, 소변량 감소 | 식욕부진, 구역 | 신기능 악화
    h: {on} 전부터 다리와 얼굴이 붓고 소변량이 하루 {500~900} mL로 줄어듦. | 외래에서 신기능이 점차 나빠져 입원을 권유받음.
    h: 식욕이 없고 아침에 구역질이 있으며 쉽게 피로함. | 가려움증과 야간뇨가 {1~3}회 있음.
    h: 소염진통제나 한약 복용은 부인하였고 발열과 옆구리 통증은 없음.
    x: 결막이 창백하고 양측 하지에 함요 부종이 있음. 늑골척추각 압통 없음.
    +: edema, anorexia, fatigue
    -: fever, hematuria, flank pain, dyspnea
    lab: Creatinine+;BUN+;eGFR (CKD-EPI)-;Potassium+;Phosphorus+;Calcium-;Hemoglobin-;Intact PTH+
    pr: ? {d+3} {좌측/우측} 상완 동정맥루 조성술
    c: 신장 초음파에서 양측 신장의 크기가 {7.6~9.2} cm로 작고 수신증은 없었음.
    c: 고칼륨혈증에 대해 {rx.kidney} 투여하고 저칼륨식을 시행하여 호전됨. | 대사성 산증 교정을 위해 {rx.kidney} 투여함.
    c: {rx.diur} 증량 후 소변량이 하루 {1400~2200} mL로 늘고 체중이 {2~5} kg 감소함.
    c: 신성 빈혈에 대해 {rx.epo} 투여를 시작함. | 투석 방법(혈액투석, 복막투석)과 신장 이식에 대해 상담함.
    c: 투석의 응급 적응증은 없어 보존 치료를 유지하기로 함. | 요독 증상은 점차 호전되어 식사량이 회복됨.
    rx: diur kidney epo vitd
    o: 만성 신장병으로 신기능의 지속적인 관찰이 필요하며 향후 투석이 필요할 수 있음.
    f: 저염, 저칼륨, 저단백 식이를 지킬 것. | 소염진통제와 조영제 사용을 피할 것.
    f: {2/4}주 후 신기능, 전해질, 혈색소를 재검함.
    a: CKD stage {4/5}, anemia, hyperkalemia | CKD d/t DM nephropathy, volume overload
    p: diuretics, K lowering, AVF consult | renal diet, EPO, f/u BUN/Cr
    # pyelo|감염|*|19~84|4~8|2~4일
    cc: 발열, 옆구리 통증 | 고열, 오한 | 배뇨통, 발열
    h: {on} 전부터 배뇨통과 잦은 소변이 있다가 {38.4~39.8}℃의 고열과 오한이 발생함. | {on} 전 {side} 옆구리 통증과 오한이 시작되어 해열제를 복용하였으나 다시 열이 오름.
    h: 육안적 혈뇨는 없었고 구역이 있었으나 설사는 없었음. | 이전에 방광염으로 {1~3}회 치료받은 적이 있음.
    h: 요로결석의 병력은 없으며 최근 입원이나 도뇨관 삽입도 없었음.
    x: {side} 늑골척추각 압통이 뚜렷하고 복부는 부드러움. | CVA tenderness ({side} +), suprapubic tenderness (-).
    +: fever, chill, dysuria, flank pain
    -: gross hematuria, diarrhea, vaginal discharge
    lab: WBC+;CRP+;Procalcitonin+;U-WBC+;U-Nitrite+;Creatinine=;Platelet=
    c: 소변 및 혈액 배양 후 {rx.ivabx} 투여를 시작함.
    c: 소변 배양에서 대장균 {10⁵/10⁶} CFU/mL 이상이 자랐고 {ESBL 음성/ESBL 양성}으로 확인됨.
    c: 복부 CT에서 {side} 신장의 쐐기 모양 조영 감소가 있었으며 농양이나 결석은 없었음. | 신장 초음파에서 수신증은 없었음.
    c: {d+2~3} 해열되어 감수성이 있는 {rx.abx} 경구 투여로 전환함.
    c: ? 혈액 배양은 {대장균 양성이었으나 추적 배양에서 음전됨/음성이었음}.
    rx: abx aap
    o: 급성 신우신염으로 항생제 정맥 투여를 받았으며 총 {10/14}일간의 항생제 치료가 필요함.
    f: 물을 하루 2 L 정도 마시고 소변을 참지 말 것.
    f: {1~2}주 후 외래에서 소변검사와 배양을 재검함. | 열이 다시 나면 바로 내원할 것.
    a: APN, {rl} | UTI, r/o APN, r/o ureter stone
    p: U/A, urine & blood culture, ABx IV, abdomen CT | hydration, antipyretics
    # cellulitis|감염|*|28~86|4~9|2~5일
    cc: {side} 다리 발적, 통증 | {side} 다리 부종, 발열 | 피부 발적
    h: {on} 전 {벌레에 물린 뒤/발가락 사이가 짓무른 뒤/긁힌 뒤} {side} 종아리가 붉어지고 붓기 시작함. | 내원 {on} 전부터 {side} 발등의 발적이 무릎 아래까지 번짐.
    h: 오한과 함께 {37.9~39.1}℃의 열이 있었고 걸을 때 통증이 심해짐. | 연고를 바르고 {rx.aap} 복용하였으나 발적 범위가 넓어짐.
    h: 외상이나 물집은 없었으며 장거리 여행력도 없음.
    x: {side} 하지에 {12~24}×{8~15} cm 크기의 경계가 {뚜렷한/불분명한} 발적과 열감, 압통이 있음. 수포나 괴사 없음.
    +: redness, swelling, fever
    -: crepitus, bullae, dyspnea
    lab: WBC+;CRP+;ESR+;Creatinine=;CK=;D-dimer=
    c: {rx.ivabx} 투여와 하지 거상을 시행하고 발적 경계를 표시하여 관찰함.
    c: 하지 도플러에서 심부정맥혈전은 없었음. | 단순 방사선에서 가스 음영이나 골수염 소견은 없었음.
    c: {d+2}부터 발적과 부종이 줄고 {d+3} 이후 발열이 없었음.
    c: 발가락 사이 무좀에 대해 {rx.skin} 도포를 병행함. | 농양이 만져지지 않아 절개 배농은 시행하지 않음.
    rx: abx nsaid skin
    o: {side} 하지의 연조직염으로 항생제 치료를 받았으며 약 {1~2}주간 무리한 보행을 피하여야 함.
    f: 다리를 심장보다 높게 두고 쉬며 상처를 깨끗이 할 것.
    f: {5~7}일 후 외래에서 발적 범위를 확인함. | 발적이 다시 번지거나 열이 나면 내원할 것.
    a: cellulitis, {rl} leg, r/o DVT | cellulitis, r/o necrotizing fasciitis (가능성 낮음)
    p: ABx IV, leg elevation, duplex sono | wound care, f/u CRP
    # sepsis|감염|*|48~90|8~15|1~3일
    cc: 발열, 의식 저하 | 고열, 혈압 저하 | 오한, 전신 쇠약
    h: {on} 전부터 {38.6~39.8}℃의 고열과 오한이 있다가 내원 당일 의식이 처져 이송됨. | {on} 전부터 식사를 하지 못하고 소변량이 줄었으며 혈압이 {78~88}/{44~56} mmHg로 측정됨.
    h: {요로/담도/폐} 감염이 의심되었고 최근 항생제 사용력은 없음.
    h: 경련이나 마비는 없었음.
    x: 피부가 {따뜻하고 축축함/차고 얼룩덜룩함}. 모세혈관 재충만 시간 {2~4}초. 경부 강직 없음.
    +: fever, chill, general weakness
    -: seizure, neck stiffness, skin rash
    lab: WBC+;Procalcitonin+;CRP+;Lactate+;Creatinine+;Platelet-;Total bilirubin+;HCO3--
    c: 1시간 이내에 혈액 배양 2쌍을 채취하고 {rx.ivabx} 투여와 수액 {30} mL/kg 급속 주입을 시행함.
    c: 평균 동맥압이 유지되지 않아 노르에피네프린을 {0.05~0.25} µg/kg/min로 투여하였고 {d+2~3} 중단함.
    c: 혈액 배양에서 {대장균/폐렴막대균/황색포도알균}이 동정되어 감수성에 맞추어 항생제를 조정함.
    c: {lab.Lactate+}에서 {24/36}시간 후 정상화되었고 소변량이 회복됨. | {d+5}에 일반 병실로 옮겼으며 의식이 명료해짐.
    c: 복부 CT에서 배액이 필요한 병소는 {없었음/없어 보존 치료를 지속함}.
    c: 총 {10/14}일의 항생제 치료를 마쳤고 추적 배양은 음성이었음.
    rx: fq ppi aap
    o: 패혈증으로 중환자실 치료를 받았으며 기력 회복을 위해 {2~4}주 이상의 안정이 필요함.
    f: {1주/2주} 후 외래에서 혈액검사를 재검함.
    f: 발열, 소변량 감소, 의식 변화가 있으면 즉시 응급실로 내원할 것. | 충분한 영양 섭취와 재활 운동을 시행할 것.
    a: septic shock, SOFA {5~9}점, source: r/o UTI | sepsis, r/o bacteremia
    p: EGDT, broad-spectrum ABx, vasopressor, ICU care | culture f/u, I/O check
    # tb|호흡기|*|22~82|7~13|4~9주
    cc: 만성 기침 | 기침, 체중 감소 | 객혈
    h: {on} 전부터 가래를 동반한 기침이 계속되고 체중이 {3~7} kg 감소함. | {on} 전부터 오후에 미열이 나고 밤에 식은땀을 흘림.
    h: {2~5}일 전 피가 섞인 가래가 {1~3}회 있었음. | 객혈은 없었으며 호흡곤란도 없었음.
    h: {동거 가족/직장 동료} 중 결핵 환자는 {없음/1명 있음}.
    x: {side} 폐첨부에서 호흡음이 감소됨. 림프절은 만져지지 않음.
    +: cough, weight loss, night sweat
    -: dyspnea, chest pain
    lab: ESR+;CRP+;Hemoglobin-;AST (GOT)=;ALT (GPT)=;Uric acid=;IGRA (TB)+;Albumin-
    c: 흉부 CT에서 {side} 상엽의 공동과 나뭇가지 모양 결절이 보여 음압격리실에 입원함.
    c: 객담 항산균 도말 {1~3}+, 결핵균 PCR 양성이었으며 리팜핀 내성 유전자는 검출되지 않음.
    c: {d+2}부터 {rx.tb} 포함 4제 요법을 시작하였고 간독성이나 시력 이상은 없었음.
    c: 투약 2주 후 전염력이 낮아져 격리를 해제할 예정이며 접촉자 검진을 안내함. | 보건소에 신고하고 복약 관리를 연계함.
    rx: tb iron
    o: 폐결핵으로 항결핵제를 {6/9}개월 이상 규칙적으로 복용하여야 함.
    f: 항결핵제를 하루도 거르지 말고 아침 공복에 복용할 것.
    f: {2/4}주마다 간기능과 객담 검사를 시행함. | 시야가 흐려지거나 황달이 생기면 내원할 것.
    a: active pulmonary TB, r/o NTM | r/o TB vs lung cancer
    p: AFB smear/culture x3, TB-PCR, isolation | 4제 요법, LFT & visual acuity f/u
    """
}
