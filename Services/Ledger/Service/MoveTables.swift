import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// The table of charges that went from one ticket to another.
enum MoveTables {
  static let moves = Table<LedgerState, ChargeMove>(
    "charge_moves", { $1(&$0.moves) }, key: [Column<TransferID>("transfer_id") { $0 }], columns: columns, isKept: false,
    read: read)

  private static let columns: [Column<ChargeMove>] = [
    Column("reversal_id", fixed: true, \.reversal), Column("from_ticket", fixed: true, \.from),
    Column("to_ticket", fixed: true, \.to), Column("amount", fixed: true, \.amount), Column("at", fixed: true, \.at),
  ]

  private static func read(_ row: inout RowReader) throws(RowError) -> ChargeMove {
    ChargeMove(
      transfer: try row.next(), reversal: try row.next(), from: try row.next(), to: try row.next(),
      amount: try row.next(), at: try row.next())
  }

  /// The moves from and to a ticket, oldest first.
  static func of(_ ticket: TicketID, _ tenant: TenantID) -> Query {
    moves.select(
      tenant, where: "(r.from_ticket = $2 OR r.to_ticket = $2) ORDER BY r.transfer_id LIMIT 1000", [Argument(ticket)])
  }
}

extension ChargeMove {
  var wire: Callout_V1_ChargeMove {
    .with {
      $0.fromTicketID = from.data
      $0.toTicketID = to.data
      $0.reversalID = reversal.data
      $0.transferID = transfer.data
      $0.amount = amount.units
      $0.atMs = at.milliseconds
    }
  }
}
