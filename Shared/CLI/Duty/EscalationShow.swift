import ArgumentParser
import CalloutClient
import Policy

/// `callout escalation show`
struct EscalationShowCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Draws what happened in a run of a ladder: steps, people, and what became of each message.",
    discussion:
      "With --output json it is the reply of escalation.get. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "escalation.get"

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("Which run.", valueName: "id"))
  var escalation: String

  func fill(_ request: inout RequestFields) throws { try request.set("escalation_id", escalation) }

  func draw(_ reply: JSONValue, _ times: CivilReading) -> String? { EscalationDrawing(times).show(reply) }
}

/// `callout escalation preview`
struct EscalationPreviewCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Draws whom a ladder would tell, when and how, if nobody took it.",
    discussion: "Nobody is told. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "escalation.preview"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("plan"), help: ArgumentHelp("The plan's id: its latest version.", valueName: "id"))
  var plan: String?
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("A version of a plan instead.", valueName: "hex"))
  var planVersion: String?
  @Option(name: .customLong("class"), help: ArgumentHelp("The ticket's class.", valueName: "name"))
  var ticketClass: String?
  @Option(name: .customLong("target"), help: ArgumentHelp("The target whose ladder it is.", valueName: "id"))
  var target: String?
  @Option(name: .customLong("ladder"), help: ArgumentHelp("The ladder itself.", valueName: "id"))
  var ladder: String?
  @Option(name: .customLong("at"), help: ArgumentHelp("When it begins; now without it.", valueName: "time"))
  var at: String?
  @Option(name: .customLong("answer"), help: "What becomes of each step's messages: none, voicemail or refused.")
  var answer: String?
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer.", valueName: "id"))
  var account: String?

  func validate() throws {
    guard (plan == nil) != (planVersion == nil) else { throw ValidationError("Give either --plan or --plan-version.") }
  }

  func fill(_ request: inout RequestFields) throws {
    try request.set("plan", plan)
    try request.set("plan_version", planVersion)
    try request.set("class", ticketClass)
    try request.set("target", target)
    try request.set("ladder", ladder)
    try request.set("at", at)
    try request.set("answer", answer)
    try request.set("account_id", account)
  }

  func draw(_ reply: JSONValue, _ times: CivilReading) -> String? { EscalationDrawing(times).preview(reply) }
}

/// Draws runs of ladders, past ones and those that would be.
struct EscalationDrawing {
  let times: CivilReading

  init(_ times: CivilReading) { self.times = times }

  /// What happened, in the order of time: one line for each event, and below each step one for each of its messages.
  func show(_ reply: JSONValue) -> String {
    guard let run = reply["escalation"] else { return "" }
    var entries: [(at: Instant, order: Int, rows: [[String]])] = []
    let deliveries = reply.list("deliveries")
    for event in run.list("events") {
      let at = instant(event["at"])
      // What brings a step forward comes before it, what ends the run behind it.
      let kind = event.text("kind")
      let order = ["started", "called", "expired"].contains(kind) ? 0 : 2
      entries.append((at, order, [[text(at), kind, event.text("text")]]))
    }
    for step in run.list("steps") {
      let at = instant(step["at"])
      let number = step.text("number")
      let place = step.text("place")
      let what = number == place ? "step \(number)" : "step \(number) (\(place) again)"
      let sent = deliveries.filter { $0.text("step") == number && $0.text("escalation_id") == run.text("id") }
      let note = step.text("note")
      var rows = [[text(at), what, sent.isEmpty ? note : missing(note)]]
      rows += Columns.lines(sent.map { message($0, deliveries) }).map { ["", "", $0] }
      if sent.isEmpty, step.number("deliveries") > 0 { rows.append(["", "", "its messages are too far back"]) }
      entries.append((at, 1, rows))
    }
    let rows = entries.enumerated().sorted {
      ($0.element.at, $0.element.order, $0.offset) < ($1.element.at, $1.element.order, $1.offset)
    }.flatMap(\.element.rows)
    var lines = [head(run)]
    if let next = run.instant("next_step") { lines.append("The next step is due at \(text(next)).") }
    if let expires = run.instant("expires") {
      lines.append("The acknowledgement expires at \(text(expires)) unless the customer is reached.")
    }
    return (lines + [""] + Columns.lines(rows)).joined(separator: "\n") + "\n"
  }

  private func head(_ run: JSONValue) -> String {
    let target = run.text("target")
    let what = target.isEmpty ? "its class" : "target \(target)"
    let ending = run.text("ending")
    return "Ticket \(run.text("ticket_number")), ladder \(run.text("ladder")) for \(what): "
      + "\(run.text("state"))" + (ending.isEmpty ? "" : ". \(ending)")
  }

  /// Whom a step did not reach, out of its note.
  private func missing(_ note: String) -> String {
    note.split(separator: "; ").filter { $0.hasPrefix("missing: ") }.joined(separator: "; ")
  }

  private func message(_ delivery: JSONValue, _ all: [JSONValue]) -> [String] {
    var outcome = delivery.text("state")
    switch outcome {
    case "sent":
      if let attempt = delivery.list("attempts").last { outcome += " \(time(instant(attempt["at"])))" }
    case "held": outcome += " by \(delivery.text("held_by")) until \(text(instant(delivery["held_until"])))"
    case "merged":
      let carrier = all.first { $0.text("id") == delivery.text("carrier_id") }
      let state = carrier.map { ", which is \($0.text("state"))" } ?? ""
      outcome += " by \(delivery.text("held_by")) into \(delivery.text("carrier_id"))\(state)"
    case "waiting", "failed":
      let attempts = delivery.list("attempts")
      if let last = attempts.last { outcome += " after \(attempts.count) attempts: \(last.text("outcome"))" }
    case _: break
    }
    let answer = delivery.text("answer")
    if !answer.isEmpty { outcome += ", answered \(time(instant(delivery["answered"]))): \(answer)" }
    return [
      delivery.text("recipient"), delivery.text("method"), delivery.text("address"), outcome,
    ]
  }

  /// What would happen: one line for each step, and below it one for each message.
  func preview(_ reply: JSONValue) -> String {
    var rows: [[String]] = []
    for step in reply.list("steps") {
      let at = instant(step["at"])
      let what = "step \(step.text("place"))" + (step["repetition"] == .flag(true) ? " again" : "")
      let skipped = step.text("skipped")
      let missing = step.list("missing").map(\.plain).joined(separator: ", ")
      let deliveries = step.list("deliveries")
      let why =
        skipped.isEmpty ? (deliveries.isEmpty ? "nobody, the next step follows at once" : "") : "skipped: " + skipped
      rows.append([text(at), what, [why, missing].filter { !$0.isEmpty }.joined(separator: ": ")])
      let messages = deliveries.map { delivery in
        let goes = instant(delivery["goes"])
        let held = delivery.text("held_by")
        let merged = delivery.text("merged_by")
        return [
          delivery.text("recipient"), delivery.text("role"), delivery.text("method"),
          delivery.text("address"),
          [
            held.isEmpty ? "" : "held by \(held) until \(text(goes))",
            merged.isEmpty ? "" : "may be merged by \(merged)",
          ].filter { !$0.isEmpty }.joined(separator: ", "),
        ]
      }
      rows += Columns.lines(messages).map { ["", "", $0] }
    }
    var lines = ["Ladder \(reply.text("ladder")), if nobody took it. Nobody is told.", ""] + Columns.lines(rows)
    let (every, times) = (reply.number("repeats_seconds"), reply.number("repeats_times"))
    if every > 0 {
      lines.append("")
      lines.append(
        "The last step repeats every \(TimeSpan.seconds(every)), "
          + (times > 0 ? "\(times) times." : "until somebody takes it."))
    }
    let within = reply.number("contact_within_seconds")
    if within > 0 {
      lines.append("Who takes it reaches the customer within \(TimeSpan.seconds(within)), or the ladder goes on.")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func instant(_ value: JSONValue?) -> Instant { value.flatMap { Instant($0.plain) } ?? .earliest }
  /// `2026-02-16 03:09:59`
  private func text(_ instant: Instant) -> String { "\((times.zone ?? .utc).date(instant)) \(time(instant))" }
  /// `03:09:59`
  private func time(_ instant: Instant) -> String { times.clock(instant) }
}
