import Foundation
import Policy
import Testing

/// Plans, times and tasks that tests start from.
enum Samples {
  static let zones: ZoneLoader = { name in
    try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name)))
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The plan of prepaid credits as it stands in the repository.
  static func flexi() throws -> Plan { try Plan.read(flexiText(), zones: zones).get() }

  /// The same with more at its end.
  static func flexi(with more: String) throws -> Plan { try Plan.read(flexiText() + more, zones: zones).get() }

  /// Its text.
  static func flexiText() throws -> String {
    try String(contentsOf: root.appending(path: "Shared/Plans/flexi-it.yaml"), encoding: .utf8)
  }

  /// The same without a way to go beyond the balance.
  static func flexiWithoutOverage() throws -> Plan {
    var lines = try flexiText().split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "overage:"))
    let end = lines[(start + 1)...].firstIndex { $0.first.map { $0 != " " } ?? false } ?? lines.endIndex
    lines.removeSubrange(start..<end)
    return try Plan.read(lines.joined(separator: "\n"), zones: zones).get()
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

  /// The first assessment, complete.
  static let assessed = WorkTask.AssessmentState.done([
    "site", "machines", "specifications", "software", "diagrams",
  ])

  /// Work on site.
  static func onsite(
    _ category: Fact = "desktop", minutes: Int64 = 60, consented: Int = 0, _ more: Facts = [:],
    parts: [WorkTask.PartsLine] = []
  ) -> WorkTask {
    WorkTask(
      facts: Facts(dictionaryLiteral: (.mode, "onsite"), (.category, category)).merging(more), work: .minutes(minutes),
      consentedBlocks: consented, situationAssessed: true, assessment: assessed, parts: parts)
  }

  static func helpdesk(resolved: Bool = true) -> WorkTask {
    WorkTask(
      facts: [.mode: "helpdesk", .category: "desktop", .resolved: .flag(resolved)], work: .minutes(10),
      assessment: assessed)
  }
}
