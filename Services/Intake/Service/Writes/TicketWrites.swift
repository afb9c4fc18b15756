import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `ticket.acknowledge`
enum TicketAcknowledge: WriteOperation {
  static let method = Method.ticketAcknowledge

  static func needs(
    _ request: Callout_V1_TicketAcknowledgeRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketAcknowledgeRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketAcknowledgeReply> {
    Decision { () throws(Refused) in
      let ticket = try AcknowledgeTicket.decide(try TicketID(field: "ticket_id", request.ticketID), &state, &context)
        .get()
      return .with { $0.ticket = Callout_V1_Ticket(ticket) }
    }
  }
}

/// `ticket.contact`
enum TicketContact: WriteOperation {
  static let method = Method.ticketContact

  static func needs(
    _ request: Callout_V1_TicketContactRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketContactRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketContactReply> {
    Decision { () throws(Refused) in
      let contact = ContactCustomer.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), note: request.note,
        event: request.event.isEmpty ? .reply : try ContactEvent(field: "event", request.event))
      let ticket = try ContactCustomer.decide(contact, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}

/// `ticket.begin`
enum TicketBegin: WriteOperation {
  static let method = Method.ticketBegin

  static func needs(
    _ request: Callout_V1_TicketBeginRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketBeginRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketBeginReply> {
    Decision { () throws(Refused) in
      let ticket = try BeginTicket.decide(try TicketID(field: "ticket_id", request.ticketID), &state, &context).get()
      return .with { $0.ticket = Callout_V1_Ticket(ticket) }
    }
  }
}

/// `ticket.classify`
enum TicketClassify: WriteOperation {
  static let method = Method.ticketClassify

  static func needs(
    _ request: Callout_V1_TicketClassifyRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketClassifyRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketClassifyReply> {
    Decision { () throws(Refused) in
      let change = ClassifyTicket.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), class: request.hasClass ? request.class : nil,
        category: request.hasCategory ? request.category : nil,
        incident: request.hasIncident ? request.incident : nil, facts: try Facts(field: "facts", request.facts),
        reason: request.reason)
      let ticket = try ClassifyTicket.decide(change, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}

/// `ticket.link`
enum TicketLink: WriteOperation {
  static let method = Method.ticketLink

  static func needs(
    _ request: Callout_V1_TicketLinkRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
    needs.row(Tables.tickets, try TicketID(field: "earlier_ticket_id", request.earlierTicketID))
  }

  static func decide(
    _ request: Callout_V1_TicketLinkRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketLinkReply> {
    Decision { () throws(Refused) in
      let link = LinkTicket.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        earlierTicketID: try TicketID(field: "earlier_ticket_id", request.earlierTicketID))
      let ticket = try LinkTicket.decide(link, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}

/// `ticket.dispatch`
enum TicketDispatch: WriteOperation {
  static let method = Method.ticketDispatch

  static func needs(
    _ request: Callout_V1_TicketDispatchRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketDispatchRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketDispatchReply> {
    Decision { () throws(Refused) in
      let dispatch = DispatchTicket.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), engineer: request.engineer,
        plannedAt: try Instant.optional(field: "planned_ms", milliseconds: request.plannedMs),
        quoteID: try QuoteID.optional(field: "quote_id", request.quoteID))
      let reply = try DispatchTicket.decide(dispatch, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(reply.ticket)
        $0.visit = Callout_V1_Visit(reply.visit)
      }
    }
  }
}

/// `ticket.resolve`
enum TicketResolve: WriteOperation {
  static let method = Method.ticketResolve

  static func needs(
    _ request: Callout_V1_TicketResolveRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketResolveRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketResolveReply> {
    Decision { () throws(Refused) in
      let end = ResolveTicket.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        resolution: try Ticket.Resolution(field: "resolution", request.resolution), note: request.note)
      let ticket = try ResolveTicket.decide(end, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}

/// `ticket.close`
enum TicketClose: WriteOperation {
  static let method = Method.ticketClose

  static func needs(
    _ request: Callout_V1_TicketCloseRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketCloseRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketCloseReply> {
    Decision { () throws(Refused) in
      let ticket = try CloseTicket.decide(try TicketID(field: "ticket_id", request.ticketID), &state, &context).get()
      return .with { $0.ticket = Callout_V1_Ticket(ticket) }
    }
  }
}

/// `ticket.reopen`
enum TicketReopen: WriteOperation {
  static let method = Method.ticketReopen

  static func needs(
    _ request: Callout_V1_TicketReopenRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketReopenRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketReopenReply> {
    Decision { () throws(Refused) in
      let reopening = ReopenTicket.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), reason: request.reason)
      let ticket = try ReopenTicket.decide(reopening, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}
