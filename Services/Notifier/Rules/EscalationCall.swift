public import Policy

/// A customer's own call about a ticket: it may bring a step of a ladder forward, and somebody may answer it (E10).
public enum EscalationCall {
  public struct Request: Hashable, Sendable {
    public var ticketID: TicketID
    /// Keys or number as plans name them, such as `3,9`, at most 40 bytes; empty: not known.
    public var dialled: String
    /// Nil: it still rings, or nobody knows.
    public var answer: Answer?
    /// Who answered, at most 200 bytes; empty: not known.
    public var by: String

    public init(ticketID: TicketID, dialled: String, answer: Answer?, by: String) {
      self.ticketID = ticketID
      self.dialled = dialled
      self.answer = answer
      self.by = by
    }
  }

  /// The longest text of what was dialled, in bytes: that of a plan's hotline.
  static let dialledByteCountMax = 40

  /// Looks at all that ``TicketDue/decide(_:_:_:)`` looks at. A person who answers takes every run, and nobody else is
  /// rung for it. Otherwise the keys bring steps forward, and a voicemail counts for the step that is then the latest.
  ///
  /// - Returns: The runs that the call changed.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<[Escalation]> {
    Decision(&state, &context) { state, context throws(Refused) in
      let dialled = try request.dialled.checked("dialled", 0...dialledByteCountMax)
      let by = try request.by.checked("by", 0...TextBound.name)
      guard !dialled.isEmpty || request.answer != nil else {
        throw Refused(.invalid(field: "dialled"), "Say what was dialled, what became of the call, or both.")
      }
      guard state.tickets[request.ticketID] != nil else {
        throw Refused(.notFound("ticket"), "There is no such ticket.")
      }
      let before = state.escalations.members(of: request.ticketID)
      let call = Request(ticketID: request.ticketID, dialled: dialled, answer: request.answer, by: by)
      take(call, &state, &context)
      TicketDue.arm(request.ticketID, &state)
      return state.escalations.members(of: request.ticketID).filter { !before.contains($0) }
    }
  }

  /// What a call does to the runs of its ticket, which is loaded with them.
  static func take(_ request: Request, _ state: inout NotifierState, _ context: inout Context) {
    for escalation in state.escalations.members(of: request.ticketID) {
      if request.answer == .person {
        guard escalation.canBeTaken else { continue }
        EscalationRun.acknowledge(
          escalation, by: request.by.isEmpty ? "someone" : request.by, at: context.now, &state)
      } else {
        if !request.dialled.isEmpty {
          EscalationRun.bringForward(escalation.id, dialled: request.dialled, &state, &context)
        }
        if request.answer == .voicemail { hear(escalation.id, &state, context) }
      }
    }
  }

  /// A machine took the customer's message.
  private static func hear(_ id: EscalationID, _ state: inout NotifierState, _ context: Context) {
    guard var escalation = state.escalations[id], escalation.state == .running else { return }
    escalation.heard.voicemails += 1
    escalation.version += 1
    EscalationRun.note(
      .voicemail, "The customer's call was taken by a machine.", at: context.now, of: &escalation, &state)
    state.escalations.update(escalation)
    state.common.changed(
      "escalation.voicemail", id, version: escalation.version,
      "Ticket \(escalation.ticketNumber): the customer's call was taken by a machine.")
  }
}
