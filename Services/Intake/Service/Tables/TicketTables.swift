import IntakeRules
import Policy
import ServiceKit

extension Tables {
  static let tickets = Table<IntakeState, Ticket>(
    "tickets", { $1(&$0.tickets) },
    key: [Column<TicketID>("ticket_id") { $0 }],
    columns: ticketOrigin + ticketProgress + ticketContent,
    read: readTicket)

  /// The closed tickets that a new one may repeat.
  static let repeatable = tickets.group(
    by: [
      Column<RepeatKey>("account_id", \.accountID), Column("asset_id", \.assetID), Column("incident", \.incident),
    ],
    where: "r.closed_at IS NOT NULL", limit: 1000)

  private static let ticketOrigin: [Column<Ticket>] = [
    Column("number", fixed: true, \.number), Column("account_id", fixed: true, \.accountID),
    Column("subsidiary_id", fixed: true, \.subsidiaryID), Column("contact_id", fixed: true, \.contactID),
    Column("caller", fixed: true, \.caller), Column("asset_id", fixed: true, \.assetID),
    Column("subject", fixed: true, \.subject), Column("channel", fixed: true, \.channel),
    Column("category", \.category), Column("class", \.class), Column("incident", \.incident),
    Column("plan_version", fixed: true, \.planVersion), Column("opened_at", fixed: true, \.openedAt),
    Column("facts", fixed: true) { StoredFacts.text($0.facts) }, Column("handling", fixed: true, \.handling),
    Column("promised_at", fixed: true, \.promisedAt),
  ]

  private static let ticketProgress: [Column<Ticket>] = [
    Column("state", \.state), Column("acknowledged_at", \.acknowledgedAt), Column("contacted_at", \.contactedAt),
    Column("heard_at", \.heardAt), Column("summoned_at", \.summonedAt), Column("raised_at", \.raisedAt),
    Column("work_begun_at", \.workBegunAt), Column("dispatched_at", \.dispatchedAt),
    Column("attended_at", \.attendedAt), Column("resolved_at", \.resolvedAt), Column("closed_at", \.closedAt),
    Column("resolution", \.resolution), Column("resolved_by_helpdesk", \.resolvedByHelpdesk),
    Column("earlier_ticket_id", \.earlierTicketID), Column("earlier_closed_at", \.earlierClosedAt),
    Column("earlier_has_same_asset", \.earlierHasSameAsset), Column("maintenance_visit_id", \.maintenanceVisitID),
    Column("quote_id", \.quoteID), Column("reopened", \.reopened), Column("reopened_at", \.reopenedAt),
    Column("stopped_at", \.stoppedAt), Column("call_at", \.callAt), Column("version", \.version),
  ]

  private static let ticketContent: [Column<Ticket>] = [
    Column("targets") { JSONDocument($0.targets, as: StoredTarget.self) },
    Column("consents") { JSONDocument($0.consents, as: StoredConsent.self) },
    Column("beyond_consent") { JSONDocument($0.beyondConsent, as: StoredInterval.self) },
    Column("relations") { JSONDocument($0.relations, as: StoredRelation.self) },
    Column("moved_work") { JSONDocument($0.movedWork, as: StoredWorkID.self) },
    Column("parts") { JSONDocument($0.parts, as: StoredPart.self) },
    Column("warnings") { JSONDocument($0.warnings, as: StoredClause.self) },
    Column("found") { StoredFacts.text($0.found) }, Column("pauses") { JSONDocument($0.pauses, as: StoredPause.self) },
    Column("misuse") { $0.misuse.map { JSONDocument(encoding: StoredReview($0)) } },
    Column("closures") { JSONDocument($0.closures, as: StoredInstant.self) },
    Column("calls") { JSONDocument($0.calls, as: StoredTicketCall.self) },
    Column("running") { JSONDocument($0.running, as: StoredRunning.self) },
    Column("stretches") { JSONDocument($0.stretches, as: StoredStretch.self) },
    Column("charges") { $0.charges.map { JSONDocument(encoding: StoredCharges($0)) } },
  ]

  private static let readTicket: Table<IntakeState, Ticket>.Read = { row throws(RowError) in
    let id: TicketID = try row.next()
    let number: Int64 = try row.next()
    let accountID: AccountID = try row.next()
    let subsidiaryID: SubsidiaryID? = try row.next()
    let contactID: ContactID? = try row.next()
    let caller: String = try row.next()
    let assetID: AssetID? = try row.next()
    var ticket = Ticket(
      id: id, number: number, accountID: accountID, subsidiaryID: subsidiaryID, contactID: contactID, caller: caller,
      assetID: assetID, subject: try row.next(), channel: try row.next(), category: try row.next(),
      class: try row.next(), incident: try row.next(), planVersion: try row.next(), openedAt: try row.next(),
      facts: StoredFacts.facts(try row.next()), handling: try row.next())
    ticket.promisedAt = try row.next()
    ticket.state = try row.next()
    ticket.acknowledgedAt = try row.next()
    ticket.contactedAt = try row.next()
    ticket.heardAt = try row.next()
    ticket.summonedAt = try row.next()
    ticket.raisedAt = try row.next()
    ticket.workBegunAt = try row.next()
    ticket.dispatchedAt = try row.next()
    ticket.attendedAt = try row.next()
    ticket.resolvedAt = try row.next()
    ticket.closedAt = try row.next()
    ticket.resolution = try row.next()
    ticket.resolvedByHelpdesk = try row.next()
    ticket.earlierTicketID = try row.next()
    ticket.earlierClosedAt = try row.next()
    ticket.earlierHasSameAsset = try row.next()
    ticket.maintenanceVisitID = try row.next()
    ticket.quoteID = try row.next()
    ticket.reopened = try row.next()
    ticket.reopenedAt = try row.next()
    ticket.stoppedAt = try row.next()
    ticket.callAt = try row.next()
    ticket.version = try row.next()
    ticket.targets = try row.next(JSONDocument.self).values(as: StoredTarget.self)
    ticket.consents = try row.next(JSONDocument.self).values(as: StoredConsent.self)
    ticket.beyondConsent = try row.next(JSONDocument.self).values(as: StoredInterval.self)
    ticket.relations = try row.next(JSONDocument.self).values(as: StoredRelation.self)
    ticket.movedWork = try row.next(JSONDocument.self).values(as: StoredWorkID.self)
    ticket.parts = try row.next(JSONDocument.self).values(as: StoredPart.self)
    ticket.warnings = try row.next(JSONDocument.self).values(as: StoredClause.self)
    ticket.found = StoredFacts.facts(try row.next())
    ticket.pauses = try row.next(JSONDocument.self).values(as: StoredPause.self)
    ticket.misuse = try row.next(JSONDocument?.self)?.decoded(as: StoredReview.self).value
    ticket.closures = try row.next(JSONDocument.self).values(as: StoredInstant.self)
    ticket.calls = try row.next(JSONDocument.self).values(as: StoredTicketCall.self)
    ticket.running = try row.next(JSONDocument.self).values(as: StoredRunning.self)
    ticket.stretches = try row.next(JSONDocument.self).values(as: StoredStretch.self)
    ticket.charges = try row.next(JSONDocument?.self)?.decoded(as: StoredCharges.self).value
    return ticket
  }

  static let work = Table<IntakeState, WorkRecord>(
    "work_records", { $1(&$0.work) }, key: [Column<WorkID>("work_id") { $0 }], columns: workColumns,
    read: readWorkRecord)

  private static let workColumns: [Column<WorkRecord>] = [
    Column("ticket_id", fixed: true, \.ticketID), Column("mode", fixed: true, \.mode),
    Column("engineer", fixed: true, \.engineer), Column("started_at", fixed: true, \.from),
    Column("ended_at", fixed: true, \.to), Column("note", fixed: true, \.note),
    Column("recorded_at", fixed: true, \.recordedAt), Column("stretch", fixed: true, \.stretch),
    Column("moved_from", fixed: true, \.movedFrom),
  ]

  private static func readWorkRecord(_ row: inout RowReader) throws(RowError) -> WorkRecord {
    WorkRecord(
      id: try row.next(), ticketID: try row.next(), mode: try row.next(), engineer: try row.next(),
      from: try row.next(), to: try row.next(), note: try row.next(), recordedAt: try row.next(),
      stretch: try row.next(), movedFrom: try row.next())
  }
  static let workOfTicket = work.group(by: "ticket_id", of: TicketID.self)

  static let visits = Table<IntakeState, Visit>(
    "visits", { $1(&$0.visits) }, key: [Column<VisitID>("visit_id") { $0 }], columns: visitsColumns,
    read: readVisit)

  private static let visitsColumns: [Column<Visit>] = [
    Column("account_id", fixed: true, \.accountID), Column("ticket_id", fixed: true, \.ticketID),
    Column("kind", fixed: true, \.kind), Column("engineer", fixed: true, \.engineer),
    Column("planned_at", fixed: true, \.plannedAt), Column("stretch", fixed: true, \.stretch),
    Column("arrived_at", \.arrivedAt), Column("departed_at", \.departedAt), Column("cancelled_at", \.cancelledAt),
  ]

  private static func readVisit(_ row: inout RowReader) throws(RowError) -> Visit {
    Visit(
      id: try row.next(), accountID: try row.next(), ticketID: try row.next(), kind: try row.next(),
      engineer: try row.next(), plannedAt: try row.next(), stretch: try row.next(), arrivedAt: try row.next(),
      departedAt: try row.next(), cancelledAt: try row.next())
  }
  static let visitsOfTicket = visits.group(by: "ticket_id", of: TicketID.self)

  static let messages = Journal<IntakeState, TicketMessage>(
    "ticket_messages", { $1(&$0.messages) }, columns: messagesColumns)

  private static let messagesColumns: [Column<TicketMessage>] = [
    Column("ticket_id", \.ticketID), Column("message_id", \.id), Column("direction", \.direction),
    Column("channel", \.channel), Column("author", \.author), Column("text", \.text), Column("posted_at", \.at),
  ]

  static let attempts = Journal<IntakeState, Attempt>("attempts", { $1(&$0.attempts) }, columns: attemptsColumns)

  private static let attemptsColumns: [Column<Attempt>] = [
    Column("attempt_id", \.id), Column("account_id", \.accountID), Column("caller", \.caller),
    Column("channel", \.channel), Column("subject", \.subject), Column("attempted_at", \.at),
    Column("findings") { JSONDocument($0.findings, as: StoredClause.self) }, Column("asked", \.asked),
    Column("record") { $0.record.map { JSONDocument(encoding: StoredRecord($0)) } },
  ]
}
