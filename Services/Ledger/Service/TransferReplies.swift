import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// An operation that answers with a transfer and the balance after it. The journal holds both for ever, so that the reply
/// is made again from the transfer's row: its trace is the transfer's id, 16 bytes.
protocol TransferOperation: WriteOperation where State == LedgerState, Reply: TransferReply {}

/// A reply that tells a transfer and a balance.
protocol TransferReply: Message {
  var transfer: Callout_V1_Transfer { get set }
  var balance: Int64 { get set }
}

extension Callout_V1_ChargePostReply: TransferReply {}
extension Callout_V1_ChargeReverseReply: TransferReply {}
extension Callout_V1_AdjustmentPostReply: TransferReply {}

extension TransferOperation {
  static func trace(of reply: Reply) -> [UInt8]? {
    // Where something more was posted under the same request, the balance is not the transfer's.
    guard reply.transfer.entries.first?.balance == reply.balance else { return nil }
    return Array(reply.transfer.id)
  }

  static func needs(of trace: [UInt8], _ needs: inout Needs<LedgerState>) {
    if let id = TransferID(bytes: trace) { needs.row(JournalTables.transfers, id) }
  }

  static func reply(of trace: [UInt8], _ state: LedgerState) -> Reply? {
    guard let id = TransferID(bytes: trace), let transfer = state.transfers[id] else { return nil }
    return .with {
      $0.transfer = transfer.wire
      $0.balance = transfer.balance.units
    }
  }
}
