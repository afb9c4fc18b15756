public import Policy

/// Keeps a request for help that the plan refused: it is a fact about the customer, though no ticket.
public enum RecordAttempt {
  /// Records the attempt if the plan (and not the request's form or the state of something) was the reason.
  public static func record(
    _ request: OpenTicket.Request, _ refused: Refused, _ state: inout IntakeState, _ context: inout Context
  ) {
    guard refused.reason == .admission else { return }
    let contact = request.contactID.flatMap { state.contacts[$0] }
    state.record(
      Attempt(
        id: context.id(), accountID: OpenTicket.accountID(request, state), caller: contact?.name ?? request.caller,
        channel: request.channel, subject: request.subject, at: context.now, findings: refused.clauses, asked: .ticket,
        record: OpenTicket.admission(of: request, state, context)))
  }
}

extension IntakeState {
  /// Keeps an attempt.
  mutating func record(_ attempt: Attempt) {
    attempts.append(attempt)
    let ids = attempt.findings.map(\.id).joined(separator: ", ")
    common.changed("\(attempt.asked.rawValue).refused", attempt.id, version: 1, "A request was refused: \(ids).")
  }
}
