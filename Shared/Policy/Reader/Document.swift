internal import Crypto
internal import Yams

/// A YAML document as plain values with their lines: all that the plan reader sees. This file is the only one that knows
/// the YAML library and the hash.
struct DocumentNode: Sendable {
  enum Value: Sendable {
    case scalar(String, isQuoted: Bool)
    case list([DocumentNode])
    case map([Entry])
  }

  struct Entry: Sendable {
    var key: String
    var line: Int
    var node: DocumentNode
  }

  var value: Value
  /// From 1.
  var line: Int
}

extension DocumentNode {
  /// A plan document's greatest length in bytes.
  static let maximumBytes = 256 * 1024
  /// Its greatest nesting.
  static let maximumDepth = 32
  /// Its greatest number of values.
  static let maximumNodes = 20_000

  /// Reads one YAML document whose keys are texts and which uses no aliases.
  static func read(_ text: String) -> Result<DocumentNode, PlanErrors> {
    if let problem = unsafe(text) { return .failure(PlanErrors(problems: [problem])) }
    do {
      guard let root = try Parser(yaml: text).singleRoot() else {
        return .failure(PlanErrors(problems: [PlanProblem(path: "", line: 1, text: "the document is empty")]))
      }
      var budget = maximumNodes
      return .success(try convert(root, depth: 0, line: 1, &budget))
    } catch let problem as Unreadable {
      return .failure(PlanErrors(problems: [problem.problem]))
    } catch let error as YamlError {
      return .failure(PlanErrors(problems: [describe(error)]))
    } catch {
      return .failure(PlanErrors(problems: [PlanProblem(path: "", line: 1, text: "cannot be read as YAML")]))
    }
  }

  /// The SHA-256 of the document's bytes.
  static func version(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

  private struct Unreadable: Error {
    let problem: PlanProblem
    init(_ line: Int, _ text: String) { problem = PlanProblem(path: "", line: line, text: text) }
  }

  private static func convert(
    _ node: Node, depth: Int, line: Int, _ budget: inout Int
  ) throws -> DocumentNode {
    let line = node.mark?.line ?? line
    budget -= 1
    guard budget > 0 else { throw Unreadable(line, "more than \(maximumNodes) values: split the plan") }
    guard depth <= maximumDepth else { throw Unreadable(line, "nested deeper than \(maximumDepth) levels") }
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style == .singleQuoted || scalar.style == .doubleQuoted
      return DocumentNode(value: .scalar(scalar.string, isQuoted: isQuoted), line: line)
    case .sequence(let sequence):
      var list: [DocumentNode] = []
      for element in sequence { list.append(try convert(element, depth: depth + 1, line: line, &budget)) }
      return DocumentNode(value: .list(list), line: line)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyLine = key.mark?.line ?? line
        guard case .scalar(let name) = key else { throw Unreadable(keyLine, "a key must be a word, not a list or map") }
        entries.append(
          Entry(
            key: name.string, line: keyLine, node: try convert(value, depth: depth + 1, line: keyLine, &budget)))
      }
      return DocumentNode(value: .map(entries), line: line)
    case .alias:
      throw Unreadable(line, "aliases are not read: write the clause out")
    }
  }

  /// What would make the YAML library itself work without bound: size, nesting, aliases. The text is only looked over,
  /// so a `*word` inside a sentence is refused too (write it in other words).
  private static func unsafe(_ text: String) -> PlanProblem? {
    guard text.utf8.count <= maximumBytes else {
      return PlanProblem(path: "", line: 1, text: "longer than \(maximumBytes) bytes: split the plan")
    }
    var (line, depth, column, dashes) = (1, 0, 0, 0)
    var previous = UInt8(ascii: "\n")
    var (blank, starred) = (true, false)
    for byte in text.utf8 {
      let startsToken = " \n\t[{,-:?".utf8.contains(previous)
      if byte == 0 { return PlanProblem(path: "", line: line, text: "a zero byte") }
      if previous == UInt8(ascii: "*"), starred, isWordByte(byte) {
        return PlanProblem(path: "", line: line, text: "aliases are not read: write the clause out")
      }
      starred = byte == UInt8(ascii: "*") && startsToken
      switch byte {
      case UInt8(ascii: "\n"): (line, column, dashes, blank) = (line + 1, 0, 0, true)
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): dashes += blank ? 1 : 0
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: blank = false
      }
      column += 1
      if depth > maximumDepth || dashes > maximumDepth || (blank && column > 8 * maximumDepth) {
        return PlanProblem(path: "", line: line, text: "nested deeper than \(maximumDepth) levels")
      }
      previous = byte
    }
    return nil
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte >= 0x80
  }

  private static func describe(_ error: YamlError) -> PlanProblem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      PlanProblem(path: "", line: mark.line, text: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      PlanProblem(
        path: "", line: context.mark.line,
        text: "the key \(keys.map { "'\($0)'" }.joined(separator: ", ")) stands twice in one map: keep one")
    default:
      PlanProblem(path: "", line: 1, text: "not YAML that can be read")
    }
  }
}
