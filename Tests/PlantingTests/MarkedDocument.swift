import Datasets
import DocProfiles

/// A document of one page whose fields are written between brackets as `[name:value]`; rows of tables
/// are counted by their drug or test.
func markedDocument(_ marked: String, type: DocumentType, id: String = "marked-1")
  -> DatasetDocument
{
  let kinds: [String: FieldKind] = [
    "drug_name": .drugName, "dose": .quantity, "frequency": .frequency, "route": .route,
    "total_days": .quantity, "test_name": .testName, "value": .labValue, "unit": .unit,
    "reference_range": .range, "patient_name": .person, "diagnosis_name": .diagnosisName,
    "diagnosis_code": .diagnosisCode, "issue_date": .date, "opinion": .freeText,
  ]
  var text = String.UnicodeScalarView()
  var fields: [FieldTruth] = []
  var row = 0
  var rest = marked[...]
  while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
    text.append(contentsOf: rest[..<open].unicodeScalars)
    let parts = rest[rest.index(after: open)..<close].split(separator: ":", maxSplits: 1)
    let (name, value) = (String(parts[0]), String(parts[1]))
    let kind = kinds[name]!
    if kind == .drugName || kind == .testName { row += 1 }
    let isTabular = [
      .drugName, .quantity, .frequency, .route, .testName, .labValue, .unit, .range,
    ].contains(kind)
    let start = text.count
    text.append(contentsOf: value.unicodeScalars)
    fields.append(
      FieldTruth(
        name: name, value: value, kind: kind, row: isTabular ? row : nil, page: 0, start: start,
        end: text.count))
    rest = rest[rest.index(after: close)...]
  }
  text.append(contentsOf: rest.unicodeScalars)
  return DatasetDocument(
    id: id, type: type, pages: [PageTruth(image: "none.png", transcript: String(text), lines: [])],
    fields: fields)
}

let prescription = markedDocument(
  """
  처 방 전
  환자 성명 [patient_name:박정자]
  등록번호: 97216133
  질병분류기호 [diagnosis_code:E11.9]
  [drug_name:암로디핀정] [dose:5 mg] [frequency:1일 1회] [route:경구] [total_days:30일]
  [drug_name:로사르탄정] [dose:50mg] [frequency:1일 2회] [route:경구] [total_days:28일]
  [drug_name:메트포르민정500밀리그램] [dose:2정] [frequency:1일 3회] [route:경구] [total_days:7일]
  [opinion:우측 무릎 통증 있음. 출혈은 없음. 3일 후 다시 올 것.]
  교부일: [issue_date:2024-06-28]
  """, type: .prescription)

let labResult = markedDocument(
  """
  등록번호 40358063 환자명 [patient_name:김은혜] 성별/나이 여 / 35세
  검사 결과 판정 단위 참고치
  [test_name:Sodium] [value:140] [unit:mmol/L] [reference_range:136 - 145]
  [test_name:Potassium] [value:5.8] H [unit:mmol/L] [reference_range:3.5 - 5.1]
  [test_name:CRP] [value:0.42] [unit:mg/dL] [reference_range:<0.50]
  [test_name:Base excess] [value:-3.5] L [unit:mmol/L] [reference_range:-2.0~3.0]
  [test_name:HBsAg] [value:음성] [reference_range:음성]
  이상입니다.
  """, type: .labResult, id: "marked-2")

let lexicon = Lexicon(
  drugs: ["암로디핀정", "로사르탄정", "메트포르민정", "발사르탄정", "니페디핀서방정", "펠로디핀서방정", "텔미사르탄정"],
  tests: ["Sodium", "Potassium", "CRP", "Base excess", "HBsAg", "Chloride", "Ferritin"],
  diagnoses: ["상세불명의 폐렴", "불안정협심증", "위염"])
