extension Plan {
  /// The first instant at which a release is no longer supported because a later one is out; nil while none is that the
  /// plan knows of. The grace counts whole civil days after the later release's own, like the life of credits.
  public func supportEnds(of release: ReleaseVersion) -> Instant? {
    guard let next = product?.releases.first(where: { $0.version > release }) else { return nil }
    guard let grace = product?.grace else { return zone.startOfDay(next.on) }
    return zone.startOfDay(Plan.day(next.on, plus: grace).adding(days: 1))
  }

  /// Why a ticket about `release` is not taken at `at` (P5); nil when it is. A ticket that was taken outlives the release.
  public func refusal(release text: String?, at: Instant) -> FailedClause? {
    guard let product else { return nil }
    let today = zone.date(at)
    let out = product.releases.filter { $0.on <= today }
    let supported = out.filter { supportEnds(of: $0.version).map { at < $0 } ?? true }
    func refused() -> FailedClause {
      FailedClause(
        id: product.id, text: product.text, looked: ["release: \(text ?? "missing")", "at: \(zone.civil(at))"],
        remedy: "release must be " + Plan.joined(supported.map(\.version.description), "or"))
    }
    guard let release = text.flatMap({ ReleaseVersion($0) }), out.last.map({ release <= $0.version }) ?? false,
      supportEnds(of: release).map({ at < $0 }) ?? true
    else { return refused() }
    return nil
  }

  /// The first instant of the product's end of life; nil while no day is set.
  public var endOfLife: Instant? { product?.endOfLife?.on.map { zone.startOfDay($0) } }

  /// Why nothing is done at `at` for a product at the end of its life (P16); nil before it, and for an agreement that was
  /// made before it, up to the end of its term.
  public func refusal(endOfLifeAt at: Instant, agreed: Instant?, ends: Instant?) -> FailedClause? {
    guard let end = product?.endOfLife, let day = endOfLife, at >= day else { return nil }
    if let agreed, let ends, agreed < day, at < ends { return nil }
    let looked =
      ["at: \(zone.civil(at))"]
      + [("agreed", agreed), ("ends", ends)].map { name, instant in
        "\(name): \(instant.map { zone.civil($0).description } ?? "missing")"
      }
    return FailedClause(id: end.id, text: end.text, looked: looked, remedy: wayOn(end))
  }

  /// What to do about the end of life (P17, P18): the way to stay supported, and what is suggested instead.
  private func wayOn(_ end: ProductLife.EndOfLife) -> String {
    var ways = [end.upgrade].compactMap(\.self)
    if let other = end.alternative {
      let help = other.migration.flatMap { rate($0) }.map { "; help with the migration is charged by \($0.id)" } ?? ""
      ways.append("move to \(other.product)" + help)
    }
    return ways.isEmpty ? "nothing takes its place" : ways.joined(separator: "; ")
  }

  func admitProduct(_ admission: inout Admission) {
    guard let product else { return }
    if let end = product.endOfLife {
      admission.consider(end.id)
      // Nothing is signed or renewed after the end, whatever was agreed before it.
      let isHonoured = admission.subject == .ticket
      if isHonoured { for name: FactName in [.agreed, .ends] { admission.look(name) } }
      let (agreed, ends) = (admission.facts.instant(.agreed), admission.facts.instant(.ends))
      if let failed = refusal(
        endOfLifeAt: admission.at, agreed: isHonoured ? agreed : nil, ends: isHonoured ? ends : nil)
      {
        admission.failed.append(failed)
      }
    }
    guard admission.subject == .ticket else { return }
    admission.consider(product.id)
    admission.look(.release)
    if let failed = refusal(release: admission.facts.text(.release), at: admission.at) {
      admission.failed.append(failed)
    }
  }

  /// The last day on which the notice of the end of life is in time (P17); nil while no day is set.
  public var noticeDay: CivilDate? {
    guard let end = product?.endOfLife, let on = end.on else { return nil }
    switch end.notice {
    case .days(let days): return on.adding(days: -Int64(days))
    case .months(let months): return on.adding(months: -Int64(months))
    case .years(let years): return on.adding(years: -Int64(years))
    case .span, .workingDays: return on
    }
  }

  /// What customers are told of the end of life, told at `at`; nil while no day is set.
  public func endOfLifeNotice(toldAt at: Instant) -> EndOfLifeNotice? {
    guard let end = product?.endOfLife, let on = end.on, let last = noticeDay else { return nil }
    return EndOfLifeNotice(clause: end.id, on: on, isLate: zone.date(at) > last, wayOn: wayOn(end))
  }

  private static func day(_ day: CivilDate, plus period: Period) -> CivilDate {
    switch period {
    case .days(let days): day.adding(days: Int64(days))
    case .months(let months): day.adding(months: Int64(months))
    case .years(let years): day.adding(years: Int64(years))
    case .span, .workingDays: day
    }
  }
}

/// What customers are told of a product's end of life.
public struct EndOfLifeNotice: Hashable, Sendable {
  /// The plan's clause.
  public var clause: String
  /// The first day without support.
  public var on: CivilDate
  /// Whether it comes later than the plan promises; it is sent nevertheless.
  public var isLate: Bool
  /// The way to stay supported, and what is suggested instead.
  public var wayOn: String
}
