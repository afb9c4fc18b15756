import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `escalation.preview`: whom a ladder would tell, when and how.
enum EscalationPreviewRead: ReadOperation {
  static let method = Method.escalationPreview
  /// The most rotas that are looked at.
  static let rotasMax = 1_000
  /// How far ahead overrides are looked at: longer than any ladder takes.
  static let reach = TimeSpan.days(366)

  static func queries(
    _ request: Callout_V1_EscalationPreviewRequest, _ context: ReadContext
  ) throws(Refused) -> [Query] {
    let at = try start(request, context)
    _ = try answer(request)
    let account = try AccountID.optional(field: "account_id", request.accountID)
    return [
      try plan(request, context),
      Tables.rotas.select(
        context.tenant, where: "r.rota_id > $2 ORDER BY r.rota_id LIMIT $3",
        [Argument(RotaID.lowest), Argument(rotasMax)]),
      OverrideQuery.select(context.tenant, from: at, to: at + reach),
      Tables.accounts.find(context.tenant, account ?? .lowest),
    ]
  }

  static func followUp(
    _ request: Callout_V1_EscalationPreviewRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let (_, ladder) = try subject(request, results)
    let named = LadderNeeds.rotas(of: [ladder])
    let rotas = try results.rows(1, of: Tables.rotas).filter { named.contains($0.name) }
    let ids = Set(rotas.map(\.id))
    let overrides = try results.rows(2, of: Tables.overrides).filter { ids.contains($0.rotaID) }
    let people = Set(rotas.flatMap(\.people) + overrides.map(\.personID))
    return [
      PeopleQuery.select(context.tenant, people.sorted()),
      Tables.people.select(
        context.tenant, where: "r.handle = ANY ($2)", [Argument(array: LadderNeeds.handles(of: [ladder]))]),
    ]
  }

  static func reply(
    _ request: Callout_V1_EscalationPreviewRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_EscalationPreviewReply {
    let (plan, ladder) = try subject(request, results)
    let (at, answer) = try ReadFailure.catching { () throws(Refused) in
      (try start(request, context), try self.answer(request))
    }
    var state = NotifierState(tenant: context.tenant)
    state.rotas.load(try results.rows(1, of: Tables.rotas))
    state.overrides.load(try results.rows(2, of: Tables.overrides))
    state.accounts.load(try results.rows(3, of: Tables.accounts))
    state.people.load(try results.rows(4, of: Tables.people) + results.rows(5, of: Tables.people))
    state.knowZones()
    let account = AccountID(bytes: request.accountID)
    let preview = LadderPreview(
      ladder, of: plan, class: request.class, account: account, from: at, answer: answer, state)
    return .with { reply in
      reply.ladder = ladder.id
      reply.steps = preview.steps.map(Callout_V1_PreviewedStep.init)
      reply.repeatsSeconds = UInt32(clamping: (ladder.repeats?.every.milliseconds ?? 0) / 1_000)
      reply.repeatsTimes = UInt32(clamping: ladder.repeats?.times ?? 0)
      reply.contactWithinSeconds = UInt32(clamping: (ladder.contactWithin?.milliseconds ?? 0) / 1_000)
    }
  }

  private static func plan(
    _ request: Callout_V1_EscalationPreviewRequest, _ context: ReadContext
  ) throws(Refused) -> Query {
    guard request.planVersion.isEmpty else {
      return PlanQuery.select(context.tenant, try PlanVersion(field: "plan_version", request.planVersion))
    }
    return Query(
      sql: "SELECT p.version, p.document FROM plans p WHERE p.tenant_id = $1 AND p.plan = $2 "
        + "ORDER BY p.published_at DESC, p.version LIMIT 1",
      [Argument(context.tenant), Argument(request.plan)])
  }

  /// The plan and its ladder that the request names.
  private static func subject(
    _ request: Callout_V1_EscalationPreviewRequest, _ results: ReadResults
  ) throws(ReadFailure) -> (Plan, Ladder) {
    guard let plan = try results.plan(0) else {
      throw .refused(.planUnknown, "This service does not have the plan: publish it here.")
    }
    guard request.class.isEmpty || plan.ticketClass(request.class) != nil else {
      throw .refused(.clauseUnknown(request.class), "The plan has no class \(request.class).")
    }
    if !request.ladder.isEmpty {
      guard let ladder = plan.ladder(request.ladder) else {
        let known = plan.ladders.map(\.id).joined(separator: ", ")
        throw .refused(.clauseUnknown(request.ladder), "The plan has no ladder \(request.ladder); it has \(known).")
      }
      return (plan, ladder)
    }
    guard let ladder = plan.previewed(target: request.target, class: request.class) else {
      let named = [("target", request.target), ("class", request.class)].first { !$0.1.isEmpty }
      let what = named.map { "the \($0.0) \($0.1)" } ?? "tickets without a class"
      throw .refused(
        .clauseUnknown(named?.1 ?? ""), "The plan has no ladder for \(what): name a ladder, a target or a class.")
    }
    return (plan, ladder)
  }

  private static func start(
    _ request: Callout_V1_EscalationPreviewRequest, _ context: ReadContext
  ) throws(Refused) -> Instant {
    let at = try Instant.optional(field: "at_ms", milliseconds: request.atMs) ?? context.now
    guard at >= context.now else {
      throw Refused(.invalid(field: "at_ms"), "A ladder can begin now or later.")
    }
    return at
  }

  private static func answer(_ request: Callout_V1_EscalationPreviewRequest) throws(Refused) -> Answer {
    let answer = request.answer.isEmpty ? Answer.none : try Answer(field: "answer", request.answer)
    guard answer != .person else {
      throw Refused(.invalid(field: "answer"), "A person who answers takes it: say none, voicemail or refused.")
    }
    return answer
  }
}

extension Callout_V1_PreviewedStep {
  fileprivate init(_ step: LadderPreview.Step) {
    self.init()
    id = step.id
    place = UInt32(clamping: step.place)
    atMs = step.at.milliseconds
    repetition = step.isRepetition
    skipped = step.skipped
    missing = step.missing
    deliveries = step.told.map { told in
      .with {
        $0.personID = told.personID?.data ?? Data()
        $0.recipient = told.name
        $0.role = told.role
        $0.method = told.method.rawValue
        $0.address = told.address
        $0.goesMs = told.goesAt.milliseconds
        $0.heldBy = told.heldBy
        $0.mergedBy = told.mergedBy
      }
    }
  }
}
