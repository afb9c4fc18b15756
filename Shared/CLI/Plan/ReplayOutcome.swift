import CalloutClient
import Policy

/// What a replay comes to.
struct ReplayOutcome: Sendable {
  /// Something that is different, and what it is of.
  struct Row: Sendable {
    /// What was replayed.
    enum Subject: Sendable, Hashable {
      /// A ticket, by its number.
      case ticket(Int64)
      /// A request that was refused.
      case refusal
      /// A charge without a ticket.
      case charge
    }

    var subject: Subject
    var at: Instant
    var difference: ReplayDifference
  }

  /// Units of one unit that replayed work cost, by the old versions and by the new one.
  struct Cost: Sendable {
    var old = Amount.zero
    var new = Amount.zero
  }

  /// The first instant after the period.
  var to: Instant
  var rows: [Row] = []
  /// Tickets that were replayed, and those of other plans, which were not.
  var tickets = 0
  var otherPlans = 0
  /// Requests that were refused in the period.
  var refusals = 0
  /// Charges without a ticket that were replayed, and those whose lines do not explain them.
  var charges = 0
  var unexplained = 0
  /// What work cost that has ended, by the unit's name.
  var costs: [String: Cost] = [:]

  mutating func add(_ differences: [ReplayDifference], of subject: Row.Subject, at instant: Instant) {
    rows += differences.map { Row(subject: subject, at: instant, difference: $0) }
  }

  mutating func add(old: Rating, by oldPlan: Plan, new: Rating, by newPlan: Plan) {
    costs[oldPlan.unit(of: old), default: Cost()].old += old.total
    costs[newPlan.unit(of: new), default: Cost()].new += new.total
  }
}

/// A replay's outcome, for people and for programs.
struct ReplayReport {
  let plan: Plan
  let from: Instant
  let outcome: ReplayOutcome

  private var times: CivilReading { CivilReading(zone: plan.zone) }
  private var costs: [(unit: String, cost: ReplayOutcome.Cost)] {
    outcome.costs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  var text: String {
    let rows = outcome.rows.map { row -> JSONValue in
      [
        "of": .text(row.subject.words), "at": .text(times.civil(row.at)),
        "what": .text(row.difference.matter.rawValue), "clause": .text(row.difference.clause),
        "was": .text(row.difference.old), "would_be": .text(row.difference.new),
      ]
    }
    let table = rows.isEmpty ? "" : Table.rows(rows, columns: ["of", "at", "what", "clause", "was", "would_be"])
    let differing = Set(outcome.rows.map(\.subject).filter { $0.number != nil }).count
    let period = "\(times.civil(from)) to \(times.civil(outcome.to)) (\(plan.zone.name))"
    var lines = ["\(plan.id), \(period): \(differing) of \(outcome.tickets) ticket(s) would have been different."]
    if outcome.refusals > 0 { lines.append("\(outcome.refusals) request(s) had been refused.") }
    if outcome.charges > 0 { lines.append("\(outcome.charges) charge(s) had no ticket.") }
    if outcome.unexplained > 0 {
      lines.append("\(outcome.unexplained) charge(s) without a ticket are left out: their lines do not explain them.")
    }
    if outcome.otherPlans > 0 { lines.append("\(outcome.otherPlans) ticket(s) of other plans are left out.") }
    for (unit, cost) in costs {
      lines.append("Work that has ended: \(cost.old) \(unit)(s), and \(cost.new) by the new version.")
    }
    return table + lines.joined(separator: "\n") + "\n"
  }

  var json: JSONValue {
    [
      "plan": .text(plan.id), "version": .text(plan.version.description), "from": .text(times.text(from)),
      "to": .text(times.text(outcome.to)), "tickets": .integer(Int64(outcome.tickets)),
      "other_plans": .integer(Int64(outcome.otherPlans)), "refusals": .integer(Int64(outcome.refusals)),
      "charges": .integer(Int64(outcome.charges)), "unexplained_charges": .integer(Int64(outcome.unexplained)),
      "costs": .list(
        costs.map { ["unit": .text($0.unit), "old": .integer($0.cost.old.units), "new": .integer($0.cost.new.units)] }),
      "differences": .list(
        outcome.rows.map { row in
          [
            "of": .text(row.subject.word), "ticket": row.subject.number.map { .integer($0) } ?? .null,
            "at": .text(times.text(row.at)), "what": .text(row.difference.matter.rawValue),
            "clause": .text(row.difference.clause), "was": .text(row.difference.old),
            "would_be": .text(row.difference.new),
          ]
        }),
    ]
  }
}

extension ReplayOutcome.Row.Subject {
  /// A ticket's number; nil for what is none.
  var number: Int64? { if case .ticket(let number) = self { number } else { nil } }

  /// What it is, in a word.
  fileprivate var word: String {
    switch self {
    case .ticket: "ticket"
    case .refusal: "refusal"
    case .charge: "charge"
    }
  }

  /// The same, with the number of a ticket.
  fileprivate var words: String { number.map { "ticket \($0)" } ?? word }
}
