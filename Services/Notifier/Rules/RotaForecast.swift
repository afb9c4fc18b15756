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
      let holder =
        isGroup
        ? lasting(from: at, to: to, overrides, zones) { company(at: $0, overrides, zones) }
        : duty(at: at, overrides: overrides, zones: zones)
      forecast.to = min(holder.until ?? to, to)
      guard !isGroup || holder.personID == nil else { continue }
      forecast.spans.append(
        RotaForecast.Span(
          from: at, to: forecast.to, personID: holder.personID, byOverride: holder.byOverride, layer: holder.layer))
    }
    return forecast
  }

  /// Whether a group has anybody.
  private func company(
    at instant: Instant, _ overrides: [RotaOverride], _ zones: [String: TimeZoneRules]
  ) -> Duty {
    let first = everyone(at: instant, overrides: overrides, zones: zones).first
    return Duty(personID: first, byOverride: false, layer: 0, until: nil)
  }
}
