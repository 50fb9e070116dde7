import Boundary

extension ThreadPool {
  /// - Throws: `EngineUsageError` where `MEDBENCH_ISA` names a set that this machine does not run, or none.
  static func checkInstructionSet(_ environment: [String: String]) throws(EngineUsageError) {
    guard let wanted = environment["MEDBENCH_ISA"], !wanted.isEmpty, wanted != instructionSet
    else { return }
    throw EngineUsageError(
      description: "MEDBENCH_ISA=\(wanted.excerptOnOneLine): this machine runs scalar"
        + "\(instructionSet == "scalar" ? "" : " and up to \(instructionSet)")")
  }
}
