import Foundation
import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

extension Callout_V1_Ticket {
  /// A ticket as the wire shows it.
  init(_ ticket: Ticket) {
    self.init()
    id = ticket.id.data
    number = UInt64(ticket.number)
    accountID = ticket.accountID.data
    subsidiaryID = ticket.subsidiaryID.data()
    contactID = ticket.contactID.data()
    assetID = ticket.assetID.data()
    subject = ticket.subject
    channel = ticket.channel
    category = ticket.category
    `class` = ticket.class
    incident = ticket.incident
    state = ticket.state.rawValue
    planVersion = .init(ticket.planVersion.bytes)
    openedMs = ticket.openedAt.milliseconds
    acknowledgedMs = ticket.acknowledgedAt.milliseconds
    contactedMs = ticket.contactedAt.milliseconds
    workBegunMs = ticket.workBegunAt.milliseconds
    dispatchedMs = ticket.dispatchedAt.milliseconds
    attendedMs = ticket.attendedAt.milliseconds
    resolvedMs = ticket.resolvedAt.milliseconds
    closedMs = ticket.closedAt.milliseconds
    resolution = ticket.resolution?.rawValue ?? ""
    resolvedByHelpdesk = ticket.resolvedByHelpdesk
    earlierTicketID = ticket.earlierTicketID.data()
    maintenanceVisitID = ticket.maintenanceVisitID.data()
    quoteID = ticket.quoteID.data()
    targets = ticket.targets.map(Callout_V1_TargetStatus.init)
    consents = ticket.consents.map(Callout_V1_ConsentDecision.init)
    parts = ticket.parts.map(Callout_V1_Part.init)
    warnings = ticket.warnings.map { Callout_V1_ClauseFinding($0, failed: false) }
    version = UInt64(ticket.version)
    if let told = ticket.charges { charges = Callout_V1_TicketCharges(told) }
    reopened = UInt32(ticket.reopened)
    beyondConsent = ticket.beyondConsent.map(Callout_V1_Interval.init)
    stoppedMs = ticket.stoppedAt.milliseconds
    handling = ticket.handling.rawValue
    pauses = ticket.pauses.map(Callout_V1_Pause.init)
    if let review = ticket.misuse { misuse = Callout_V1_MisuseReview(review) }
    relations = ticket.relations.map(Callout_V1_TicketRelation.init)
    movedWorkIds = ticket.movedWork.map(\.data)
    running = ticket.running.map(Callout_V1_RunningWork.init)
    callMs = ticket.callAt.milliseconds
    promisedMs = ticket.countsFrom.milliseconds
  }
}

extension Callout_V1_TicketRelation {
  /// A relation as the wire shows it.
  init(_ relation: TicketRelation) {
    self.init()
    kind = relation.kind.rawValue
    ticketID = relation.ticketID.data
    number = UInt64(relation.number)
    reopened = UInt32(relation.stretch)
    version = UInt64(relation.version)
  }
}

extension Callout_V1_RunningWork {
  /// Work under way as the wire shows it.
  init(_ running: RunningWork) {
    self.init()
    id = running.id.data
    mode = running.mode.rawValue
    engineer = running.engineer
    sinceMs = running.since.milliseconds
  }
}

extension Callout_V1_TargetStatus {
  /// A target as the wire shows it.
  init(_ target: TargetStatus) {
    self.init()
    id = target.id
    dueMs = target.due.milliseconds
    metMs = target.metAt.milliseconds
    missed = target.isMissed
  }
}

extension Callout_V1_ConsentDecision {
  /// A decision as the wire shows it.
  init(_ decision: ConsentDecision) {
    self.init()
    gate = decision.gate.rawValue
    block = UInt32(decision.block)
    contactID = decision.contactID.data
    granted = decision.isGranted
    note = decision.note
    atMs = decision.at.milliseconds
  }
}

extension Callout_V1_Part {
  /// A part as the wire shows it.
  init(_ part: Part) {
    self.init()
    name = part.name
    price = part.price
    minutes = UInt32(part.minutes)
  }
}

extension Callout_V1_TicketCharges {
  /// Charges as the wire shows them.
  init(_ charges: TicketCharges) {
    self.init()
    held = charges.held
    charged = charges.charged
    unsettled = charges.unsettled
    lines = charges.lines.map { line in
      .with {
        $0.clause = line.clause
        $0.kind = line.kind
        $0.amount = line.amount
        $0.text = line.text
        $0.arithmetic = line.arithmetic
        $0.inputs = line.inputs
      }
    }
  }
}

extension TicketCharges {
  /// What the ledger told.
  init(_ told: Callout_V1_TicketCharges) {
    self.init(
      held: told.held, charged: told.charged, unsettled: told.unsettled,
      lines: told.lines.map {
        Line(
          clause: $0.clause, kind: $0.kind, amount: $0.amount, text: $0.text, arithmetic: $0.arithmetic,
          inputs: $0.inputs)
      })
  }
}

extension Callout_V1_TicketMessage {
  /// A message as the wire shows it.
  init(_ message: TicketMessage) {
    self.init()
    id = message.id.data
    ticketID = message.ticketID.data
    direction = message.direction.rawValue
    channel = message.channel
    author = message.author
    text = message.text
    atMs = message.at.milliseconds
  }
}

extension Callout_V1_WorkRecord {
  /// A record of work as the wire shows it.
  init(_ work: WorkRecord) {
    self.init()
    id = work.id.data
    ticketID = work.ticketID.data
    mode = work.mode.rawValue
    engineer = work.engineer
    time = Callout_V1_Interval(WorkInterval(from: work.from, to: work.to))
    note = work.note
    recordedMs = work.recordedAt.milliseconds
    movedFromID = work.movedFrom.data()
  }
}

extension Callout_V1_Interval {
  /// A stretch of work as the wire shows it.
  init(_ interval: WorkInterval) {
    self.init()
    fromMs = interval.from.milliseconds
    toMs = interval.to.milliseconds
  }
}

extension Callout_V1_Visit {
  /// A visit as the wire shows it.
  init(_ visit: Visit) {
    self.init()
    id = visit.id.data
    accountID = visit.accountID.data
    ticketID = visit.ticketID.data()
    kind = visit.kind.rawValue
    engineer = visit.engineer
    plannedMs = visit.plannedAt.milliseconds
    arrivedMs = visit.arrivedAt.milliseconds
    departedMs = visit.departedAt.milliseconds
    cancelledMs = visit.cancelledAt.milliseconds
  }
}

extension Callout_V1_Attempt {
  /// A refused request as the wire shows it.
  init(_ attempt: Attempt) {
    self.init()
    id = attempt.id.data
    accountID = attempt.accountID.data()
    caller = attempt.caller
    channel = attempt.channel
    subject = attempt.subject
    atMs = attempt.at.milliseconds
    findings = attempt.findings.map { Callout_V1_ClauseFinding($0, failed: true) }
    asked = attempt.asked.rawValue
    if let decision = attempt.record { record = Callout_V1_AdmissionRecord(decision) }
  }
}
