public import Policy

/// What became of a message that was sent, as who rings phones knows it (E10).
public enum DeliveryAnswer {
  public struct Request: Hashable, Sendable {
    public var deliveryID: DeliveryID
    public var answer: Answer

    public init(deliveryID: DeliveryID, answer: Answer) {
      self.deliveryID = deliveryID
      self.answer = answer
    }
  }

  /// Looks at the delivery, at those that it carries, their escalations, and all that ``TicketDue/arm(_:_:)`` looks at of
  /// their tickets. An answer is told once. One of the people who are told takes the escalation
  /// by answering; what became of earlier steps counts no more for those to come.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Delivery> {
    guard var delivery = state.deliveries[request.deliveryID] else {
      return .refused(Refused(.notFound("delivery"), "There is no such delivery."))
    }
    if let known = delivery.answer {
      guard known != request.answer else { return .accepted(delivery) }
      return .refused(
        Refused(.conflict(state: known.rawValue), "What became of it was told already: \(known.rawValue)."))
    }
    guard delivery.state == .sent else {
      return .refused(
        Refused(
          .conflict(state: delivery.state.rawValue), "It is \(delivery.state.rawValue): nobody can have answered."))
    }
    var carried: [Delivery] = []
    if case .bundle = delivery.cause { carried = state.deliveries.all.filter { $0.carrierID == delivery.id } }
    answered(&delivery, request.answer, &state, context)
    for var one in carried { answered(&one, request.answer, &state, context) }
    return .accepted(delivery)
  }

  private static func answered(
    _ delivery: inout Delivery, _ answer: Answer, _ state: inout NotifierState, _ context: Context
  ) {
    delivery.answer = answer
    delivery.answeredAt = context.now
    delivery.version += 1
    state.deliveries.update(delivery)
    state.common.changed(
      "delivery.answered", delivery.id, version: delivery.version,
      "\(delivery.recipient) by \(delivery.method.rawValue): \(answer.rawValue)")
    count(answer, of: delivery, &state, context)
  }

  private static func count(_ answer: Answer, of delivery: Delivery, _ state: inout NotifierState, _ context: Context) {
    guard case .escalation(let id) = delivery.cause, let escalation = state.escalations[id] else { return }
    switch answer {
    case .person:
      // A customer who is told takes nothing, nor does a program.
      guard delivery.personID != nil, escalation.canBeTaken else { return }
      EscalationRun.acknowledge(escalation, by: delivery.recipient, at: context.now, &state)
      TicketDue.arm(escalation.ticketID, &state)
    case .voicemail, .refused:
      guard escalation.state == .running, escalation.heard.step == delivery.step else { return }
      state.escalations.update(id) { run in
        if answer == .voicemail { run.heard.voicemails += 1 } else { run.heard.refused += 1 }
        run.version += 1
      }
    case .none: break
    }
  }
}
