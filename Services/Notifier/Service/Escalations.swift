import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `escalation.list`, newest first, with the steps that each has taken.
enum EscalationListRead: ReadOperation {
  static let method = Method.escalationList
  /// The most steps that are told of one escalation: the latest.
  static let stepsMax = 100

  static func queries(_ request: Callout_V1_EscalationListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let before = Argument(try page.afterID() ?? EscalationID.highest)
    let limit = Argument(page.fetch)
    let ticket = try TicketID.optional(field: "ticket_id", request.ticketID)
    if !request.state.isEmpty, Escalation.State(rawValue: request.state) == nil {
      throw Refused(.invalid(field: "state"), "An escalation is running, acknowledged, stopped or exhausted.")
    }
    let condition: String
    let arguments: [Argument]
    switch (ticket, request.state.isEmpty) {
    case (nil, true):
      (condition, arguments) = ("r.escalation_id < $2 ORDER BY r.escalation_id DESC LIMIT $3", [before, limit])
    case (nil, false):
      condition = "r.escalation_id < $2 AND r.state = $4 ORDER BY r.escalation_id DESC LIMIT $3"
      arguments = [before, limit, Argument(request.state)]
    case (let ticket?, true):
      condition = "r.escalation_id < $2 AND r.ticket_id = $4 ORDER BY r.escalation_id DESC LIMIT $3"
      arguments = [before, limit, Argument(ticket)]
    case (let ticket?, false):
      condition =
        "r.escalation_id < $2 AND r.ticket_id = $4 AND r.state = $5 ORDER BY r.escalation_id DESC LIMIT $3"
      arguments = [before, limit, Argument(ticket), Argument(request.state)]
    }
    return [Tables.escalations.select(context.tenant, where: condition, arguments)]
  }

  static func followUp(
    _ request: Callout_V1_EscalationListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ids = try results.rows(0, of: Tables.escalations).map(\.id)
    return ids.isEmpty ? [] : [StepQuery.select(context.tenant, ids), EventQuery.select(context.tenant, ids)]
  }

  static func reply(
    _ request: Callout_V1_EscalationListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_EscalationListReply {
    let page = try PageRequest(checked: request.page)
    let (escalations, next) = page.cut(try results.rows(0, of: Tables.escalations)) { $0.id.bytes }
    let steps = Dictionary(grouping: try StepQuery.rows(1, results), by: \.escalationID)
    let events = Dictionary(grouping: try EventQuery.rows(2, results), by: \.escalationID)
    return .with {
      $0.escalations = escalations.map {
        Callout_V1_Escalation($0, steps: steps[$0.id] ?? [], events: events[$0.id] ?? [])
      }
      $0.next = .init(next)
    }
  }
}

/// Reading the steps of escalations.
private enum StepQuery {
  static func select(_ tenant: TenantID, _ ids: [EscalationID]) -> Query {
    Query(
      sql: """
        SELECT s.escalation_id, s.number, s.place, s.at, s.deliveries, s.note
        FROM unnest($2::uuid[]) AS e(id), LATERAL (
          SELECT * FROM escalation_steps t WHERE t.tenant_id = $1 AND t.escalation_id = e.id
          ORDER BY t.number DESC LIMIT $3) s
        ORDER BY s.escalation_id, s.number
        """,
      [Argument(tenant), Argument(array: ids), Argument(EscalationListRead.stepsMax)])
  }

  static func rows(_ query: Int, _ results: ReadResults) throws(ReadFailure) -> [EscalationStep] {
    try results.rows(query) { row throws(RowError) in
      EscalationStep(
        escalationID: try row.next(EscalationID.self), number: try row.next(Int.self), place: try row.next(Int.self),
        at: try row.next(Instant.self), deliveries: try row.next(Int.self), note: try row.next(String.self))
    }
  }
}

/// Reading what happened to escalations beside their steps.
private enum EventQuery {
  static func select(_ tenant: TenantID, _ ids: [EscalationID]) -> Query {
    Query(
      sql: """
        SELECT s.escalation_id, s.number, s.at, s.kind, s.text
        FROM unnest($2::uuid[]) AS e(id), LATERAL (
          SELECT * FROM escalation_events t WHERE t.tenant_id = $1 AND t.escalation_id = e.id
          ORDER BY t.number DESC LIMIT $3) s
        ORDER BY s.escalation_id, s.number
        """,
      [Argument(tenant), Argument(array: ids), Argument(EscalationListRead.stepsMax)])
  }

  static func rows(_ query: Int, _ results: ReadResults) throws(ReadFailure) -> [EscalationEvent] {
    try results.rows(query) { row throws(RowError) in
      EscalationEvent(
        escalationID: try row.next(EscalationID.self), number: try row.next(Int.self), at: try row.next(Instant.self),
        kind: try row.next(EscalationEvent.Kind.self), text: try row.next(String.self))
    }
  }
}

/// `escalation.get`: a run with its steps, events and messages.
enum EscalationGetRead: ReadOperation {
  static let method = Method.escalationGet
  /// The most messages that are told: the latest.
  static let deliveriesMax = 500

  static func queries(_ request: Callout_V1_EscalationGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try EscalationID(field: "escalation_id", request.escalationID)
    return [
      Tables.escalations.find(context.tenant, id), StepQuery.select(context.tenant, [id]),
      EventQuery.select(context.tenant, [id]),
      Tables.deliveries.select(
        context.tenant, where: "r.cause_id = $2 ORDER BY r.delivery_id DESC LIMIT $3",
        [Argument(id), Argument(deliveriesMax)]),
    ]
  }

  static func followUp(
    _ request: Callout_V1_EscalationGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let deliveries = try results.rows(3, of: Tables.deliveries)
    let carriers = Set(deliveries.compactMap(\.carrierID)).sorted()
    return [
      Tables.deliveries.select(context.tenant, where: "r.delivery_id = ANY ($2)", [Argument(array: carriers)]),
      AttemptQuery.select(context.tenant, deliveries.map(\.id) + carriers),
    ]
  }

  static func reply(
    _ request: Callout_V1_EscalationGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_EscalationGetReply {
    let escalation = try results.one(0, of: Tables.escalations, named: "escalation")
    let (steps, events) = (try StepQuery.rows(1, results), try EventQuery.rows(2, results))
    let deliveries = try results.rows(3, of: Tables.deliveries).reversed() + results.rows(4, of: Tables.deliveries)
    let made = Dictionary(grouping: try AttemptQuery.rows(5, results), by: \.deliveryID)
    return .with {
      $0.escalation = Callout_V1_Escalation(escalation, steps: steps, events: events)
      $0.deliveries = deliveries.map { Callout_V1_Delivery($0, attempts: made[$0.id] ?? []) }
    }
  }
}

/// `escalation.acknowledge`
enum EscalationAcknowledgeWrite: WriteOperation {
  static let method = Method.escalationAcknowledge

  static func needs(
    _ request: Callout_V1_EscalationAcknowledgeRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.taking(try EscalationID(field: "escalation_id", request.escalationID), state)
  }

  static func decide(
    _ request: Callout_V1_EscalationAcknowledgeRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_EscalationAcknowledgeReply> {
    Decision { () throws(Refused) in
      EscalationAcknowledge.Request(
        escalationID: try EscalationID(field: "escalation_id", request.escalationID), by: request.by)
    }.flatMap { EscalationAcknowledge.decide($0, &state, &context) }
      .map { escalation in .with { $0.escalation = Callout_V1_Escalation(escalation) } }
  }
}

/// `escalation.call`
enum EscalationCallWrite: WriteOperation {
  static let method = Method.escalationCall

  static func needs(
    _ request: Callout_V1_EscalationCallRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.ladders(of: try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_EscalationCallRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_EscalationCallReply> {
    state.knowZones()
    return Decision { () throws(Refused) in
      EscalationCall.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), dialled: request.dialled,
        answer: request.answer.isEmpty ? nil : try Answer(field: "answer", request.answer), by: request.by)
    }.flatMap { EscalationCall.decide($0, &state, &context) }
      .map { changed in .with { $0.escalations = changed.map { Callout_V1_Escalation($0) } } }
  }
}
