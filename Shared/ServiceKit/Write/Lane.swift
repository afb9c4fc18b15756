import Logging
import Policy
import Postgres
import Wire

/// How a lane works.
struct LaneSettings: Sendable {
  /// Commands of one batch, 1 to 1,000: more trade latency for rate. One that asks for several changes counts as several.
  var batchMax = 1_000
  /// Commands that wait in a lane's mailbox.
  var queueMax = 8_192
  /// Rows that a lane keeps in memory from batch to batch, 0 for none: what it knows it need not read again.
  var rowsKeptMax = 200_000
  /// Whether a batch serves one tenant only, which is what a distributed database wants.
  var oneTenantABatch = false
  /// How often a batch runs again after a conflict with another transaction.
  var conflictRetriesMax = 5
}

/// What a lane tells the rest of the service.
protocol LaneObserver: Sendable {
  /// A batch was committed.
  func committed(_ news: Committed)
}

/// One lane of the write path: a mailbox, a thread, a session with the database.
///
/// A batch is what queued while the last commit ran. It is loaded in one round trip (more if rows lead to rows), decided
/// by pure functions in order, saved and committed in another; only then do the replies leave.
///
/// A batch that needs nothing but what the lane knows is decided at once and saved in its only round trip, in which the
/// database compares what was presumed: that nobody else has written for its tenants, and that its keys are new. If that
/// is not so, nothing was done, and the batch takes the long way.
actor Lane<State: ServiceState> {
  private nonisolated let executor: any SerialExecutor
  private nonisolated let mailbox: Mailbox<Command<State>>
  private let store: any LaneStore<State>
  private let tables: [AnyTable<State>]
  private var known: KnownTenants<State>
  private let settings: LaneSettings
  private let edges: ServiceEdges
  private let turns = Turns()
  private let observer: any LaneObserver
  private let measures: LaneMeasures
  private let logger: Logger
  private var caution = Caution()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Makes a lane that works on `executor`; `makeStore` is called there.
  init(
    on executor: any SerialExecutor, common: CommonTables<State>, tables: [AnyTable<State>], settings: LaneSettings,
    edges: ServiceEdges, observer: any LaneObserver, measures: LaneMeasures, logger: Logger, seed: UInt64,
    makeStore: sending () -> sending any LaneStore<State>
  ) {
    self.executor = executor
    self.mailbox = Mailbox(
      countMax: settings.queueMax, batchMax: settings.batchMax, oneTenantABatch: settings.oneTenantABatch,
      weight: { $0.weight })
    self.store = makeStore()
    self.tables = common.all + tables
    self.known = KnownTenants(rowsMax: settings.rowsKeptMax, common: common, tables: self.tables, seed: seed)
    self.settings = settings
    self.edges = edges
    self.observer = observer
    self.measures = measures
    self.logger = logger
  }

  /// Commands that wait.
  nonisolated var queued: Int { mailbox.count }

  /// Puts commands into the mailbox, from any thread. What is not taken is refused at once.
  nonisolated func submit(_ commands: [Command<State>]) {
    let admission = mailbox.put(commands.map { ($0.tenant, $0) })
    if admission.wake { edges.start { await self.work() } }
    if !admission.refused.isEmpty { refuse(admission.refused) }
  }

  /// Takes no more commands, and returns when all that were taken are answered.
  func finish() async {
    mailbox.close()
    await work()
  }

  private nonisolated func refuse(_ refused: [(item: Command<State>, reason: Mailbox<Command<State>>.Refusal)]) {
    var answers = AnswerBox()
    for (command, reason) in refused {
      let code: RefusalCode = reason == .closed ? .draining : .overloaded
      measures.refused(code)
      answers.add(.refusal(Callout_V1_Refusal(code)), to: command.origin)
    }
    answers.send()
  }

  /// Works until the mailbox is empty.
  private func work() async {
    await turns.begin()
    defer { turns.end() }
    while true {
      let commands = mailbox.take()
      if commands.isEmpty { return }
      await serve(commands)
    }
  }

  /// Serves commands in one transaction; if the database rejects it, each in one of its own, so that only the guilty
  /// fails.
  private func serve(_ commands: [Command<State>]) async {
    guard commands.count > 1 else { return await serveAlone(commands[0]) }
    do {
      try await attempt(commands)
    } catch {
      switch error {
      case .rejected(let text), .taken(let text, _):
        logger.warning("batch rejected, running its commands one by one", metadata: ["error": "\(text)"])
        measures.singled()
        for command in commands { await serveAlone(command) }
      default:
        answer(commands, after: error)
      }
    }
  }

  /// Serves a command in a transaction of its own. What it wants and another tenant has, it is refused, and that is saved like
  /// a refusal of the rules.
  private func serveAlone(_ command: Command<State>) async {
    do {
      try await attempt([command])
    } catch {
      guard case .taken(_, let object) = error, command.refused == nil else { return answer([command], after: error) }
      await serveAlone(command.refused(Refused(.alreadyExists(object), "Another tenant has this \(object).")))
    }
  }

  /// Runs a batch, again after a conflict, and answers it.
  private func attempt(_ commands: [Command<State>]) async throws(StoreFailure) {
    var attempt = 0
    while true {
      do {
        try await transact(commands)
        return
      } catch {
        await store.abandon()
        attempt += 1
        guard case .conflict = error, attempt <= settings.conflictRetriesMax else { throw error }
        measures.conflicted()
      }
    }
  }

  private func transact(_ commands: [Command<State>]) async throws(StoreFailure) {
    let batch = Batch(commands, &known)
    batch.askNeeds()
    let began = edges.clock.uptime
    var committed = try await presume(batch)
    if committed == nil { committed = try await loadAndSave(batch) }
    if committed != nil { known.keep(batch.tenants) }
    measures.committed(commands.count, took: edges.clock.uptime - began)
    reply(batch)
    if let committed { observer.committed(committed) }
  }

  /// Decides a batch on what is known and saves it, all in one round trip. Nil, and the batch is undecided, if that
  /// cannot be done or was in vain.
  private func presume(_ batch: Batch<State>) async throws(StoreFailure) -> Committed? {
    let now = edges.clock.now
    guard batch.isPresumable(at: now), store.hasAll(for: batch), caution.allows() else { return nil }
    let marks = batch.tenants.map { $0.mark(tables) }
    decide(batch, now)
    // An answer that nothing is saved for cannot be refused by the database, so that nothing would tell that it is wrong.
    if batch.isAllEffective {
      do {
        let committed = try await store.savePresumed(batch, at: now)
        caution.wasNeedless()
        measures.presumed()
        return committed
      } catch .stale {
        measures.presumedInVain()
        caution.wasDue()
        await store.abandon()
      }
    }
    batch.undecide(tables, to: marks)
    return nil
  }

  /// Locks and loads, decides, and saves; nil if there was nothing to save.
  private func loadAndSave(_ batch: Batch<State>) async throws(StoreFailure) -> Committed? {
    let isKnown = !batch.wantsLoading
    try await store.begin(batch)
    // One round more than operations have: it is for tenants that were forgotten.
    for _ in 1...WriteLimits.loadRoundsMax where !isKnown || batch.mustAskAgain {
      batch.askNeeds()
      guard batch.wantsLoading else { break }
      try await store.loadMore(batch)
    }
    let now = edges.clock.now
    decide(batch, now)
    guard batch.isChanged else {
      await store.abandon()
      return nil
    }
    return try await store.save(batch, at: now)
  }

  // MARK: Deciding

  private func decide(_ batch: Batch<State>, _ now: Instant) {
    var earlier: [ReplyKey: BatchEntry<State>] = [:]
    for entry in batch.entries {
      let command = entry.command
      if let saved = entry.saved {
        entry.answer = replay(saved, entry)
        continue
      }
      if command.keepsAnswer {
        let key = entry.replyKey
        if let first = earlier[key] {
          let isSame = first.command.requestHash == command.requestHash
          entry.answer = isSame ? first.answer : .refusal(Callout_V1_Refusal(.keyReused))
          entry.isTwin = true
          continue
        }
        earlier[key] = entry
      }
      if command.deadline <= now {
        entry.answer = .refusal(Callout_V1_Refusal(.deadlineExceeded))
      } else if entry.tenant.present == nil, command.method != .tenantCreate {
        entry.answer = .refusal(Callout_V1_Refusal(.tenantUnknown))
      } else {
        let answer = decide(entry, now)
        entry.answer = answer
        // What a timer is refused it disarms; what keeps no answer and is refused has changed nothing.
        entry.isEffective = answer.refusal == nil || command.keepsAnswer || command.key.isEmpty
      }
    }
  }

  /// What was answered under the command's key before.
  private func replay(_ saved: BatchEntry<State>.Saved, _ entry: BatchEntry<State>) -> Answer {
    guard saved.requestHash == entry.command.requestHash else { return .refusal(Callout_V1_Refusal(.keyReused)) }
    switch saved.content {
    case .answer(let answer): return answer
    case .trace(let trace):
      if let reply = entry.command.work.reply(of: trace, &entry.tenant.state) { return .reply(reply) }
      logger.error("a reply cannot be made again", metadata: ["method": "\(entry.command.method.name)"])
      return .refusal(Callout_V1_Refusal(.internalError))
    }
  }

  private func decide(_ entry: BatchEntry<State>, _ now: Instant) -> Answer {
    let tenant = entry.tenant
    let mark = tenant.mark(tables)
    let present = tenant.present?.now(edge: now) ?? now
    var context = Context(now: present, caller: entry.command.caller, ids: tenant.ids)
    defer { tenant.ids = context.ids }
    let work = entry.command.work
    let decision =
      (entry.command.refused ?? entry.unneedful).map { .refused($0) } ?? work.decide(&tenant.state, &context)
    switch decision {
    case .accepted(let reply):
      entry.trace = reply.trace
      return .reply(reply.payload)
    case .refused(let refused):
      tenant.rollback(tables, to: mark)
      work.refused(refused, &tenant.state, &context)
      return .refusal(Callout_V1_Refusal(refused))
    }
  }

  // MARK: Answering

  private func reply(_ batch: Batch<State>) {
    var answers = AnswerBox()
    for entry in batch.entries {
      let answer = entry.answer ?? .refusal(Callout_V1_Refusal(.internalError))
      if let refusal = answer.refusal, let code = refusal.code { measures.refused(code) }
      answers.add(answer, to: entry.command.origin)
    }
    answers.send()
  }

  /// Answers commands whose transaction did not come about, or of which nobody knows.
  private func answer(_ commands: [Command<State>], after failure: StoreFailure) {
    let refusal: Callout_V1_Refusal
    switch failure {
    case .conflict, .unavailable, .stale:
      logger.warning("batch not done", metadata: ["error": "\(failure.text)", "commands": "\(commands.count)"])
      refusal = Callout_V1_Refusal(.unavailable)
    case .rejected, .taken:
      logger.error("command rejected by the database", metadata: ["error": "\(failure.text)"])
      refusal = Callout_V1_Refusal(.internalError)
    case .unknown:
      logger.error(
        "outcome of a commit unknown", metadata: ["error": "\(failure.text)", "commands": "\(commands.count)"])
      refusal = Callout_V1_Refusal(.outcomeUnknown)
    }
    var answers = AnswerBox()
    for command in commands {
      if let code = refusal.code { measures.refused(code) }
      answers.add(.refusal(refusal), to: command.origin)
    }
    answers.send()
  }
}
