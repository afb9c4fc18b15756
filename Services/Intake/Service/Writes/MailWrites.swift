import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `mail.take`
enum MailTake: WriteOperation {
  static let method = Method.mailTake

  static func needs(
    _ request: Callout_V1_MailTakeRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let mail = try TakeMail.Request(request)
    let messageID = Plan.canonical(messageID: mail.messageID)
    needs.row(Tables.mails, messageID)
    if let ticket = state.mails[messageID]?.ticketID { needs.row(Tables.tickets, ticket) }
    if mail.opening.accountID == nil { needs.contacts(by: ContactWay.mail(mail.sender), state) }
    try TicketOpen.needs(mail.opening, state, &needs)
  }

  static func decide(
    _ request: Callout_V1_MailTakeRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MailTakeReply> {
    Decision { () throws(Refused) in
      let reply = try TakeMail.decide(try TakeMail.Request(request), &state, &context).get()
      return .with {
        $0.outcome = reply.outcome.rawValue
        if let ticket = reply.ticket { $0.ticket = Callout_V1_Ticket(ticket) }
        if let clause = reply.answer { $0.answer = Callout_V1_ClauseFinding(clause, failed: true) }
      }
    }
  }

  static func refused(
    _ request: Callout_V1_MailTakeRequest, _ refusal: Refused, _ state: inout IntakeState, _ context: inout Context
  ) {
    // What cannot be understood is nobody's attempt.
    guard let mail = try? TakeMail.Request(request) else { return }
    TakeMail.record(mail, refusal, &state, &context)
  }
}

extension TakeMail.Request {
  /// What a request asks for.
  init(_ request: Callout_V1_MailTakeRequest) throws(Refused) {
    var opening = OpenTicket.Request(
      accountID: try AccountID.optional(field: "account_id", request.accountID), subject: request.subject,
      channel: "email")
    opening.contactID = try ContactID.optional(field: "contact_id", request.contactID)
    opening.caller = request.caller
    opening.assetID = try AssetID.optional(field: "asset_id", request.assetID)
    opening.text = request.text
    opening.category = request.category
    opening.class = request.class
    opening.incident = request.incident
    opening.facts = try Facts(field: "facts", request.facts)
    self.init(
      opening: opening, recipients: request.recipients, messageID: request.messageID, content: request.content,
      sender: request.sender)
  }
}
