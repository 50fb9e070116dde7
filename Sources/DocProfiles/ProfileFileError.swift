/// What is wrong in a profile file, where, and how to mend it.
public struct ProfileFileError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// From 1; nil where the file as a whole is at fault.
  public var line: Int?
  /// From 1, in Unicode code points.
  public var column: Int?
  public var problem: String
  public var mend: String

  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
    return place.joined(separator: ":") + ": \(problem); \(mend)"
  }
}
