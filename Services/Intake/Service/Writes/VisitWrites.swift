import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `visit.schedule`
enum VisitSchedule: WriteOperation {
  static let method = Method.visitSchedule

  static func needs(
    _ request: Callout_V1_VisitScheduleRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    if let account = try AccountID.optional(field: "account_id", request.accountID) {
      needs.row(Tables.accounts, account)
    }
    if let ticket = try TicketID.optional(field: "ticket_id", request.ticketID) { needs.ticket(ticket, state) }
  }

  static func decide(
    _ request: Callout_V1_VisitScheduleRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_VisitScheduleReply> {
    Decision { () throws(Refused) in
      let schedule = ScheduleVisit.Request(
        accountID: try AccountID.optional(field: "account_id", request.accountID),
        ticketID: try TicketID.optional(field: "ticket_id", request.ticketID),
        kind: try Visit.Kind(field: "kind", request.kind), engineer: request.engineer,
        plannedAt: try Instant(field: "planned_ms", milliseconds: request.plannedMs))
      let visit = try ScheduleVisit.decide(schedule, &state, &context).get()
      return .with {
        $0.visit = Callout_V1_Visit(visit)
      }
    }
  }
}

/// `visit.arrive`
enum VisitArrive: WriteOperation {
  static let method = Method.visitArrive

  static func needs(
    _ request: Callout_V1_VisitArriveRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.visit(try VisitID(field: "visit_id", request.visitID), state)
  }

  static func decide(
    _ request: Callout_V1_VisitArriveRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_VisitArriveReply> {
    Decision { () throws(Refused) in
      let visit = try ArriveAtVisit.decide(try VisitID(field: "visit_id", request.visitID), &state, &context).get()
      return .with {
        $0.visit = Callout_V1_Visit(visit)
      }
    }
  }
}

/// `visit.depart`
enum VisitDepart: WriteOperation {
  static let method = Method.visitDepart

  static func needs(
    _ request: Callout_V1_VisitDepartRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.visit(try VisitID(field: "visit_id", request.visitID), state)
  }

  static func decide(
    _ request: Callout_V1_VisitDepartRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_VisitDepartReply> {
    Decision { () throws(Refused) in
      let visit = try DepartFromVisit.decide(try VisitID(field: "visit_id", request.visitID), &state, &context).get()
      return .with {
        $0.visit = Callout_V1_Visit(visit)
      }
    }
  }
}

/// `visit.cancel`
enum VisitCancel: WriteOperation {
  static let method = Method.visitCancel

  static func needs(
    _ request: Callout_V1_VisitCancelRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.visit(try VisitID(field: "visit_id", request.visitID), state)
  }

  static func decide(
    _ request: Callout_V1_VisitCancelRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_VisitCancelReply> {
    Decision { () throws(Refused) in
      let cancellation = CancelVisit.Request(
        visitID: try VisitID(field: "visit_id", request.visitID), reason: request.reason)
      let visit = try CancelVisit.decide(cancellation, &state, &context).get()
      return .with {
        $0.visit = Callout_V1_Visit(visit)
      }
    }
  }
}
