import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum CreateQuote: WriteOperation {
  static let method = Method.quoteCreate

  static func needs(
    _ request: Callout_V1_QuoteCreateRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    let request = try QuoteCreate.Request(request)
    needs.account(request.agreement, state, contra: .expired)
    if let ticket = request.ticket { needs.charges(of: ticket, state) }
  }

  static func decide(
    _ request: Callout_V1_QuoteCreateRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_QuoteCreateReply> {
    Decision { () throws(Refused) in
      let quote = try QuoteCreate.decide(QuoteCreate.Request(request), &state, &context).get()
      return .with { $0.quote = quote.wire(in: state) }
    }
  }
}

extension QuoteCreate.Request {
  init(_ request: Callout_V1_QuoteCreateRequest) throws(Refused) {
    self.init(
      agreement: try AgreementID(field: "agreement_id", request.agreementID),
      ticket: try TicketID.optional(field: "ticket_id", request.ticketID), task: try WorkTask(request.task))
  }
}

enum AcknowledgeQuote: WriteOperation {
  static let method = Method.quoteAcknowledge

  static func needs(
    _ request: Callout_V1_QuoteAcknowledgeRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.quote(try QuoteID(field: "quote_id", request.quoteID), state)
  }

  static func decide(
    _ request: Callout_V1_QuoteAcknowledgeRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_QuoteAcknowledgeReply> {
    Decision { () throws(Refused) in
      let command = QuoteAcknowledge.Request(quote: try QuoteID(field: "quote_id", request.quoteID), by: request.by)
      let quote = try QuoteAcknowledge.decide(command, &state, &context).get()
      return .with { $0.quote = quote.wire(in: state) }
    }
  }
}

enum DeclineQuote: WriteOperation {
  static let method = Method.quoteDecline

  static func needs(
    _ request: Callout_V1_QuoteDeclineRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.quote(try QuoteID(field: "quote_id", request.quoteID), state)
  }

  static func decide(
    _ request: Callout_V1_QuoteDeclineRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_QuoteDeclineReply> {
    Decision { () throws(Refused) in
      let command = QuoteDecline.Request(quote: try QuoteID(field: "quote_id", request.quoteID))
      let quote = try QuoteDecline.decide(command, &state, &context).get()
      return .with { $0.quote = quote.wire(in: state) }
    }
  }
}

extension Needs<LedgerState> {
  /// A quote with its hold, agreement and ticket.
  fileprivate mutating func quote(_ id: QuoteID, _ state: LedgerState) {
    row(Tables.quotes, id)
    hold(id.as(), state)
    guard let quote = state.quotes[id] else { return }
    account(quote.agreement, state, contra: .earned, .expired)
    plan(quote.planVersion)
    if let ticket = quote.ticket { charges(of: ticket, state) }
  }
}

extension Quote {
  /// With the currency of its plan, which has been loaded.
  fileprivate func wire(in state: LedgerState) -> Callout_V1_Quote {
    wire(currency: state.common.plans[planVersion]?.currency.code ?? "")
  }
}
