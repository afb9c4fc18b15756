import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `mail.get`
enum MailGet: ReadOperation {
  static let method = Method.mailGet

  static func queries(_ request: Callout_V1_MailGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try MailID(field: "mail_id", request.mailID)
    let mail = Tables.mails.select(context.tenant, where: "r.mail_id = $2", [Argument(id)])
    guard request.piece > 0 else { return [mail] }
    return [
      mail,
      Query(
        sql: "SELECT p.bytes FROM mail_pieces p WHERE p.tenant_id = $1 AND p.mail_id = $2 AND p.place = $3",
        [Argument(context.tenant), Argument(id), Argument(Int64(request.piece))]),
    ]
  }

  static func reply(
    _ request: Callout_V1_MailGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_MailGetReply {
    guard let mail = try results.rows(0, of: Tables.mails).first else {
      throw .refused(.notFound("mail"), "There is no such mail.")
    }
    let pieces = request.piece > 0 ? try results.rows(1) { row throws(RowError) in try row.next([UInt8].self) } : []
    return .with {
      $0.mail = Callout_V1_Mail(mail)
      $0.original = Data(pieces.first ?? [])
    }
  }
}

/// `mail.list`
enum MailList: ReadOperation {
  static let method = Method.mailList

  static func queries(_ request: Callout_V1_MailListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let before = Argument(try page.afterID() ?? MailID.highest)
    let limit = Argument(page.fetch)
    guard let ticket = try TicketID.optional(field: "ticket_id", request.ticketID) else {
      return [
        Tables.mails.select(context.tenant, where: "r.mail_id < $2 ORDER BY r.mail_id DESC LIMIT $3", [before, limit])
      ]
    }
    return [
      Tables.mails.select(
        context.tenant, where: "r.mail_id < $2 AND r.ticket_id = $4 ORDER BY r.mail_id DESC LIMIT $3",
        [before, limit, Argument(ticket)])
    ]
  }

  static func reply(
    _ request: Callout_V1_MailListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_MailListReply {
    let page = try request.page.checked()
    let (mails, next) = page.cut(try results.rows(0, of: Tables.mails)) { $0.id.bytes }
    return .with {
      $0.mails = mails.map(Callout_V1_Mail.init)
      $0.next = Data(next)
    }
  }
}

/// `mailbox.list`
enum MailboxList: ReadOperation {
  static let method = Method.mailboxList

  /// The most that a reply holds.
  private static let countMax = 1_000

  static func queries(_ request: Callout_V1_MailboxListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    [Tables.mailboxes.select(context.tenant, where: "true ORDER BY r.address LIMIT $2", [Argument(countMax)])]
  }

  static func reply(
    _ request: Callout_V1_MailboxListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_MailboxListReply {
    let mailboxes = try results.rows(0, of: Tables.mailboxes)
    return .with { $0.mailboxes = mailboxes.map(Callout_V1_Mailbox.init) }
  }
}
