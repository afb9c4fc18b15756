import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// Reading entries by their wallets and numbers.
enum EntryQuery {
  /// Both entries of each transfer.
  static func select(_ tenant: TenantID, _ transfers: [Transfer]) -> Query {
    let wallets = transfers.flatMap {
      [$0.agreement.as(Kind.Wallet.self), $0.contra.tenantWallet ?? $0.agreement.as()]
    }
    let sequences = transfers.flatMap { [$0.sequence, $0.contraSequence] }
    return Query(
      sql: """
        SELECT e.wallet_id, e.sequence, e.transfer_id, e.amount, e.balance, e.at
        FROM unnest($2::uuid[], $3::bigint[]) AS k(wallet_id, sequence)
        JOIN entries e ON e.tenant_id = $1 AND e.wallet_id = k.wallet_id AND e.sequence = k.sequence
        """, [Argument(tenant), Argument(array: wallets), Argument(array: sequences)])
  }

  static func read(_ row: inout RowReader) throws(RowError) -> Entry {
    Entry(
      wallet: try row.next(), sequence: try row.next(), transfer: try row.next(), amount: try row.next(),
      balance: try row.next(), at: try row.next())
  }

  /// The transfers with their entries, the customer's first.
  static func posted(_ transfers: [Transfer], _ entries: [Entry]) -> [PostedTransfer] {
    let sides = Dictionary(grouping: entries, by: \.transfer)
    return transfers.map { transfer in
      let own: WalletID = transfer.agreement.as()
      let entries = sides[transfer.id] ?? []
      return PostedTransfer(
        transfer: transfer, entries: entries.filter { $0.wallet == own } + entries.filter { $0.wallet != own })
    }
  }
}

enum GetTransfer: ReadOperation {
  static let method = Method.transferGet

  static func queries(_ request: Callout_V1_TransferGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try TransferID(field: "transfer_id", request.transferID)
    return [JournalTables.transfers.select(context.tenant, where: "r.transfer_id = $2", [Argument(id)])]
  }

  static func followUp(
    _ request: Callout_V1_TransferGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    [EntryQuery.select(context.tenant, try results.rows(0, of: JournalTables.transfers))]
  }

  static func reply(
    _ request: Callout_V1_TransferGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TransferGetReply {
    let transfer = try results.one(0, of: JournalTables.transfers, named: "transfer")
    let entries = try results.rows(1, EntryQuery.read)
    return .with { $0.transfer = EntryQuery.posted([transfer], entries)[0].wire }
  }
}

enum ListJournal: ReadOperation {
  static let method = Method.journalList

  static func queries(_ request: Callout_V1_JournalListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    let page = try PageRequest(request.page)
    let after = try JournalPlace(page.after)
    return [
      Tables.agreements.select(context.tenant, where: "r.agreement_id = $2", [Argument(id)]),
      // Periods rise with the numbers, so that this order is that of the wallet's entries.
      JournalTables.transfers.select(
        context.tenant,
        where: "r.agreement_id = $2 AND (r.period, r.sequence) > ($3, $4) ORDER BY r.period, r.sequence LIMIT $5",
        [Argument(id), Argument(after.period), Argument(after.sequence), Argument(page.fetch)]),
    ]
  }

  static func followUp(
    _ request: Callout_V1_JournalListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    [EntryQuery.select(context.tenant, try results.rows(1, of: JournalTables.transfers))]
  }

  static func reply(
    _ request: Callout_V1_JournalListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_JournalListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let page = try PageRequest.checked(request.page)
    let (transfers, next) = page.cut(try results.rows(1, of: JournalTables.transfers)) { transfer in
      JournalPlace(period: transfer.period, sequence: transfer.sequence).token
    }
    let posted = EntryQuery.posted(transfers, try results.rows(2, EntryQuery.read))
    return .with {
      $0.transfers = posted.map(\.wire)
      $0.next = .init(next)
    }
  }
}

/// A place in a journal, as a page's token carries it.
private struct JournalPlace {
  var period: Instant
  var sequence: Int64

  init(period: Instant, sequence: Int64) {
    self.period = period
    self.sequence = sequence
  }

  /// Before everything for the empty token.
  init(_ token: [UInt8]) throws(Refused) {
    guard !token.isEmpty else {
      self.init(period: .earliest, sequence: 0)
      return
    }
    guard let halves = SubjectID(bytes: token), let sequence = Int64(exactly: halves.low),
      let period = Instant(validating: Int64(bitPattern: halves.high))
    else { throw Refused(.invalid(field: "page.after"), "This is no page's `next`.") }
    self.init(period: period, sequence: sequence)
  }

  var token: [UInt8] {
    SubjectID(high: UInt64(bitPattern: period.milliseconds), low: UInt64(sequence)).bytes
  }
}
