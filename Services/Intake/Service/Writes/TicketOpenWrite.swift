import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `ticket.open`
enum TicketOpen: WriteOperation {
  static let method = Method.ticketOpen

  static func needs(
    _ request: Callout_V1_TicketOpenRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    try Self.needs(try OpenTicket.Request(request), state, &needs)
  }

  /// What opening a ticket looks at.
  static func needs(
    _ opening: OpenTicket.Request, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.number(IntakeState.ticketNumbers)
    if let hotline = CreateAccount.canonicalHotline(opening.dialled) { needs.row(Tables.hotlines, hotline) }
    if let asset = opening.assetID { needs.row(Tables.assets, asset) }
    if let contact = opening.contactID { needs.row(Tables.contacts, contact) }
    if let earlier = opening.earlierTicketID { needs.row(Tables.tickets, earlier) }
    if let visit = opening.maintenanceVisitID { needs.row(Tables.visits, visit) }
    guard let account = OpenTicket.accountID(opening, state) else { return }
    needs.account(account)
    needs.plan(of: account, state)
    if opening.earlierTicketID == nil {
      let key = RepeatKey(accountID: account, assetID: opening.assetID, incident: opening.incident)
      if key.isComplete { needs.rows(Tables.repeatable, key) }
    }
  }

  static func decide(
    _ request: Callout_V1_TicketOpenRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketOpenReply> {
    Decision { () throws(Refused) in
      let ticket = try OpenTicket.decide(try OpenTicket.Request(request), &state, &context).get()
      return .with { $0.ticket = Callout_V1_Ticket(ticket) }
    }
  }

  static func refused(
    _ request: Callout_V1_TicketOpenRequest, _ refusal: Refused, _ state: inout IntakeState, _ context: inout Context
  ) {
    // What cannot be understood is nobody's attempt.
    guard let opening = try? OpenTicket.Request(request) else { return }
    RecordAttempt.record(opening, refusal, &state, &context)
  }
}

extension OpenTicket.Request {
  /// What a request asks for.
  init(_ request: Callout_V1_TicketOpenRequest) throws(Refused) {
    self.init(
      accountID: try AccountID.optional(field: "account_id", request.accountID), subject: request.subject,
      channel: request.channel)
    subsidiaryID = try SubsidiaryID.optional(field: "subsidiary_id", request.subsidiaryID)
    contactID = try ContactID.optional(field: "contact_id", request.contactID)
    caller = request.caller
    assetID = try AssetID.optional(field: "asset_id", request.assetID)
    text = request.text
    dialled = request.dialled
    category = request.category
    `class` = request.class
    incident = request.incident
    earlierTicketID = try TicketID.optional(field: "earlier_ticket_id", request.earlierTicketID)
    region = request.region
    appointment = try Instant.optional(field: "appointment_ms", milliseconds: request.appointmentMs)
    maintenanceVisitID = try VisitID.optional(field: "maintenance_visit_id", request.maintenanceVisitID)
    facts = try Facts(field: "facts", request.facts)
  }
}
