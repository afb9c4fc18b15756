import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum GetQuote: ReadOperation {
  static let method = Method.quoteGet
  static let isByKey = true

  static func queries(_ request: Callout_V1_QuoteGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try QuoteID(field: "quote_id", request.quoteID)
    return [
      Tables.quotes.find(context.tenant, id),
      Query(
        sql: """
          SELECT p.version, p.document FROM quotes q JOIN plans p ON p.tenant_id = $1 AND p.version = q.plan_version
          WHERE q.tenant_id = $1 AND q.quote_id = $2
          """, [Argument(context.tenant), Argument(id)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_QuoteGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_QuoteGetReply {
    let quote = try results.one(0, of: Tables.quotes, named: "quote")
    let currency = try results.plan(1)?.currency.code ?? ""
    return .with { $0.quote = quote.wire(currency: currency) }
  }
}

enum ListHolds: ReadOperation {
  static let method = Method.holdList

  static func queries(_ request: Callout_V1_HoldListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    guard request.state.isEmpty || Hold.State(rawValue: request.state) != nil else {
      throw Refused(.invalid(field: "state"), "A hold is open, captured, voided or expired.")
    }
    let page = try PageRequest(request.page)
    return [
      Tables.agreements.find(context.tenant, id),
      Tables.holds.select(
        context.tenant,
        where: """
          r.agreement_id = $2 AND ($3 = '' OR r.state = $3) AND ($4::uuid IS NULL OR r.hold_id < $4)
          ORDER BY r.hold_id DESC LIMIT $5
          """,
        [Argument(id), Argument(request.state), Argument(try page.afterID(Kind.Hold.self)), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_HoldListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_HoldListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let page = try PageRequest.checked(request.page)
    let (holds, next) = page.cut(try results.rows(1, of: Tables.holds)) { $0.id.bytes }
    return .with {
      $0.holds = holds.map(\.wire)
      $0.next = .init(next)
    }
  }
}

enum GetTicketCharge: ReadOperation {
  static let method = Method.ticketchargeGet

  static func queries(_ request: Callout_V1_TicketchargeGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let ticket = try TicketID(field: "ticket_id", request.ticketID)
    return [
      Tables.ticketCharges.select(
        context.tenant, where: "r.ticket_id = $2 ORDER BY r.stretch LIMIT 1000", [Argument(ticket)]),
      Query(
        sql: """
          SELECT coalesce(sum(h.amount), 0)::bigint FROM ticket_charges c
          JOIN holds h ON h.tenant_id = $1 AND h.hold_id = c.hold_id AND h.state = 'open'
          WHERE c.tenant_id = $1 AND c.ticket_id = $2
          """, [Argument(context.tenant), Argument(ticket)]),
      MoveTables.of(ticket, context.tenant),
    ]
  }

  static func reply(
    _ request: Callout_V1_TicketchargeGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TicketchargeGetReply {
    let stretches = try results.rows(0, of: Tables.ticketCharges)
    let held = try results.rows(1) { row throws(RowError) in try row.next(Amount.self) }.first
    guard let summary = TicketSummary(stretches, held: held ?? 0) else {
      throw .refused(.notFound("ticket"), "The ledger knows no charges of such a ticket.")
    }
    let moves = try results.rows(2, of: MoveTables.moves)
    var reply = summary.reply
    reply.moves = moves.map(\.wire)
    return reply
  }
}

enum ListInvoices: ReadOperation {
  static let method = Method.invoiceList

  static func queries(_ request: Callout_V1_InvoiceListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    let page = try PageRequest(request.page)
    return [
      Tables.agreements.find(context.tenant, id),
      Tables.invoices.select(
        context.tenant,
        where: """
          r.agreement_id = $2 AND r.units > 0 AND ($3::uuid IS NULL OR r.invoice_id < $3)
          ORDER BY r.invoice_id DESC LIMIT $4
          """, [Argument(id), Argument(try page.afterID(Kind.Invoice.self)), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_InvoiceListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_InvoiceListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let page = try PageRequest.checked(request.page)
    let (invoices, next) = page.cut(try results.rows(1, of: Tables.invoices)) { $0.id.bytes }
    return .with {
      $0.invoices = invoices.map(\.wire)
      $0.next = .init(next)
    }
  }
}
