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

  /// Plays all steps.
  ///
  /// - Parameter plans: The published plans' ids and versions, in the scenario's order.
  /// - Throws: ``CommandFailure`` that names the step, or ``CalloutError`` for what no step is to blame for.
  mutating func play(plans: [(id: String, version: String)]) async throws {
    for plan in plans { variables["plan_version.\(plan.id)"] = .text(plan.version) }
    if let first = plans.first { variables["plan_version"] = .text(first.version) }
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
      do {
        try await clockClient.advanceClock(to: now, tenant: tenant, patience: patience)
      } catch {
        throw failure(step, "the clock was not moved: \(error)", CommandStatus(error))
      }
      switch step.action {
      case .wait: break
      case .print(let words): progress.print(try text(words, step) + "\n")
      case .call(let call): try await play(call, of: step)
      }
    }
    try await clockClient.settle(tenant: tenant, patience: patience)
    progress.end()
  }

  private mutating func play(_ call: ScenarioCall, of step: ScenarioStep) async throws {
    let reading = CivilReading(zone: scenario.zone)
    let request = try value(call.request, step)
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
      if let mismatch = expected.mismatch(refusal) { throw failure(step, mismatch, .expectationFailed) }
    case (.failure(let error), _):
      let status = error.refusal != nil ? CommandStatus.expectationFailed : CommandStatus(error)
      throw failure(step, "\(call.operation.method.name): \(error)", status)
    }
    // What the step caused has happened everywhere before the next one looks.
    do { try await clockClient.settle(tenant: tenant, patience: patience) } catch {
      throw failure(step, "its effects did not settle: \(error)", CommandStatus(error))
    }
  }

  private mutating func check(_ reply: JSONValue, _ call: ScenarioCall, _ step: ScenarioStep) throws {
    for (variable, path) in call.saved {
      guard let value = reply.value(at: path), value != .null else {
        throw failure(step, "\(path) is to be saved, but is not in the reply \(reply.compact)", .expectationFailed)
      }
      variables[variable] = value
    }
    let hasPassed = call.operation.method.kind == .read && aheadUntil.map { now <= $0 } ?? false
    if !hasPassed {
      for expected in call.expectations {
        var resolved = expected
        do { resolved.expectation = try expected.expectation.resolved(variables) } catch {
          throw failure(step, "there is no variable \(error.name)", .usage)
        }
        if let mismatch = resolved.mismatch(reply) {
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

  private func value(_ value: JSONValue, _ step: ScenarioStep) throws -> JSONValue {
    do { return try variables.resolved(value) } catch {
      throw failure(step, "there is no variable \(error.name)", .usage)
    }
  }

  private func text(_ text: String, _ step: ScenarioStep) throws -> String {
    do { return try variables.resolved(text) } catch {
      throw failure(step, "there is no variable \(error.name)", .usage)
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
