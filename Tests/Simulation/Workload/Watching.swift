import Policy
import Transport
import Wire

@testable import CalloutClient
@testable import ServiceKit

/// Watches what changes for tenants while a workload runs. In the end every watcher must have seen all of it, each change
/// once and in the feed's order, whatever became of its connections and of the processes that it watched.
final class Watching: @unchecked Sendable {
  /// How long after the end of the work a watcher may need for what is left.
  private static let patience = Duration.seconds(60)

  private let world: World
  private var watchers: [Watcher] = []

  init(_ world: World) { self.world = world }

  /// Begins to watch a tenant: in one service from the feed's beginning, in another from now on.
  func begin(_ tenant: TenantID) {
    let services = ServiceName.allCases
    let first = world.simulator.random.below(services.count)
    for (offset, start) in [ChangeCursor.beginning, nil].enumerated() {
      let watcher = Watcher(world, services[(first + offset) % services.count], tenant, after: start)
      watchers.append(watcher)
      Task(executorPreference: world.taskExecutor) { await watcher.run() }
    }
  }

  /// Waits until every watcher has seen everything; throws if one does not.
  func finish() async throws {
    let begin = world.simulator.now
    for watcher in watchers {
      while true {
        if let problem = watcher.problem { throw ReferenceModel.Violation("a watcher was told \(problem)") }
        guard let fault = Self.fault(of: watcher.seen, in: try feed(watcher), fromBeginning: watcher.fromBeginning)
        else { break }
        guard world.simulator.now - begin < Self.patience else {
          throw ReferenceModel.Violation("a watcher of \(watcher.service.rawValue) \(fault)")
        }
        try await world.simulator.sleep(for: .milliseconds(100))
      }
    }
  }

  /// What is wrong with what a watcher has seen of a feed; nil if nothing is.
  static func fault(of seen: [SeenChange], in feed: [SeenChange], fromBeginning: Bool) -> String? {
    var rest = feed[...]
    if !fromBeginning, let first = seen.first { rest = rest.drop { $0 != first } }
    for (index, change) in seen.enumerated() {
      guard let expected = rest.popFirst() else { return "saw \(change) at \(index), after the feed's end" }
      if change != expected { return "saw \(change) at \(index), where the feed has \(expected)" }
    }
    return rest.isEmpty || (seen.isEmpty && !fromBeginning) ? nil : "has not seen the last \(rest.count) changes"
  }

  private func feed(_ watcher: Watcher) throws -> [SeenChange] {
    let tenant = Datum.uuid(watcher.tenant.high, watcher.tenant.low)
    let rows = try world.databases[watcher.service]?.committed("changes") ?? []
    return try rows.filter { $0["tenant_id"] == tenant }.map(SeenChange.init).sorted {
      ($0.cursor.transaction, $0.cursor.change) < ($1.cursor.transaction, $1.cursor.change)
    }
  }
}

/// A change, as a watcher was told of it or as the feed has it.
struct SeenChange: Equatable, CustomStringConvertible {
  let cursor: ChangeCursor
  let kind: String
  let version: Int64
  let text: String

  var description: String { "\(kind) \(version) of transaction \(cursor.transaction)" }

  init(cursor: ChangeCursor, kind: String, version: Int64, text: String) {
    (self.cursor, self.kind, self.version, self.text) = (cursor, kind, version, text)
  }

  /// A change that was pushed.
  init?(_ change: Callout_V1_Change) {
    guard let cursor = ChangeCursor(bytes: Array(change.cursor)) else { return nil }
    self.init(cursor: cursor, kind: change.kind, version: Int64(clamping: change.version), text: change.text)
  }

  /// A row of the feed.
  init(_ row: [String: Datum]) throws {
    guard case .uuid(let high, let low)? = row["change_id"], let transaction = row["transaction_id"]?.number,
      case .text(let kind)? = row["kind"], let version = row["version"]?.number, case .text(let text)? = row["text"]
    else { throw NotUnderstood("a row of changes") }
    self.init(
      cursor: ChangeCursor(transaction: transaction, change: ID(high: high, low: low)), kind: kind, version: version,
      text: text)
  }
}

/// Someone who watches one service for one tenant with the clients' library: reads slowly at times, breaks off, leaves or
/// just vanishes, and comes back after its cursor.
private final class Watcher: @unchecked Sendable {
  let service: ServiceName
  let tenant: TenantID
  let fromBeginning: Bool
  private(set) var seen: [SeenChange] = []
  /// Why it cannot go on.
  private(set) var problem: String?
  private let world: World
  private var cursor: [UInt8]?

  init(_ world: World, _ service: ServiceName, _ tenant: TenantID, after cursor: ChangeCursor?) {
    (self.world, self.service, self.tenant, self.cursor) = (world, service, tenant, cursor?.bytes)
    fromBeginning = cursor != nil
  }

  func run() async {
    let bytes = TenantBytes(high: tenant.high, low: tenant.low)
    while problem == nil {
      let client = world.client(.tenant(bytes, role: .auditor, name: "watcher"), tenant: tenant)
      do {
        try await read(client)
      } catch {
        problem = "\(error)"
      }
      if world.simulator.random.once(in: 2) { await client.close() }
      world.tally("watcher came back")
      try? await world.simulator.sleep(for: world.simulator.random.time(.zero, .seconds(1)))
    }
  }

  private func read(_ client: CalloutClient) async throws(CalloutError) {
    var changes = client.service(service).changes(after: cursor).makeAsyncIterator()
    for _ in 0...world.simulator.random.below(15) {
      guard let change = try await changes.next() else { return }
      guard let change = SeenChange(change) else {
        problem = "a change without a cursor"
        return
      }
      seen.append(change)
      world.tally("change watched")
      cursor = changes.cursor
      guard world.simulator.random.once(in: 10) else { continue }
      try? await world.simulator.sleep(for: world.simulator.random.time(.zero, .seconds(1)))
    }
  }
}

extension ChangeCursor {
  /// Before the first change.
  static let beginning = ChangeCursor(transaction: 0, change: ID(high: 0, low: 0))
}
