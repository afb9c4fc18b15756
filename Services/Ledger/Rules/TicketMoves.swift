package import Policy

/// How a ticket is bound up with others, as intake tells it.
package struct TicketLinks: Hashable, Sendable {
  /// Where its work went when it ended so.
  package var mergedInto: TicketID?
  /// Whose work it took over.
  package var mergedFrom: [Other]
  /// Of whose work it was made.
  package var splitFrom: Other?
  /// What was made of its work.
  package var splitInto: [TicketID]

  /// Another ticket, as it was when work went over.
  package struct Other: Hashable, Sendable {
    package var ticket: TicketID
    /// The stretch whose work went over.
    package var stretch: Int32
    /// Intake's version of it from which on that work is no longer its own.
    package var version: Int64

    package init(ticket: TicketID, stretch: Int32, version: Int64) {
      self.ticket = ticket
      self.stretch = stretch
      self.version = version
    }

    fileprivate var key: TicketCharge.Key { TicketCharge.Key(ticket: ticket, stretch: stretch) }
  }

  package init(
    mergedInto: TicketID? = nil, mergedFrom: [Other] = [], splitFrom: Other? = nil, splitInto: [TicketID] = []
  ) {
    self.mergedInto = mergedInto
    self.mergedFrom = mergedFrom
    self.splitFrom = splitFrom
    self.splitInto = splitInto
  }

  /// Every other ticket whose charges may change with this one's.
  package var others: [TicketID] { mergedFrom.map(\.ticket) + (splitFrom.map { [$0.ticket] } ?? []) + splitInto }
}

/// Says that a charge was moved from one ticket to another: a reversal there and a charge here, of the same units of the
/// same lots. Inserted, never changed.
package struct ChargeMove: Record, Hashable {
  /// The charge that stands for the other ticket now.
  package let transfer: TransferID
  /// What took it off the first ticket; it names the charge that it reverses.
  package let reversal: TransferID
  package let from: TicketID
  package let to: TicketID
  package let amount: Amount
  package let at: Instant

  package init(
    transfer: TransferID, reversal: TransferID, from: TicketID, to: TicketID, amount: Amount, at: Instant
  ) {
    self.transfer = transfer
    self.reversal = reversal
    self.from = from
    self.to = to
    self.amount = amount
    self.at = at
  }

  package var key: TransferID { transfer }
  package var group: TicketID { to }
}

// News of tickets that are bound up with others comes in any order. What is merged moves when the news of the ticket that
// goes on comes, for it names all that ended in it. What is split moves when both have told: the first one waits.
extension LedgerState {
  /// Brings over what this ticket's work has cost elsewhere, before the ticket is settled.
  ///
  /// - Returns: False if it must not be settled yet: the ticket that it shares work with has not told.
  mutating func bringOver(
    _ key: TicketCharge.Key, _ links: TicketLinks, isNew: Bool, _ context: inout Context
  ) throws(Refused) -> Bool {
    for other in links.mergedFrom { try takeOver(other, into: key, &context) }
    if let origin = links.splitFrom, key.stretch == 0, isNew || ticketCharges[key]?.awaits != nil {
      let (told, known) = (ticketCharges.members(of: origin.ticket), ticketCharges[origin.key])
      guard known?.movedTo != nil || told.contains(where: { $0.seen >= origin.version }) else {
        ticketCharges.update(key) { $0.awaits = origin.ticket }
        return false
      }
      try divide(origin.key, key, &context)
      try settleAgain(origin.key, &context)
    }
    let parts = links.splitInto.map { TicketCharge.Key(ticket: $0, stretch: 0) }
    for part in parts where ticketCharges[part]?.awaits == key.ticket { try divide(key, part, &context) }
    let isWaitedFor = parts.contains { ticketCharges[$0] == nil }
    return !isWaitedFor || (ticketCharges[key]?.outstanding ?? 0) >= 0
  }

  /// Settles what waited for this ticket to tell.
  mutating func settleParts(of key: TicketCharge.Key, _ links: TicketLinks, _ context: inout Context) throws(Refused) {
    for id in links.splitInto {
      let part = TicketCharge.Key(ticket: id, stretch: 0)
      guard ticketCharges[part]?.awaits == key.ticket else { continue }
      ticketCharges.update(part) { $0.awaits = nil }
      try settleAgain(part, &context)
    }
  }

  /// A ticket that ended in another one costs nothing here any more. Who waited for it need not wait.
  mutating func passOn(_ charge: TicketCharge, _ links: TicketLinks, _ context: inout Context) throws(Refused) {
    if !ticketCharges.update(charge) { ticketCharges.insert(charge) }
    try settleParts(of: charge.key, links, &context)
    if let origin = links.splitFrom { try settleAgain(origin.key, &context) }
  }

  /// Settles a ticket whose charges changed with another's, and tells of it.
  private mutating func settleAgain(_ key: TicketCharge.Key, _ context: inout Context) throws(Refused) {
    guard let charge = ticketCharges[key], charge.movedTo == nil else { return }
    try settle(key, tells: false, &context)
    tellCharges(of: key.ticket)
  }

  /// Moves all that a ticket was charged to the one that it ended in, and lets go of what it held.
  private mutating func takeOver(
    _ other: TicketLinks.Other, into key: TicketCharge.Key, _ context: inout Context
  ) throws(Refused) {
    guard let target = ticketCharges[key], ticketCharges[other.key]?.movedTo == nil else { return }
    if let source = ticketCharges[other.key] {
      if source.agreement == target.agreement, source.furtherUnit == target.furtherUnit {
        try move(max(0, source.charged), from: other.key, to: key, &context)
      } else {
        try giveBack(other.key, &context)
      }
      if let hold = source.hold.flatMap({ holds[$0] }), hold.state == .open, target.quote?.as() != hold.id {
        try end(hold, .voided(reason: "Moved to \(target.text)"), &context)
      }
    } else {
      ticketCharges.insert(
        TicketCharge(key: other.key, agreement: target.agreement, planVersion: target.planVersion, text: ""))
    }
    ticketCharges.update(other.key) { source in
      source.movedTo = key.ticket
      source.hold = nil
      source.wanted = 0
      source.isDue = true
      source.lines = []
      source.due = 0
      source.unsettled = 0
      source.blockedBy = []
      source.blockedText = ""
    }
    tellCharges(of: other.ticket)
  }

  /// Takes back what a ticket was charged under an agreement, or in a unit, that the other ticket does not draw on.
  private mutating func giveBack(_ key: TicketCharge.Key, _ context: inout Context) throws(Refused) {
    for id in ticketCharges[key]?.transfers ?? [] where reversals[id] == nil {
      guard let transfer = transfers[id], transfer.kind == .charge else { continue }
      let back = try reverse(transfer, reason: "Merged into a ticket that is paid otherwise", &context)
      ticketCharges.update(key) { charge in
        charge.transfers.append(back.id)
        charge.charged += transfer.amount
      }
    }
  }

  /// Moves what a ticket was charged beyond what its own work costs to the part that was split off, as far as that is due.
  private mutating func divide(
    _ origin: TicketCharge.Key, _ part: TicketCharge.Key, _ context: inout Context
  ) throws(Refused) {
    guard let source = ticketCharges[origin], let target = ticketCharges[part], source.movedTo == nil,
      source.agreement == target.agreement, source.furtherUnit == target.furtherUnit, source.isDue, target.isDue,
      target.blockedBy.isEmpty
    else { return }
    try move(min(max(0, -source.outstanding), max(0, target.outstanding)), from: origin, to: part, &context)
  }

  /// Moves units from one ticket's charges to another's: each charge is reversed, and charged again where it belongs, from
  /// the same lots and at the same price. The balance is what it was.
  private mutating func move(
    _ units: Amount, from: TicketCharge.Key, to: TicketCharge.Key, _ context: inout Context
  ) throws(Refused) {
    guard let source = ticketCharges[from], let target = ticketCharges[to] else { return }
    var left = units
    for id in source.transfers where left > 0 && reversals[id] == nil {
      guard let transfer = transfers[id], transfer.kind == .charge, transfer.amount < 0,
        transfer.furtherUnit == source.furtherUnit
      else { continue }
      let part = min(left, -transfer.amount)
      left -= part
      let back = try reverse(transfer, reason: "Moved to \(target.text)", lapses: false, &context)
      let (moved, kept) = Share(of: back).divided(after: part)
      let charged = try chargeAgain(moved, transfer, to, "Moved from \(source.text)", &context)
      ticketCharges.update(from) { charge in
        charge.charged -= part
        charge.transfers.append(back.id)
      }
      ticketCharges.update(to) { charge in
        charge.charged += part
        charge.transfers.append(charged.id)
      }
      if kept.total > 0 {
        let stays = try chargeAgain(kept, transfer, from, "What stays of the charge", &context)
        ticketCharges.update(from) { $0.transfers.append(stays.id) }
      }
      moves.insert(
        ChargeMove(
          transfer: charged.id, reversal: back.id, from: from.ticket, to: to.ticket, amount: part, at: charged.at))
      common.changed(
        "charge.moved", charged.id, version: 1, "\(part) moved from \(source.text) to \(target.text)")
      try lapse(back.draws.map(\.lot), &context)
    }
  }

  /// Charges a ticket with units that a reversal has just brought back.
  private mutating func chargeAgain(
    _ share: Share, _ original: Transfer, _ key: TicketCharge.Key, _ text: String, _ context: inout Context
  ) throws(Refused) -> Transfer {
    let plan = try plan(original.planVersion)
    let title = ticketCharges[key]?.text ?? original.text
    if share.overage > 0 { try raiseLimit(original.agreement, by: share.overage) }
    let posted = try post(
      Posting(
        kind: .charge, agreement: original.agreement, contra: .earned, planVersion: original.planVersion, text: title,
        lines: [
          JournalLine(
            kind: .adjustment, clause: original.lines.first?.clause ?? "", text: text, units: share.total,
            arithmetic: "\(share.total) of the \(-original.amount) charged on \(dateText(original.at, plan))")
        ],
        draws: share.draws.map { Draw(lot: $0.lot, units: -$0.units) }, overage: -share.overage, ticket: key.ticket,
        furtherUnit: original.furtherUnit, effectiveAt: original.effectiveAt), &context)
    if share.overage > 0 {
      try bill(share.overage, for: posted, plan: plan, completedAt: original.effectiveAt, &context)
    }
    return posted
  }
}

/// Units that a reversal brought back: parts of lots, and what was beyond them.
private struct Share {
  var draws: [Draw] = []
  var overage: Amount = 0

  init() {}

  init(of reversal: Transfer) {
    draws = reversal.draws
    overage = reversal.overage
  }

  var total: Amount { draws.total + overage }

  /// The first `units` of it, lots before overage, and the rest.
  func divided(after units: Amount) -> (first: Share, rest: Share) {
    var (first, rest, left) = (Share(), Share(), units)
    for draw in draws {
      let part = min(draw.units, left)
      left -= part
      if part > 0 { first.draws.append(Draw(lot: draw.lot, units: part)) }
      if draw.units > part { rest.draws.append(Draw(lot: draw.lot, units: draw.units - part)) }
    }
    first.overage = min(left, overage)
    rest.overage = overage - first.overage
    return (first, rest)
  }
}
