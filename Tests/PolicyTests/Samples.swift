import Foundation
import Policy
import Testing

/// The plans and zones that the tests read from the system and the repository.
enum Samples {
  static let zones: ZoneLoader = { name in
    try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)))
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(_ plan: String) throws -> String {
    try String(contentsOf: root.appending(path: "Shared/Plans/\(plan).yaml"), encoding: .utf8)
  }

  static func zone(_ name: String) throws -> TimeZoneRules {
    try TimeZoneRules(name: name, tzif: zones(name))
  }

  /// The plans of the repository.
  static let shipped = ["flexi-it", "opus-one", "opmon", "retained-support", "template"]

  /// A plan of the repository, with a part of its text replaced.
  static func shipped(_ name: String, _ old: String = "", with new: String = "") throws -> Plan {
    var text = try text(name)
    if !old.isEmpty {
      try #require(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try Plan.read(text, zones: zones).get()
  }

  static func flexi() throws -> Plan { try flexiResult.get() }

  private static let flexiResult = Result { try Plan.read(text("flexi-it"), zones: zones).get() }

  /// A plan with `body` after the fields that every plan has.
  static func plan(_ body: String, hours: String = "hours: {always: 24x7}") throws -> Plan {
    try Plan.read(document(body, hours: hours), zones: zones).get()
  }

  static func document(_ body: String, hours: String = "hours: {always: 24x7}") -> String {
    "plan: sample\ntitle: Sample\nzone: Asia/Singapore\ncurrency: SGD\nunit: credit\n\(hours)\n\(body)\n"
  }

  static func problems(_ document: String) -> [String] {
    switch Plan.read(document, zones: zones) {
    case .success: []
    case .failure(let errors): errors.problems.map(\.description)
    }
  }

  /// Civil time of a plan's zone, such as `2026-03-02 09:00`; the earlier of two.
  static func civil(_ text: String, _ plan: Plan, sourceLocation: SourceLocation = #_sourceLocation) -> Instant {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 2, let date = CivilDate(parts[0]), let time = CivilTime(parts[1]) else {
      Issue.record("'\(text)' is no time", sourceLocation: sourceLocation)
      return .epoch
    }
    return plan.zone.resolve(CivilDateTime(date: date, time: time)).earliest
  }

  /// Civil time in Singapore, such as `2026-03-02 09:00` or `2026-03-02 17:59:59`.
  static func sgt(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Instant {
    let parts = text.split(separator: " ")
    let time = parts[1].count == 5 ? "\(parts[1]):00" : "\(parts[1])"
    guard let instant = Instant("\(parts[0])T\(time)+08:00") else {
      Issue.record("'\(text)' is no time", sourceLocation: sourceLocation)
      return .epoch
    }
    return instant
  }
}

/// Bytes and numbers from a seed, so that a failure can be run again.
struct Seeded {
  private var source: IdentifierSource

  init(_ seed: UInt64) { source = IdentifierSource(seed: seed) }

  mutating func below(_ bound: Int) -> Int { Int(source.nextBits() % UInt64(max(1, bound))) }
  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: source.nextBits()) }

  /// `bytes` with a few of them changed, dropped, doubled or moved.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(4) where !bytes.isEmpty {
      let index = below(bytes.count)
      switch below(5) {
      case 0: bytes[index] = byte()
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(byte(), at: index)
      case 3: bytes.removeSubrange(index..<min(bytes.count, index + below(40)))
      default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + below(40))], at: below(bytes.count))
      }
    }
    return bytes
  }
}
