import ArgumentParser
import CalloutClient
import Policy
import SwiftProtobuf
import Wire

/// `callout watch` and `callout changes watch`
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Prints what changes in a service, as it happens.",
    discussion: """
      With -o json, one JSON object a line. It goes on over broken connections, from the last change that it printed; \
      --after goes on from a cursor that was printed. Callers: portal, desk, sales, auditor, admin, operator.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice
  @Option(name: .customLong("kind"), help: "Only changes of this kind, such as ticket.resolved; may be repeated.")
  var kinds: [String] = []
  @Option(name: .customLong("subject"), help: ArgumentHelp("Only changes of this thing.", valueName: "id"))
  var subject: String?
  @Option(name: .customLong("after"), help: ArgumentHelp("Go on after this cursor.", valueName: "hex"))
  var after: String?
  @Option(name: .customLong("count"), help: "End after so many changes.")
  var count: Int?

  func run() async throws {
    var request = RequestFields(shape: .changesWatchRequest)
    try request.set("after", after)
    try request.set("subject", subject)
    let coding = try common.coding()
    let watch: Callout_V1_ChangesWatchRequest
    do {
      watch = try Callout_V1_ChangesWatchRequest(
        serializedBytes: try coding.encode(request.value, as: .changesWatchRequest))
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
    let client = try common.makeClient()
    let changes = client.service(choice.service ?? .intake).changes(
      after: Array(watch.after), kinds: kinds, subject: Array(watch.subject), tenant: common.callOptions().tenant)
    var left = count ?? Int.max
    var iterator = changes.makeAsyncIterator()
    while left > 0, let change = try await iterator.next() {
      show(change, coding)
      left -= 1
    }
    await client.close()
  }

  private func show(_ change: Callout_V1_Change, _ coding: MessageCoding) {
    guard let bytes: [UInt8] = try? change.serializedBytes(),
      let value = try? coding.decode(bytes, as: .change)
    else { return }
    switch common.output {
    case .json: Surface.current.out(value.compact + "\n")
    case .table:
      let parts = ["at", "kind", "subject", "text"].map { value[$0]?.plain ?? "" }
      Surface.current.out(parts.joined(separator: "  ") + "\n")
    }
  }
}
