import Logging
import Metrics
import NIOCore
import Policy
import Postgres
import Transport
import Wire

/// A read in a reader's mailbox.
struct ReadCommand: Sendable {
  /// The zero id for what concerns no one tenant.
  let tenant: TenantID
  let needsTenant: Bool
  let caller: Policy.Caller
  let deadline: Instant
  let work: any DecodedRead
  let stream: UInt32
  let connection: any ConnectionHandle
}

/// One thread of the read path. All reads that queued while the last round trip ran go together in the next, on one
/// snapshot.
actor Reader {
  /// The most tenants whose kind of clock is remembered.
  private static let liveTenantsMax = 100_000
  private static let begin = Statement("callout.begin.read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  private static let tenants = Statement(sql: TenantSQL.selection + " WHERE tenant_id = ANY($1::uuid[])")

  private nonisolated let executor: any SerialExecutor
  private nonisolated let mailbox: Mailbox<ReadCommand>
  private let session: any Session
  private let edges: ServiceEdges
  private let turns = Turns()
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

  /// Puts reads into the mailbox, from any thread.
  nonisolated func submit(_ commands: [ReadCommand]) {
    let admission = mailbox.put(commands.map { ($0.tenant, $0) })
    if admission.wake { edges.start { await self.work() } }
    var answers = AnswerBox()
    for (command, reason) in admission.refused {
      answers.add(refusal(reason == .closed ? .draining : .overloaded).frame(command.stream), to: command.connection)
    }
    answers.send()
  }

  /// Takes no more reads, and returns when all that were taken are answered.
  func finish() async {
    mailbox.close()
    await work()
    session.close()
  }

  private func work() async {
    await turns.begin()
    defer { turns.end() }
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
    var context: ReadContext
    var results: [ResultRows] = []
    var answer: Answer?
  }

  private func answer(_ commands: [ReadCommand], _ now: Instant) async throws(PostgresError) -> [Answer] {
    if commands.isEmpty { return [] }
    let tenants = Set(commands.lazy.filter(\.needsTenant).map(\.tenant)).sorted()
    let serving = Statement.serving(tenants: tenants.map { PostgresUUID(high: $0.high, low: $0.low) })
    let instants = try await instants(of: tenants, serving, now)
    var running = commands.map { command in
      Running(
        context: ReadContext(tenant: command.tenant, now: instants[command.tenant] ?? now, caller: command.caller),
        answer: command.needsTenant && instants[command.tenant] == nil ? refusal(.tenantUnknown) : nil)
    }
    try await run(&running, serving) { index, read throws(ReadFailure) in
      try ReadFailure.catching { () throws(Refused) in try commands[index].work.queries(read.context) }
    }
    try await run(&running, serving) { index, read throws(ReadFailure) in
      try commands[index].work.followUp(
        ReadResults(tenant: commands[index].tenant, results: read.results), read.context)
    }
    return running.enumerated().map { index, read in
      if let answer = read.answer { return answer }
      do throws(ReadFailure) {
        let results = ReadResults(tenant: commands[index].tenant, results: read.results)
        return .reply(try commands[index].work.reply(results, read.context))
      } catch {
        return answer(after: error)
      }
    }
  }

  /// Runs the statements that `ask` gives for each read that has no answer yet, in one round trip.
  private func run(
    _ running: inout [Running], _ serving: Statement, _ ask: (Int, Running) throws(ReadFailure) -> [Statement]
  ) async throws(PostgresError) {
    var statements = [Self.begin, serving]
    var counts: [Int] = []
    for index in running.indices {
      guard running[index].answer == nil else {
        counts.append(0)
        continue
      }
      do throws(ReadFailure) {
        let asked = try ask(index, running[index])
        statements += asked
        counts.append(asked.count)
      } catch {
        running[index].answer = answer(after: error)
        counts.append(0)
      }
    }
    if statements.count == 2 { return }
    statements.append(.commit)
    let results = try await session.execute(statements, timeout: timeout)
    var next = 2
    for (index, count) in counts.enumerated() {
      running[index].results += results[next..<next + count]
      next += count
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
