public import Policy

/// Who will be on duty, stretch by stretch, and when nobody will.
public struct RotaForecast: Hashable, Sendable {
  /// The first instant that it tells of.
  public var from: Instant
  /// The first instant that it does not tell of: earlier than asked for where there are more than ``mostSpans`` stretches.
  public var to: Instant
  /// In order and without gaps; of a group, whose people are all told, only the stretches without anybody.
  public var spans: [Span]

  /// A stretch of time with one answer.
  public struct Span: Hashable, Sendable {
    public var from: Instant
    public var to: Instant
    /// Nil: nobody.
    public var personID: PersonID?
    public var byOverride: Bool
    /// The place of the layer that decides, from 1; 0: none does.
    public var layer: Int
  }

  /// The most stretches of one forecast.
  public static let mostSpans = 1_000
  /// How far one forecast looks at most.
  public static let longest = TimeSpan.days(366)

  /// When nobody is on duty, in order and apart.
  public var uncovered: [(from: Instant, to: Instant)] {
    var gaps: [(from: Instant, to: Instant)] = []
    for span in spans where span.personID == nil {
      if let last = gaps.last, last.to == span.from {
        gaps[gaps.count - 1].to = span.to
      } else {
        gaps.append((span.from, span.to))
      }
    }
    return gaps
  }
}

extension Rota {
  /// What this version of the rota has from `from` up to `to`.
  public func forecast(
    from: Instant, to: Instant, overrides: [RotaOverride], zones: [String: TimeZoneRules]
  ) -> RotaForecast {
    var forecast = RotaForecast(from: from, to: from, spans: [])
    while forecast.to < to, forecast.spans.count < RotaForecast.mostSpans {
      let at = forecast.to
      let (holder, next) = isGroup ? company(at: at, overrides) : answer(at: at, overrides, zones)
      forecast.to = min(next ?? to, to)
      guard !isGroup || holder.personID == nil else { continue }
      forecast.spans.append(
        RotaForecast.Span(
          from: at, to: forecast.to, personID: holder.personID, byOverride: holder.byOverride, layer: holder.layer))
    }
    return forecast
  }

  private func answer(
    at instant: Instant, _ overrides: [RotaOverride], _ zones: [String: TimeZoneRules]
  ) -> (Duty, Instant?) {
    let duty = duty(at: instant, overrides: overrides, zones: zones)
    return (duty, duty.until)
  }

  /// Whether a group has anybody, and up to when that stays so.
  private func company(at instant: Instant, _ overrides: [RotaOverride]) -> (Duty, Instant?) {
    let first = everyone(at: instant, overrides: overrides).first
    let next = people.isEmpty ? overrides.flatMap { [$0.from, $0.to] }.filter { $0 > instant }.min() : nil
    return (Duty(personID: first, byOverride: people.isEmpty && first != nil, layer: 0, until: nil), next)
  }
}

/// Looks ahead for times that nobody covers, and warns of them in time.
public enum RotaWatch {
  /// The timer of a rota: it is armed for when to warn next, or to look again.
  public static let timer = "rota.watch"
  /// How long ahead the desk is warned.
  public static let notice = TimeSpan.days(14)
  /// How far it looks.
  public static let horizon = TimeSpan.days(92)
  /// The most warnings at once; the next ones follow.
  static let mostWarnings = 20

  /// The rota or its overrides are other ones: looks at once.
  static func look(_ rota: Rota, _ state: inout NotifierState, _ context: Context) {
    state.common.timers.arm(timer, rota.id, at: context.now)
  }

  /// Looks at the rota and its overrides. Tells the change feed of each uncovered time once, ``notice`` before it begins.
  public static func decide(
    _ id: RotaID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard var rota = state.rotas[id] else { return .accepted(()) }
    let end = context.now + horizon
    let forecast = rota.forecast(
      from: max(context.now, rota.warnedTo ?? context.now), to: end, overrides: state.overrides.members(of: id),
      zones: state.zones)
    var left = forecast.uncovered[...]
    var warnings = 0
    while let gap = left.first, gap.from - notice <= context.now, warnings < mostWarnings {
      let until = gap.to < end ? "to \(gap.to)" : "on"
      state.common.changed(
        "rota.uncovered", rota.id, version: rota.version, "Nobody is on \(rota.name) from \(gap.from) \(until).")
      rota.warnedTo = gap.to
      warnings += 1
      left = left.dropFirst()
    }
    state.rotas.update(rota)
    let next = left.first.map { $0.from - notice } ?? min(forecast.to, end) - notice
    // Another instant, because a timer fires once on each.
    state.common.timers.arm(timer, id, at: max(next, context.now + .milliseconds(1)))
    return .accepted(())
  }
}
