import Policy
import Transport
import Wire

@testable import CalloutClient
@testable import ServiceKit

/// For whom something is asked: a desk, and the step of the workload; nil for what prepares and ends a run.
struct Asker: Sendable {
  let desk: Int
  let step: Int?
}

/// What the steps of a workload do.
extension Scenario {
  private static let drawn = OperationShape.all.filter { !notDrawn.contains($0.method.name) }

  /// What desks do most.
  private static let usual = [
    "charge.post", "hold.place", "hold.void", "hold.capture", "ticket.open", "work.record", "ticket.dispatch",
    "ticket.resolve", "charge.post-many", "quote.create", "charge.reverse", "ticket.open", "ticket.begin",
    "ticket.close",
    "ticket.reopen", "ticket.contact", "ticket.classify", "message.post", "part.add", "ticket.link", "balance.get",
  ].compactMap { OperationShape.named($0) }

  /// What a wallet is asked all at once.
  private static let ofOneWallet = ["charge.post", "charge.post", "charge.post", "hold.place", "charge.post-many"]
    .compactMap { OperationShape.named($0) }

  /// What is asked once time has passed.
  private static let afterwards = [
    "escalation.call", "escalation.list", "escalation.get", "delivery.list", "delivery.answer",
    "escalation.acknowledge",
  ].compactMap { OperationShape.named($0) }

  /// Takes a step. All of its chance is its own.
  func take(_ step: Int, of desk: Int) async {
    var chance = Chance(seed: world.plan.seed, stream: UInt64(step))
    let asker = Asker(desk: desk, step: step)
    if chance.once(in: 3) { try? await world.simulator.sleep(for: chance.time(.zero, .milliseconds(60))) }
    switch chance.below(40) {
    case 0...2: await repeatCall(asker, &chance)
    case 3...4 where desks[desk]?.isTest == true: await advance(asker, &chance)
    case 5...6: await burst(asker, &chance)
    case 7...9: await cancelled(asker, &chance)
    case 10: await publish(asker, &chance)
    case 11...13: await tale(asker, &chance)
    default: await ask(asker, draw(&chance), &chance)
    }
  }

  private func draw(_ chance: inout Chance) -> OperationShape {
    chance.once(in: 2) ? chance.pick(Self.usual) : chance.pick(Self.drawn)
  }

  /// Asks something new.
  func ask(_ asker: Asker, _ operation: OperationShape, _ chance: inout Chance) async {
    if let call = compose(asker, operation, &chance) { await make(call, asker, retries: chance.once(in: 2)) }
  }

  /// - Parameters:
  ///   - names: what the request's fields of these names are to name, where it has them.
  ///   - role: who asks; nil: whoever may.
  private func compose(
    _ asker: Asker, _ operation: OperationShape, naming names: [String: JSONValue] = [:], as role: TenantRole? = nil,
    _ chance: inout Chance
  ) -> CallRecord? {
    let now = now(asker.desk)
    guard var request = desks[asker.desk]?.maker.request(operation.request, operation.method, at: now, &chance) else {
      return nil
    }
    for field in operation.request.fields.map(\.key) {
      if let name = names[field] { request.set(name, at: field) }
    }
    let roles = TenantRole.allCases.filter { operation.method.allows($0.caller) && role ?? $0 == $0 }.map(\.rawValue)
    let asking = roles.isEmpty ? "operator" : chance.pick(roles)
    var key: [UInt8] = []
    if operation.method.kind == .write { for _ in 0..<16 { key.append(UInt8(chance.below(256))) } }
    let call = CallRecord(operation, desk: asker.desk, step: asker.step, role: asking, key: key, request: request)
    calls.append(call)
    return call
  }

  /// Makes a call that was made before once more, under its key.
  private func repeatCall(_ asker: Asker, _ chance: inout Chance) async {
    let writes = calls.filter { $0.desk == asker.desk && $0.method.kind == .write }
    if !writes.isEmpty { await make(chance.pick(writes), asker, retries: true) }
  }

  /// Asks many things of one wallet at once.
  private func burst(_ asker: Asker, _ chance: inout Chance) async {
    guard let wallet = desks[asker.desk]?.maker.id("agreement", &chance) else { return }
    // All of it as the same caller, so that it shares connections.
    let together = (0..<4 + chance.below(8)).compactMap { _ in
      compose(asker, chance.pick(Self.ofOneWallet), naming: ["agreement_id": wallet], as: .desk, &chance)
    }
    await withTaskGroup(of: Void.self) { group in
      for call in together { group.addTask { await self.make(call, asker, retries: true) } }
    }
  }

  /// Things that are asked one after the other, each of what the one before made.
  private static let tales = [
    ["ticket.open", "ticket.begin", "work.record", "ticket.resolve", "ticket.close", "ticket.open", "ticket.link"],
    [
      "ticket.open", "ticket.classify", "ticket.dispatch", "visit.arrive", "work.record", "visit.depart",
      "ticket.resolve",
    ],
    [
      "visit.schedule", "visit.arrive", "visit.depart", "ticket.open", "call.schedule", "work.begin", "work.end",
      "account.create", "agreement.sign", "agreement.end",
    ],
    ["visit.schedule", "visit.cancel"], ["escalation.list", "escalation.acknowledge", "escalation.get"],
    [
      "quote.create", "quote.acknowledge", "ticket.open", "ticket.dispatch", "part.add", "ticket.resolve",
      "ticket.reopen",
    ],
    ["hold.place", "hold.capture", "hold.void"], ["order.place", "order.end"], ["override.add", "override.remove"],
    ["endpoint.set", "endpoint.remove"], ["mailbox.set", "mail.deliver", "mail.get"],
    ["mailbox.set", "mailbox.remove"],
    ["hold.place", "hold.void", "hold.void"],
    ["template.set", "template.publish", "template.preview", "template.get"],
    ["ticket.open", "ticket.acknowledge", "misuse.review", "misuse.review"],
    ["quote.create", "quote.get", "quote.decline"], ["ticket.open", "work.record", "ticket.resolve", "article.link"],
    [
      "ticket.open", "work.record", "work.record", "ticket.resolve", "ticket.split", "ticket.open", "work.record",
      "ticket.merge",
    ],
    [
      "ticket.open", "ticket.dispatch", "visit.arrive", "visit.depart", "ticket.resolve", "ticket.open", "ticket.merge",
    ],
  ].map { $0.compactMap { OperationShape.named($0) } }

  private func tale(_ asker: Asker, _ chance: inout Chance) async {
    // Mail is taken where it is sent to.
    var names: [String: JSONValue] = [:]
    if let domain = desks[asker.desk]?.maker.domain { names["address"] = .text("support@\(domain)") }
    for operation in chance.pick(Self.tales) {
      guard let call = compose(asker, operation, naming: names, &chance) else { return }
      await make(call, asker, retries: true)
      if let id = call.reply?["work"]?["id"] { names["work_ids"] = .list([id]) }
      if let id = call.reply?.value(at: "escalations[0].id") { names["escalation_id"] = id }
      if let id = call.reply?["running"]?["id"] { names["work_id"] = id }
      for thing in ["ticket", "visit", "quote", "hold", "order", "override", "account", "agreement", "mail"] {
        guard let id = call.reply?[thing]?["id"] else { continue }
        if operation.method == .ticketOpen {
          names["earlier_ticket_id"] = names["ticket_id"]
          names["into_ticket_id"] = names["ticket_id"]
          // What comes next is about the same customer.
          for field in ["account_id", "contact_id"] { names[field] = call.reply?[thing]?[field] }
        }
        names["\(thing)_id"] = id
      }
    }
  }

  /// Asks something, and does not wait for the answer to its end.
  private func cancelled(_ asker: Asker, _ chance: inout Chance) async {
    let patience = chance.time(.zero, .milliseconds(60))
    guard let call = compose(asker, draw(&chance), &chance) else { return }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.make(call, asker, retries: true) }
      group.addTask { try? await self.world.simulator.sleep(for: patience) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Publishes an edition of the plan; agreements that are signed from then on may use it.
  private func publish(_ asker: Asker, _ chance: inout Chance) async {
    guard let client = desks[asker.desk]?.clients["admin"] else { return }
    // A few editions, the same in every run: a process reads each of them once.
    let text = planText + "\n# Edition \(1 + chance.below(3)).\n"
    report.calls += 3
    let began = world.simulator.now
    let result = try? await client.publishPlan(Array(text.utf8), options: CallOptions(deadline: .seconds(5)))
    if let version = result?.version.hexadecimal { desks[asker.desk]?.maker.learn(planVersion: version) }
    tell(asker, "plan.publish", .text("an edition"), result == nil ? "failed" : "published", since: began)
  }

  private func advance(_ asker: Asker, _ chance: inout Chance) async {
    guard let client = desks[asker.desk]?.clients["admin"] else { return }
    let now = now(asker.desk)
    // Often to the next morning, when the desk is open again and what fell due at night is found.
    let days = (now - World.start).milliseconds / TimeSpan.hours(24).milliseconds + 1
    let target =
      chance.once(in: 2)
      ? World.start + .hours(24 * days) + .minutes(Int64(chance.below(120)))
      : now + .minutes(Int64(10 + chance.below(2_000)))
    let began = world.simulator.now
    let moved = try? await client.advanceClock(to: target, patience: .seconds(20))
    if let moved, let desk = desks[asker.desk] {
      desks[asker.desk]?.time = max(desk.time, moved.now)
      report.replies["clock.advance", default: 0] += 1
    }
    tell(asker, "clock.advance", .text("\(target)"), moved == nil ? "failed" : "moved", since: began)
    for operation in Self.afterwards { await ask(asker, operation, &chance) }
  }

  // MARK: One call

  /// Makes a call, and keeps what came of it.
  func make(_ call: CallRecord, _ asker: Asker, retries: Bool) async {
    let services = call.operation.service.map { [$0] } ?? ServiceName.allCases
    guard let desk = desks[call.desk], let client = desk.clients[call.role] else { return }
    // What every service answers goes to one of them, always the same for a key.
    let service = services[services.count == 1 ? 0 : Int(call.key.first ?? UInt8(call.step ?? 0) & 3) % services.count]
    var options = CallOptions(deadline: .seconds(5), retries: retries)
    if !call.key.isEmpty { options.idempotencyKey = call.key }
    report.calls += 1
    let began = world.simulator.now
    let outcome: CallOutcome
    let answer: JSONValue
    do throws(CalloutError) {
      let reply = try await client.service(service).call(call.operation, call.request, options: options)
      (outcome, answer) = (.reply(reply), reply)
      desks[call.desk]?.maker.learn(reply)
      report.replies[call.name, default: 0] += 1
      checkCommitted(call, desk, service)
    } catch {
      (outcome, answer) = failed(call, error)
    }
    // What is answered as before is no news.
    if !call.outcomes.contains(outcome) { tell(asker, call.name, call.request, answer, since: began) }
    call.add(.init(outcome: outcome, began: began, ended: world.simulator.now))
    world.simulator.note(call.name)
    if call.method.kind == .write { world.simulator.note(answer.compact) }
  }

  private func failed(_ call: CallRecord, _ error: CalloutError) -> (CallOutcome, JSONValue) {
    if case .configuration(let text) = error { report.refusals["\(call.name): \(text)", default: 0] += 1 }
    if let refusal = error.refusal {
      report.refusals["\(call.name) \(refusal.name)", default: 0] += 1
      return (refusal.effect == .unknown ? .unknown : .refused(refusal.number), .text(refusal.name))
    }
    if error.effect == .unknown { report.unknown += 1 }
    return (error.effect == .none ? .nothing : .unknown, error.effect == .none ? "nothing" : "unknown")
  }

  /// What was acknowledged is committed by then.
  private func checkCommitted(_ call: CallRecord, _ desk: Desk, _ service: ServiceName) {
    guard call.method.kind == .write else { return }
    do {
      if try !world.isAnswered(call.key, of: desk.id, by: service) {
        let violation = Violation(.acknowledged, "\(call.name) was acknowledged before it was committed")
        world.simulator.fail(Violations(all: [violation]))
      }
    } catch {
      world.simulator.fail(error)
    }
  }

  private func tell(_ asker: Asker, _ name: String, _ request: JSONValue, _ answer: JSONValue, since began: Duration) {
    world.tell(
      Happening(
        at: began,
        what: .asked(
          step: asker.step, desk: asker.desk, operation: name, request: request, answer: answer,
          until: world.simulator.now)))
  }
}
