public import IntakeRules
public import Policy
public import ServiceKit
import SwiftProtobuf
public import Wire

/// The service that owns customers and tickets.
public enum IntakeDefinition: ServiceDefinition {
  /// Its name.
  public static let name = ServiceName.intake

  /// Its tables, each after those that it refers to.
  public static let tables: [AnyTable<IntakeState>] = [
    AnyTable(Tables.accounts), AnyTable(Tables.subsidiaries), AnyTable(Tables.hotlines), AnyTable(Tables.contacts),
    AnyTable(Tables.assets),
    AnyTable(Tables.tickets, owning: [Belongings(Tables.workOfTicket), Belongings(Tables.visitsOfTicket)]),
    AnyTable(Tables.work), AnyTable(Tables.visits),
    AnyTable(Tables.messages), AnyTable(Tables.attempts), AnyTable(Tables.mails),
    AnyTable(Tables.pieces), AnyTable(Tables.mailParts), AnyTable(Tables.mailboxes), AnyTable(Tables.mailSenders),
    AnyTable(Tables.ways),
    AnyTable(Tables.ticketNumbers), AnyTable(Tables.calls), AnyTable(Tables.openTickets),
    AnyTable(Tables.articles), AnyTable(Tables.editions),
    AnyTable(Tables.links), AnyTable(Tables.topics), AnyTable(Tables.replies), AnyTable(Tables.moderations),
    AnyTable(Tables.courses), AnyTable(Tables.lessons), AnyTable(Tables.enrolments),
  ]

  /// Where it takes mail by LMTP: nowhere, unless it is set.
  public static let settings = [ExtraSetting(LmtpService.setting, default: "")]

  /// A call is the tenant's whose number was dialled.
  public static func tenant(
    of method: Wire.Method, _ body: [UInt8], _ access: Background<IntakeState>
  ) async throws(CommandRefused) -> TenantID {
    guard method == .callReport, let request = try? Callout_V1_CallReportRequest(serializedBytes: body) else {
      throw CommandRefused(Callout_V1_Refusal(.tenantMissing))
    }
    return try await CallPlacing(access: access).tenant(of: request)
  }

  /// Takes mail from an MTA.
  public static func background(_ access: Background<IntakeState>) async { await LmtpService.run(access) }

  /// What changes something.
  public static let writes: [WriteEntry<IntakeState>] = [
    WriteEntry(AccountCreate.self), WriteEntry(AccountUpdate.self), WriteEntry(SubsidiaryAdd.self),
    WriteEntry(AssessmentRecord.self), WriteEntry(ContactAppoint.self), WriteEntry(AssetRegister.self),
    WriteEntry(AssetUpdate.self), WriteEntry(TicketOpen.self), WriteEntry(TicketAcknowledge.self),
    WriteEntry(TicketContact.self), WriteEntry(TicketBegin.self), WriteEntry(TicketClassify.self),
    WriteEntry(TicketLink.self), WriteEntry(TicketDispatch.self), WriteEntry(TicketResolve.self),
    WriteEntry(TicketClose.self), WriteEntry(TicketReopen.self), WriteEntry(MessagePost.self),
    WriteEntry(WorkRecordAdd.self), WriteEntry(ConsentRecord.self), WriteEntry(PartAdd.self),
    WriteEntry(VisitSchedule.self), WriteEntry(VisitArrive.self), WriteEntry(VisitDepart.self),
    WriteEntry(VisitCancel.self), WriteEntry(ArticleCreate.self), WriteEntry(ArticleEdit.self),
    WriteEntry(ArticlePublish.self), WriteEntry(ArticleRetire.self), WriteEntry(ArticleLinking.self),
    WriteEntry(TopicOpen.self), WriteEntry(TopicModerate.self), WriteEntry(ReplyPost.self),
    WriteEntry(ReplyModerate.self), WriteEntry(CourseCreate.self), WriteEntry(CoursePublish.self),
    WriteEntry(CourseRetire.self), WriteEntry(CourseEnrol.self), WriteEntry(LessonAdd.self),
    WriteEntry(LessonUpdate.self), WriteEntry(LessonRemove.self), WriteEntry(LessonComplete.self),
    WriteEntry(AdmissionAsk.self), WriteEntry(ObligationRecord.self), WriteEntry(MisuseReviewing.self),
    WriteEntry(MailTake.self), WriteEntry(TicketMerge.self), WriteEntry(TicketSplit.self),
    WriteEntry(MailDeliver.self), WriteEntry(MailStage.self), WriteEntry(MailboxSet.self),
    WriteEntry(MailboxRemove.self),
    WriteEntry(CallReport.self),
    WriteEntry(WorkBegin.self), WriteEntry(WorkEnd.self), WriteEntry(CallSchedule.self),
  ]

  /// What only reads.
  public static let reads: [ReadEntry] = [
    ReadEntry(AccountGet.self), ReadEntry(AccountList.self), ReadEntry(ContactList.self), ReadEntry(AssetList.self),
    ReadEntry(TicketGet.self), ReadEntry(TicketList.self), ReadEntry(TicketWhy.self), ReadEntry(VisitList.self),
    ReadEntry(MessageList.self), ReadEntry(AttemptList.self), ReadEntry(ArticleGet.self), ReadEntry(ArticleList.self),
    ReadEntry(ArticleHistory.self), ReadEntry(ArticleSearch.self), ReadEntry(TopicGet.self),
    ReadEntry(TopicList.self), ReadEntry(ReplyList.self), ReadEntry(ModerationList.self), ReadEntry(CourseGet.self),
    ReadEntry(CourseList.self), ReadEntry(LessonGet.self), ReadEntry(EnrolmentList.self),
    ReadEntry(AdmissionGet.self), ReadEntry(MailGet.self), ReadEntry(MailList.self), ReadEntry(MailboxList.self),
    ReadEntry(CallList.self),
  ]

  /// Its schema.
  public static let migrations = [
    MigrationScript(101, "tables", PackageResources._101_tables_sql),
    MigrationScript(102, "knowledge", PackageResources._102_knowledge_sql),
  ]

  /// Both other services are told what a ticket or an account has become.
  public static func outgoing(_ event: IntakeNews) -> [OutgoingEvent] { event.outgoing }

  /// News concerns an account or a ticket.
  public static func needs(
    _ event: Callout_V1_Event, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    switch event.body {
    case .agreement(let snapshot): needs.account(try ApplyAgreement.Told(snapshot).accountID)
    case .charges(let snapshot): needs.row(Tables.tickets, try TicketID(field: "ticket_id", snapshot.ticketID))
    case .escalation(let snapshot):
      needs.ticket(try TicketID(field: "escalation.ticket_id", snapshot.escalation.ticketID), state)
    case .ticket, .account, .notice, .answer, nil:
      throw Refused(.invalid(field: "body"), "Intake takes news of agreements, charges and escalations.")
    }
  }

  /// Takes news of an agreement, of charges or of an escalation.
  public static func apply(
    _ event: Callout_V1_Event, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      switch event.body {
      case .agreement(let snapshot):
        try ApplyAgreement.decide(try ApplyAgreement.Told(snapshot), &state, &context).get()
      case .charges(let snapshot):
        try ApplyCharges.decide(
          try TicketID(field: "ticket_id", snapshot.ticketID), TicketCharges(snapshot.charges), &state, &context
        ).get()
      case .escalation(let snapshot):
        let escalation = snapshot.escalation
        try ApplyEscalation.decide(
          try TicketID(field: "escalation.ticket_id", escalation.ticketID), target: escalation.target,
          try ApplyEscalation.Standing(escalation), &state, &context
        ).get()
      case .ticket, .account, .notice, .answer, nil:
        throw Refused(.invalid(field: "body"), "Intake takes news of agreements, charges and escalations.")
      }
    }
  }

  /// Timers are those of tickets (of their targets, of the gates inside their work, and of agreed calls), and those of mails
  /// that come in parts.
  public static func needs(
    _ timer: Timer, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    if timer.kind == IntakeState.uploadTimer {
      needs.rows(Tables.partsOfUpload, timer.subject.as())
    } else {
      needs.ticket(timer.subject.as(), state)
    }
  }

  /// A target's due instant has passed, work that goes on has come to a gate, a call was agreed for now, or parts of a mail
  /// were not delivered.
  public static func fire(
    _ timer: Timer, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Void> {
    switch timer.kind {
    case IntakeState.targetTimer: MissTargets.decide(timer.subject.as(), &state, &context)
    case IntakeState.gateTimer: ReachGate.decide(timer.subject.as(), &state, &context)
    case IntakeState.callTimer: CallFallsDue.decide(timer.subject.as(), &state, &context)
    case IntakeState.uploadTimer: .accepted(StageMail.forget(timer.subject.as(), &state))
    case _: .refused(Refused(.invalid(field: "kind"), "Intake arms no timer \(timer.kind)."))
    }
  }
}

extension Decision {
  /// The reply, or the refusal thrown.
  func get() throws(Refused) -> Reply {
    switch self {
    case .accepted(let reply): return reply
    case .refused(let refused): throw refused
    }
  }
}
