extension DrugLexicon {
  /// Urinary tract, cancer, eye, skin, women's health, and hospital orders in English.
  static let other = """
    @bph 취침 전,저녁 식후
    탐스로신 서방캡슐|0.2mg 0.4mg|1
    알푸조신 서방정|10mg|1
    실로도신 캡슐|4mg 8mg|1,2
    나프토피딜 정|25mg 75mg|1
    피나스테리드 정|5mg|1
    두타스테리드 연질캡슐|0.5mg|1
    타다라필 정|5mg|1
    @oab 아침 식후,저녁 식후
    솔리페나신 정|5mg 10mg|1
    미라베그론 서방정|25mg 50mg|1
    톨테로딘 서방캡슐|2mg 4mg|1
    페소테로딘 서방정|4mg 8mg|1
    프로피베린 정|10mg 20mg|1,2
    데스모프레신 정|0.1mg 0.2mg|h
    베타네콜 정|25mg|3
    @onc 아침 식후 30분
    카페시타빈 정|500mg 1000mg|2
    테가푸르기메라실오테라실 캡슐|40mg 50mg 60mg|2
    타목시펜 정|20mg|1
    레트로졸 정|2.5mg|1
    아나스트로졸 정|1mg|1
    엑스메스탄 정|25mg|1
    비칼루타미드 정|50mg|1
    이매티닙 정|100mg 400mg|1
    엘로티닙 정|100mg 150mg|1
    오시머티닙 정|40mg 80mg|1
    소라페닙 정|200mg|2
    렌바티닙 캡슐|4mg 8mg|1
    메게스트롤 현탁액|10mL 20mL|1
    @chemo 의료진 투여
    옥살리플라틴 주|100mg 130mg|3w|정맥주사
    시스플라틴 주|60mg 80mg|3w|정맥주사
    카보플라틴 주|300mg 450mg|3w|정맥주사
    파클리탁셀 주|80mg 120mg 240mg|3w|정맥주사
    도세탁셀 주|100mg 120mg|3w|정맥주사
    독소루비신 주|60mg 90mg|3w|정맥주사
    젬시타빈 주|1.4g 1.6g|w|정맥주사
    이리노테칸 주|240mg 300mg|2w|정맥주사
    페메트렉시드 주|700mg 800mg|3w|정맥주사
    트라스투주맙 주|440mg|3w|정맥주사
    베바시주맙 주|300mg 400mg|3w|정맥주사
    펨브롤리주맙 주|200mg|3w|정맥주사
    @eye 1회 1방울
    라타노프로스트 점안액|1방울|h
    티몰롤 점안액|1방울|2
    도르졸라미드 점안액|1방울|2
    브리모니딘 점안액|1방울|2
    히알루론산 점안액|1방울|4
    사이클로스포린 점안액|1방울|2
    레보플록사신 점안액|1방울|4
    플루오로메톨론 점안액|1방울|3,4
    올로파타딘 점안액|1방울|2
    네파페낙 점안액|1방울|3
    시프로플록사신 점이액|5방울|2
    @skin 얇게 도포
    베타메타손 크림|적당량|1,2
    모메타손 크림|적당량|1
    히드로코르티손 연고|적당량|2
    무피로신 연고|적당량|2,3
    푸시드산 연고|적당량|2,3
    테르비나핀 크림|적당량|1,2
    케토코나졸 크림|적당량|1,2
    타크로리무스 연고|적당량|2
    아다팔렌 겔|적당량|h
    은설파디아진 크림|적당량|1,2
    칼시포트리올 연고|적당량|1,2
    케토프로펜 패치|1매|1,2
    리도카인 패치|1매|1
    @obgyn 취침 전,아침 식후
    리토드린 정|10mg|3,4
    미분화프로게스테론 질정|200mg|1,2
    디드로게스테론 정|10mg|2,3
    에스트라디올 정|1mg 2mg|1
    티볼론 정|2.5mg|1
    디에노게스트 정|2mg|1
    메틸에르고메트린 정|0.125mg|3
    클로트리마졸 질정|100mg 500mg|h
    트라넥삼산 캡슐|250mg 500mg|3
    카베르골린 정|0.5mg|w
    @fluid 의료진 투여
    포도당 주|500mL 1000mL|1|정맥주사
    생리식염 주|500mL 1000mL|1,2|정맥주사
    하트만액 주|500mL 1000mL|1,2|정맥주사
    사람혈청알부민 주|20% 100mL|1|정맥주사
    염화칼륨 서방정|600mg|2,3
    황산마그네슘 주|1g 2g|1|정맥주사
    @english 의료진 지시대로
    Acetylcysteine tab.|200mg 600mg|2,3
    Amlodipine tab.|5mg 10mg|1
    Aspirin tab.|100mg|1
    Atorvastatin tab.|10mg 20mg 40mg|1
    Bisoprolol tab.|2.5mg 5mg|1
    Celecoxib cap.|200mg|1
    Clopidogrel tab.|75mg|1
    Furosemide tab.|20mg 40mg|1
    Gabapentin cap.|100mg 300mg|3
    Levofloxacin tab.|500mg 750mg|1
    Metformin tab.|500mg 1000mg|2
    Prednisolone tab.|5mg 10mg|1
    Rebamipide tab.|100mg|3
    Rosuvastatin tab.|5mg 10mg|1
    Tramadol cap.|50mg|2
    Warfarin tab.|2mg 5mg|1
    Empagliflozin tab.|10mg 25mg|1
    Esomeprazole tab.|20mg 40mg|1
    Allopurinol tab.|100mg|1
    Tamsulosin cap.|0.2mg|1
    Montelukast tab.|10mg|h
    Pregabalin cap.|75mg 150mg|2
    Telmisartan tab.|40mg 80mg|1
    Spironolactone tab.|25mg|1
    Enoxaparin inj.|40mg 60mg|1,2|피하주사
    Ceftriaxone inj.|1g 2g|1|정맥주사
    Insulin glargine inj.|12단위 18단위|1|피하주사
    Pantoprazole inj.|40mg|1,2|정맥주사
    """
}
