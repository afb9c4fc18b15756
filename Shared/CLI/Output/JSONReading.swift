import CalloutClient
import Policy

/// Taking replies apart for drawings. What is not there reads as nothing.
extension JSONValue {
  /// The items of a member that is a list; none where it is not given.
  func list(_ key: String) -> [JSONValue] { if case .list(let items)? = self[key] { items } else { [] } }

  /// A member's text; empty where it is not given.
  func text(_ key: String) -> String {
    guard let value = self[key], value != .null else { return "" }
    return value.plain
  }

  /// A member's whole number; 0 where it is not given.
  func number(_ key: String) -> Int64 { Int64(text(key)) ?? 0 }

  /// A member's instant; nil where it is not given.
  func instant(_ key: String) -> Instant? { Instant(text(key)) }

  /// Whether a member is true.
  func isTrue(_ key: String) -> Bool { self[key] == .flag(true) }
}
