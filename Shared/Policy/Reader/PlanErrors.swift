/// Everything that is wrong with a plan document, in the order of its lines.
public struct PlanErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// Never empty.
  public let problems: [PlanProblem]

  /// One problem a line.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Something wrong with a plan document.
public struct PlanProblem: Hashable, Sendable, CustomStringConvertible {
  /// Where: `rates[2].blocks.of`; empty for the document as a whole.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong, and what to do.
  public var text: String

  /// A problem at a place.
  public init(path: String, line: Int, text: String) {
    self.path = path
    self.line = line
    self.text = text
  }

  /// `line 41: rates[2].blocks.of: …`.
  public var description: String { "line \(line): " + (path.isEmpty ? "" : path + ": ") + text }
}
