import Policy

/// What customers are told, in words.
enum CustomerText {
  /// How things stand with a ticket: what happened, and what is promised.
  static func standing(of ticket: TicketView, _ clocks: [SlaClock], _ plan: Plan, _ rule: UpdateRule) -> String {
    func civil(_ instant: Instant) -> String { "\(plan.zone.civil(instant)) \(plan.zone.name)" }
    var lines = ["Ticket \(ticket.number): \(ticket.subject)", "Opened: \(civil(ticket.openedAt))"]
    lines.append("It is \(ticket.state.rawValue).")
    if let seen = ticket.acknowledgedAt { lines.append("Somebody has seen it: \(civil(seen))") }
    if let reached = ticket.contactedAt { lines.append("You were reached: \(civil(reached))") }
    let gates = plan.gateIDs
    for clock in clocks where clock.target != rule.id && !gates.contains(clock.target) {
      switch clock.state {
      case .running: lines.append("Promised: \(clock.target) by \(civil(clock.due))")
      case .missed: lines.append("Missed: \(clock.target), promised by \(civil(clock.due))")
      case .paused, .met, .cancelled: break
      }
    }
    return lines.joined(separator: "\n") + "\n\n\(rule.text)\n"
  }

  /// The question after a closure.
  static func question(of ticket: TicketView, _ survey: TicketView.Survey, _ plan: Plan, _ rule: SurveyRule) -> String {
    """
    \(rule.text)

    Ticket \(ticket.number): \(ticket.subject)
    Opened: \(plan.zone.civil(ticket.openedAt)) \(plan.zone.name)
    Closed: \(plan.zone.civil(survey.closedAt)) \(plan.zone.name)

    """
  }

  /// The end of a product's life: when, what to do, and that the notice is late if it is.
  static func endOfLife(_ notice: EndOfLifeNotice, _ product: ProductLife) -> String {
    var lines = [
      "Support of \(product.title) ends: \(notice.on) is the first day without it.",
      "What you can do: \(notice.wayOn).",
    ]
    if notice.isLate, let agreed = product.endOfLife?.notice {
      lines.append("This notice comes later than \(agreed) before that day, which is what we promise.")
    }
    return (lines + [product.endOfLife?.text ?? ""]).joined(separator: "\n") + "\n"
  }
}

// The same by the fields of their kinds.
extension CustomerText {
  static func standingFacts(
    of ticket: TicketView, _ clocks: [SlaClock], _ plan: Plan, _ rule: UpdateRule, next: Instant?
  ) -> MessageFacts {
    var facts: MessageFacts = [
      "plan": .text(plan.title), "ticket": .text("\(ticket.number)"), "subject": .text(ticket.subject),
      "state": .text(ticket.state.rawValue), "opened": .time(ticket.openedAt, in: plan.zone),
      "promise": .text(rule.text),
    ]
    if let seen = ticket.acknowledgedAt { facts["seen"] = .time(seen, in: plan.zone) }
    if let reached = ticket.contactedAt { facts["reached"] = .time(reached, in: plan.zone) }
    if let next { facts["next"] = .time(next, in: plan.zone) }
    let gates = plan.gateIDs
    let told = clocks.filter {
      $0.target != rule.id && !gates.contains($0.target) && ($0.state == .running || $0.state == .missed)
    }
    facts["targets"] = .rows(
      told.prefix(MessageFacts.rowCountMax).map { clock in
        [
          "target": .text(clock.target), "due": .time(clock.due, in: plan.zone),
          "missed": .flag(clock.state == .missed),
        ]
      })
    return facts
  }

  static func questionFacts(
    of ticket: TicketView, _ survey: TicketView.Survey, _ plan: Plan, _ rule: SurveyRule
  ) -> MessageFacts {
    [
      "plan": .text(plan.title), "ticket": .text("\(ticket.number)"), "subject": .text(ticket.subject),
      "question": .text(rule.text), "opened": .time(ticket.openedAt, in: plan.zone),
      "closed": .time(survey.closedAt, in: plan.zone),
    ]
  }

  static func endOfLifeFacts(_ notice: EndOfLifeNotice, _ product: ProductLife, _ plan: Plan) -> MessageFacts {
    [
      "plan": .text(plan.title), "product": .text(product.title), "ends": .date(notice.on),
      "way": .text(notice.wayOn), "late": .flag(notice.isLate),
      "promised": .text(product.endOfLife?.notice.description ?? ""),
    ]
  }
}
