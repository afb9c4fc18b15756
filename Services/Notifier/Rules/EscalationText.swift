import Policy

/// What a person is told about an escalation, in words.
struct EscalationText {
  /// One line.
  let subject: String
  let body: String

  /// - Parameters:
  ///   - step: the step's number, from 1.
  ///   - role: what the person is told as, such as `duty.primary`.
  init(_ escalation: Escalation, _ ticket: TicketView, _ plan: Plan, step: Int, as role: String) {
    let promise = escalation.target.isEmpty ? "class \(ticket.ticketClass)" : "target \(escalation.target)"
    subject = "Ticket \(ticket.number), \(promise): \(ticket.subject)".onOneLine(limit: 200)
    let customer = ticket.contactName.isEmpty ? ticket.accountName : "\(ticket.accountName), \(ticket.contactName)"
    body = """
      Ticket \(ticket.number): \(ticket.subject)
      Customer: \(customer)
      Opened: \(plan.zone.civil(ticket.openedAt)) \(plan.zone.name)
      Escalated: \(promise), \(plan.zone.civil(escalation.startedAt)) \(plan.zone.name)

      You are told as \(role), in step \(step) of the ladder \(escalation.ladder).
      To take it: callout escalation acknowledge \(escalation.id) --by NAME

      """
  }
}
