import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

// What the rules' values are on the wire. Each type has its one mapping here.

extension ID {
  var data: Data { Data(bytes) }
}

extension Optional {
  /// Empty for nil.
  func data<Tag>() -> Data where Wrapped == ID<Tag> { self?.data ?? Data() }
}

extension Instant? {
  /// 0 for nil.
  var wire: Int64 { self?.milliseconds ?? 0 }
}

extension Agreement {
  func wire(balance: Amount, held: Amount) -> Callout_V1_Agreement {
    .with {
      $0.id = id.data
      $0.accountID = account.data
      $0.planVersion = Data(planVersion.bytes)
      $0.plan = plan
      $0.unit = unit
      $0.state = isActive ? "active" : "ended"
      $0.signedMs = signedAt.milliseconds
      $0.endedMs = endedAt.wire
      $0.purchasedMs = purchasedAt.wire
      $0.balance = balance.units
      $0.held = held.units
      $0.version = UInt64(version)
      $0.tier = tier
      $0.agreedMs = agreedAt.milliseconds
      $0.endsMs = endsAt.wire
      $0.bought = bought
    }
  }

  func wire(_ wallet: Wallet) -> Callout_V1_Agreement { wire(balance: wallet.balance, held: wallet.held) }
}

extension Lot {
  var wire: Callout_V1_Lot {
    .with {
      $0.id = id.data
      $0.agreementID = agreement.data
      $0.package = package
      $0.granted = granted.units
      $0.remaining = remaining.units
      $0.priority = priority
      $0.grantedMs = grantedAt.milliseconds
      $0.expiresMs = expiresAt.wire
      $0.expired = isExpired
      $0.unit = furtherUnit ?? ""
    }
  }
}

extension Hold {
  var wire: Callout_V1_Hold {
    .with {
      $0.id = id.data
      $0.agreementID = agreement.data
      $0.amount = amount.units
      $0.captured = captured.units
      $0.state = state.rawValue
      $0.reason = reason
      $0.ticketID = ticket.data()
      $0.placedMs = placedAt.milliseconds
      $0.expiresMs = expiresAt.wire
      $0.overage = overage.units
      $0.unit = furtherUnit ?? ""
    }
  }
}

extension JournalLine {
  var wire: Callout_V1_ChargeLine {
    .with {
      $0.clause = clause
      $0.kind = kind.rawValue
      $0.amount = units.units
      $0.text = text
      $0.arithmetic = arithmetic
      $0.inputs = inputs
    }
  }
}

extension Quote {
  /// `currency` is the plan's.
  func wire(currency: String) -> Callout_V1_Quote {
    .with {
      $0.id = id.data
      $0.agreementID = agreement.data
      $0.ticketID = ticket.data()
      $0.planVersion = Data(planVersion.bytes)
      $0.lines = lines.map(\.wire)
      $0.total = total.units
      $0.available = available.units
      $0.overage = overage.units
      $0.overagePrice = price?.minorUnits ?? 0
      $0.currency = price?.currency.code ?? currency
      $0.state = state.rawValue
      $0.holdID = hold.data()
      $0.madeMs = madeAt.milliseconds
      $0.acknowledgedBy = acknowledgedBy
      $0.acknowledgedMs = acknowledgedAt.wire
      $0.unit = furtherUnit ?? ""
    }
  }
}

extension Transfer {
  var wire: Callout_V1_Transfer {
    .with {
      $0.id = id.data
      $0.kind = kind.rawValue
      $0.agreementID = agreement.data
      $0.ticketID = ticket.data()
      $0.holdID = hold.data()
      $0.reverses = reverses.data()
      $0.text = text
      $0.lines = lines.map(\.wire)
      $0.entries = [own, other]
      $0.atMs = at.milliseconds
      $0.effectiveMs = effectiveAt.milliseconds
      $0.planVersion = Data(planVersion.bytes)
      $0.unit = furtherUnit ?? ""
    }
  }

  /// The customer's side.
  private var own: Callout_V1_Entry {
    .with {
      $0.walletID = WalletID(of: agreement, in: furtherUnit).data
      $0.seq = UInt64(sequence)
      $0.amount = amount.units
      $0.balance = balance.units
      $0.draws = draws.filter { $0.units != 0 || $0.expiresAt != nil }.map { draw in
        .with {
          $0.lotID = draw.lot.data
          $0.amount = draw.units.units
          $0.expiresMs = draw.expiresAt?.milliseconds ?? 0
        }
      }
    }
  }

  /// The tenant's side: this transfer's part of an entry that it may share with others.
  private var other: Callout_V1_Entry {
    .with {
      $0.walletID = contra.data
      $0.seq = UInt64(contraSequence)
      $0.amount = -amount.units
    }
  }
}

extension Invoice {
  var wire: Callout_V1_Invoice {
    .with {
      $0.id = id.data
      $0.agreementID = agreement.data
      $0.ticketID = ticket.data()
      $0.units = units.units
      $0.amount = money.minorUnits
      $0.currency = money.currency.code
      $0.dueToIssueMs = dueAt.milliseconds
      $0.issuedMs = issuedAt.wire
    }
  }
}

extension StatementLine {
  var wire: Callout_V1_StatementLine {
    .with {
      $0.atMs = at.milliseconds
      $0.kind = kind.rawValue
      $0.amount = amount.units
      $0.text = text.isEmpty ? heading : "\(heading): \(text)"
      $0.clause = clause
      $0.transferID = transfer.data
      $0.arithmetic = arithmetic
      $0.unit = furtherUnit ?? ""
    }
  }
}

extension Statement {
  /// Without lines and text.
  var head: Callout_V1_Statement {
    .with {
      $0.id = id.data
      $0.agreementID = agreement.data
      $0.fromMs = from.milliseconds
      $0.toMs = to.milliseconds
      $0.opening = opening.units
      $0.closing = closing.units
      $0.closed = true
      $0.digest = Data(digest)
    }
  }

  /// With the lines of `document`, which is this statement made again.
  func wire(_ document: StatementDocument) -> Callout_V1_Statement {
    var statement = head
    statement.lines = document.lines.map(\.wire)
    statement.units = document.totals
    statement.text = text
    return statement
  }
}

extension StatementDocument {
  /// As a preview: a statement that is not closed has no id.
  var preview: Callout_V1_Statement {
    let text = text
    return .with {
      $0.agreementID = agreement.data
      $0.fromMs = from.milliseconds
      $0.toMs = to.milliseconds
      $0.opening = opening.units
      $0.closing = closing.units
      $0.lines = lines.map(\.wire)
      $0.closed = false
      $0.digest = Data(Digest.sha256(Array(text.utf8)))
      $0.text = text
      $0.units = totals
    }
  }

  /// The further units that have a balance or a line.
  var totals: [Callout_V1_UnitTotals] {
    furtherClosings.map { closing in
      .with {
        $0.unit = closing.unit
        $0.opening = opening(in: closing.unit).units
        $0.closing = closing.units.units
      }
    }
  }
}

extension StandingOrder {
  var wire: Callout_V1_StandingOrder {
    .with {
      $0.id = id.data
      $0.agreementID = agreement.data
      $0.package = package
      $0.quantity = UInt32(clamping: quantity)
      $0.paid = paid
      $0.reference = reference
      $0.startedMs = startedAt.milliseconds
      $0.times = UInt32(clamping: times)
      $0.nextMs = nextAt.wire
      $0.endedMs = endedAt.wire
      $0.endReason = endReason
    }
  }
}

extension TicketSummary {
  var snapshot: Callout_V1_TicketChargesSnapshot {
    .with {
      $0.ticketID = ticket.data
      $0.charges = .with {
        $0.held = held.units
        $0.charged = charged.units
        $0.unsettled = unsettled.units
        $0.lines = lines.map(\.wire)
      }
    }
  }

  var reply: Callout_V1_TicketchargeGetReply {
    .with {
      $0.ticketID = ticket.data
      $0.agreementID = agreement.data
      $0.held = held.units
      $0.charged = charged.units
      $0.unsettled = unsettled.units
      $0.lines = lines.map(\.wire)
      $0.transferIds = transfers.map(\.data)
      $0.unit = furtherUnit ?? ""
    }
  }
}

extension Notice {
  var wire: Callout_V1_Notice {
    .with {
      $0.kind = kind.rawValue
      $0.accountID = account.data
      $0.subject = subject
      $0.text = text
      $0.facts = facts.wire
    }
  }
}

extension Amount {
  /// The amount in a field of a request; refuses `.invalid(field:)` beyond ±10^15.
  init(field: String, _ units: Int64) throws(Refused) {
    guard let amount = Amount(units) else {
      throw Refused(.invalid(field: field), "\(field) is at most \(Amount.largest) either way.")
    }
    self = amount
  }
}
