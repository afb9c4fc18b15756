import ArgumentParser
import CalloutClient
import Policy

/// `callout rota forecast`
struct RotaForecastCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Tells who will be on duty, and when nobody will.",
    discussion: """
      Without a name, every rota; with --plan-version, those that the plan's ladders name, also those that do not exist. \
      Callers: portal, desk, sales, auditor, admin, operator.
      """)
  static let operation = "rota.forecast"

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The rota, such as duty.primary.", valueName: "name"))
  var name: String?
  @Option(name: .customLong("days"), help: "How far to look, 1 to 366; 28 without it.")
  var days: UInt32?
  @Option(name: .customLong("from"), help: ArgumentHelp("Where it begins; now without it.", valueName: "time"))
  var from: String?
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("A plan.", valueName: "hex"))
  var planVersion: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("name", name)
    request.set("days", days)
    try request.set("from", from)
    try request.set("plan_version", planVersion)
  }

  func draw(_ reply: JSONValue, _ times: CivilReading) -> String? { ForecastDrawing(times).show(reply) }
}

/// Draws who will be on duty.
struct ForecastDrawing {
  let times: CivilReading

  init(_ times: CivilReading) { self.times = times }

  /// Each rota with its stretches, a line each, and a sentence about what nobody covers.
  func show(_ reply: JSONValue) -> String {
    var lines: [String] = []
    for rota in reply.list("rotas") {
      let name = rota.text("name")
      if !lines.isEmpty { lines.append("") }
      if rota.isTrue("missing") {
        lines.append("\(name): there is no such rota")
        continue
      }
      let gaps = rota.list("uncovered")
      lines.append("\(name): " + (gaps.isEmpty ? "always somebody" : "nobody at \(gaps.count) times"))
      let rows = rota.list("spans").map { span in
        let isCovered = !span.text("person_id").isEmpty
        let how = span.isTrue("by_override") ? "override" : "layer \(span.number("layer"))"
        return [
          text(span.instant("from")), "to \(text(span.instant("to")))", isCovered ? span.text("person") : "NOBODY",
          isCovered ? how : "",
        ]
      }
      lines += Columns.lines(rows, indent: "  ")
    }
    return (lines.isEmpty ? "There are no rotas." : lines.joined(separator: "\n")) + "\n"
  }

  /// `Mon 2026-03-09 09:00`
  private func text(_ instant: Instant?) -> String {
    let civil = (times.zone ?? .utc).civil(instant ?? .earliest)
    return "\(civil.date.weekday.rawValue) \(civil)"
  }
}
