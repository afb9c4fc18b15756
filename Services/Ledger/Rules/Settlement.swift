internal import Policy

extension LedgerState {
  /// The open hold that the rules placed for a ticket.
  func openHold(of ticket: TicketID) -> Hold? {
    for charge in ticketCharges.members(of: ticket).reversed() {
      if let hold = charge.hold.flatMap({ holds[$0] }), hold.state == .open { return hold }
    }
    return nil
  }

  /// The ticket charges of an agreement that are not covered, oldest first.
  func unsettled(of agreement: AgreementID) -> [TicketCharge] {
    ticketCharges.all.filter { $0.agreement == agreement && $0.unsettled > 0 }
  }

  /// Tries again to cover what is not, after units came in.
  mutating func settleUnsettled(of agreement: AgreementID, _ context: inout Context) throws(Refused) {
    for charge in unsettled(of: agreement) {
      try settle(charge.key, tells: false, &context)
      tellCharges(of: charge.key.ticket)
    }
  }

  /// Settles the latest stretch of a ticket, if the ledger knows the ticket, and tells what has become of it.
  mutating func settle(_ ticket: TicketID, _ context: inout Context) throws(Refused) {
    guard let charge = ticketCharges.members(of: ticket).last else { return }
    try settle(charge.key, tells: false, &context)
    tellCharges(of: ticket)
  }

  /// Makes a quote the one under which its ticket's work is done.
  mutating func attach(_ quote: Quote) {
    guard let ticket = quote.ticket, var charge = ticketCharges.members(of: ticket).last,
      charge.agreement == quote.agreement
    else { return }
    charge.quote = quote.id
    if quote.isAgreed, quote.furtherUnit == charge.furtherUnit { charge.agreed = quote.total }
    ticketCharges.update(charge)
  }

  /// The most that a ticket's latest stretch may come to without a new acknowledgement; nil for no bound.
  func agreed(for ticket: TicketID, in furtherUnit: String?) -> Amount? {
    ticketCharges.members(of: ticket).last.flatMap { $0.furtherUnit == furtherUnit ? $0.agreed : nil }
  }

  /// Bounds what a ticket may come to by its quote, once that was agreed on: by its total, and by what the blocks cost that
  /// were consented to since.
  func bound(_ charge: inout TicketCharge, _ task: WorkTask, _ plan: Plan) {
    guard let quote = charge.quote.flatMap({ quotes[$0] }), quote.isAgreed,
      quote.furtherUnit == charge.furtherUnit
    else { return }
    var quoted = task
    quoted.consentedBlocks = min(task.consentedBlocks, Int(quote.consentedBlocks))
    charge.agreed = quote.total + plan.rate(task).total - plan.rate(quoted).total
  }

  /// Takes everything back that a ticket's stretch holds and was charged, since its work is counted in another unit now.
  mutating func letGo(
    _ charge: inout TicketCharge, for furtherUnit: String?, _ context: inout Context
  ) throws(Refused) {
    if let open = charge.hold.flatMap({ holds[$0] }), open.state == .open {
      try end(open, .voided(reason: "Replaced: the work is counted in another unit now"), &context)
    }
    if charge.charged != 0 { try takeBack(&charge, &context) }
    charge.furtherUnit = furtherUnit
    charge.hold = nil
    charge.agreed = nil
    charge.wanted = 0
    charge.due = 0
    charge.reversed = 0
    charge.unsettled = 0
    charge.told = 0
    charge.areLinesPosted = false
  }

  /// Tells intake and watchers what a ticket costs now, under a new version.
  mutating func tellCharges(of ticket: TicketID) {
    guard var last = ticketCharges.members(of: ticket).last else { return }
    last.version += 1
    ticketCharges.update(last)
    if let cost = cost(of: ticket) { common.emit(.charges(cost)) }
  }

  /// What a ticket costs, under the version that was told last; nil if the ledger does not know the ticket.
  func cost(of ticket: TicketID) -> TicketSummary? {
    let stretches = ticketCharges.members(of: ticket)
    let held = stretches.reduce(Amount.zero) { sum, charge in
      guard let hold = charge.hold.flatMap({ holds[$0] }), hold.state == .open else { return sum }
      return sum + hold.amount
    }
    return TicketSummary(stretches, held: held)
  }

  /// Holds what a ticket may cost, or charges what is due, as far as units can be found: first from its hold, then free
  /// ones, then what was acknowledged. The rest stays unsettled; a balance never goes below zero unasked.
  mutating func settle(_ key: TicketCharge.Key, tells: Bool, _ context: inout Context) throws(Refused) {
    guard let charge = ticketCharges[key] else { return }
    let plan = try plan(charge.planVersion)
    try adoptQuote(key, &context)
    if charge.isDue {
      try settleDue(key, plan: plan, tells: tells, &context)
    } else {
      try settleWanted(key, plan: plan, tells: tells, &context)
    }
  }

  /// Takes the hold of the ticket's quote in place of the one placed before.
  private mutating func adoptQuote(_ key: TicketCharge.Key, _ context: inout Context) throws(Refused) {
    guard var charge = ticketCharges[key], let quote = charge.quote.flatMap({ quotes[$0] }), let id = quote.hold,
      let hold = holds[id], hold.state == .open, hold.furtherUnit == charge.furtherUnit, charge.hold != id
    else { return }
    if let own = charge.hold.flatMap({ holds[$0] }), own.state == .open {
      try end(own, .voided(reason: "Replaced by a quote"), &context)
    }
    charge.hold = id
    ticketCharges.update(charge)
    // The hold belongs to work that goes on: it no longer ends by itself.
    common.timers.disarm(TimerKind.holdExpires, id)
    common.timers.disarm(TimerKind.quoteExpires, quote.id)
  }

  private mutating func settleWanted(
    _ key: TicketCharge.Key, plan: Plan, tells: Bool, _ context: inout Context
  ) throws(Refused) {
    guard var charge = ticketCharges[key] else { return }
    let open = charge.hold.flatMap { holds[$0] }.flatMap { $0.state == .open ? $0 : nil }
    if let open {
      let isQuoted = charge.quote?.as() == open.id
      if isQuoted || open.amount == charge.wanted {
        charge.unsettled = 0
        ticketCharges.update(charge)
        return
      }
      try end(open, .voided(reason: "Replaced: the work is of another kind now"), &context)
      charge.hold = nil
    }
    let available = available(charge.agreement, in: charge.furtherUnit, at: context.now)
    charge.unsettled = max(0, charge.wanted - available)
    if charge.wanted > 0, charge.unsettled == 0 {
      charge.hold = try place(
        charge.wanted, in: charge.furtherUnit, id: context.id(), agreement: charge.agreement, ticket: key.ticket,
        reason: charge.text,
        plan: plan, &context
      ).id
    }
    if tells { tellEstimate(&charge, total: charge.wanted, plan: plan, &context) }
    ticketCharges.update(charge)
  }

  private mutating func settleDue(
    _ key: TicketCharge.Key, plan: Plan, tells: Bool, _ context: inout Context
  ) throws(Refused) {
    guard var charge = ticketCharges[key] else { return }
    guard charge.blockedBy.isEmpty else {
      charge.unsettled = max(0, charge.outstanding)
      ticketCharges.update(charge)
      return
    }
    if charge.outstanding < 0 { try takeBack(&charge, &context) }
    let open = charge.hold.flatMap { holds[$0] }.flatMap { $0.state == .open ? $0 : nil }
    let chargeable = charge.chargeable
    let fromHold = min(chargeable, open?.amount ?? 0)
    let lapsed = lapsedParts(
      of: chargeable - fromHold, in: charge.furtherUnit, from: charge.agreement, at: charge.completedAt)
    let more = min(
      chargeable - fromHold - lapsed.total, available(charge.agreement, in: charge.furtherUnit, at: context.now))
    let paid = fromHold + lapsed.total + more
    charge.unsettled = max(0, charge.outstanding) - paid
    // A charge of nothing is posted too when it has lines: the journal then says why it costs nothing.
    let isEmpty = charge.due == 0 && !charge.lines.isEmpty && !charge.areLinesPosted
    if paid > 0 || isEmpty {
      let posted = try post(
        charge, paid: paid, fromHold: fromHold, lapsed: lapsed, open: open, plan: plan, &context)
      charge.charged += paid
      charge.transfers.append(posted.id)
      charge.areLinesPosted = true
      common.changed(
        "charge.posted", posted.id, version: 1, "\(charge.text): \(units(paid, plan, charge.furtherUnit)) charged")
    }
    if let open, holds[open.id]?.state == .open {
      try end(open, .voided(reason: "Not needed"), &context)
    }
    if tells { tellEstimate(&charge, total: charge.due, plan: plan, &context) }
    ticketCharges.update(charge)
  }

  private mutating func post(
    _ charge: TicketCharge, paid: Amount, fromHold: Amount, lapsed: [Draw], open: Hold?, plan: Plan,
    _ context: inout Context
  ) throws(Refused) -> Transfer {
    let posting = Posting(
      kind: .charge, agreement: charge.agreement, contra: .earned, planVersion: charge.planVersion, text: charge.text,
      lines: charge.linesToPost(paid: paid, plan: plan), ticket: charge.key.ticket, furtherUnit: charge.furtherUnit,
      effectiveAt: charge.completedAt)
    guard let open, fromHold > 0 else {
      return try self.charge(paid, posting, lapsed: lapsed, plan: plan, &context)
    }
    return try capture(
      fromHold, of: open, more: paid - fromHold - lapsed.total, lapsed: lapsed, posting, plan: plan,
      completedAt: charge.completedAt ?? context.now, &context)
  }

  /// Takes back what was charged before, because the work is rated lower now.
  mutating func takeBack(_ charge: inout TicketCharge, _ context: inout Context) throws(Refused) {
    for id in charge.transfers where reversals[id] == nil {
      guard let transfer = transfers[id], transfer.kind == .charge else { continue }
      let posted = try reverse(transfer, reason: "Rated anew: \(charge.text)", &context)
      charge.transfers.append(posted.id)
    }
    charge.charged = 0
    // What was taken back by hand counts only up to what the work costs now.
    charge.reversed = min(charge.reversed, charge.due)
    charge.areLinesPosted = false
  }

  /// Tells the customer, once for each amount, that the work is not covered and what going on would cost.
  private mutating func tellEstimate(
    _ charge: inout TicketCharge, total: Amount, plan: Plan, _ context: inout Context
  ) {
    guard charge.unsettled > charge.told, charge.blockedBy.isEmpty, let agreement = agreements[charge.agreement]
    else { return }
    charge.told = charge.unsettled
    let unit = charge.furtherUnit ?? plan.unit
    var facts: MessageFacts = [
      "plan": .text(plan.title), "work": .text(charge.text), "total": .units(total, unit),
      "missing": .units(charge.unsettled, unit), "agreed": .units(charge.agreed ?? 0, unit),
    ]
    if charge.furtherUnit == nil, let price = plan.overage?.price.times(charge.unsettled.units) {
      facts["price"] = .money(price)
    }
    notify(
      .estimate, agreement.account,
      subject: "\(charge.text): \(units(charge.unsettled, plan, charge.furtherUnit)) not covered",
      text: uncoveredText(charge, total: total, plan), facts: facts, &context)
  }
}

/// What a customer is told of work that is not covered.
private func uncoveredText(_ charge: TicketCharge, total: Amount, _ plan: Plan) -> String {
  if let agreed = charge.agreed, agreed < total {
    return "The work comes to \(units(total, plan, charge.furtherUnit)), beyond the \(agreed) that were agreed on. "
      + "The rest is charged once you have acknowledged a new estimate."
  }
  guard charge.furtherUnit == nil else {
    return "The work comes to \(units(total, plan, charge.furtherUnit)), and "
      + "\(units(charge.unsettled, plan, charge.furtherUnit)) are missing. They are drawn once a package is bought."
  }
  return estimateText(
    total: total, available: total - charge.unsettled, overage: charge.unsettled,
    price: plan.overage?.price.times(charge.unsettled.units), plan)
}

extension TicketCharge {
  /// The lines of the transfer that charges `paid`: those of the rating, less what was charged before or is not covered;
  /// one line for the rest where the journal has the rating's lines already.
  fileprivate func linesToPost(paid: Amount, plan: Plan) -> [JournalLine] {
    let clause = lines.first?.clause ?? ""
    guard !areLinesPosted else {
      return [
        JournalLine(
          kind: .adjustment, clause: clause, text: "Rest of the charge", units: paid,
          arithmetic: "\(due) due - \(due - outstanding) settled before\(open(paid))")
      ]
    }
    var posted = lines
    if charged + reversed > 0 {
      posted.append(
        JournalLine(
          kind: .adjustment, clause: clause, text: "Charged before", units: -(charged + reversed),
          arithmetic: "\(due) due - \(charged + reversed) = \(outstanding)"))
    }
    let uncovered = outstanding - paid
    if uncovered > 0 {
      posted.append(
        JournalLine(
          kind: .adjustment, clause: plan.overage?.id ?? clause, text: "Not covered yet: awaits an acknowledgement",
          units: -uncovered,
          arithmetic: "\(outstanding) - \(paid) \(agreed == nil ? "available" : "agreed and available") = \(uncovered)")
      )
    }
    return posted
  }

  private func open(_ paid: Amount) -> String {
    outstanding == paid ? " = \(paid)" : ", \(paid) of \(outstanding) available"
  }
}

extension Hold {
  /// What ending this hold would make available again.
  func freeable(at now: Instant, _ state: LedgerState) -> Amount {
    draws.reduce(0) { sum, draw in state.lots[draw.lot]?.isLive(at: now) == true ? sum + draw.units : sum }
  }
}
