import OCRInference

/// What this machine can do at most: bytes read a second, and operations of each unit that multiplies.
enum Ceilings {
  static func print(threads: Int) {
    let ceilings = MachineCeilings(pool: ThreadPool(threads: threads))
    Sample(ceiling: "read", perSecond: ceilings.readBandwidth()).print()
    for unit in MachineCeilings.Unit.allCases {
      guard let perSecond = ceilings.operations(unit) else { continue }
      Sample(ceiling: unit.rawValue, perSecond: perSecond).print()
    }
  }
}
