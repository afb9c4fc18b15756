import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

/// How messages are read: the desk sees all, a portal what the customer may see.
enum MessageRows {
  /// The most messages that come with a ticket.
  static let latestCountMax = 200
  private static let latestOfAll = latest("")
  private static let latestForCustomer = latest(" AND m.direction <> 'internal'")

  /// The latest messages of a ticket, the newest first.
  static func latest(_ ticket: TicketID, _ context: ReadContext) -> Query {
    (seesInternal(context) ? latestOfAll : latestForCustomer).find(context.tenant, ticket)
  }

  private static func latest(_ condition: String) -> Lookup<TicketID> {
    Lookup(
      by: "ticket_id",
      """
      SELECT m.message_id, m.ticket_id, m.direction, m.channel, m.author, m.text, m.posted_at FROM ticket_messages m
      WHERE m.tenant_id = k.tenant_id AND m.ticket_id = k.ticket_id\(condition)
      ORDER BY m.message_id DESC LIMIT \(latestCountMax)
      """)
  }

  /// Messages of a ticket after a place, the oldest first.
  static func page(_ ticket: TicketID, after place: MessageID, count: Int, _ context: ReadContext) -> Query {
    Query(
      sql: """
        SELECT m.message_id, m.ticket_id, m.direction, m.channel, m.author, m.text, m.posted_at
        FROM ticket_messages m
        WHERE m.tenant_id = $1 AND m.ticket_id = $2 AND ($3 OR m.direction <> 'internal') AND m.message_id > $4
        ORDER BY m.message_id LIMIT $5
        """,
      [
        Argument(context.tenant), Argument(ticket), Argument(seesInternal(context)), Argument(place), Argument(count),
      ])
  }

  /// A row of either.
  static let read: @Sendable (inout RowReader) throws(RowError) -> TicketMessage = { row throws(RowError) in
    TicketMessage(
      id: try row.next(), ticketID: try row.next(), direction: try row.next(), channel: try row.next(),
      author: try row.next(), text: try row.next(), at: try row.next())
  }

  private static func seesInternal(_ context: ReadContext) -> Bool { context.caller.role != .portal }
}

/// `message.list`
enum MessageList: ReadOperation {
  static let method = Method.messageList

  static func queries(_ request: Callout_V1_MessageListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try TicketID(field: "ticket_id", request.ticketID)
    let page = try PageRequest(request.page)
    return [
      Tables.tickets.find(context.tenant, id),
      MessageRows.page(id, after: try page.afterID() ?? .lowest, count: page.fetch, context),
    ]
  }

  static func reply(
    _ request: Callout_V1_MessageListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_MessageListReply {
    _ = try results.one(0, of: Tables.tickets, named: "ticket")
    let page = try request.page.checked()
    let (messages, next) = page.cut(try results.rows(1, MessageRows.read)) { $0.id.bytes }
    return .with {
      $0.messages = messages.map(Callout_V1_TicketMessage.init)
      $0.next = Data(next)
    }
  }
}

/// `attempt.list`
enum AttemptList: ReadOperation {
  static let method = Method.attemptList

  static func queries(_ request: Callout_V1_AttemptListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let place = Argument(try page.afterID(Kind.Request.self) ?? .highest)
    let columns =
      "a.attempt_id, a.account_id, a.caller, a.channel, a.subject, a.attempted_at, a.findings, a.asked, a.record"
    if let account = try AccountID.optional(field: "account_id", request.accountID) {
      return [
        Query(
          sql: """
            SELECT \(columns) FROM attempts a
            WHERE a.tenant_id = $1 AND a.account_id = $4 AND a.attempt_id < $2 ORDER BY a.attempt_id DESC LIMIT $3
            """,
          [Argument(context.tenant), place, Argument(page.fetch), Argument(account)])
      ]
    }
    return [
      Query(
        sql: """
          SELECT \(columns) FROM attempts a
          WHERE a.tenant_id = $1 AND a.attempt_id < $2 ORDER BY a.attempt_id DESC LIMIT $3
          """,
        [Argument(context.tenant), place, Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_AttemptListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AttemptListReply {
    let page = try request.page.checked()
    let rows = try results.rows(0) { row throws(RowError) in
      Attempt(
        id: try row.next(), accountID: try row.next(), caller: try row.next(), channel: try row.next(),
        subject: try row.next(), at: try row.next(),
        findings: try row.next(JSONDocument.self).values(as: StoredClause.self), asked: try row.next(),
        record: try row.next(JSONDocument?.self)?.decoded(as: StoredRecord.self).value)
    }
    let (attempts, next) = page.cut(rows) { $0.id.bytes }
    return .with {
      $0.attempts = attempts.map(Callout_V1_Attempt.init)
      $0.next = Data(next)
    }
  }
}
