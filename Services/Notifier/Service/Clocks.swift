import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `slaclock.list`, in the order of ids.
enum SlaclockListRead: ReadOperation {
  static let method = Method.slaclockList

  static func queries(_ request: Callout_V1_SlaclockListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let after = Argument(try page.afterID() ?? ClockID.lowest)
    let limit = Argument(page.fetch)
    let ticket = try TicketID.optional(field: "ticket_id", request.ticketID)
    if !request.state.isEmpty, SlaClock.State(rawValue: request.state) == nil {
      throw Refused(.invalid(field: "state"), "A clock is running, paused, met, missed or cancelled.")
    }
    let condition: String
    let arguments: [Argument]
    switch (ticket, request.state.isEmpty) {
    case (nil, true): (condition, arguments) = ("r.clock_id > $2 ORDER BY r.clock_id LIMIT $3", [after, limit])
    case (nil, false):
      condition = "r.clock_id > $2 AND r.state = $4 ORDER BY r.clock_id LIMIT $3"
      arguments = [after, limit, Argument(request.state)]
    case (let ticket?, true):
      condition = "r.clock_id > $2 AND r.ticket_id = $4 ORDER BY r.clock_id LIMIT $3"
      arguments = [after, limit, Argument(ticket)]
    case (let ticket?, false):
      condition = "r.clock_id > $2 AND r.ticket_id = $4 AND r.state = $5 ORDER BY r.clock_id LIMIT $3"
      arguments = [after, limit, Argument(ticket), Argument(request.state)]
    }
    return [Tables.clocks.select(context.tenant, where: condition, arguments)]
  }

  static func followUp(
    _ request: Callout_V1_SlaclockListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ids = try results.rows(0, of: Tables.clocks).map(\.id)
    return ids.isEmpty ? [] : [ClockEventQuery.select(context.tenant, ids)]
  }

  static func reply(
    _ request: Callout_V1_SlaclockListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_SlaclockListReply {
    let page = try PageRequest(checked: request.page)
    let (clocks, next) = page.cut(try results.rows(0, of: Tables.clocks)) { $0.id.bytes }
    let events = Dictionary(grouping: try ClockEventQuery.rows(1, results), by: \.clockID)
    return .with {
      $0.clocks = clocks.map { Callout_V1_SlaClock($0, ClockInterval.of(events[$0.id] ?? [])) }
      $0.next = .init(next)
    }
  }
}

/// Reading what clocks went through.
private enum ClockEventQuery {
  /// The most that is told of one clock: the latest.
  static let eventsMax = 100

  static func select(_ tenant: TenantID, _ ids: [ClockID]) -> Query {
    Query(
      sql: """
        SELECT s.clock_id, s.number, s.at, s.state, s.due_at, s.why
        FROM unnest($2::uuid[]) AS e(id), LATERAL (
          SELECT * FROM sla_clock_events t WHERE t.tenant_id = $1 AND t.clock_id = e.id
          ORDER BY t.number DESC LIMIT $3) s
        ORDER BY s.clock_id, s.number
        """,
      [Argument(tenant), Argument(array: ids), Argument(eventsMax)])
  }

  static func rows(_ query: Int, _ results: ReadResults) throws(ReadFailure) -> [ClockEvent] {
    try results.rows(query) { row throws(RowError) in
      ClockEvent(
        clockID: try row.next(ClockID.self), number: try row.next(Int64.self), at: try row.next(Instant.self),
        state: try row.next(SlaClock.State.self), due: try row.next(Instant.self), why: try row.next(String.self))
    }
  }
}
