import LedgerRules
import Policy
import ServiceKit

/// The tables to which rows are only ever added; the service may not update them.
enum JournalTables {
  static let transfers = Table<LedgerState, Transfer>(
    "transfers", { $1(&$0.transfers) }, key: transfersKey, columns: transfersColumns, isKept: false, read: transfersRead
  )

  private static let transfersKey: [Column<TransferID>] = [Column("transfer_id") { $0 }]

  private static let transfersColumns: [Column<Transfer>] = [
    Column("kind", fixed: true, \.kind),
    Column("agreement_id", fixed: true, \.agreement),
    Column("ticket_id", fixed: true, \.ticket),
    Column("hold_id", fixed: true, \.hold),
    Column("reverses", fixed: true, \.reverses),
    Column("text", fixed: true, \.text),
    Column("lines", fixed: true) { (row: Transfer) -> StoredList<JournalLine> in StoredList(row.lines) },
    Column("draws", fixed: true) { (row: Transfer) -> StoredList<Draw> in StoredList(row.draws) },
    Column("overage", fixed: true, \.overage),
    Column("amount", fixed: true, \.amount),
    Column("sequence", fixed: true, \.sequence),
    Column("balance", fixed: true, \.balance),
    Column("contra", fixed: true, \.contra),
    Column("contra_sequence", fixed: true, \.contraSequence),
    Column("at", fixed: true, \.at),
    Column("effective_at", fixed: true, \.effectiveAt),
    Column("plan_version", fixed: true, \.planVersion),
    Column("period", fixed: true, \.period),
    Column("unit", fixed: true, \.furtherUnit),
  ]

  private static let transfersRead: Table<LedgerState, Transfer>.Read = { row throws(RowError) in
    let transferId = try row.next(TransferID.self)
    let kind = try row.next(Transfer.Kind.self)
    let agreementId = try row.next(AgreementID.self)
    let ticketId = try row.next(TicketID?.self)
    let holdId = try row.next(HoldID?.self)
    let reverses = try row.next(TransferID?.self)
    let text = try row.next(String.self)
    let lines = try row.next(StoredList<JournalLine>.self).elements
    let draws = try row.next(StoredList<Draw>.self).elements
    let overage = try row.next(Amount.self)
    // The amount follows from draws and overage.
    _ = try row.next(Amount.self)
    let sequence = try row.next(Int64.self)
    let balance = try row.next(Amount.self)
    let contra = try row.next(WalletID.self)
    let contraSequence = try row.next(Int64.self)
    let at = try row.next(Instant.self)
    let effectiveAt = try row.next(Instant.self)
    let planVersion = try row.next(PlanVersion.self)
    let period = try row.next(Instant.self)
    let furtherUnit = try row.next(String?.self)
    return Transfer(
      id: transferId, kind: kind, agreement: agreementId, ticket: ticketId, hold: holdId, reverses: reverses,
      furtherUnit: furtherUnit, text: text, lines: lines, draws: draws, overage: overage, sequence: sequence,
      balance: balance, contra: contra,
      contraSequence: contraSequence, at: at, effectiveAt: effectiveAt, planVersion: planVersion, period: period)
  }

  /// The transfers of an agreement's statement period.
  static let transfersOfPeriod: Group<LedgerState, Transfer, AgreementPeriod> = transfers.group(
    by: periodColumns, limit: 100_000)

  private static let periodColumns: [Column<AgreementPeriod>] = [
    Column("agreement_id", \.agreement), Column("period", \.from),
  ]

  static let entries = Table<LedgerState, Entry>(
    "entries", { $1(&$0.entries) }, key: entriesKey, columns: entriesColumns, isKept: false, read: entriesRead)

  private static let entriesKey: [Column<Entry.Key>] = [Column("wallet_id", \.wallet), Column("sequence", \.sequence)]

  private static let entriesColumns: [Column<Entry>] = [
    Column("amount", fixed: true, \.amount), Column("balance", fixed: true, \.balance), Column("at", fixed: true, \.at),
  ]

  private static let entriesRead: Table<LedgerState, Entry>.Read = { row throws(RowError) in
    Entry(
      wallet: try row.next(), sequence: try row.next(), amount: try row.next(), balance: try row.next(),
      at: try row.next())
  }

  static let reversals = Table<LedgerState, Reversal>(
    "reversals", { $1(&$0.reversals) }, key: reversalsKey, columns: reversalsColumns, isKept: false, read: reversalsRead
  )

  private static let reversalsKey: [Column<TransferID>] = [Column("transfer_id") { $0 }]

  private static let reversalsColumns: [Column<Reversal>] = [
    Column("reversed_by", fixed: true, \.by)
  ]

  private static let reversalsRead: Table<LedgerState, Reversal>.Read = { row throws(RowError) in
    let transferId = try row.next(TransferID.self)
    let reversedBy = try row.next(TransferID.self)
    return Reversal(transfer: transferId, by: reversedBy)
  }

  static let statements = Table<LedgerState, Statement>(
    "statements", { $1(&$0.statements) }, key: statementsKey, columns: statementsColumns, isKept: false,
    read: statementsRead)

  private static let statementsKey: [Column<Statement.Key>] = [
    Column("agreement_id", \.agreement), Column("from_at", \.from),
  ]

  private static let statementsColumns: [Column<Statement>] = [
    Column("statement_id", fixed: true, \.id),
    Column("to_at", fixed: true, \.to),
    Column("opening", fixed: true, \.opening),
    Column("closing", fixed: true, \.closing),
    Column("account_name", fixed: true, \.accountName),
    Column("closed_at", fixed: true, \.closedAt),
    Column("text", fixed: true, \.text),
    Column("digest", fixed: true, \.digest),
    Column("lots", fixed: true) { (row: Statement) -> StoredList<StatementLot> in StoredList(row.lots) },
  ]

  private static let statementsRead: Table<LedgerState, Statement>.Read = { row throws(RowError) in
    let agreementId = try row.next(AgreementID.self)
    let fromAt = try row.next(Instant.self)
    let statementId = try row.next(StatementID.self)
    let toAt = try row.next(Instant.self)
    let opening = try row.next(Amount.self)
    let closing = try row.next(Amount.self)
    let accountName = try row.next(String.self)
    let closedAt = try row.next(Instant.self)
    let text = try row.next(String.self)
    // The digest follows from the text.
    _ = try row.next([UInt8].self)
    let lots = try row.next(StoredList<StatementLot>.self).elements
    return Statement(
      id: statementId, agreement: agreementId, from: fromAt, to: toAt, opening: opening, closing: closing,
      accountName: accountName, closedAt: closedAt, text: text, lots: lots)
  }
}

/// A statement period of an agreement.
struct AgreementPeriod: Hashable, Comparable, Sendable {
  let agreement: AgreementID
  /// The period's first instant.
  let from: Instant

  static func < (a: AgreementPeriod, b: AgreementPeriod) -> Bool { (a.agreement, a.from) < (b.agreement, b.from) }
}
