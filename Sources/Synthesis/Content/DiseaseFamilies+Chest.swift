extension DiseaseFamily {
  /// Lungs and heart.
  static let chest = """
    # pneumonia|호흡기|*|24~89|6~13|3~7일
    cc: 발열, 기침 | 발열, 화농성 가래 | 기침, 호흡곤란
    h: 내원 {on} 전부터 {38.0~39.4}℃의 발열과 오한이 있었고 이후 {누런/녹색/흰색} 가래를 동반한 기침이 심해짐. | 내원 {on} 전 감기 증상이 시작된 뒤 기침, 가래가 악화되고 {38.1~39.3}℃까지 열이 오름.
    h: 개인 의원에서 {rx.mac} 및 {rx.aap} 처방받아 {2~4}일간 복용하였으나 호전 없었음. | 약국에서 감기약을 구입해 복용하였으나 증상 지속됨.
    h: 흉통과 객혈은 없었으나 계단을 오를 때 숨이 차는 증상이 새로 생겨 응급실을 통해 내원함. | {side} 흉막성 흉통이 동반되어 내원하였으며 객혈은 없었음.
    x: {side} 폐 하부에서 수포음이 들리고 반대측 폐음은 깨끗함. | {side} 폐 하부 호흡음 감소 및 crackle (+), wheezing (-).
    +: fever, cough, sputum
    -: hemoptysis, chest pain, weight loss, night sweat
    lab: WBC+;Segmented neutrophil+;CRP+;Procalcitonin+;Hemoglobin=;Creatinine=;Sodium-;pO2-
    c: 입원 당일 흉부 X선에서 {side} {하엽/중엽/상엽}의 경화가 확인되어 {rx.ivabx} 정맥 투여를 시작함. | 흉부 CT에서 {side} 하엽의 폐경화와 소량의 흉수가 보여 경험적으로 {rx.ivabx} 투여함.
    c: 객담 배양에서 {폐렴알균/인플루엔자균/정상 상재균}이 동정되었고 혈액 배양은 2쌍 모두 음성이었음. | 혈액 배양 및 소변 폐렴알균 항원 검사는 음성으로 확인됨.
    c: 산소는 비강 캐뉼라 {2~4} L/min으로 시작하여 {d+3}에 중단함. | 실내 공기에서 산소포화도 {91~93}%로 저하되어 산소 {2~3} L/min를 공급하였고 {d+3}부터 산소 없이 {95~98}% 유지함.
    c: {d+2~3}부터 해열되었으며 기침과 가래도 점차 줄어듦. | 항생제 투여 {48/72}시간 후 체온이 정상화되고 호흡수가 안정됨.
    c: {d+5}에 시행한 {lab.CRP+}에서 감소 추세 이후 추적 흉부 X선상 음영이 호전됨. | 추적 흉부 X선에서 경화 범위가 절반 이하로 감소하여 경구 항생제로 전환함.
    rx: abx muco aap
    o: 상기 환자는 {side} 폐렴으로 입원하여 항생제 정맥 투여와 산소 치료를 받았으며 현재 호전 중임. | 상기 질환으로 항생제 치료 중이며 발열은 소실되었으나 기침과 가래가 남아 있음.
    f: 처방된 경구 항생제를 {5~7}일간 끝까지 복용할 것. | 금연을 유지하고 충분한 수분을 섭취할 것.
    f: {4~6}주 후 흉부 X선 추적 검사를 시행하여 음영 소실을 확인함. | 외래에서 흉부 X선과 염증 수치를 재검함.
    f: 38℃ 이상의 발열, 객혈, 호흡곤란이 생기면 즉시 응급실로 내원할 것.
    a: CAP, {rl} lower lobe, CURB-65 {0~2}점 | r/o pneumonia, r/o pulmonary TB
    p: chest PA, sputum culture, blood culture x2, 항생제 IV, O2 supply PRN | admission 권유, empirical antibiotics, f/u chest PA {2~3}일 후
    # mi|심장|*|42~86|4~9|1~8시간
    cc: 흉통 | 쥐어짜는 듯한 흉통, 식은땀 | 흉부 압박감
    h: 내원 {on} 전 {휴식 중/식사 후/출근 중} 갑자기 시작된 흉골 아래의 쥐어짜는 듯한 통증이 {20~60}분 이상 지속됨. | {on} 전부터 {왼팔/턱/등}으로 방사되는 흉통이 있었고 식은땀과 구역이 동반됨.
    h: {rx.nitrate} 설하 투여에도 통증이 완전히 사라지지 않아 119를 통해 응급실로 이송됨. | 통증 강도는 NRS {6~9}점이었으며 자세나 호흡에 따른 변화는 없었음.
    h: 내원 {1~3}주 전부터 빨리 걸을 때 가슴이 답답한 증상이 {2~4}차례 있었으나 진료는 받지 않음.
    h: 실신이나 두근거림은 없었고 외상력도 없음.
    x: 심음은 규칙적이며 심잡음은 들리지 않음. 양측 폐 기저부 수포음 없음. | JVP 상승 없고 하지 부종 없음. 심박동 규칙적이며 murmur (-).
    +: chest pain, cold sweating, nausea
    -: dyspnea, syncope, palpitation, leg edema
    lab: hs-Troponin I+;CK-MB+;CK+;NT-proBNP+;LDL cholesterol+;Creatinine=;Hemoglobin=;Glucose (fasting)+
    pr: {d+0} 관상동맥조영술 및 {좌전하행지/우관상동맥/좌회선지} 스텐트 삽입술
    pr: ? {d+1} 경흉부 심초음파
    c: 심전도에서 {V1-V4/II, III, aVF/V5-V6} 유도의 {ST 분절 상승/ST 분절 하강}이 있어 항혈소판제 부하 용량과 {rx.p2y12} 투여 후 응급 관상동맥조영술을 시행함. | 응급실에서 {rx.p2y12} 및 {rx.heparin} 투여하고 심혈관 조영실로 이동함.
    c: {좌전하행지 근위부/우관상동맥 중간부/좌회선지 원위부}에 {90~100}% 협착이 확인되어 약물방출 스텐트 {1~2}개를 삽입하였고 시술 후 TIMI 3 혈류가 회복됨.
    c: 시술 부위 혈종이나 출혈은 없었으며 흉통은 소실됨. | 요골동맥 천자 부위는 깨끗하였고 재발 흉통 없었음.
    c: 심초음파에서 좌심실 구혈률 {38~58}%, {전벽/하벽/측벽}의 운동 저하가 관찰되었고 의미 있는 판막 질환은 없었음.
    c: 심장중환자실에서 {24/48}시간 관찰하는 동안 악성 부정맥은 없었으며 {d+2} 일반 병실로 옮김. | {rx.bb} 및 {rx.statin} 추가하고 혈압과 맥박을 보며 용량을 조절함.
    c: 심장재활 교육과 금연 상담을 시행함. | 조기 보행을 시작하였고 {200~400} m 보행에도 증상이 없었음.
    rx: antiplt p2y12 statin bb ppi
    o: 급성 심근경색으로 응급 관상동맥중재술을 받았으며 항혈소판제 두 가지를 최소 {6/12}개월간 복용하여야 함. | 상기 진단으로 스텐트 삽입술을 시행받았고 약물 치료와 정기적인 추적 관찰이 필요함.
    f: 항혈소판제를 임의로 중단하지 말 것. | 발치나 수술 전에는 반드시 담당 의사와 상의할 것.
    f: {1~2}주 후 순환기내과 외래에서 심전도와 혈액검사를 시행함.
    f: {6/9/12}개월 후 심초음파 및 필요시 관상동맥 CT를 시행할 예정임.
    f: 흉통이 5분 이상 지속되면 119를 불러 응급실로 내원할 것.
    a: ACS, r/o NSTEMI vs STEMI, Killip class {I/II} | acute MI s/p PCI with DES, EF {40~55}%
    p: serial cardiac enzyme, EKG f/u, DAPT, statin, echo | emergent CAG, heparinization, CCU care
    # chf|심장|*|48~90|6~14|1~3주
    cc: 호흡곤란, 하지 부종 | 운동 시 호흡곤란 | 기좌호흡, 전신 부종
    h: {on} 전부터 {평지를 걸을 때/계단을 오를 때/누워 있을 때} 숨이 찬 증상이 점차 심해짐. | 최근 {on} 사이 체중이 {3~7} kg 늘고 양측 발목이 부어 내원함.
    h: 밤에 숨이 차서 {1~3}차례 깨며 베개를 {2~3}개 받쳐야 잠들 수 있었음. | 야간 발작성 호흡곤란이 있으나 흉통은 없었음.
    h: 최근 {짠 음식을 많이 먹었고/이뇨제를 며칠간 거르고/감기를 앓고 난 뒤} 소변량이 줄었다고 함. | 이전부터 심부전으로 약을 복용하였으나 복약이 불규칙하였음.
    x: 경정맥 확장이 있고 양측 폐 기저부에서 수포음이 들림. 양측 하지 함요 부종 {1/2/3}+. | JVP {10~14} cm, S3 gallop (+), pitting edema {1~3}+/{1~3}+.
    +: dyspnea, orthopnea, leg edema
    -: chest pain, fever, hemoptysis, syncope
    lab: NT-proBNP+;Creatinine+;BUN+;Sodium-;Potassium=;Hemoglobin-;Albumin-;hs-Troponin I+
    pr: {d+1} 경흉부 심초음파
    c: 흉부 X선에서 심비대와 폐울혈이 있어 {rx.diur} 정맥 투여를 시작하고 수분을 하루 {1000/1200/1500} mL로 제한함. | 입원 후 산소를 공급하며 이뇨제를 정맥 투여하였고 첫 24시간 소변량은 {2400~3800} mL였음.
    c: 심초음파상 좌심실 구혈률 {22~38}%, 좌심방 확장과 {경도/중등도}의 승모판 역류가 확인됨. | 심초음파에서 전반적인 좌심실 운동 저하 (구혈률 {20~39}%)가 관찰됨.
    c: 체중은 입원 시 {58~82}.{0~9} kg에서 {d+5}까지 {3~6}.{0~9} kg 감소하였고 부종도 소실됨.
    c: {rx.hf} 및 {rx.mra} 추가하였으며 저혈압이나 고칼륨혈증은 없었음. | 혈압이 안정된 뒤 {rx.bb} 저용량을 시작하고 {rx.sglt2} 병용함.
    c: ? {lab.Creatinine+}로 일시적으로 상승하였으나 이뇨제 감량 후 호전됨.
    c: 호흡곤란은 NYHA {III/IV}에서 {I/II}로 호전되어 경구 약제로 전환함.
    rx: hf bb mra diur sglt2
    o: 심부전의 악화로 입원하여 이뇨제 및 심부전 약물 치료를 받았으며 지속적인 약물 조절이 필요함. | 상기 질환으로 과도한 신체 활동을 제한하고 저염식과 정기적인 외래 진료를 요함.
    f: 매일 아침 체중을 재고 3일 사이 2 kg 이상 늘면 외래에 연락할 것.
    f: 염분은 하루 5 g 이하, 수분은 {1.0~1.5} L 이하로 제한함.
    f: {1~2}주 후 외래에서 신기능과 전해질을 확인함. | {3/6}개월 후 심초음파를 추적하고 삽입형 제세동기 적응증을 재평가함.
    a: ADHF, HFrEF, NYHA III | CHF aggravation, r/o ischemic cardiomyopathy
    p: IV diuretics, I/O & BWt check, echo, GDMT titration | salt restriction, f/u BNP, CXR
    # af|심장|*|45~88|3~6|2~6일
    cc: 두근거림 | 두근거림, 어지럼 | 불규칙한 맥박
    h: {on} 전부터 갑자기 심장이 빠르고 불규칙하게 뛰는 느낌이 반복됨. | 내원 {on} 전 {과음/과로/감기} 뒤 두근거림이 시작되어 멈추지 않음.
    h: 한 번에 {10~50}분가량 지속되었고 어지럼이 동반되었으나 실신은 없었음. | 흉통은 없고 가벼운 호흡곤란이 있었음.
    h: 커피는 하루 {1~4}잔 마시며 갑상선 질환의 병력은 없음. | 이전 검진 심전도에서 이상을 들은 적은 없음.
    x: 맥박 불규칙하고 심잡음 없음. 하지 부종 없음. | irregularly irregular heartbeat, murmur (-), thyroid enlargement (-).
    +: palpitation, dizziness
    -: syncope, chest pain, heat intolerance, focal weakness
    lab: NT-proBNP+;TSH=;Free T4=;Potassium=;Magnesium=;Creatinine=;PT (INR)=;Hemoglobin=
    pr: ? {d+2} 전기적 심율동전환술
    c: 심전도에서 심실 반응 {112~156}회/분의 심방세동이 확인되어 {rx.bb} 투여로 심박수를 조절함. | 24시간 활동 심전도에서 심방세동이 전체의 {18~92}%를 차지함.
    c: CHA2DS2-VASc {2~5}점으로 뇌졸중 예방을 위해 {rx.noac} 시작함. | 출혈 위험(HAS-BLED {1~2}점)을 설명하고 {rx.noac} 복용을 시작함.
    c: 경식도 심초음파에서 좌심방이 혈전은 보이지 않았음. | 심초음파상 구혈률 {54~66}%이며 좌심방 크기 {40~52} mm로 증가됨.
    c: {rx.aarr} 투여 후 {d+2} 동율동으로 전환되었고 QT 간격 연장은 없었음. | 심박수 {68~92}회/분으로 조절되고 두근거림이 호전됨.
    rx: noac bb aarr
    o: 심방세동으로 항응고제와 심박수 조절 약물을 복용 중이며 출혈 여부에 대한 정기적인 관찰이 필요함.
    f: 항응고제를 매일 같은 시간에 복용하고 멍이나 혈변이 있으면 내원할 것.
    f: {2~4}주 후 심전도를 시행하고 {3/6}개월마다 신기능을 확인함. | 증상이 재발하면 전극도자절제술을 고려함.
    a: AF with RVR, CHA2DS2-VASc {2~4} | paroxysmal AF, r/o thyrotoxicosis
    p: rate control, NOAC start, Holter, TTE | rhythm control 고려, TFT check
    # copd|호흡기|*|56~88|5~11|4~9일
    cc: 호흡곤란, 가래 증가 | 호흡곤란 악화 | 쌕쌕거림, 기침
    h: 내원 {on} 전부터 가래 양이 늘고 {누렇게/진하게} 변하면서 숨찬 증상이 평소보다 심해짐. | 평소 mMRC {2/3}단계로 지내다가 {on} 전부터 화장실을 다녀오기도 힘들 정도로 호흡곤란이 악화됨.
    h: 최근 {6/12}개월간 급성 악화로 {1~3}회 입원한 적이 있음. | 흡입제를 최근 {1~3}주간 사용하지 않았다고 함.
    h: 발열은 {뚜렷하지 않았고/37.8℃로 측정되었고} 흉통이나 한쪽 다리의 부종은 없었음.
    x: 호기가 길고 양측 폐 전체에서 천명음이 들림. 청색증 없음. | prolonged expiration, both wheezing (+), barrel chest (+).
    +: dyspnea, sputum, wheezing
    -: hemoptysis, chest pain, leg swelling, orthopnea
    lab: pCO2+;pO2-;WBC+;CRP+;HCO3-+;Eosinophil=;Hemoglobin=;NT-proBNP=
    c: 네뷸라이저로 {rx.saba} 투여하고 전신 스테로이드를 {5/7}일간 사용함. | 산소포화도 88-92%를 목표로 산소를 공급하고 {rx.steroid} 투여함.
    c: 화농성 가래가 있어 {rx.fq} 병용하였고 객담 배양에서 {녹농균은 나오지 않음/모락셀라균이 동정됨}.
    c: 동맥혈가스에서 이산화탄소 저류가 있어 {d+0~1}부터 비침습적 환기를 {2~3}일간 적용함. | 고탄산혈증은 경미하여 비침습적 환기 없이 회복됨.
    c: 흡입기 사용법을 다시 교육하였고 {rx.lama} 및 {rx.ics} 규칙적으로 사용하기로 함.
    c: 폐기능검사에서 FEV1 {32~58}%, FEV1/FVC {0.42~0.62}로 확인됨. | 보행 시 산소포화도는 {89~94}%로 유지됨.
    rx: lama ics muco steroid
    o: 만성 폐색성 폐질환의 급성 악화로 치료받았으며 흡입제를 지속적으로 사용하고 호흡기 감염을 피하여야 함. | 상기 질환으로 운동 능력이 제한되며 장기적인 흡입 치료를 요함.
    f: 흡입제를 매일 규칙적으로 사용하고 사용 후 입안을 헹굴 것. | 금연을 반드시 유지할 것.
    f: {2~4}주 후 외래에서 폐기능검사를 시행함. | 인플루엔자 및 폐렴알균 예방접종을 권함.
    f: 숨이 더 차거나 의식이 처지면 즉시 응급실로 내원할 것.
    a: AECOPD, type {1/2} respiratory failure r/o | COPD GOLD {2~4}, acute exacerbation
    p: nebulizer, systemic steroid, ABx, ABGA f/u | inhaler education, smoking cessation
    # asthma|호흡기|*|16~72|3~7|2~5일
    cc: 호흡곤란, 쌕쌕거림 | 밤에 심한 기침 | 발작적인 호흡곤란
    h: {on} 전부터 {새벽/밤}에 심해지는 쌕쌕거림과 마른기침이 있었음. | {찬 공기/집먼지/꽃가루/고양이}에 노출된 뒤 가슴이 답답하고 숨이 찬 증상이 시작됨.
    h: 속효성 흡입제를 하루 {4~8}회 사용하였으나 효과가 {30/60}분을 넘지 못함. | {rx.saba} 사용 후 잠시 좋아졌다가 다시 나빠지기를 반복함.
    h: 발열이나 화농성 가래는 없었고 진통제에 대한 과민 반응도 없었음.
    x: 보조 호흡근을 사용하며 양측에서 호기성 천명음이 들림. | both expiratory wheezing (+), stridor (-), 말을 문장으로 할 수 있음.
    +: wheezing, cough, chest tightness
    -: fever, sputum, hemoptysis, urticaria
    lab: Eosinophil+;IgE (total)+;pCO2-;WBC=;CRP=;Potassium=
    c: 최대호기유속은 예측치의 {38~56}%였으며 {rx.saba} 흡입과 {rx.steroid} 투여를 시작함. | 응급실에서 기관지확장제를 {20/30}분 간격으로 {2/3}회 흡입함.
    c: {d+1}부터 천명음이 줄고 대화가 편해졌으며 산소는 중단함.
    c: 최대호기유속이 예측치의 {72~88}%까지 회복되어 {rx.ics} 유지 요법으로 전환함.
    c: {rx.ltra} 추가하고 악화 인자를 피하는 방법을 교육함. | 비염이 동반되어 {rx.antihist} 함께 처방함.
    rx: ics ltra steroid antihist
    o: 천식 악화로 전신 스테로이드 치료를 받았으며 흡입 스테로이드를 지속하여야 함.
    f: 증상이 없어도 흡입제를 중단하지 말 것. | 최대호기유속을 아침저녁으로 기록할 것.
    f: {1~2}주 후 외래에서 증상 조절 정도를 평가함.
    a: asthma, acute exacerbation, moderate severity | r/o cough variant asthma
    p: SABA neb, steroid PO {5/7}일, PEF monitoring | ICS/LABA step-up, allergen avoidance
    # pe|호흡기|*|32~84|6~11|1~4일
    cc: 갑작스러운 호흡곤란 | 호흡곤란, 흉통 | {side} 다리 부종, 호흡곤란
    h: {on} 전 갑자기 숨이 차고 숨을 들이쉴 때 {side} 가슴이 결리는 증상이 생김. | {on} 전부터 {side} 종아리가 붓고 아프다가 갑자기 호흡곤란이 발생함.
    h: 최근 {장거리 비행/무릎 수술/장기간 침상 안정} 이후 활동량이 적었음. | 유발 요인은 뚜렷하지 않았음.
    h: 객혈과 실신은 없었고 정맥혈전의 가족력도 없음.
    x: {side} 종아리 둘레가 반대측보다 {2~5} cm 굵고 압통이 있음. 폐음은 깨끗함.
    +: dyspnea, pleuritic pain
    -: hemoptysis, syncope, fever
    lab: D-dimer+;pO2-;hs-Troponin I+;NT-proBNP+;Platelet=;Creatinine=;PT (INR)=
    c: 폐동맥 CT에서 {양측/우측/좌측} 폐동맥의 충만 결손이 확인되어 {rx.heparin} 투여를 시작함.
    c: 하지 도플러에서 {side} {오금정맥/대퇴정맥}의 혈전이 보였음. | 심초음파에서 우심실 확장은 {없었음/경미하였음}.
    c: 혈역학적으로 안정되어 혈전용해제는 사용하지 않음.
    c: {d+3}부터 {rx.noac}으로 변경하였고 출혈 합병증은 없었음. | {d+4} 산소를 중단하였으며 보행 시에도 산소포화도가 유지됨.
    c: 항인지질항체 등 혈전 성향 검사를 시행하였고 결과는 외래에서 확인하기로 함. | 악성 종양에 대한 선별 검사에서 특이 소견 없었음.
    rx: noac ppi
    o: 폐색전증 및 심부정맥혈전증으로 항응고 치료를 시작하였으며 최소 {3/6}개월간 치료를 요함.
    f: 항응고제 복용 중 출혈 징후가 있으면 즉시 내원할 것.
    f: {3/6}개월 후 폐동맥 CT 및 하지 도플러를 추적함. | 압박 스타킹을 착용하고 오래 앉아 있지 말 것.
    a: PE, intermediate-low risk, DVT {rl} leg | r/o PTE, Wells score {4.5~7.5}
    p: anticoagulation, echo, duplex sono | O2 supply, thrombophilia work-up
    """
}
