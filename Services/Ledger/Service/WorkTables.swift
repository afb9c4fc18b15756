import LedgerRules
import Policy
import ServiceKit

/// The tables of what work costs: holds, quotes, ticket charges, bills.
extension Tables {
  static let holds = Table<LedgerState, Hold>(
    "holds", { $1(&$0.holds) }, key: holdsKey, columns: holdsColumns, read: holdsRead)

  private static let holdsKey: [Column<HoldID>] = [Column("hold_id") { $0 }]

  private static let holdsColumns: [Column<Hold>] = [
    Column("agreement_id", fixed: true, \.agreement),
    Column("ticket_id", fixed: true, \.ticket),
    Column("amount", fixed: true, \.amount),
    Column("overage", fixed: true, \.overage),
    Column("draws", fixed: true) { (row: Hold) -> StoredList<Draw> in StoredList(row.draws) },
    Column("reason", fixed: true, \.reason),
    Column("placed_at", fixed: true, \.placedAt),
    Column("expires_at", fixed: true, \.expiresAt),
    Column("state", \.state),
    Column("captured", \.captured),
    Column("unit", fixed: true, \.furtherUnit),
  ]

  private static let holdsRead: Table<LedgerState, Hold>.Read = { row throws(RowError) in
    let holdId = try row.next(HoldID.self)
    let agreementId = try row.next(AgreementID.self)
    let ticketId = try row.next(TicketID?.self)
    let amount = try row.next(Amount.self)
    let overage = try row.next(Amount.self)
    let draws = try row.next(StoredList<Draw>.self).elements
    let reason = try row.next(String.self)
    let placedAt = try row.next(Instant.self)
    let expiresAt = try row.next(Instant?.self)
    let state = try row.next(Hold.State.self)
    let captured = try row.next(Amount.self)
    let furtherUnit = try row.next(String?.self)
    return Hold(
      id: holdId, agreement: agreementId, ticket: ticketId, furtherUnit: furtherUnit, amount: amount, overage: overage,
      draws: draws,
      reason: reason, placedAt: placedAt, expiresAt: expiresAt, state: state, captured: captured)
  }

  static let quotes = Table<LedgerState, Quote>(
    "quotes", { $1(&$0.quotes) }, key: quotesKey, columns: quotesColumns, read: quotesRead)

  private static let quotesKey: [Column<QuoteID>] = [Column("quote_id") { $0 }]

  private static let quotesColumns: [Column<Quote>] = [
    Column("agreement_id", fixed: true, \.agreement),
    Column("ticket_id", fixed: true, \.ticket),
    Column("plan_version", fixed: true, \.planVersion),
    Column("lines", fixed: true) { (row: Quote) -> StoredList<JournalLine> in StoredList(row.lines) },
    Column("total", fixed: true, \.total),
    Column("available", fixed: true, \.available),
    Column("overage", fixed: true, \.overage),
    Column("price_minor", fixed: true) { (row: Quote) -> Int64? in row.price?.minorUnits },
    Column("price_currency", fixed: true) { (row: Quote) -> String? in row.price?.currency.code },
    Column("made_at", fixed: true, \.madeAt),
    Column("state", \.state),
    Column("hold_id", \.hold),
    Column("acknowledged_by", \.acknowledgedBy),
    Column("acknowledged_at", \.acknowledgedAt),
    Column("unit", fixed: true, \.furtherUnit),
    Column("consented_blocks", fixed: true, \.consentedBlocks),
  ]

  private static let quotesRead: Table<LedgerState, Quote>.Read = { row throws(RowError) in
    let quoteId = try row.next(QuoteID.self)
    let agreementId = try row.next(AgreementID.self)
    let ticketId = try row.next(TicketID?.self)
    let planVersion = try row.next(PlanVersion.self)
    let lines = try row.next(StoredList<JournalLine>.self).elements
    let total = try row.next(Amount.self)
    let available = try row.next(Amount.self)
    let overage = try row.next(Amount.self)
    let price = try row.money()
    let madeAt = try row.next(Instant.self)
    let state = try row.next(Quote.State.self)
    let holdId = try row.next(HoldID?.self)
    let acknowledgedBy = try row.next(String.self)
    let acknowledgedAt = try row.next(Instant?.self)
    let furtherUnit = try row.next(String?.self)
    let consentedBlocks = try row.next(Int32.self)
    return Quote(
      id: quoteId, agreement: agreementId, ticket: ticketId, planVersion: planVersion, furtherUnit: furtherUnit,
      lines: lines, total: total, available: available, overage: overage, price: price,
      consentedBlocks: consentedBlocks, madeAt: madeAt, state: state, hold: holdId,
      acknowledgedBy: acknowledgedBy, acknowledgedAt: acknowledgedAt)
  }

  static let ticketCharges = Table<LedgerState, TicketCharge>(
    "ticket_charges", { $1(&$0.ticketCharges) }, key: ticketChargesKey, columns: ticketChargesColumns,
    read: ticketChargesRead)

  private static let ticketChargesKey: [Column<TicketCharge.Key>] = [
    Column("ticket_id", \.ticket), Column("stretch", \.stretch),
  ]

  private static let ticketChargesColumns: [Column<TicketCharge>] = [
    Column("agreement_id", fixed: true, \.agreement),
    Column("plan_version", fixed: true, \.planVersion),
    Column("text", \.text),
    Column("hold_id", \.hold),
    Column("quote_id", \.quote),
    Column("wanted", \.wanted),
    Column("is_due", \.isDue),
    Column("completed_at", \.completedAt),
    Column("lines") { (row: TicketCharge) -> StoredList<JournalLine> in StoredList(row.lines) },
    Column("are_lines_posted", \.areLinesPosted),
    Column("due", \.due),
    Column("charged", \.charged),
    Column("reversed", \.reversed),
    Column("unsettled", \.unsettled),
    Column("blocked_by") { (row: TicketCharge) -> StoredList<String> in StoredList(row.blockedBy) },
    Column("blocked_text", \.blockedText),
    Column("told", \.told),
    Column("transfers") { (row: TicketCharge) -> StoredList<TransferID> in StoredList(row.transfers) },
    Column("seen", \.seen),
    Column("awaits", \.awaits),
    Column("moved_to", \.movedTo),
    Column("version", \.version),
    Column("unit", \.furtherUnit),
    Column("agreed", \.agreed),
  ]

  private static let ticketChargesRead: Table<LedgerState, TicketCharge>.Read = { row throws(RowError) in
    let ticketId = try row.next(TicketID.self)
    let stretch = try row.next(Int32.self)
    let agreementId = try row.next(AgreementID.self)
    let planVersion = try row.next(PlanVersion.self)
    let text = try row.next(String.self)
    let holdId = try row.next(HoldID?.self)
    let quoteId = try row.next(QuoteID?.self)
    let wanted = try row.next(Amount.self)
    let isDue = try row.next(Bool.self)
    let completedAt = try row.next(Instant?.self)
    let lines = try row.next(StoredList<JournalLine>.self).elements
    let areLinesPosted = try row.next(Bool.self)
    let due = try row.next(Amount.self)
    let charged = try row.next(Amount.self)
    let reversed = try row.next(Amount.self)
    let unsettled = try row.next(Amount.self)
    let blockedBy = try row.next(StoredList<String>.self).elements
    let blockedText = try row.next(String.self)
    let told = try row.next(Amount.self)
    let transfers = try row.next(StoredList<TransferID>.self).elements
    let seen = try row.next(Int64.self)
    let awaits = try row.next(TicketID?.self)
    let movedTo = try row.next(TicketID?.self)
    let version = try row.next(Int64.self)
    let furtherUnit = try row.next(String?.self)
    let agreed = try row.next(Amount?.self)
    return TicketCharge(
      key: TicketCharge.Key(ticket: ticketId, stretch: stretch), agreement: agreementId, planVersion: planVersion,
      text: text, furtherUnit: furtherUnit, hold: holdId, quote: quoteId, agreed: agreed, wanted: wanted, isDue: isDue,
      completedAt: completedAt, lines: lines,
      areLinesPosted: areLinesPosted, due: due, charged: charged, reversed: reversed, unsettled: unsettled,
      blockedBy: blockedBy, blockedText: blockedText, told: told, transfers: transfers, seen: seen, awaits: awaits,
      movedTo: movedTo, version: version)
  }

  /// All stretches of a ticket.
  static let chargesOfTicket: Group<LedgerState, TicketCharge, TicketID> = ticketCharges.group(by: "ticket_id")
  /// What an agreement's credits have not covered.
  static let unsettledCharges: Group<LedgerState, TicketCharge, AgreementID> = ticketCharges.group(
    by: "agreement_id", where: "r.unsettled > 0")

  static let invoices = Table<LedgerState, Invoice>(
    "invoices", { $1(&$0.invoices) }, key: invoicesKey, columns: invoicesColumns, read: invoicesRead)

  private static let invoicesKey: [Column<InvoiceID>] = [Column("invoice_id") { $0 }]

  private static let invoicesColumns: [Column<Invoice>] = [
    Column("agreement_id", fixed: true, \.agreement),
    Column("ticket_id", fixed: true, \.ticket),
    Column("transfer_id", fixed: true, \.transfer),
    Column("units", \.units),
    Column("money_minor") { (row: Invoice) -> Int64 in row.money.minorUnits },
    Column("money_currency", fixed: true) { (row: Invoice) -> String in row.money.currency.code },
    Column("due_at", fixed: true, \.dueAt),
    Column("issued_at", \.issuedAt),
  ]

  private static let invoicesRead: Table<LedgerState, Invoice>.Read = { row throws(RowError) in
    let invoiceId = try row.next(InvoiceID.self)
    let agreementId = try row.next(AgreementID.self)
    let ticketId = try row.next(TicketID?.self)
    let transferId = try row.next(TransferID.self)
    let units = try row.next(Amount.self)
    let money = try row.requiredMoney()
    let dueAt = try row.next(Instant.self)
    let issuedAt = try row.next(Instant?.self)
    return Invoice(
      id: invoiceId, agreement: agreementId, ticket: ticketId, transfer: transferId, units: units, money: money,
      dueAt: dueAt, issuedAt: issuedAt)
  }

  /// The bills of an agreement.
  static let invoicesOfAgreement: Group<LedgerState, Invoice, AgreementID> = invoices.group(by: "agreement_id")
}

extension RowReader {
  /// Two cells: minor units and a currency's code, both or none of them NULL.
  mutating func money() throws(RowError) -> Money? {
    let minor = try next(Int64?.self)
    let code = try next(String?.self)
    guard let minor, let code else { return nil }
    guard let currency = Currency(code), let money = Money(minorUnits: minor, currency: currency) else {
      throw .malformed(column: -1, type: "money")
    }
    return money
  }

  /// Two cells that are not NULL.
  mutating func requiredMoney() throws(RowError) -> Money {
    guard let money = try money() else { throw .null(column: -1) }
    return money
  }
}
