package import Policy

extension Kind {
  /// A package that is bought again by itself.
  package enum StandingOrder {}
}

/// The identifier of a standing order.
package typealias StandingOrderID = ID<Kind.StandingOrder>

/// A package that is bought again by itself, at the start of a civil day of the plan's zone (R1).
package struct StandingOrder: Record, Hashable {
  package let id: StandingOrderID
  package let agreement: AgreementID
  /// The package's id in the plan.
  package let package: String
  /// Each time.
  package let quantity: Int64
  /// Minor units of the plan's currency, each time.
  package let paid: Int64
  /// The sale's own reference.
  package let reference: String
  /// When it was placed, and bought for the first time: later times are counted from this day.
  package let startedAt: Instant
  /// How often it has been bought, from 1.
  package var times: Int64
  /// When it is bought next; nil once it has ended.
  package var nextAt: Instant?
  /// Nil while it goes on.
  package var endedAt: Instant?
  /// Why it ended; empty while it goes on.
  package var endReason: String

  package init(
    id: StandingOrderID, agreement: AgreementID, package: String, quantity: Int64, paid: Int64, reference: String,
    startedAt: Instant, times: Int64 = 1, nextAt: Instant?, endedAt: Instant? = nil, endReason: String = ""
  ) {
    self.id = id
    self.agreement = agreement
    self.package = package
    self.quantity = quantity
    self.paid = paid
    self.reference = reference
    self.startedAt = startedAt
    self.times = times
    self.nextAt = nextAt
    self.endedAt = endedAt
    self.endReason = endReason
  }

  package var key: StandingOrderID { id }
  package var group: AgreementID { agreement }

  /// What is bought each time.
  var purchase: PackagePurchase.Request {
    PackagePurchase.Request(
      agreement: agreement, package: package, quantity: quantity, paid: paid, reference: reference)
  }
}

/// Buys a package that the plan has on standing order, and goes on buying it (R1).
package enum OrderPlace {
  package struct Reply: Hashable, Sendable {
    package let order: StandingOrder
    /// What the first purchase granted.
    package let lot: Lot?
  }

  /// Looks at what ``PackagePurchase`` looks at.
  package static func decide(
    _ request: PackagePurchase.Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let agreement = try state.activeAgreement(request.agreement)
      let plan = try state.plan(agreement.planVersion)
      try context.requireSales(plan)
      guard let package = plan.package(request.package),
        let next = plan.standingOrder(1, of: package, started: context.now)
      else {
        let names = plan.packages.filter { $0.standingOrder != nil }.map(\.id)
        throw Refused(
          .clauseUnknown(request.package),
          names.isEmpty
            ? "The plan has nothing on standing order."
            : "On standing order the plan has \(names.joined(separator: ", ")).")
      }
      let bought = try PackagePurchase.buy(request, &state, &context)
      let order = StandingOrder(
        id: context.id(), agreement: agreement.id, package: package.id, quantity: request.quantity, paid: request.paid,
        reference: request.reference, startedAt: context.now, nextAt: next)
      state.standingOrders.insert(order)
      state.common.timers.arm(TimerKind.orderBuys, order.id, at: next)
      state.common.changed(
        "order.placed", order.id, version: 1, "\(order.quantity) x \(package.id), next on \(dateText(next, plan))")
      return Reply(order: order, lot: bought.lot)
    }
  }
}

/// Ends a standing order. What was bought stays.
package enum OrderEnd {
  package struct Request: Hashable, Sendable {
    package let order: StandingOrderID
    package let reason: String

    package init(order: StandingOrderID, reason: String) {
      self.order = order
      self.reason = reason
    }
  }

  /// Looks at the order, its agreement and its plan.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<StandingOrder> {
    Decision { () throws(Refused) in
      guard let order = state.standingOrders[request.order] else {
        throw Refused(.notFound("order"), "There is no such standing order.")
      }
      try context.requireSales(state.agreements[order.agreement].flatMap { state.common.plans[$0.planVersion] })
      guard order.endedAt == nil else {
        throw Refused(.conflict(state: "ended"), "The standing order has ended: \(order.endReason)")
      }
      state.end(order, try required(request.reason, field: "reason"), &context)
      return state.standingOrders[order.id] ?? order
    }
  }
}

extension LedgerState {
  /// Ends a standing order that goes on.
  mutating func end(_ order: StandingOrder, _ reason: String, _ context: inout Context) {
    var order = order
    order.endedAt = context.now
    order.endReason = reason
    order.nextAt = nil
    standingOrders.update(order)
    common.timers.disarm(TimerKind.orderBuys, order.id)
    common.changed("order.ended", order.id, version: order.times + 1, reason)
  }
}

extension DueActions {
  /// A standing order's day has come: its package is bought again. Where the plan or the agreement does not allow that any
  /// more, the order ends, and says why.
  ///
  /// Looks at the order, and what ``PackagePurchase`` looks at.
  package static func orderBuys(
    _ id: StandingOrderID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard var order = state.standingOrders[id], order.endedAt == nil, let dueAt = order.nextAt else { return }
      guard context.now >= dueAt else {
        state.common.timers.arm(TimerKind.orderBuys, id, at: dueAt)
        return
      }
      let mark = state.mark()
      do throws(Refused) {
        _ = try PackagePurchase.buy(order.purchase, &state, &context)
      } catch {
        state.rollback(to: mark)
        state.end(order, error.text, &context)
        return
      }
      let agreement = try state.agreement(order.agreement)
      let plan = try state.plan(agreement.planVersion)
      let next = plan.package(order.package).flatMap { package in
        plan.standingOrder(order.times + 1, of: package, started: order.startedAt)
      }
      order.times += 1
      order.nextAt = next
      state.standingOrders.update(order)
      guard let next else { return state.end(order, "The plan has it on standing order no more", &context) }
      state.common.timers.arm(TimerKind.orderBuys, id, at: next)
      state.common.changed(
        "order.bought", id, version: order.times,
        "\(order.quantity) x \(order.package), next on \(dateText(next, plan))")
    }
  }

  /// An agreement's term is over: it ends.
  ///
  /// Looks at the agreement, its wallet, its plan and its standing orders.
  package static func agreementEnds(
    _ id: AgreementID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard let agreement = state.agreements[id], agreement.isActive, let endsAt = agreement.endsAt else { return }
      guard context.now >= endsAt else {
        state.common.timers.arm(TimerKind.agreementEnds, id, at: endsAt)
        return
      }
      _ = try state.end(agreement, "The term is over", &context)
    }
  }
}
