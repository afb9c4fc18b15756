import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum GetTransfer: ReadOperation {
  static let method = Method.transferGet
  static let isByKey = true

  static func queries(_ request: Callout_V1_TransferGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try TransferID(field: "transfer_id", request.transferID)
    return [JournalTables.transfers.find(context.tenant, id)]
  }

  static func reply(
    _ request: Callout_V1_TransferGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_TransferGetReply {
    let transfer = try results.one(0, of: JournalTables.transfers, named: "transfer")
    return .with { $0.transfer = transfer.wire }
  }
}

enum ListJournal: ReadOperation {
  static let method = Method.journalList

  static func queries(_ request: Callout_V1_JournalListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let id = try AgreementID(field: "agreement_id", request.agreementID)
    let page = try PageRequest(request.page)
    let after = try JournalPlace(page.after)
    return [
      Tables.agreements.find(context.tenant, id),
      // Periods rise with the numbers, so that this order is that of the wallet's entries.
      JournalTables.transfers.select(
        context.tenant,
        where: "r.agreement_id = $2 AND (r.period, r.sequence) > ($3, $4) ORDER BY r.period, r.sequence LIMIT $5",
        [Argument(id), Argument(after.period), Argument(after.sequence), Argument(page.fetch)]),
    ]
  }

  static func reply(
    _ request: Callout_V1_JournalListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_JournalListReply {
    _ = try results.one(0, of: Tables.agreements, named: "agreement")
    let page = try PageRequest.checked(request.page)
    let (transfers, next) = page.cut(try results.rows(1, of: JournalTables.transfers)) { transfer in
      JournalPlace(period: transfer.period, sequence: transfer.sequence).token
    }
    return .with {
      $0.transfers = transfers.map(\.wire)
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
