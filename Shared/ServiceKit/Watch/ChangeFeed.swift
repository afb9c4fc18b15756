import FoundationEssentials
import Logging
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Synchronization
import Transport
import Wire

/// Pushes what changes to those who watch (`changes.watch`).
///
/// The feed is read in the order (transaction, place) and only up to the oldest transaction that still runs, so that a
/// cursor never skips what commits late.
actor ChangeFeed {
  /// Settings of a feed.
  struct Settings: Sendable {
    /// How often the feed is read while someone watches: what other processes commit shows up at this pace.
    var interval = Duration.milliseconds(250)
    /// How soon the feed is read again when a transaction that still runs holds changes back; the pause doubles up to
    /// `interval` while it does.
    var heldBackPause = Duration.microseconds(500)
    /// Items that one read takes for a watcher.
    var itemsMax = 500
    /// Rows that one read looks at for a watcher; each holds up to ``ChangeRow/itemsMax`` changes.
    var rowsMax = 50
    /// Kinds that a watcher may name.
    var kindsMax = 50
  }

  private struct WatcherID: Hashable, Comparable, Sendable {
    let connection: UInt64
    let stream: UInt32

    static func < (first: Self, second: Self) -> Bool {
      (first.connection, first.stream) < (second.connection, second.stream)
    }
  }

  private struct Watcher: Sendable {
    let connection: any ConnectionHandle
    let tenant: TenantID
    let kinds: [String]
    let subject: SubjectID?
    var credit: UInt64
    var cursor: ChangeCursor?

    func wants(_ change: Change) -> Bool {
      (kinds.isEmpty || kinds.contains(change.kind)) && (subject == nil || subject == change.subject)
    }
  }

  private enum Input: Sendable {
    case watch(WatcherID, Watcher)
    case grant(WatcherID, UInt64)
    case end(WatcherID)
    case closed(UInt64)
  }

  private let clerk: Clerk
  private let clock: any EdgeClock
  private let settings: Settings
  private let logger: Logger
  private let bell = Bell()
  /// What event loops tell, which is taken in its order: credit must not overtake the watch that it is for.
  private let inbox = Mutex<[Input]>([])
  private var watchers: [WatcherID: Watcher] = [:]
  private let nudged = Mutex<Set<TenantID>>([])
  /// Tenants with changes that wait for an older transaction to end.
  private var heldBack: Set<TenantID> = []
  /// Whether anybody may be watching: if not, a commit wakes nobody.
  private let isWatched = Atomic<Bool>(false)

  init(clerk: Clerk, clock: any EdgeClock, settings: Settings, logger: Logger) {
    self.clerk = clerk
    self.clock = clock
    self.settings = settings
    self.logger = logger
  }

  /// Takes note that tenants' feeds have grown. Returns at once.
  nonisolated func committed(_ tenants: [TenantID]) {
    guard !tenants.isEmpty, isWatched.load(ordering: .acquiring) else { return }
    nudged.withLock { $0.formUnion(tenants) }
    bell.ring()
  }

  /// Begins to watch. Returns at once; a request that cannot be served is refused on its stream.
  nonisolated func watch(
    _ request: Callout_V1_ChangesWatchRequest, tenant: TenantID, stream: UInt32, credit: UInt32,
    on connection: any ConnectionHandle
  ) {
    do throws(Refused) {
      guard request.kinds.count <= settings.kindsMax else {
        throw Refused(.invalid(field: "kinds"), "At most \(settings.kindsMax) kinds can be named.")
      }
      var cursor: ChangeCursor?
      if !request.after.isEmpty {
        cursor = ChangeCursor(bytes: Array(request.after))
        if cursor == nil { throw Refused(.invalid(field: "after"), "This is no cursor of a change.") }
      }
      let watcher = Watcher(
        connection: connection, tenant: tenant, kinds: request.kinds,
        subject: try SubjectID.optional(field: "subject", request.subject), credit: UInt64(credit), cursor: cursor)
      isWatched.store(true, ordering: .releasing)
      tell(.watch(WatcherID(connection: connection.id, stream: stream), watcher))
    } catch {
      connection.send([.refusal(stream: stream, Callout_V1_Refusal(error))])
    }
  }

  /// The watcher takes more. Returns at once.
  nonisolated func grant(_ items: UInt32, to stream: UInt32, on connection: UInt64) {
    tell(.grant(WatcherID(connection: connection, stream: stream), UInt64(items)))
  }

  /// Ends a stream, if it is a watcher's. Returns at once.
  nonisolated func end(_ stream: UInt32, on connection: UInt64) {
    tell(.end(WatcherID(connection: connection, stream: stream)))
  }

  /// Forgets a connection. Returns at once.
  nonisolated func closed(_ connection: UInt64) {
    tell(.closed(connection))
  }

  private nonisolated func tell(_ input: Input) {
    inbox.withLock { $0.append(input) }
    bell.ring()
  }

  /// Takes what event loops have told, in their order, and the tenants that have something new.
  private func takeInputs() -> Set<TenantID> {
    let inputs = inbox.withLock { inbox in
      defer { inbox.removeAll() }
      return inbox
    }
    var tenants = nudged.withLock { nudged in
      defer { nudged.removeAll() }
      return nudged
    }
    for input in inputs {
      switch input {
      case .watch(let id, let watcher):
        watchers[id] = watcher
        tenants.insert(watcher.tenant)
      case .grant(let id, let items):
        guard let index = watchers.index(forKey: id) else { continue }
        watchers.values[index].credit += items
        tenants.insert(watchers.values[index].tenant)
      case .end(let id):
        guard let watcher = watchers.removeValue(forKey: id) else { continue }
        watcher.connection.send([.refusal(stream: id.stream, Callout_V1_Refusal(.cancelled))])
      case .closed(let connection): watchers = watchers.filter { $0.key.connection != connection }
      }
    }
    isWatched.store(!watchers.isEmpty, ordering: .releasing)
    return tenants
  }

  /// Watchers at present.
  var count: Int { watchers.count }

  /// Pushes until the task is cancelled.
  func run() async {
    var lastFull = clock.uptime
    var pause = settings.heldBackPause
    while !Task.isCancelled {
      let calm = watchers.isEmpty ? .seconds(5) : settings.interval
      await bell.wait(atMost: heldBack.isEmpty ? calm : pause, by: clock)
      pause = heldBack.isEmpty ? settings.heldBackPause : min(pause * 2, settings.interval)
      let nudged = takeInputs().union(heldBack)
      heldBack = []
      let isFull = clock.uptime - lastFull >= settings.interval
      if isFull { lastFull = clock.uptime }
      let due = watchers.filter { ($0.value.credit > 0) && (isFull || nudged.contains($0.value.tenant)) }
      do {
        for part in due.sorted(by: { $0.key < $1.key }).chunked(256) { try await push(part.map { ($0.key, $0.value) }) }
      } catch {
        logger.warning("the feed of changes could not be read", metadata: ["error": "\(error)"])
      }
    }
  }

  private func push(_ due: [(WatcherID, Watcher)]) async throws {
    let statements = due.map { _, watcher in
      watcher.cursor.map { cursor in
        ChangeSQL.after(cursor, tenant: watcher.tenant, limit: rowLimit(of: watcher))
      } ?? ChangeSQL.horizon
    }
    let results = ReadResults(
      tenant: TenantID(high: 0, low: 0),
      results: try await clerk.run(statements, serving: Set(due.map(\.1.tenant)).sorted()))
    var answers = AnswerBox()
    for (index, (id, watcher)) in due.enumerated() {
      guard watchers[id] != nil else { continue }
      if watcher.cursor == nil {
        let horizon = try results.rows(index) { row throws(RowError) in try row.next(Int64.self) }.first ?? 0
        let start = ChangeCursor(transaction: horizon, seen: 0)
        answers.add(Self.started(at: start, stream: id.stream), to: watcher.connection)
        watchers[id]?.cursor = start
        watchers[id]?.credit -= 1
        nudged.withLock { _ = $0.insert(watcher.tenant) }
        bell.ring()
        continue
      }
      push(try results.rows(index, ChangeSQL.read), to: id, watcher, &answers)
    }
    answers.send()
  }

  /// How many rows a read looks at. Each holds one item at least.
  private func rowLimit(of watcher: Watcher) -> Int { Int(min(watcher.credit, UInt64(settings.rowsMax))) }

  /// Pushes what a watcher wants of the rows after its cursor, and moves the cursor past all that it has been shown or does
  /// not want.
  private func push(
    _ rows: [ChangeRow.Read], to id: WatcherID, _ watcher: Watcher, _ answers: inout AnswerBox
  ) {
    guard var cursor = watcher.cursor else { return }
    let most = min(watcher.credit, UInt64(settings.itemsMax))
    var room = most
    read: for row in rows {
      guard row.isSettled else {
        heldBack.insert(watcher.tenant)
        break
      }
      for (place, change) in row.items(from: cursor) {
        guard room > 0 else { break read }
        cursor = ChangeCursor(transaction: row.transaction, seen: place + 1)
        guard watcher.wants(change) else { continue }
        answers.add(Self.item(change, at: row.at, cursor, stream: id.stream), to: watcher.connection)
        room -= 1
      }
    }
    watchers[id]?.cursor = cursor
    watchers[id]?.credit -= most - room
    // There may be more, and the watcher takes more.
    if watcher.credit > most - room, room == 0 || rows.count == rowLimit(of: watcher), cursor != watcher.cursor {
      nudged.withLock { _ = $0.insert(watcher.tenant) }
      bell.ring()
    }
  }

  private static func item(
    _ change: Change, at instant: Instant, _ cursor: ChangeCursor, stream: UInt32
  ) -> OutgoingFrame {
    let message = Callout_V1_Change.with {
      $0.cursor = Data(cursor.bytes)
      $0.atMs = instant.milliseconds
      $0.kind = change.kind
      $0.subject = Data(change.subject.bytes)
      $0.version = UInt64(clamping: change.version)
      $0.text = change.text
    }
    return .push(stream: stream, cursor: ByteBuffer(bytes: cursor.bytes), body: Payload.encode(message))
  }

  /// The first item of a watch that names no cursor: whoever has it misses nothing from then on, however the
  /// connection fares.
  private static func started(at cursor: ChangeCursor, stream: UInt32) -> OutgoingFrame {
    let message = Callout_V1_Change.with {
      $0.cursor = Data(cursor.bytes)
      $0.kind = "watch.started"
      $0.text = "What changes from here on follows."
    }
    return .push(stream: stream, cursor: ByteBuffer(bytes: cursor.bytes), body: Payload.encode(message))
  }
}
