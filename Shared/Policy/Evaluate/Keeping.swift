extension Plan {
  /// When the customer hears next, having heard at `last` (P14); nil when the plan promises nothing.
  public func nextUpdate(after last: Instant) -> Instant? {
    updates.flatMap { calendars[$0.calendar]?.due(from: last, after: $0.every) }
  }

  /// The questions that are still to be asked after `closures`, one each (P14): those closures that `asked` does not
  /// name, with the instant to ask at.
  public func surveys(closures: [Instant], asked: Set<Instant>) -> [(closure: Instant, at: Instant)] {
    guard let survey else { return [] }
    return Set(closures).subtracting(asked).sorted().compactMap { closure in
      instant(survey.after, after: closure).map { (closure, $0) }
    }
  }

  /// The most orders that ``standingOrders(of:started:through:)`` lists.
  public static let maximumStandingOrders = 1000

  /// When a package on standing order that began at `started` is bought again, up to and including `through` (R1): the
  /// first instant of the same day of the month, one cycle after the other, counted from the first (a day that a month
  /// lacks is its last one). Empty for a package without a standing order.
  public func standingOrders(of package: Package, started: Instant, through: Instant) -> [Instant] {
    var orders: [Instant] = []
    while orders.count < Plan.maximumStandingOrders {
      guard let next = standingOrder(Int64(orders.count + 1), of: package, started: started), next <= through
      else { break }
      orders.append(next)
    }
    return orders
  }

  /// When a package on standing order that began at `started` is bought again for the `number`-th time, from 1; nil for a
  /// package without a standing order.
  public func standingOrder(_ number: Int64, of package: Package, started: Instant) -> Instant? {
    guard let cycle = package.standingOrder else { return nil }
    return zone.startOfDay(zone.date(started).adding(months: cycle.months.saturatingMultiply(number)))
  }
}
