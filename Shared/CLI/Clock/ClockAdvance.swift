import ArgumentParser
import CalloutClient
import Policy
import Wire

/// `callout clock advance`
struct ClockAdvanceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advance", abstract: "Moves a test tenant's time in all three services.",
    discussion: """
      Returns when everything due by then has happened and every event has been delivered. If it breaks off, repeat it. \
      Callers: desk, admin, operator.
      """)

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("to"), help: ArgumentHelp("Where to go.", valueName: "time"))
  var to: String?
  @Option(name: .customLong("by"), help: ArgumentHelp("How far to go, such as 90m, 3h or 2d.", valueName: "span"))
  var by: String?
  @Option(name: .customLong("patience"), help: "Seconds to wait for things to settle, 1 to 300.")
  var patience: Int = 60

  func validate() throws {
    guard (to == nil) != (by == nil) else { throw ValidationError("Give either --to or --by.") }
    if let by, TimeSpan(by) == nil { throw ValidationError("--by is a span such as 90m, 3h or 2d.") }
    guard (1...300).contains(patience) else { throw ValidationError("--patience is 1 to 300 seconds.") }
  }

  func run() async throws {
    let reading = CivilReading(zone: try common.zone.map { try ZoneFiles.load($0) })
    var target: Instant?
    if let to {
      target = reading.instant(to)
      guard target != nil else {
        throw CommandFailure(.usage, "--to \(to) is no instant such as 2026-03-02T09:00:00+08:00.")
      }
    }
    let (given, span, patience, options) = (target, by.flatMap { TimeSpan($0) }, patience, common.callOptions())
    let surface = Surface.current
    let advance = try await common.withClient { client throws(CalloutError) in
      let now = Instant(milliseconds: try await client.intake.clockGet(ClockGetRequest(), options: options).nowMs)
      return try await client.advanceClock(
        to: given ?? now + (span ?? .zero), tenant: options.tenant, patience: .seconds(patience),
        stopped: { surface.err("something fell due at \(reading.text($0))\n") })
    }
    try common.printer().print(
      object: .object([
        .init("now", .text(reading.text(advance.now))), .init("stops", .integer(Int64(advance.stops.count))),
      ]))
  }
}
