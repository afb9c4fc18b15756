import ArgumentParser
import CalloutClient
import Policy
import SwiftProtobuf
import Wire

/// `callout plan rate`
struct PlanRateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate", abstract: "Says what work would cost, line by line.",
    discussion: """
      Needs no service. The work is JSON, with the fields of the schema's Task: \
      {"facts": {"mode": "onsite", "category": "server"}, "minutes": 181, "blocks_consented": 1}. Instead of minutes, \
      "work" lists intervals: ["2026-03-03 09:00/2026-03-03 12:01"]. Without "assessment" and "override_reason" the first \
      assessment is not asked for.
      """)

  @OptionGroup var source: PlanFile
  @Option(name: .customLong("facts"), help: ArgumentHelp("The work, JSON; - is standard input.", valueName: "file"))
  var facts: String

  func run() throws {
    let plan = try source.plan()
    let value: JSONValue
    do { value = try JSONValue(parsing: try Surface.current.readText(facts)) } catch let error as JSONError {
      throw CommandFailure(.usage, "\(facts): \(error)")
    }
    let task: WorkTask
    do {
      task = try TaskReading(times: CivilReading(zone: plan.zone)).task(value)
      try Self.check(task.facts, plan)
    } catch {
      throw CommandFailure(.usage, "\(facts): \(error)")
    }
    let rating = plan.rate(task)
    switch source.output {
    case .json: Surface.current.out(Self.json(rating, unit: plan.unit(of: rating)).pretty + "\n")
    case .table: Surface.current.out(Self.text(rating, unit: plan.unit(of: rating)))
    }
  }

  /// Refuses a word that no work of the plan can have: no rate would match, and nobody would know why.
  private static func check(_ facts: Facts, _ plan: Plan) throws(MessageCodingError) {
    for name in FactName.allCases {
      guard case .text(let word)? = facts[name], let words = plan.words(of: name), !words.contains(word)
      else { continue }
      throw MessageCodingError(
        path: "facts.\(name.rawValue)",
        reason: "\(word) is none of what the plan knows: " + words.joined(separator: ", "))
    }
  }

  private static func text(_ rating: Rating, unit: String) -> String {
    let rows = rating.lines.map { line -> JSONValue in
      [
        "clause": .text(line.clause), "kind": .text(line.kind.rawValue), "units": .integer(line.units.units),
        "text": .text(line.text), "arithmetic": .text(line.arithmetic),
      ]
    }
    var text = Table.rows(rows, columns: ["clause", "kind", "units", "text", "arithmetic"])
    text += "total: \(rating.total) \(unit)(s) for \(rating.minutes) min"
    if let rate = rating.rate { text += " by \(rate)" } else { text += "; no rate of the plan matches" }
    text += "\n"
    if rating.minutesBeyondConsent > 0 {
      text += "not charged: \(rating.minutesBeyondConsent) min beyond what was consented to\n"
    }
    for need in rating.needs {
      text += "\(need.reached ? "needed" : "will be needed") at minute \(need.atMinute): \(need.need.rawValue)"
      text += " (\(need.clause)), going on costs \(need.units)\n"
    }
    for refusal in rating.refusals {
      text += "must not be charged: \(refusal.id): \(refusal.text) \(refusal.remedy)\n"
    }
    return text
  }

  private static func json(_ rating: Rating, unit: String) -> JSONValue {
    [
      "lines": .list(
        rating.lines.map {
          [
            "clause": .text($0.clause), "kind": .text($0.kind.rawValue), "amount": .integer($0.units.units),
            "text": .text($0.text), "arithmetic": .text($0.arithmetic),
            "inputs": .list($0.inputs.map { .text($0.description) }),
          ]
        }),
      "total": .integer(rating.total.units), "unit": .text(unit), "rate": rating.rate.map { .text($0) } ?? .null,
      "minutes": .integer(rating.minutes), "minutes_beyond_consent": .integer(rating.minutesBeyondConsent),
      "cap": rating.cap.map { .integer($0.units) } ?? .null,
      "needs": .list(
        rating.needs.map {
          [
            "clause": .text($0.clause), "need": .text($0.need.rawValue), "at_minute": .integer($0.atMinute),
            "warn_at_minute": $0.warnAtMinute.map { .integer($0) } ?? .null, "units": .integer($0.units.units),
            "reached": .flag($0.reached),
          ]
        }),
      "refusals": .list(
        rating.refusals.map {
          ["id": .text($0.id), "text": .text($0.text), "accept_if": .text($0.remedy)]
        }),
    ]
  }
}

/// Makes a task to rate from JSON with the fields of the schema's `Task`.
struct TaskReading {
  let times: CivilReading

  /// The task. The schema's own coding checks names and types, so a plan is tried with what a service would take.
  func task(_ value: JSONValue) throws -> WorkTask {
    let bytes = try times.coding.encode(value, as: .task)
    let wire = try Callout_V1_Task(serializedBytes: bytes)
    var facts = Facts()
    for fact in wire.facts {
      guard let name = FactName(rawValue: fact.name) else {
        let known = FactName.allCases.map(\.rawValue).joined(separator: ", ")
        throw MessageCodingError(path: "facts.\(fact.name)", reason: "there is no such fact; there are \(known)")
      }
      facts[name] = try Self.fact(fact)
    }
    return Self.task(wire, facts, asksAssessment: value["assessment"] != nil)
  }

  /// A task that a service kept. A fact that this version does not know is left out: no plan that it reads asks for it.
  static func kept(_ wire: Callout_V1_Task) -> WorkTask {
    task(wire, kept(wire.facts), asksAssessment: true)
  }

  /// Facts that a service kept.
  static func kept(_ told: [Callout_V1_Fact]) -> Facts {
    var facts = Facts()
    for fact in told {
      if let name = FactName(rawValue: fact.name), let value = try? Self.fact(fact) { facts[name] = value }
    }
    return facts
  }

  private static func task(_ wire: Callout_V1_Task, _ facts: Facts, asksAssessment: Bool) -> WorkTask {
    var facts = facts
    if wire.reportedMs != 0 { facts[.reported] = .instant(Instant(milliseconds: wire.reportedMs)) }
    if wire.earlierClosedMs != 0 { facts[.closed] = .instant(Instant(milliseconds: wire.earlierClosedMs)) }
    let assessment: WorkTask.AssessmentState =
      !wire.overrideReason.isEmpty
      ? .overridden(reason: wire.overrideReason) : asksAssessment ? .done(Set(wire.assessment)) : .notAsked
    func intervals(_ told: [Callout_V1_Interval]) -> [WorkInterval] {
      told.map { WorkInterval(from: Instant(milliseconds: $0.fromMs), to: Instant(milliseconds: $0.toMs)) }
    }
    return WorkTask(
      facts: facts, work: wire.work.isEmpty ? .minutes(Int64(wire.minutes)) : .intervals(intervals(wire.work)),
      beyond: intervals(wire.beyond), consentedBlocks: Int(wire.blocksConsented), situationAssessed: wire.assessed,
      assessment: assessment,
      parts: wire.parts.map {
        WorkTask.PartsLine(text: $0.name, minutes: Int64($0.minutes), agreed: $0.price > 0 ? Amount($0.price) : nil)
      }, misusedClass: wire.misusedClass.isEmpty ? nil : wire.misusedClass)
  }

  static func fact(_ fact: Callout_V1_Fact) throws -> Fact {
    switch fact.value {
    case .text(let text): return .text(text)
    case .number(let number): return .number(number)
    case .flag(let flag): return .flag(flag)
    case .list(let list): return .list(list.items)
    case .instantMs(let milliseconds): return .instant(Instant(milliseconds: milliseconds))
    case nil: throw MessageCodingError(path: "facts.\(fact.name)", reason: "a value is missing")
    }
  }
}
