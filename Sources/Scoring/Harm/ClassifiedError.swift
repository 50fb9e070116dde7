import DocProfiles

/// A difference with its class and what a severity rule asks about it, before any rule is applied.
struct ClassifiedError: Equatable {
  var errorClass: ErrorClass
  /// log10(reading / truth)
  var ratio: Double?
  var unreadable = false
  /// Of the kind that is judged where the class alone does not say (an invented dose, a row of
  /// drugs); nil for the field's own.
  var kind: FieldKind?
  var length = 0
  /// What stands on the page and in the reading, where it is less than the whole difference.
  var truth: String?
  var reading: String?

  init(
    _ errorClass: ErrorClass, ratio: Double? = nil, unreadable: Bool = false,
    kind: FieldKind? = nil, length: Int = 0
  ) {
    self.errorClass = errorClass
    self.ratio = ratio
    self.unreadable = unreadable
    self.kind = kind
    self.length = length
  }
}
