import CalloutClient

/// What happened in a world, for people.
struct Happening: Sendable {
  enum What: Sendable {
    /// Somebody asked: for which step of the workload, what, and what came of it.
    case asked(step: Int?, desk: Int, operation: String, request: JSONValue, answer: JSONValue, until: Duration)
    /// A fault, or something else that was done to the world.
    case fault(String)
  }

  let at: Duration
  let what: What

  /// One line.
  var line: String {
    switch what {
    case .fault(let text): "\(Self.seconds(at))  \(text)"
    case .asked(let step, let desk, let operation, let request, let answer, let until):
      "\(Self.seconds(at))  \(step.map { "step \($0), " } ?? "")desk \(desk): \(operation) \(Self.short(request))"
        + " → \(Self.short(answer)), \(Self.seconds(until))"
    }
  }

  private static func seconds(_ time: Duration) -> String {
    let milliseconds = time.wholeMicroseconds / 1_000
    let fraction = String(milliseconds % 1_000)
    return "\(milliseconds / 1_000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction) s"
  }

  private static let charactersMax = 240

  private static func short(_ value: JSONValue) -> String {
    let text = if case .text(let text) = value { text } else { terse(value).compact }
    return text.count <= charactersMax ? text : text.prefix(charactersMax - 1) + "…"
  }

  /// Without what is empty; of identifiers only their ends, which differ.
  private static func terse(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(
        members.compactMap { member in
          let value = terse(member.value)
          return value == .null || value == .list([]) || value == "" ? nil : .init(member.key, value)
        })
    case .list(let items): .list(items.map(terse))
    case .text(let text) where text.count == 36 && text.filter { $0 == "-" }.count == 4: .text("…" + text.suffix(4))
    default: value
    }
  }
}
