import LedgerRules
import Policy
import ServiceKit
import Wire

/// An operation that answers with a transfer and the balance after it. The journal holds both for ever, so that the reply
/// is made again from the transfer's row: its trace is the transfer's id, 16 bytes.
protocol TransferOperation: WriteOperation where State == LedgerState, Reply == TransferReply {}

/// What `ChargePostReply`, `ChargeReverseReply` and `AdjustmentPostReply` tell, all in the same two fields.
struct TransferReply: Sendable {
  let transfer: Transfer
  /// Units after it.
  let balance: Amount
}

extension TransferOperation {
  static func encode(_ reply: TransferReply) -> EncodedMessage {
    var writer = MessageWriter(reserving: 512)
    writer.message(1) { $0.transfer(reply.transfer) }
    writer.integer(2, reply.balance.units)
    return writer.message
  }

  static func trace(of reply: TransferReply) -> [UInt8]? {
    // Where something more was posted under the same request, the balance is not the transfer's.
    reply.transfer.balance == reply.balance ? reply.transfer.id.bytes : nil
  }

  static func needs(of trace: [UInt8], _ needs: inout Needs<LedgerState>) {
    if let id = TransferID(bytes: trace) { needs.row(JournalTables.transfers, id) }
  }

  static func reply(of trace: [UInt8], _ state: LedgerState) -> TransferReply? {
    guard let id = TransferID(bytes: trace), let transfer = state.transfers[id] else { return nil }
    return TransferReply(transfer: transfer, balance: transfer.balance)
  }
}

// The messages of every charge, written without the generated types: filling those takes as long as all the rest of a
// charge's rules. `transfer.get` fills them, and the tests compare the two.
extension MessageWriter {
  /// The fields of `Transfer`.
  fileprivate mutating func transfer(_ transfer: Transfer) {
    identifier(1, transfer.id)
    text(2, transfer.kind.rawValue)
    identifier(3, transfer.agreement)
    identifier(4, transfer.ticket)
    identifier(5, transfer.hold)
    identifier(6, transfer.reverses)
    text(7, transfer.text)
    for line in transfer.lines { message(8) { $0.line(line) } }
    message(9) { $0.ownSide(of: transfer) }
    message(9) { $0.otherSide(of: transfer) }
    integer(10, transfer.at.milliseconds)
    integer(11, transfer.effectiveAt.milliseconds)
    transfer.planVersion.bytes.withUnsafeBytes { data(12, $0) }
    if let unit = transfer.furtherUnit { text(13, unit) }
  }

  /// The fields of `ChargeLine`.
  private mutating func line(_ line: JournalLine) {
    text(1, line.clause)
    text(2, line.kind.rawValue)
    integer(3, line.units.units)
    text(4, line.text)
    text(5, line.arithmetic)
    for input in line.inputs { text(6, input) }
  }

  /// The fields of the customer's `Entry`.
  private mutating func ownSide(of transfer: Transfer) {
    identifier(1, WalletID(of: transfer.agreement, in: transfer.furtherUnit))
    integer(2, transfer.sequence)
    integer(3, transfer.amount.units)
    integer(4, transfer.balance.units)
    for draw in transfer.draws where draw.units != 0 || draw.expiresAt != nil {
      message(5) {
        $0.identifier(1, draw.lot)
        $0.integer(2, draw.units.units)
        $0.integer(3, draw.expiresAt?.milliseconds ?? 0)
      }
    }
  }

  /// The fields of the tenant's `Entry`: this transfer's part of one that it may share with others.
  private mutating func otherSide(of transfer: Transfer) {
    identifier(1, transfer.contra)
    integer(2, transfer.contraSequence)
    integer(3, -transfer.amount.units)
  }

  /// The fields of `ChargeOutcome`, of a charge that was accepted.
  mutating func outcome(_ reply: ChargePost.Reply) {
    identifier(1, reply.transfer.id)
    integer(2, -reply.transfer.amount.units)
    integer(3, reply.balance.units)
    if let unit = reply.transfer.furtherUnit { text(7, unit) }
  }

  private mutating func identifier<Tag>(_ field: UInt64, _ id: ID<Tag>?) {
    if let id { identifier(field, high: id.high, low: id.low) }
  }
}
