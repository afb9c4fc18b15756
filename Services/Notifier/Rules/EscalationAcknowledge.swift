public import Policy

/// Someone takes an escalation: its ladder stops.
public enum EscalationAcknowledge {
  public struct Request: Hashable, Sendable {
    public var escalationID: EscalationID
    /// Who takes it, 1 to 200 bytes.
    public var by: String

    public init(escalationID: EscalationID, by: String) {
      self.escalationID = escalationID
      self.by = by
    }
  }

  /// Looks at the escalation, and at all that ``TicketDue/arm(_:_:)`` does. Who took it first keeps it: a second acknowledgement is answered with the first. One whose
  /// ladder ran out can still be taken; one that was stopped cannot.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Escalation> {
    Decision(&state, &context) { state, context throws(Refused) in
      let by = try request.by.checked("by", 1...TextBound.name)
      guard let escalation = state.escalations[request.escalationID] else {
        throw Refused(.notFound("escalation"), "There is no such escalation.")
      }
      switch escalation.state {
      case .acknowledged: return escalation
      case .stopped:
        throw Refused(.conflict(state: "stopped"), "The ladder has stopped: \(escalation.ending)")
      case .running, .exhausted:
        let taken = EscalationRun.acknowledge(escalation, by: by, at: context.now, &state)
        TicketDue.arm(escalation.ticketID, &state)
        return taken
      }
    }
  }
}
