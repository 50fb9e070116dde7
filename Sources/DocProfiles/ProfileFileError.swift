/// What is wrong in a file of profiles, severity rules or names, where, and how to mend it.
public struct ProfileFileError: Error, Equatable, CustomStringConvertible {
  public var file: String
  /// From 1; nil where the file as a whole is at fault.
  public var line: Int?
  /// From 1, in Unicode code points.
  public var column: Int?
  public var problem: String
  public var mend: String

  init(file: String, line: Int? = nil, column: Int? = nil, problem: String, mend: String) {
    self.file = file
    self.line = line
    self.column = column
    self.problem = problem
    self.mend = mend
  }

  public var description: String {
    let place = [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
    return place.joined(separator: ":") + ": \(problem); \(mend)"
  }
}
