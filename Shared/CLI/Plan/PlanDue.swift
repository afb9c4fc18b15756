import ArgumentParser
import CalloutClient
import Policy

/// What a question about a target's time takes.
struct TargetQuestion: ParsableArguments {
  @Option(name: .customLong("from"), help: ArgumentHelp("When the ticket is opened.", valueName: "time"))
  var from: String
  @Option(
    name: .customLong("target"), help: ArgumentHelp("The target's id; without one, all of them.", valueName: "id"))
  var target: String?
  @Option(name: .customLong("class"), help: "The ticket's class; without one, the plan's default.")
  var ticketClass: String?
  @Option(name: .customLong("appointment"), help: ArgumentHelp("A visit that is booked instead.", valueName: "time"))
  var appointment: String?

  /// The targets asked about, with the instant from which they run.
  func answer(_ plan: Plan, _ source: PlanFile) throws -> (opened: Instant, targets: [DueTarget]) {
    let opened = try source.instant(from, option: "from", in: plan)
    let booked = try appointment.map { try source.instant($0, option: "appointment", in: plan) }
    if let ticketClass, plan.ticketClass(ticketClass) == nil {
      throw CommandFailure(.usage, "The plan has no class \(ticketClass).")
    }
    let all = plan.targets(class: ticketClass, openedAt: opened, appointment: booked)
    let chosen = all.filter { target == nil || $0.target.id == target }
    guard target == nil || !chosen.isEmpty else {
      let known = all.map(\.target.id).joined(separator: ", ")
      throw CommandFailure(
        .usage, "The plan has no target \(target ?? "")" + (known.isEmpty ? "." : "; it has \(known)."))
    }
    return (opened, chosen)
  }
}

/// `callout plan due`
struct PlanDueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "Says when a plan's targets fall due.",
    discussion: "Needs no service. Times may be civil times of the plan's zone: --from '2026-03-06 16:00'.")

  @OptionGroup var source: PlanFile
  @OptionGroup var question: TargetQuestion

  func run() throws {
    let plan = try source.plan()
    let times = CivilReading(zone: plan.zone)
    let rows = try question.answer(plan, source).targets.map { due -> JSONValue in
      [
        "target": .text(due.target.id), "due": .text(times.text(due.due)),
        "met_by": .text(due.metBy(dispatched: false).rawValue),
        "ladder": due.target.ladder.map { .text($0) } ?? .null,
        "ladder_starts": due.ladderStarts.map { .text(times.text($0)) } ?? .null,
        "by_appointment": .flag(due.byAppointment),
      ]
    }
    source.printer(plan).print(
      rows: rows, columns: ["target", "due", "met_by", "ladder", "ladder_starts", "by_appointment"])
  }
}

/// `callout plan why`
struct PlanWhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explains a due time: every interval that counts or is skipped, and why.",
    discussion: "Needs no service. Times may be civil times of the plan's zone.")

  @OptionGroup var source: PlanFile
  @OptionGroup var question: TargetQuestion

  func run() throws {
    let plan = try source.plan()
    let times = CivilReading(zone: plan.zone)
    let (opened, targets) = try question.answer(plan, source)
    var explained: [JSONValue] = []
    for due in targets {
      let stretches =
        due.byAppointment ? [] : plan.calendars[due.target.calendar]?.why(from: opened, to: due.due) ?? []
      if source.output == .table {
        let how = due.byAppointment ? "by appointment" : "\(due.target.by) of \(due.target.calendar)"
        Surface.current.out("\(due.target.id): \(how) from \(times.civil(opened)), due \(times.civil(due.due))\n")
        for stretch in stretches { Surface.current.out("  \(stretch.description)\n") }
      }
      explained.append([
        "target": .text(due.target.id), "opened": .text(times.text(opened)), "due": .text(times.text(due.due)),
        "intervals": .list(
          stretches.map {
            [
              "from": .text(times.text($0.from)), "to": .text(times.text($0.to)), "counted": .flag($0.isCounted),
              "reason": .text($0.reason),
            ]
          }),
      ])
    }
    if source.output == .json { Surface.current.out(JSONValue.list(explained).pretty + "\n") }
  }
}
