package import Policy

/// Rates work that is planned and holds what it would cost. What goes beyond the balance needs an acknowledgement (F28).
package enum QuoteCreate {
  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    package let ticket: TicketID?
    package let task: WorkTask

    package init(agreement: AgreementID, ticket: TicketID?, task: WorkTask) {
      self.agreement = agreement
      self.ticket = ticket
      self.task = task
    }
  }

  /// Looks at the agreement, its wallet and living lots, its plan, and the ticket's charges with their holds.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Quote> {
    Decision { () throws(Refused) in
      let agreement = try state.activeAgreement(request.agreement)
      let plan = try state.plan(agreement.planVersion)
      var task = request.task
      // An estimate debits nothing: the first assessment is asked for when the work is charged.
      task.assessment = .notAsked
      task.facts = state.known(task.facts, of: agreement, plan)
      try plan.requireEntitled(task.facts)
      let rating = try plan.chargeable(task)
      let unit = plan.furtherUnit(of: rating)
      let own = request.ticket.flatMap { state.openHold(of: $0) }.flatMap { $0.furtherUnit == unit ? $0 : nil }
      let available =
        state.available(agreement.id, in: unit, at: context.now) + (own?.freeable(at: context.now, state) ?? 0)
      let overage = max(0, rating.total - available)
      var lines = rating.lines.map { JournalLine($0) }
      var price: Money?
      if overage > 0 {
        price = try plan.overagePrice(overage, in: unit, needed: rating.total, available: available)
        lines.append(contentsOf: plan.overageLine(overage, price: price))
      }
      // More than what was agreed before is agreed on anew, also where the balance covers it.
      let agreed = request.ticket.flatMap { state.agreed(for: $0, in: unit) }
      let needsAcknowledgement = overage > 0 || agreed.map { rating.total > $0 } ?? false
      var quote = Quote(
        id: context.id(), agreement: agreement.id, ticket: request.ticket, planVersion: agreement.planVersion,
        furtherUnit: unit, lines: lines, total: rating.total, available: available, overage: overage, price: price,
        consentedBlocks: Int32(clamping: task.consentedBlocks), madeAt: context.now,
        state: needsAcknowledgement ? .needsAcknowledgement : .held)
      try hold(&quote, in: own, agreed: agreed, agreement, plan, &state, &context)
      state.quotes.insert(quote)
      state.attach(quote)
      state.common.changed("quote.made", quote.id, version: 1, "\(units(rating.total, plan, unit)) estimated")
      return quote
    }
  }

  /// Holds what a quote comes to, or asks the customer first.
  private static func hold(
    _ quote: inout Quote, in own: Hold?, agreed: Amount?, _ agreement: Agreement, _ plan: Plan,
    _ state: inout LedgerState, _ context: inout Context
  ) throws(Refused) {
    let expiresAt = context.now + Quote.validity
    guard quote.state == .needsAcknowledgement else {
      if let own { try state.end(own, .voided(reason: "Replaced by a quote"), &context) }
      quote.hold = try state.place(
        quote.total, in: quote.furtherUnit, id: quote.id.as(), agreement: agreement.id, ticket: quote.ticket,
        reason: "Quote", expiresAt: expiresAt, plan: plan, &context
      ).id
      return
    }
    state.common.timers.arm(TimerKind.quoteExpires, quote.id, at: expiresAt)
    let text =
      quote.overage > 0
      ? estimateText(
        total: quote.total, available: quote.available, overage: quote.overage, price: quote.price, plan)
      : "The work is estimated at \(units(quote.total, plan, quote.furtherUnit)) by now, beyond the \(agreed ?? 0) "
        + "that were agreed before. The work goes on once you have acknowledged this."
    let unit = quote.furtherUnit ?? plan.unit
    var facts: MessageFacts = [
      "plan": .text(plan.title), "work": .text(""), "total": .units(quote.total, unit),
      "missing": .units(quote.overage, unit), "agreed": .units(agreed ?? 0, unit),
    ]
    if let price = quote.price { facts["price"] = .money(price) }
    state.notify(
      .estimate, agreement.account, subject: "\(plan.title): an estimate needs your acknowledgement", text: text,
      facts: facts, &context)
  }
}

/// Records that a contact of the customer agreed to a quote; holds its total, overage included.
package enum QuoteAcknowledge {
  package struct Request: Hashable, Sendable {
    package let quote: QuoteID
    /// Who agreed, 1 to 200 bytes.
    package let by: String

    package init(quote: QuoteID, by: String) {
      self.quote = quote
      self.by = by
    }
  }

  /// Looks at the quote, its agreement, wallet, living lots and plan, and the ticket's charges with their holds.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Quote> {
    Decision { () throws(Refused) in
      var quote = try state.quote(request.quote)
      let by = try required(request.by, field: "by", byteCountMax: 200)
      guard quote.state == .needsAcknowledgement else {
        if quote.state == .expired { throw Refused(.expired("quote"), "The quote has expired. Make a new one.") }
        throw Refused(
          .conflict(state: quote.state.rawValue),
          "The quote is \(quote.state.rawValue): nothing is to be acknowledged.")
      }
      let plan = try state.plan(quote.planVersion)
      let own = quote.ticket.flatMap { state.openHold(of: $0) }
        .flatMap { $0.furtherUnit == quote.furtherUnit ? $0 : nil }
      let available =
        state.available(quote.agreement, in: quote.furtherUnit, at: context.now)
        + (own?.freeable(at: context.now, state) ?? 0)
      guard quote.total - available <= quote.overage else {
        throw Refused(
          .conflict(state: "outdated"),
          "Only \(units(available, plan, quote.furtherUnit)) can be drawn now, \(quote.available) when the quote was made: make a new quote."
        )
      }
      if let own { try state.end(own, .voided(reason: "Replaced by an acknowledged quote"), &context) }
      quote.hold = try state.place(
        quote.total, in: quote.furtherUnit, overage: quote.overage, id: quote.id.as(), agreement: quote.agreement,
        ticket: quote.ticket,
        reason: "Quote acknowledged by \(by)", plan: plan, &context
      ).id
      quote.state = .acknowledged
      quote.acknowledgedBy = by
      quote.acknowledgedAt = context.now
      state.quotes.update(quote)
      state.common.timers.disarm(TimerKind.quoteExpires, quote.id)
      state.common.changed("quote.acknowledged", quote.id, version: 2, "Acknowledged by \(by)")
      state.attach(quote)
      if let ticket = quote.ticket { try state.settle(ticket, &context) }
      return state.quotes[quote.id] ?? quote
    }
  }
}

/// Lets a quote go; what it held is free again.
package enum QuoteDecline {
  package struct Request: Hashable, Sendable {
    package let quote: QuoteID

    package init(quote: QuoteID) {
      self.quote = quote
    }
  }

  /// Looks at the quote, its hold, and the agreement with wallet, living lots and plan.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Quote> {
    Decision { () throws(Refused) in
      var quote = try state.quote(request.quote)
      switch quote.state {
      case .held, .needsAcknowledgement, .acknowledged: break
      case .settled, .declined, .expired:
        throw Refused(.conflict(state: quote.state.rawValue), "The quote is \(quote.state.rawValue) already.")
      }
      if let hold = quote.hold.flatMap({ state.holds[$0] }), hold.state == .open {
        try state.end(hold, .voided(reason: "Quote declined"), &context)
      }
      quote.state = .declined
      state.quotes.update(quote)
      state.common.timers.disarm(TimerKind.quoteExpires, quote.id)
      state.common.changed("quote.declined", quote.id, version: 3, "Declined")
      if let ticket = quote.ticket { state.tellCharges(of: ticket) }
      return quote
    }
  }
}

extension LedgerState {
  func quote(_ id: QuoteID) throws(Refused) -> Quote {
    guard let quote = quotes[id] else { throw Refused(.notFound("quote"), "There is no such quote.") }
    return quote
  }
}

extension Plan {
  /// The rating of a task that may be charged, or the refusal that says why not.
  func chargeable(_ task: WorkTask) throws(Refused) -> Rating {
    let rating = rate(task)
    if let refused = refusal(of: rating) { throw refused }
    return rating
  }

  /// The line that keeps why a charge came before the first assessment was complete (F13). It moves no units.
  func overrideLine(_ assessment: WorkTask.AssessmentState) -> [JournalLine] {
    guard let rule = self.assessment, case .overridden(let reason) = assessment else { return [] }
    return [
      JournalLine(
        kind: .adjustment, clause: rule.id, text: "Before the first assessment: \(reason)", units: 0,
        arithmetic: "overridden")
    ]
  }

  /// Why a rating must not be charged; nil when it may be.
  func refusal(of rating: Rating) -> Refused? {
    guard let first = rating.refusals.first else { return nil }
    let text = rating.refusals.map { "\($0.text) \($0.remedy)" }.joined(separator: " ")
    if first.id == assessment?.id {
      return Refused(.needsAssessment(missing: first.looked), text, clauses: rating.refusals)
    }
    let reason: Refused.Reason = first.id == parts?.id ? .needsQuote(clause: first.id) : .clauseUnknown(first.id)
    return Refused(reason, text, clauses: rating.refusals)
  }

  /// What overage costs, or the refusal where the plan has none. It has none in its further units.
  func overagePrice(
    _ units: Amount, in furtherUnit: String?, needed: Amount, available: Amount
  ) throws(Refused) -> Money {
    guard let overage, furtherUnit == nil else {
      throw Refused(
        .insufficientCredits(needed: needed, available: available),
        "The plan does not let work go beyond the balance: \(needed) needed, \(available) available. Buy a package.")
    }
    guard let price = overage.price.times(units.units) else {
      throw Refused(.limit("price"), "The overage cannot be priced: it is too large.")
    }
    return price
  }

  /// The line that says what goes beyond the balance and is invoiced. It moves no units of its own.
  func overageLine(_ overage: Amount, price: Money?) -> [JournalLine] {
    guard let rule = self.overage, let price, overage > 0 else { return [] }
    return [
      JournalLine(
        kind: .overage, clause: rule.id,
        text: "Of this, \(units(overage, self)) beyond the balance, invoiced \(rule.invoiceAfter) after completion",
        units: 0, arithmetic: "\(overage) x \(rule.price) = \(price)")
    ]
  }
}

/// The estimate in words.
func estimateText(total: Amount, available: Amount, overage: Amount, price: Money?, _ plan: Plan) -> String {
  let cost = price.map { ", \($0) in all" } ?? ""
  let each = plan.overage.map { " at \($0.price) each" } ?? ""
  return "The work is estimated at \(units(total, plan)). \(units(available, plan)) can be drawn; "
    + "\(units(overage, plan)) would be invoiced\(each)\(cost). The work goes on once you have acknowledged this."
}
