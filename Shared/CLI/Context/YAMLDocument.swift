import CalloutClient
internal import Foundation
internal import Yams

/// A YAML file whose errors name file and line.
struct YAMLDocument {
  /// The deepest nesting that is read.
  static let depthMax = 32

  /// A scalar with its place.
  struct Scalar {
    let text: String
    let line: Int
  }

  let path: String
  let root: Node

  init(_ text: String, path: String) throws {
    self.path = path
    do {
      guard let root = try Yams.compose(yaml: text) else {
        throw CommandFailure(.usage, "\(path): the file is empty.")
      }
      self.root = root
    } catch let error as YamlError {
      throw Self.failure(error, path: path)
    }
  }

  private static func failure(_ error: YamlError, path: String) -> CommandFailure {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      CommandFailure(.usage, "\(path):\(mark.line): \(problem).")
    case .duplicatedKeysInMapping(let keys, let context):
      CommandFailure(.usage, "\(path):\(context.mark.line): \(keys.joined(separator: ", ")) stands here twice.")
    case .no, .memory, .reader, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      CommandFailure(.usage, "\(path): \(error)")
    }
  }

  /// A failure at a line of the file.
  func failure(_ line: Int, _ reason: String) -> CommandFailure {
    CommandFailure(.usage, "\(path):\(line): \(reason).")
  }

  func line(_ node: Node) -> Int { node.mark?.line ?? 1 }

  /// A mapping's members in order.
  func members(_ node: Node, _ what: String) throws -> [(key: Scalar, value: Node)] {
    guard let mapping = node.mapping else { throw failure(line(node), "\(what): keys and values are expected") }
    return try mapping.map { key, value in
      guard let scalar = key.scalar else { throw failure(line(key), "a key is a text") }
      return (Scalar(text: scalar.string, line: line(key)), value)
    }
  }

  func items(_ node: Node, _ what: String) throws -> [Node] {
    guard let sequence = node.sequence else { throw failure(line(node), "\(what): a list is expected") }
    return Array(sequence)
  }

  func text(_ node: Node, _ what: String) throws -> String {
    guard let scalar = node.scalar else { throw failure(line(node), "\(what): a text is expected") }
    return scalar.string
  }

  /// Several texts, or one.
  func texts(_ node: Node, _ what: String) throws -> [String] {
    if let scalar = node.scalar { return [scalar.string] }
    return try items(node, what).map { try text($0, what) }
  }

  /// The path of a file, which is relative to this one's folder, as it can be opened from here.
  func file(_ node: Node, _ what: String) throws -> String {
    let name = try text(node, what)
    if name.hasPrefix("/") { return name }
    return URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(name).standardizedFileURL.path
  }

  /// The node as JSON. Plain `true`, `false`, `null` and whole numbers in their usual spelling are what they look like;
  /// everything else is a text, `+65…` and dates too.
  func json(_ node: Node, depth: Int = 0) throws -> JSONValue {
    guard depth < Self.depthMax else { throw failure(line(node), "nested deeper than \(Self.depthMax) levels") }
    if node.mapping != nil {
      return .object(
        try members(node, "a value").map { JSONValue.Member($0.key.text, try json($0.value, depth: depth + 1)) })
    }
    if let sequence = node.sequence { return .list(try sequence.map { try json($0, depth: depth + 1) }) }
    guard let scalar = node.scalar else { throw failure(line(node), "aliases are not read") }
    guard scalar.style == .plain else { return .text(scalar.string) }
    switch scalar.string {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "null", "~", "": return .null
    case let text:
      if let number = Int64(text), String(number) == text { return .integer(number) }
      return .text(text)
    }
  }
}
