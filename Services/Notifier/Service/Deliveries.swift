import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `delivery.list`, newest first, with every attempt.
enum DeliveryListRead: ReadOperation {
  static let method = Method.deliveryList
  /// The most attempts that are told of one delivery: the latest.
  static let attemptsMax = 16

  static func queries(_ request: Callout_V1_DeliveryListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let before = Argument(try page.afterID() ?? DeliveryID.highest)
    let limit = Argument(page.fetch)
    if !request.state.isEmpty, Delivery.State(rawValue: request.state) == nil {
      let states = Delivery.State.allCases.map(\.rawValue).joined(separator: ", ")
      throw Refused(.invalid(field: "state"), "A delivery is one of \(states).")
    }
    let condition: String
    let arguments: [Argument]
    switch (try EscalationID.optional(field: "escalation_id", request.escalationID), request.state.isEmpty) {
    case (nil, true): (condition, arguments) = ("r.delivery_id < $2", [before, limit])
    case (nil, false):
      (condition, arguments) = ("r.delivery_id < $2 AND r.state = $4", [before, limit, Argument(request.state)])
    case (let escalation?, true):
      (condition, arguments) = ("r.delivery_id < $2 AND r.cause_id = $4", [before, limit, Argument(escalation)])
    case (let escalation?, false):
      condition = "r.delivery_id < $2 AND r.cause_id = $4 AND r.state = $5"
      arguments = [before, limit, Argument(escalation), Argument(request.state)]
    }
    return [
      Tables.deliveries.select(
        context.tenant, without: ["html"], where: condition + " ORDER BY r.delivery_id DESC LIMIT $3", arguments)
    ]
  }

  static func followUp(
    _ request: Callout_V1_DeliveryListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ids = try results.rows(0, of: Tables.deliveries).map(\.id)
    return ids.isEmpty ? [] : [AttemptQuery.select(context.tenant, ids)]
  }

  static func reply(
    _ request: Callout_V1_DeliveryListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_DeliveryListReply {
    let page = try PageRequest(checked: request.page)
    let (deliveries, next) = page.cut(try results.rows(0, of: Tables.deliveries)) { $0.id.bytes }
    let made = Dictionary(grouping: try AttemptQuery.rows(1, results), by: \.deliveryID)
    return .with {
      $0.deliveries = deliveries.map { Callout_V1_Delivery($0, attempts: made[$0.id] ?? []) }
      $0.next = .init(next)
    }
  }
}

/// Reading attempts to deliver.
enum AttemptQuery {
  static func select(_ tenant: TenantID, _ ids: [DeliveryID]) -> Query {
    Query(
      sql: """
        SELECT a.delivery_id, a.number, a.at, a.succeeded, a.outcome
        FROM unnest($2::uuid[]) AS d(id), LATERAL (
          SELECT * FROM delivery_attempts t WHERE t.tenant_id = $1 AND t.delivery_id = d.id
          ORDER BY t.number DESC LIMIT $3) a
        ORDER BY a.delivery_id, a.number
        """,
      [Argument(tenant), Argument(array: ids), Argument(DeliveryListRead.attemptsMax)])
  }

  static func rows(_ query: Int, _ results: ReadResults) throws(ReadFailure) -> [DeliveryAttempt] {
    try results.rows(query) { row throws(RowError) in
      DeliveryAttempt(
        deliveryID: try row.next(DeliveryID.self), number: try row.next(Int.self), at: try row.next(Instant.self),
        succeeded: try row.next(Bool.self), outcome: try row.next(String.self))
    }
  }
}

/// `delivery.report`
enum DeliveryReportWrite: WriteOperation {
  static let method = Method.deliveryReport

  static func needs(
    _ request: Callout_V1_DeliveryReportRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.row(Tables.deliveries, try DeliveryID(field: "delivery_id", request.deliveryID))
  }

  static func decide(
    _ request: Callout_V1_DeliveryReportRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_DeliveryReportReply> {
    Decision { () throws(Refused) in
      if request.succeeded, request.permanent {
        throw Refused(.invalid(field: "permanent"), "An attempt that succeeded did not fail for good.")
      }
      let after = request.afterMs == 0 ? nil : TimeSpan.milliseconds(Int64(request.afterMs))
      return DeliveryReport.Request(
        deliveryID: try DeliveryID(field: "delivery_id", request.deliveryID), number: Int(request.number),
        result: request.succeeded ? .sent : request.permanent ? .never : .again(after: after),
        outcome: request.outcome)
    }.flatMap { DeliveryReport.decide($0, &state, &context) }
      .map { delivery in .with { $0.delivery = Callout_V1_Delivery(delivery) } }
  }
}

/// `delivery.answer`
enum DeliveryAnswerWrite: WriteOperation {
  static let method = Method.deliveryAnswer

  static func needs(
    _ request: Callout_V1_DeliveryAnswerRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.answering(try DeliveryID(field: "delivery_id", request.deliveryID), state)
  }

  static func decide(
    _ request: Callout_V1_DeliveryAnswerRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_DeliveryAnswerReply> {
    Decision { () throws(Refused) in
      DeliveryAnswer.Request(
        deliveryID: try DeliveryID(field: "delivery_id", request.deliveryID),
        answer: try Answer(field: "answer", request.answer))
    }.flatMap { DeliveryAnswer.decide($0, &state, &context) }
      .map { delivery in .with { $0.delivery = Callout_V1_Delivery(delivery) } }
  }
}
