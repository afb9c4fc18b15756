import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `message.post`
enum MessagePost: WriteOperation {
  static let method = Method.messagePost

  static func needs(
    _ request: Callout_V1_MessagePostRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let id = try TicketID(field: "ticket_id", request.ticketID)
    needs.row(Tables.tickets, id)
    if let ticket = state.tickets[id] { needs.plan(ticket.planVersion) }
    // What the customer is told is news to the others.
    if request.direction == TicketMessage.Direction.toCustomer.rawValue { needs.ticket(id, state) }
  }

  static func decide(
    _ request: Callout_V1_MessagePostRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MessagePostReply> {
    Decision { () throws(Refused) in
      let post = PostMessage.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        direction: try TicketMessage.Direction(field: "direction", request.direction), channel: request.channel,
        text: request.text)
      let reply = try PostMessage.decide(post, &state, &context).get()
      return .with {
        $0.message = Callout_V1_TicketMessage(reply.message)
        $0.ticket = Callout_V1_Ticket(reply.ticket)
      }
    }
  }
}

/// `work.record`
enum WorkRecordAdd: WriteOperation {
  static let method = Method.workRecord

  static func needs(
    _ request: Callout_V1_WorkRecordRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_WorkRecordRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_WorkRecordReply> {
    Decision { () throws(Refused) in
      let record = RecordWork.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        mode: try WorkRecord.Mode(field: "mode", request.mode), engineer: request.engineer,
        from: try Instant(field: "time.from_ms", milliseconds: request.time.fromMs),
        to: try Instant(field: "time.to_ms", milliseconds: request.time.toMs), note: request.note,
        facts: try Facts(field: "facts", request.facts))
      let reply = try RecordWork.decide(record, &state, &context).get()
      return .with {
        $0.work = Callout_V1_WorkRecord(reply.work)
        $0.ticket = Callout_V1_Ticket(reply.ticket)
      }
    }
  }
}

/// `work.begin`
enum WorkBegin: WriteOperation {
  static let method = Method.workBegin

  static func needs(
    _ request: Callout_V1_WorkBeginRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_WorkBeginRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_WorkBeginReply> {
    Decision { () throws(Refused) in
      let begin = BeginWork.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        mode: try WorkRecord.Mode(field: "mode", request.mode), engineer: request.engineer,
        facts: try Facts(field: "facts", request.facts))
      let reply = try BeginWork.decide(begin, &state, &context).get()
      return .with {
        $0.running = Callout_V1_RunningWork(reply.running)
        $0.ticket = Callout_V1_Ticket(reply.ticket)
      }
    }
  }
}

/// `work.end`
enum WorkEnd: WriteOperation {
  static let method = Method.workEnd

  static func needs(
    _ request: Callout_V1_WorkEndRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_WorkEndRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_WorkEndReply> {
    Decision { () throws(Refused) in
      let end = EndWork.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        workID: try WorkID(field: "work_id", request.workID),
        at: try Instant.optional(field: "at_ms", milliseconds: request.atMs), note: request.note)
      let reply = try EndWork.decide(end, &state, &context).get()
      return .with {
        $0.work = Callout_V1_WorkRecord(reply.work)
        $0.ticket = Callout_V1_Ticket(reply.ticket)
      }
    }
  }
}

/// `consent.record`
enum ConsentRecord: WriteOperation {
  static let method = Method.consentRecord

  static func needs(
    _ request: Callout_V1_ConsentRecordRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
    needs.row(Tables.contacts, try ContactID(field: "decision.contact_id", request.decision.contactID))
  }

  static func decide(
    _ request: Callout_V1_ConsentRecordRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ConsentRecordReply> {
    Decision { () throws(Refused) in
      let decision = request.decision
      let consent = RecordConsent.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        gate: try ConsentDecision.Gate(field: "decision.gate", decision.gate), block: Int64(decision.block),
        contactID: try ContactID(field: "decision.contact_id", decision.contactID), isGranted: decision.granted,
        note: decision.note, at: try Instant.optional(field: "decision.at_ms", milliseconds: decision.atMs))
      let ticket = try RecordConsent.decide(consent, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}

/// `part.add`
enum PartAdd: WriteOperation {
  static let method = Method.partAdd

  static func needs(
    _ request: Callout_V1_PartAddRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_PartAddRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_PartAddReply> {
    Decision { () throws(Refused) in
      let part = AddPart.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), name: request.part.name,
        price: request.part.price, minutes: Int64(request.part.minutes),
        quoteID: try QuoteID.optional(field: "quote_id", request.quoteID))
      let ticket = try AddPart.decide(part, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(ticket)
      }
    }
  }
}
