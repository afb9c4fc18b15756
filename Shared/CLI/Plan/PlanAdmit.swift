import ArgumentParser
import CalloutClient
import Policy
import SwiftProtobuf
import Wire

/// `callout plan admit`
struct PlanAdmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admit", abstract: "Says whether a plan takes a request, and every clause that fails or warns.",
    discussion: """
      Needs no service, so it knows only the facts that it is given; a service adds what it knows itself. A request that is \
      refused ends it with exit code 1.
      """)

  @OptionGroup var source: PlanFile
  @Option(
    name: .customLong("fact"),
    help: ArgumentHelp("A true thing about the request; several of one name make a list.", valueName: "name=value"))
  var facts: [String] = []
  @Option(
    name: .customLong("subject"),
    help: "What it is about: \(AdmissionSubject.allCases.map(\.rawValue).joined(separator: ", ")).")
  var subject: String = AdmissionSubject.ticket.rawValue
  @Option(name: .customLong("at"), help: ArgumentHelp("When it is made.", valueName: "time"))
  var at: String

  func run() throws {
    let plan = try source.plan()
    guard let subject = AdmissionSubject(rawValue: subject) else {
      throw CommandFailure(
        .usage, "A request is about \(AdmissionSubject.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    let admission = plan.admit(
      try given(in: plan), at: try source.instant(at, option: "at", in: plan), subject: subject)
    switch source.output {
    case .json: Surface.current.out(Self.json(admission).pretty + "\n")
    case .table: Surface.current.out(Self.text(admission))
    }
    if !admission.isAllowed {
      let failed = admission.failed.map(\.id).joined(separator: ", ")
      throw CommandFailure(.refused, "The plan does not admit this: \(failed).")
    }
  }

  /// The facts, read as the schema reads those of a request.
  private func given(in plan: Plan) throws -> Facts {
    var request = RequestFields(shape: .ticketOpenRequest)
    try request.set("facts", facts)
    do {
      let bytes = try CivilReading(zone: plan.zone).coding.encode(request.value, as: .ticketOpenRequest)
      var found = Facts()
      for fact in try Callout_V1_TicketOpenRequest(serializedBytes: bytes).facts {
        guard let name = FactName(rawValue: fact.name) else {
          let known = FactName.allCases.map(\.rawValue).joined(separator: ", ")
          throw MessageCodingError(path: fact.name, reason: "there is no such fact; there are \(known)")
        }
        found[name] = try TaskReading.fact(fact)
      }
      return found
    } catch {
      throw CommandFailure(.usage, "--fact: \(error)")
    }
  }

  private static func text(_ admission: Admission) -> String {
    let findings = admission.failed.map { ($0, "refuses") } + admission.warnings.map { ($0, "warns") }
    var text = admission.isAllowed ? "taken" : "refused"
    if admission.isAllowed, admission.handling == .bestEffort { text += ", as far as somebody is free" }
    if let unit = admission.draws { text += ", draws \(unit)" }
    text += "\n"
    for (clause, what) in findings {
      text += "  \(clause.id) \(what): \(clause.text)\n"
      if !clause.remedy.isEmpty { text += "    acceptable: \(clause.remedy)\n" }
    }
    if !admission.looked.isEmpty { text += "looked at \(admission.looked.joined(separator: "; "))\n" }
    return text
  }

  private static func json(_ admission: Admission) -> JSONValue {
    func findings(_ clauses: [FailedClause]) -> JSONValue {
      .list(
        clauses.map {
          [
            "id": .text($0.id), "text": .text($0.text), "refer": $0.referral.map { .text($0) } ?? .null,
            "accept_if": .text($0.remedy), "looked": .list($0.looked.map { .text($0) }),
          ]
        })
    }
    return [
      "allowed": .flag(admission.isAllowed), "failed": findings(admission.failed),
      "warnings": findings(admission.warnings), "handling": .text(admission.handling.rawValue),
      "draws": admission.draws.map { .text($0) } ?? .null,
      "looked": .list(admission.looked.map { .text($0) }),
      "considered": .list(admission.considered.map { .text($0) }),
    ]
  }
}
