public import Policy

/// Makes messages of ladders wait as the plan says: for quiet hours to end, and for others like them.
enum Holding {
  /// Decides about a message that is about to be stored. Looks at the bundles of whom it is for.
  ///
  /// - Returns: From when on the person knows, as far as the ladder is concerned: the end of quiet hours; now, even where it
  ///   waits to be merged, for then there was a message to the same address just before.
  static func place(
    _ delivery: inout Delivery, _ plan: Plan, _ ticketClass: String, _ state: inout NotifierState,
    _ context: inout Context
  ) -> Instant {
    let now = context.now
    if let quiet = plan.quiet(delivery.method, class: ticketClass, at: now) {
      hold(&delivery, by: quiet.clause, until: quiet.until, &state, &context)
      return quiet.until
    }
    guard let rule = plan.merging(delivery.method, class: ticketClass) else { return now }
    gather(&delivery, by: rule, among: rule.id, &state, &context)
    return now
  }

  /// Decides about a message of a notice that is about to be stored: it is gathered with others of its kind to the same address.
  /// Looks at the bundles of the address.
  static func place(
    _ delivery: inout Delivery, _ kind: String, _ plan: Plan?, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard let rule = plan?.merging(notices: delivery.method) else { return }
    gather(&delivery, by: rule, among: "\(rule.id) \(kind)", &state, &context)
  }

  /// The first one goes at once, and those that follow in time are gathered.
  ///
  /// - Parameter likes: what those have in common that become one.
  private static func gather(
    _ delivery: inout Delivery, by rule: MergingRule, among likes: String, _ state: inout NotifierState,
    _ context: inout Context
  ) {
    guard let open = bundle(of: delivery, by: likes, state), open.until > context.now else {
      begin(delivery, by: likes, until: context.now + rule.within, count: 0, &state, &context)
      return
    }
    hold(&delivery, by: rule.id, among: likes, until: open.until, &state, &context)
    // What became a full message goes now; what follows begins anew.
    if open.count + 1 >= rule.limit { state.common.timers.arm(BundleDue.timer, open.id, at: context.now) }
  }

  private static func hold(
    _ delivery: inout Delivery, by clause: String, among likes: String? = nil, until: Instant,
    _ state: inout NotifierState, _ context: inout Context
  ) {
    let likes = likes ?? clause
    let known = bundle(of: delivery, by: likes, state).flatMap { $0.until == until ? $0 : nil }
    let id = known?.id ?? begin(delivery, by: likes, until: until, count: 0, &state, &context)
    state.bundles.update(id) { $0.count += 1 }
    delivery.state = .held
    delivery.isReady = false
    delivery.heldBy = clause
    delivery.heldUntil = until
    // It is worth as many tries as one that leaves at once.
    delivery.deadline = until + Retry.life(delivery.cause)
    delivery.bundleID = id
    state.common.changed(
      "delivery.held", delivery.id, version: delivery.version,
      "\(delivery.recipient) by \(delivery.method.rawValue): held by \(clause) until \(until)"
        .onOneLine(limit: TextBound.reason))
  }

  @discardableResult
  private static func begin(
    _ delivery: Delivery, by clause: String, until: Instant, count: Int, _ state: inout NotifierState,
    _ context: inout Context
  ) -> BundleID {
    let bundle = Bundle(
      id: context.id(), recipient: Bundle.recipient(of: delivery), method: delivery.method, address: delivery.address,
      clause: clause, until: until, count: count)
    state.bundles.insert(bundle)
    state.common.timers.arm(BundleDue.timer, bundle.id, at: until)
    return bundle.id
  }

  /// The latest bundle of the address that a clause has begun.
  private static func bundle(of delivery: Delivery, by clause: String, _ state: NotifierState) -> Bundle? {
    state.bundles.members(of: Bundle.recipient(of: delivery)).last {
      $0.clause == clause && $0.method == delivery.method && $0.address == delivery.address
    }
  }
}

/// What waited together goes: as one message where the plan merges, which lists all of them.
public enum BundleDue {
  /// The timer of a bundle.
  public static let timer = "bundle.due"
  /// The longest text of one message, in bytes; what would be longer becomes several.
  static let textByteCountMax = 16_384

  /// Looks at the bundle, at the messages that wait in it, their escalations and those escalations' tickets and plans, their notices
  /// and those notices' accounts and plans.
  public static func decide(
    _ id: BundleID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard let bundle = state.bundles[id] else { return .accepted(()) }
    state.bundles.remove(id)
    var due: [Delivery] = []
    for delivery in state.deliveries.all where delivery.bundleID == id && delivery.state == .held {
      if let why = moot(delivery, state) { withdraw(delivery, why, &state) } else { due.append(delivery) }
    }
    for group in groups(of: due, state) { go(group, bundle, &state, &context) }
    return .accepted(())
  }

  /// Why what a message was to tell is over; nil: it is not.
  private static func moot(_ delivery: Delivery, _ state: NotifierState) -> String? {
    guard case .escalation(let id) = delivery.cause, let escalation = state.escalations[id] else { return nil }
    switch escalation.state {
    case .running, .exhausted: return nil
    case .acknowledged, .stopped: return escalation.ending
    }
  }

  private static func withdraw(_ delivery: Delivery, _ why: String, _ state: inout NotifierState) {
    var withdrawn = delivery
    withdrawn.state = .withdrawn
    withdrawn.version += 1
    state.deliveries.update(withdrawn)
    state.common.changed(
      "delivery.withdrawn", delivery.id, version: withdrawn.version,
      "\(delivery.recipient) by \(delivery.method.rawValue): \(why)".onOneLine(limit: TextBound.reason))
  }

  /// Those that become one message each, in order: alone where the plan does not merge, otherwise as many as it allows and
  /// one text has room for.
  private static func groups(of due: [Delivery], _ state: NotifierState) -> [[Delivery]] {
    var groups: [[Delivery]] = []
    for delivery in due {
      let limit = self.limit(of: delivery, state)
      if let last = groups.last, last.count < min(limit, self.limit(of: last[0], state)),
        BundleText(last + [delivery]).fits
      {
        groups[groups.count - 1].append(delivery)
      } else {
        groups.append([delivery])
      }
    }
    return groups
  }

  private static func limit(of delivery: Delivery, _ state: NotifierState) -> Int {
    switch delivery.cause {
    case .escalation(let id):
      guard let escalation = state.escalations[id], let ticket = state.tickets[escalation.ticketID],
        let plan = state.common.plans[escalation.planVersion]
      else { return 1 }
      return plan.merging(delivery.method, class: ticket.ticketClass)?.limit ?? 1
    case .notice(let id):
      let account = state.notices[id]?.accountID.flatMap { state.accounts[$0] }
      return account?.agreedPlan(state)?.merging(notices: delivery.method)?.limit ?? 1
    case .bundle, .answer: return 1
    }
  }

  private static func go(
    _ group: [Delivery], _ bundle: Bundle, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard let first = group.first else { return }
    guard group.count > 1 else {
      state.deliveries.update(first.id) { delivery in
        delivery.state = .waiting
        delivery.isReady = true
        delivery.version += 1
      }
      return
    }
    let text = BundleText(group)
    let carrier = Delivery(
      id: context.id(), cause: .bundle(bundle.id), step: 0, personID: first.personID, recipient: first.recipient,
      method: first.method, address: first.address, subject: text.subject, text: text.body, html: text.html,
      createdAt: context.now, deadline: group.map(\.deadline).max())
    state.deliveries.insert(carrier)
    for var merged in group {
      merged.state = .merged
      merged.carrierID = carrier.id
      merged.version += 1
      state.deliveries.update(merged)
      state.common.changed(
        "delivery.merged", merged.id, version: merged.version,
        "\(merged.recipient) by \(merged.method.rawValue): with \(group.count - 1) others in \(carrier.id)")
    }
  }
}

/// Messages that became one, in words.
struct BundleText {
  /// One line.
  let subject: String
  let body: String
  /// Nil where one of them has none.
  let html: String?
  /// Whether it is within what one message holds.
  let fits: Bool

  init(_ deliveries: [Delivery]) {
    let first = deliveries.first?.subject ?? ""
    subject = "\(deliveries.count) notifications: \(first)".onOneLine(limit: 200)
    let list = deliveries.enumerated().map { "\($0.offset + 1). \($0.element.subject)" }.joined(separator: "\n")
    let texts = deliveries.enumerated().map { "---- \($0.offset + 1) ----\n\($0.element.text)" }.joined(separator: "\n")
    body = "\(list)\n\n\(texts)"
    let pages = deliveries.compactMap(\.html)
    html = pages.count == deliveries.count ? RenderedMessage.joined(pages) : nil
    fits = body.utf8.count <= BundleDue.textByteCountMax && (html != nil || pages.count < deliveries.count)
  }
}
