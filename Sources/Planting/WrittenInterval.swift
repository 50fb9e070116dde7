/// A reference range as printed: two limits with what parts them, or one with `<` or `>`.
enum WrittenInterval {
  case between(low: String, mark: String, high: String)
  case below(String)
  case above(String)

  init?(_ text: String) {
    if let first = text.first, first == "<" || first == ">" {
      let limit = String(text.dropFirst()).filter { $0 != " " }
      guard WrittenNumber(limit) != nil else { return nil }
      self = first == "<" ? .below(limit) : .above(limit)
      return
    }
    let sign = text.hasPrefix("-") ? "-" : ""
    let body = text.dropFirst(sign.count)
    let low = body.prefix { "0123456789.".contains($0) }
    let mark = body.dropFirst(low.count).prefix { " -~".contains($0) }
    let high = body.dropFirst(low.count + mark.count)
    guard WrittenNumber(low) != nil, WrittenNumber(high) != nil, !mark.isEmpty else { return nil }
    self = .between(low: sign + low, mark: String(mark), high: String(high))
  }

  /// −1 below, 0 inside, 1 above; nil on a limit itself, where opinions differ.
  func side(of value: Double) -> Int? {
    switch self {
    case .between(let low, _, let high):
      let (low, high) = (Double(low)!, Double(high)!)
      if value == low || value == high { return nil }
      return value < low ? -1 : value > high ? 1 : 0
    case .below(let limit):
      if value == Double(limit)! { return nil }
      return value > Double(limit)! ? 1 : 0
    case .above(let limit):
      if value == Double(limit)! { return nil }
      return value < Double(limit)! ? -1 : 0
    }
  }
}
