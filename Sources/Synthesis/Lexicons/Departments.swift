/// Departments by specialty; a closed list of the Medical Service Act, so not held out.
enum Departments {
  static let bySpecialty: [String: [String]] = LexiconTable(table).rows.reduce(into: [:]) {
    $0[$1.columns[0]] = $1.columns[1].split(separator: " ").map(String.init)
  }

  private static let table = """
    호흡기|호흡기내과 내과 호흡기알레르기내과 감염내과
    심장|순환기내과 심장내과 심장혈관내과 내과
    소화기|소화기내과 내과 소화기병센터
    신장|신장내과 내과
    내분비|내분비내과 내분비대사내과 내과
    감염|감염내과 내과
    혈액|혈액종양내과 혈액내과
    류마티스|류마티스내과 내과
    신경|신경과 뇌신경센터
    신경외|신경외과 뇌신경센터
    외과|외과 일반외과 대장항문외과 소화기외과
    유방|유방외과 유방갑상선외과 외과
    종양|혈액종양내과 종양내과
    정형|정형외과 관절센터 척추센터
    비뇨|비뇨의학과
    산부|산부인과 여성의학센터
    흉부|심장혈관흉부외과 흉부외과
    정신|정신건강의학과
    이비|이비인후과
    안과|안과
    피부|피부과
    성형|성형외과 외과
    응급|응급의학과
    가정|가정의학과 내과 소아청소년과
    """
}
