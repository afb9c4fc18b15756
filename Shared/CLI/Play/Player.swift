import CalloutClient
import Policy
import Wire

/// Plays a scenario against a test tenant.
struct Player {
  let scenario: Scenario
  /// The file's path, for messages.
  let path: String
  let tenant: TenantID
  let patience: Duration
  /// Moves the clock and asks what is waiting.
  let clockClient: CalloutClient
  /// The client of an identity.
  let client: (String) throws -> CalloutClient
  let progress: Progress

  private var variables = ScenarioVariables([:])
  private var now: Instant
  /// Where the clock stood when the run began: expectations of reads before it are about a state that has passed.
  private var aheadUntil: Instant?
  private var identity = "desk"

  init(
    scenario: Scenario, path: String, tenant: TenantID, patience: Duration, clockClient: CalloutClient,
    client: @escaping (String) throws -> CalloutClient, progress: Progress
  ) {
    self.scenario = scenario
    self.path = path
    self.tenant = tenant
    self.patience = patience
    self.clockClient = clockClient
    self.client = client
    self.progress = progress
    now = scenario.start
    variables = ScenarioVariables(scenario.variables)
    variables["tenant"] = .text(tenant.description)
  }

  /// Publishes the scenario's plans and plays all steps.
  ///
  /// - Throws: ``CommandFailure`` that names the step, or ``CalloutError`` for what no step is to blame for.
  mutating func play() async throws {
    for path in scenario.plans {
      let version = try await publish(ScenarioPlan(path: path))
      if variables["plan_version"] == nil { variables["plan_version"] = .text(version) }
    }
    let clock = try await clockClient.advanceClock(to: scenario.start, tenant: tenant, patience: patience)
    if clock.now > scenario.start { aheadUntil = clock.now }
    progress.begin(stepCount: scenario.steps.count)
    for step in scenario.steps {
      if let identity = step.identity { self.identity = identity }
      switch step.time {
      case .same: break
      case .at(let instant):
        guard instant >= now else {
          throw failure(step, "its time is before that of the step before it", .usage)
        }
        now = instant
      case .after(let span): now = now + span
      }
      variables["now"] = .text(now.description)
      let note = try step.note.map { try text($0, step) }
      progress.show(step, at: CivilReading(zone: scenario.zone).civil(now), note: note)
      try await play(step)
    }
    try await clockClient.settle(tenant: tenant, patience: patience)
    progress.end()
  }

  private mutating func play(_ step: ScenarioStep) async throws {
    let observation = try await observe(step)
    do {
      try await clockClient.advanceClock(to: now, tenant: tenant, patience: patience)
    } catch {
      throw failure(step, "the clock was not moved: \(error)", CommandStatus(error))
    }
    switch step.action {
    case .wait: break
    case .print(let words): progress.print(try text(words, step) + "\n")
    case .publish(let plan):
      do { try await publish(plan) } catch let error as CalloutError {
        throw failure(step, "\(plan.path): \(error)", CommandStatus(error))
      } catch let missing as ScenarioPlan.Unfitting {
        throw failure(step, "\(plan.path): what is to be replaced does not stand there once: \(missing.text)", .usage)
      }
    case .call(let call): try await play(call, of: step)
    }
    // What the step caused has happened everywhere before the next one looks.
    do { try await clockClient.settle(tenant: tenant, patience: patience) } catch {
      throw failure(step, "its effects did not settle: \(error)", CommandStatus(error))
    }
    guard let observation else { return }
    let told = try resolved(step) { variables in try step.told?.map { try $0.resolved(variables) } }
    let pushed = try resolved(step) { variables in
      try step.pushed.map { push in
        var push = push
        push.expectations = try push.expectations.resolved(variables)
        return push
      }
    }
    if let mismatch = try await observation.mismatch(told: told, pushed: pushed, patience: patience) {
      throw failure(step, mismatch, .expectationFailed)
    }
  }

  /// Begins to look at what comes of a step, if the step expects anything that an earlier run has not seen already.
  private func observe(_ step: ScenarioStep) async throws -> Observation? {
    guard !hasPassed, step.told != nil || !step.pushed.isEmpty else { return nil }
    return try await Observation(
      client: clockClient, tenant: tenant, coding: CivilReading(zone: scenario.zone).coding, patience: patience,
      services: Dictionary(grouping: step.pushed, by: \.service).mapValues { $0.map(\.kind) })
  }

  /// Whether the tenant's clock stood ahead of the step when the run began.
  private var hasPassed: Bool { aheadUntil.map { now <= $0 } ?? false }

  /// Publishes a plan file to all three services; returns its version.
  @discardableResult
  private mutating func publish(_ plan: ScenarioPlan) async throws -> String {
    let document = try plan.changed(try Surface.current.read(plan.path, byteCountMax: PlanFile.byteCountMax))
    let published = try await clockClient.publishPlan(
      document, options: CallOptions(deadline: patience, tenant: tenant))
    let version = PlanVersion(bytes: Array(published.version))?.description ?? ""
    variables["plan_version.\(published.plan)"] = .text(version)
    return version
  }

  private mutating func play(_ call: ScenarioCall, of step: ScenarioStep) async throws {
    let reading = CivilReading(zone: scenario.zone)
    let request = try resolved(step) { try $0.resolved(call.request) }
    let client = try client(scenario.context(of: identity))
    let options = CallOptions(
      deadline: patience, idempotencyKey: call.operation.method.kind == .write ? key(step) : nil, tenant: tenant)
    let outcome: Result<JSONValue, CalloutError>
    do throws(CalloutError) {
      outcome = .success(
        try await client.service(call.service).call(call.operation, request, coding: reading.coding, options: options))
    } catch {
      outcome = .failure(error)
    }
    switch (outcome, call.refusal) {
    case (.success(let reply), nil): try check(reply, call, step)
    case (.success(let reply), .some(let expected)):
      let name = expected.name.isEmpty ? "a refusal" : "the refusal \(expected.name)"
      throw failure(step, "\(name) was expected, and came \(reply.compact)", .expectationFailed)
    case (.failure(.refusal(let refusal)), .some(let expected)):
      let expected = try resolved(step) { try expected.resolved($0) }
      if let mismatch = expected.mismatch(refusal) { throw failure(step, mismatch, .expectationFailed) }
    case (.failure(let error), _):
      let status = error.refusal != nil ? CommandStatus.expectationFailed : CommandStatus(error)
      throw failure(step, "\(call.operation.method.name): \(error)", status)
    }
  }

  private mutating func check(_ reply: JSONValue, _ call: ScenarioCall, _ step: ScenarioStep) throws {
    for (variable, path) in call.saved {
      guard let value = reply.value(at: path), value != .null else {
        throw failure(step, "\(path) is to be saved, but is not in the reply \(reply.compact)", .expectationFailed)
      }
      variables[variable] = value
    }
    if call.operation.method.kind != .read || !hasPassed {
      for expected in try resolved(step, { try call.expectations.resolved($0) }) {
        if let mismatch = expected.mismatch(reply) {
          throw failure(step, mismatch, .expectationFailed, line: expected.line)
        }
      }
    }
    if let path = call.printed {
      let text = reply.value(at: path)?.plain ?? ""
      progress.print(text.hasSuffix("\n") ? text : text + "\n")
    }
  }

  /// The key of a step's write: the same in every run of the scenario on this tenant.
  private func key(_ step: ScenarioStep) -> [UInt8] {
    // FNV-1a tells scenarios on one tenant apart; nobody gains by a collision.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in scenario.title.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let numbers = [hash, UInt64(step.number)]
    return tenant.bytes
      + numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) } }
  }

  private func text(_ text: String, _ step: ScenarioStep) throws -> String {
    try resolved(step) { try $0.resolved(text) }
  }

  /// What `make` makes of the variables.
  private func resolved<Value>(_ step: ScenarioStep, _ make: (ScenarioVariables) throws -> Value) throws -> Value {
    do { return try make(variables) } catch let missing as ScenarioVariables.Missing {
      throw failure(step, "there is no variable \(missing.name)", .usage)
    }
  }

  private func failure(_ step: ScenarioStep, _ text: String, _ status: CommandStatus, line: Int? = nil)
    -> CommandFailure
  {
    progress.interrupt()
    var what = ""
    if case .call(let call) = step.action { what = " (\(call.operation.method.name) as \(identity))" }
    return CommandFailure(status, "\(path):\(line ?? step.line): step \(step.number)\(what) at \(now): \(text)")
  }
}
