import Logging
import Metrics
import NIOCore
import Policy
import Postgres
import Synchronization
import Transport
import Wire

/// A read in a reader's mailbox.
struct ReadCommand: Sendable {
  /// The zero id for what concerns no one tenant.
  let tenant: TenantID
  let needsTenant: Bool
  let caller: Policy.Caller
  let deadline: Instant
  /// Whether the read gathers with others (``ReadOperation/isByKey``).
  let isByKey: Bool
  let work: any DecodedRead
  let stream: UInt32
  let connection: any ConnectionHandle
}

/// One thread of the read path. All reads that queued while the last round trip ran go together in the next, on one
/// snapshot: the session makes every batch a transaction that only reads (``sessionSettings``).
actor Reader {
  /// What a reader's session is set to: a batch needs no statements to begin and to end it.
  static let sessionSettings = [
    "enable_seqscan": "off", "jit": "off", "default_transaction_isolation": "repeatable read",
    "default_transaction_read_only": "on",
  ]
  /// The most tenants whose kind of clock is remembered.
  private static let liveTenantsMax = 100_000
  private static let tenants = Statement(sql: TenantSQL.selection + " WHERE tenant_id = ANY($1::uuid[])")

  private nonisolated let executor: any SerialExecutor
  private nonisolated let mailbox: Mailbox<ReadCommand>
  private let session: any Session
  private let edges: ServiceEdges
  private let turns = Turns()
  private nonisolated let bell = Bell()
  private nonisolated let isStarted = Atomic<Bool>(false)
  private let timeout: Duration
  private let logger: Logger
  private nonisolated let measures = LaneMeasures()
  private let reads = Counter(label: "callout_reads_total")
  /// Tenants that go by the wall clock, which never changes.
  private var liveTenants: Set<TenantID> = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(
    on executor: any SerialExecutor, queueMax: Int, batchMax: Int, timeout: Duration, edges: ServiceEdges,
    logger: Logger, makeSession: sending () -> sending any Session
  ) {
    self.executor = executor
    self.mailbox = Mailbox(countMax: queueMax, batchMax: batchMax)
    self.session = makeSession()
    self.edges = edges
    self.timeout = timeout
    self.logger = logger
  }

  /// Reads that wait.
  nonisolated var queued: Int { mailbox.count }

  /// Whether reads are under way, or wait.
  nonisolated var isBusy: Bool { mailbox.isAwake }

  /// Puts reads into the mailbox, from any thread.
  nonisolated func submit(_ commands: [ReadCommand]) {
    let admission = mailbox.put(commands.map { ($0.tenant, $0) })
    if admission.wake { wake() }
    var answers = AnswerBox()
    for (command, reason) in admission.refused {
      answers.add(refusal(reason == .closed ? .draining : .overloaded).frame(command.stream), to: command.connection)
    }
    answers.send()
  }

  /// Takes no more reads, and returns when all that were taken are answered.
  func finish() async {
    mailbox.close()
    bell.ring()
    await turns.begin()
    defer { turns.end() }
    await serveWaiting()
    session.close()
  }

  /// The first reads begin the task that serves; it sleeps on the reader's own thread, so that no other is needed to wake it.
  private nonisolated func wake() {
    if isStarted.exchange(true, ordering: .relaxed) {
      bell.ring()
    } else {
      edges.start { await self.work() }
    }
  }

  /// Serves until the mailbox is closed and empty.
  private func work() async {
    await turns.begin()
    defer { turns.end() }
    while true {
      await serveWaiting()
      if mailbox.isClosed { return }
      await bell.wait()
    }
  }

  private func serveWaiting() async {
    while true {
      let commands = mailbox.take()
      if commands.isEmpty { return }
      var answers = AnswerBox()
      await serve(commands, &answers)
      answers.send()
    }
  }

  private func serve(_ commands: [ReadCommand], _ answers: inout AnswerBox) async {
    let now = edges.clock.now
    var alive: [ReadCommand] = []
    for command in commands {
      if command.deadline <= now {
        answers.add(refusal(.deadlineExceeded).frame(command.stream), to: command.connection)
      } else {
        alive.append(command)
      }
    }
    reads.increment(by: alive.count)
    do throws(PostgresError) {
      for (command, answer) in zip(alive, try await answer(alive, now)) {
        answers.add(answer.frame(command.stream), to: command.connection)
      }
    } catch {
      // One read's fault must not be the others': only a lost connection is everybody's.
      if alive.count > 1, !error.isConnectionFailure {
        for command in alive { await serve([command], &answers) }
        return
      }
      logger.error("reads failed", metadata: ["error": "\(error)", "reads": "\(alive.count)"])
      let code: RefusalCode = error.isConnectionFailure || error.isRetryable ? .unavailable : .internalError
      for command in alive { answers.add(refusal(code).frame(command.stream), to: command.connection) }
    }
  }

  /// One read of a batch on its way.
  private struct Running {
    let work: any DecodedRead
    let context: ReadContext
    var results: [QueryRows] = []
    var answer: Answer?

    var found: ReadResults { ReadResults(tenant: context.tenant, results) }
  }

  private func answer(_ commands: [ReadCommand], _ now: Instant) async throws(PostgresError) -> [Answer] {
    if commands.isEmpty { return [] }
    let tenants = Set(commands.lazy.filter(\.needsTenant).map(\.tenant)).sorted()
    let serving = Statement.serving(tenants: tenants.map { PostgresUUID(high: $0.high, low: $0.low) })
    let instants = try await instants(of: tenants, serving, now)
    var running = commands.map { command in
      let instant = instants[command.tenant]
      return Running(
        work: command.work, context: ReadContext(tenant: command.tenant, now: instant ?? now, caller: command.caller),
        answer: command.needsTenant && instant == nil ? refusal(.tenantUnknown) : nil)
    }
    try await run(&running, serving) { read throws(ReadFailure) in
      try ReadFailure.catching { () throws(Refused) in try read.work.queries(read.context) }
    }
    try await run(&running, serving) { read throws(ReadFailure) in
      try read.work.followUp(read.found, read.context)
    }
    return running.map { read in
      if let answer = read.answer { return answer }
      do throws(ReadFailure) {
        return .reply(try read.work.reply(read.found, read.context))
      } catch {
        return answer(after: error)
      }
    }
  }

  /// Runs the queries that `ask` gives for each read that has no answer yet, in one round trip.
  private func run(
    _ running: inout [Running], _ serving: Statement, _ ask: (Running) throws(ReadFailure) -> [Query]
  ) async throws(PostgresError) {
    var batch = QueryBatch()
    var slots: [[QueryBatch.Slot]] = []
    slots.reserveCapacity(running.count)
    for index in running.indices {
      var asked: [Query] = []
      if running[index].answer == nil {
        do throws(ReadFailure) {
          asked = try ask(running[index])
        } catch {
          running[index].answer = answer(after: error)
        }
      }
      slots.append(asked.map { batch.add($0) })
    }
    if batch.isEmpty { return }
    let results = try await session.execute([serving] + batch.statements, timeout: timeout)
    do throws(RowError) {
      for (index, rows) in try batch.rows(of: slots, results.dropFirst()).enumerated() {
        running[index].results += rows
      }
    } catch {
      for index in running.indices where running[index].answer == nil {
        running[index].answer = answer(after: .row(error))
      }
    }
  }

  /// The present instants of the tenants that exist. Only tenants not known to be live cost a round trip.
  private func instants(
    of tenants: [TenantID], _ serving: Statement, _ now: Instant
  ) async throws(PostgresError) -> [TenantID: Instant] {
    var instants: [TenantID: Instant] = [:]
    for tenant in tenants where liveTenants.contains(tenant) { instants[tenant] = now }
    let unknown = tenants.filter { instants[$0] == nil }
    if unknown.isEmpty { return instants }
    let rows = try await session.execute(
      [serving, Self.tenants.with(Parameter(array: unknown))], timeout: timeout)[1]
    let found = ReadResults(tenant: TenantID(high: 0, low: 0), results: [rows])
    for tenant in (try? found.rows(0, TenantSQL.read)) ?? [] {
      instants[tenant.id] = tenant.now(edge: now)
      if tenant.clock == .live {
        if liveTenants.count >= Self.liveTenantsMax { liveTenants.removeAll() }
        liveTenants.insert(tenant.id)
      }
    }
    return instants
  }

  private func answer(after failure: ReadFailure) -> Answer {
    switch failure {
    case .refused(let refused):
      measures.refused(refused.reason.wireCode)
      return .refusal(Callout_V1_Refusal(refused))
    case .row(let error):
      logger.error("a row does not fit the code that reads it", metadata: ["error": "\(error)"])
      return refusal(.internalError)
    }
  }

  private nonisolated func refusal(_ code: RefusalCode) -> Answer {
    measures.refused(code)
    return .refusal(Callout_V1_Refusal(code))
  }
}
