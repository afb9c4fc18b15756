public import Policy

/// An uncovered time that the desk was warned of.
public struct RotaWarning: Hashable, Sendable {
  public let from: Instant
  /// The first instant after it; `.latest`: as far as one can see.
  public let to: Instant
  /// Whether it was told a second time, or too late for that.
  public let isRepeated: Bool
  /// Whether nobody could be told by mail yet: it stands in the feed alone.
  public let isUnsent: Bool

  public init(from: Instant, to: Instant, isRepeated: Bool, isUnsent: Bool = false) {
    self.from = from
    self.to = to
    self.isRepeated = isRepeated
    self.isUnsent = isUnsent
  }

  /// In words, after "nobody is on a rota".
  var words: String { "from \(from) \(to < .latest ? "to \(to)" : "on")" }
}

/// Looks ahead for times that nobody covers, and warns the desk of them in time.
///
/// Each is told once some weeks ahead and, while it is still uncovered, once more shortly before. What follows soon is told with
/// it, so that a rota with a gap in every night is told of twice in a month, not every day.
public enum RotaWatch {
  /// The timer of a rota: it is armed for when to warn next, or to look again.
  public static let timer = "rota.watch"
  /// How long ahead the desk is warned; of what begins within twice that time, with it.
  public static let notice = TimeSpan.days(14)
  /// How long ahead it is warned again; of what begins within twice that time, with it.
  public static let reminder = TimeSpan.days(3)
  /// How long until it looks again whether somebody can be told, while nobody could.
  public static let retry = TimeSpan.days(1)
  /// How far it looks.
  public static let horizon = TimeSpan.days(92)
  /// The most uncovered times that one warning names; it says how many more there are.
  public static let mostNamed = 20

  /// The rota or its overrides are other ones: looks at once.
  static func look(_ rota: Rota, _ state: inout NotifierState, _ context: Context) {
    state.common.timers.arm(timer, rota.id, at: context.now)
  }

  /// Looks at the rota and its overrides, and at whom a ``DeskNotice`` goes to.
  public static func decide(
    _ id: RotaID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard var rota = state.rotas[id] else { return .accepted(()) }
    let (now, end) = (context.now, context.now + horizon)
    let forecast = rota.forecast(
      from: now, to: end, overrides: state.overrides.members(of: id), zones: state.zones)
    let ahead = forecast.uncovered.map { gap in
      let to = gap.to < forecast.to ? gap.to : .latest
      let known = rota.warned.first { $0.from <= gap.from && to <= $0.to }
      let warning = RotaWarning(
        from: gap.from, to: to, isRepeated: known?.isRepeated ?? false, isUnsent: known?.isUnsent ?? false)
      return (gap: warning, isKnown: known != nil)
    }
    let fresh = ahead.filter { !$0.isKnown }.map(\.gap)
    let first = due(fresh, notice, now)
    let again = due(ahead.filter { $0.isKnown && !$0.gap.isRepeated }.map(\.gap), reminder, now)
    let told = Set(first + again)
    let canTell = !DeskNotice.recipients(otherwise: rota.people, state).isEmpty
    let unsent = canTell ? ahead.map(\.gap).filter { $0.isUnsent && !told.contains($0) } : []
    rota.warned = ahead.compactMap { gap, isKnown in
      guard isKnown || told.contains(gap) else { return nil }
      let isLast = gap.isRepeated || again.contains(gap) || gap.from - reminder <= now
      return RotaWarning(
        from: gap.from, to: gap.to, isRepeated: isLast, isUnsent: !canTell && (gap.isUnsent || told.contains(gap)))
    }
    state.rotas.update(rota)
    if !told.isEmpty { announce(rota, first, again, &state) }
    if !told.isEmpty || !unsent.isEmpty { mail(rota, first + unsent, again, &state, &context) }
    let looks =
      fresh.filter { !told.contains($0) }.prefix(1).map { $0.from - notice }
      + rota.warned.filter { !$0.isRepeated }.prefix(1).map { $0.from - reminder }
      + (rota.warned.contains(where: \.isUnsent) ? [now + retry] : []) + [forecast.to - notice]
    // Another instant, because a timer fires once on each.
    state.common.timers.arm(timer, id, at: max(looks.min() ?? end, now + .milliseconds(1)))
    return .accepted(())
  }

  /// What is to be told now: nothing before the first of it is near, then what begins soon after it too.
  private static func due(_ gaps: [RotaWarning], _ ahead: TimeSpan, _ now: Instant) -> [RotaWarning] {
    guard let first = gaps.first, first.from - ahead <= now else { return [] }
    return gaps.filter { $0.from - ahead - ahead <= now }
  }

  /// Tells it in the feed.
  private static func announce(
    _ rota: Rota, _ first: [RotaWarning], _ again: [RotaWarning], _ state: inout NotifierState
  ) {
    let told = (first + again).sorted { $0.from < $1.from }
    for gap in told.prefix(mostNamed) {
      let whether = again.contains(gap) ? "Still nobody" : "Nobody"
      state.common.changed(
        "rota.uncovered", rota.id, version: rota.version, "\(whether) is on \(rota.name) \(gap.words).")
    }
    let left = told.count - mostNamed
    if left > 0 {
      state.common.changed(
        "rota.uncovered", rota.id, version: rota.version, "Nobody is on \(rota.name) \(left) more times soon after.")
    }
  }

  /// Tells it by mail; `again` was told before, or could not be.
  private static func mail(
    _ rota: Rota, _ first: [RotaWarning], _ again: [RotaWarning], _ state: inout NotifierState,
    _ context: inout Context
  ) {
    let first = first + again.filter(\.isUnsent)
    let told = (first + again.filter { !$0.isUnsent }).sorted { $0.from < $1.from }
    let left = told.count - mostNamed
    let zone = rota.layers.first.flatMap { state.zones[$0.zone] } ?? .utc
    func civil(_ gap: RotaWarning) -> String {
      "from \(zone.civil(gap.from)) \(gap.to < .latest ? "to \(zone.civil(gap.to))" : "on") (\(zone.name))"
    }
    let whether = first.isEmpty ? "Still nobody" : "Nobody"
    let list =
      told.prefix(mostNamed).map { "- \(civil($0))\n" }.joined() + (left > 0 ? "- and \(left) more times\n" : "")
    DeskNotice.make(
      .coverage, "\(whether) is on \(rota.name) \(told.first.map(civil) ?? "")",
      "\(whether) is on \(rota.name):\n\(list)",
      [
        "rota": .text(rota.name), "missing": .flag(false), "again": .flag(first.isEmpty),
        "more": .number(Int64(max(0, left))),
        "gaps": .rows(
          told.prefix(mostNamed).map { gap in
            var row: MessageFacts = ["from": .time(gap.from, in: zone)]
            if gap.to < .latest { row["to"] = .time(gap.to, in: zone) }
            return row
          }),
      ], otherwise: rota.people, &state, &context)
  }
}

/// Warns the desk of rotas that a published plan names and that nobody has made: its ladders tell nobody there.
public enum RotaMissing {
  /// The timer of a publication: armed ``patience`` after it.
  public static let timer = "rota.missing"
  /// The timer that looks once more.
  public static let secondTimer = "rota.missing-still"
  /// How long the desk has for making rotas, from the publication on.
  public static let patience = TimeSpan.days(1)
  /// When the desk is told again.
  public static let reminder = TimeSpan.days(3)

  /// Looks at what was published, at all that was published of the same plan, at the plan, at the rotas that its ladders name,
  /// and at whom a ``DeskNotice`` goes to.
  public static func decide(
    _ id: ProductEndID, isAgain: Bool, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard let published = state.productEnds[id], published == state.productEnds.members(of: published.plan).last,
      let plan = state.common.plans[published.planVersion]
    else { return .accepted(()) }
    let named = LadderNeeds.rotas(of: plan.ladders)
    let missing = named.filter { state.rotas.members(of: $0).isEmpty }.sorted()
    guard !missing.isEmpty else { return .accepted(()) }
    let names = missing.joined(separator: ", ")
    let what = "The plan \(plan.title) names \(names), which nobody has made: its ladders tell nobody there."
    state.common.changed("rota.missing", id, version: 1, what.onOneLine(limit: TextBound.reason))
    DeskNotice.make(
      .coverage, "\(isAgain ? "Still missing" : "Missing"): \(names)", what + "\n",
      [
        "plan": .text(plan.title), "rota": .text(names), "missing": .flag(true), "again": .flag(isAgain),
        "more": .number(0), "gaps": .rows([]),
      ], otherwise: named.flatMap { state.rotas.members(of: $0) }.flatMap(\.people), &state, &context)
    if !isAgain { state.common.timers.arm(secondTimer, id, at: context.now + reminder) }
    return .accepted(())
  }
}
