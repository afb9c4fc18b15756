extension PlanReader {
  mutating func entitlement(_ map: FieldMap) -> Entitlement? {
    let id = id(map)
    let grants = map.take("grants").map { $0.oneOrMore().compactMap { $0.name() } } ?? []
    let tiers = (map.need("tiers")?.oneOrMore() ?? []).compactMap { self.refer(.tier, $0) }
    let eachBought = map.take("each_bought").map { $0.oneOrMore().compactMap { $0.name() } } ?? []
    if Set(eachBought).count != eachBought.count { map.fail("a service is named twice in each_bought") }
    if grants.isEmpty && eachBought.isEmpty { map.fail("say what it grants, or what is each bought") }
    var opens: [String: Entitlement.Opening] = [:]
    for (key, entry) in map.take("opens")?.entries() ?? [] {
      if !eachBought.contains(key) { entry.fail(unknown("service", key, among: eachBought)) }
      opens[key] = opening(entry)
    }
    let draws = map.take("draws").flatMap { drawn($0) }
    var lapsed = false
    if let field = map.take("lapsed"), let word = field.text() {
      lapsed = word == "allowed"
      if !lapsed { field.fail("write allowed, or leave it out") }
    }
    let text = map.take("text")?.text() ?? "This is not part of the agreement."
    let refer = referral(map.take("refer"))
    return Entitlement(
      id: id, grants: grants, tiers: tiers, eachBought: eachBought, opens: opens, draws: draws,
      lapsedAllowed: lapsed, text: text, refer: refer)
  }

  private mutating func opening(_ field: Field) -> Entitlement.Opening? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let calendar = map.need("in").flatMap { self.calendar($0) }
    let classes = map.take("classes").map { $0.oneOrMore().compactMap { refer(.ticketClass, $0) } } ?? []
    return calendar.map { Entitlement.Opening(calendar: $0, classes: classes) }
  }

  mutating func exclusion(_ map: FieldMap) -> Exclusion? {
    let id = id(map)
    func words(_ name: FactName, _ field: Field?) -> [String] {
      (field?.oneOrMore() ?? []).compactMap { element in
        guard let word = element.name() else { return nil }
        if let known = values[name], !known.contains(word) {
          element.fail(unknown(name.rawValue, word, among: known))
        }
        return word
      }
    }
    let about = words(.about, map.need("about"))
    let unless = words(.circumstances, map.take("unless"))
    let text = map.take("text")?.text() ?? "This is not supported."
    let refer = referral(map.take("refer"))
    return Exclusion(id: id, about: about, unless: unless, text: text, refer: refer)
  }

  mutating func obligation(_ map: FieldMap) -> Obligation? {
    let id = id(map)
    let otherwise = map.take("else")?.choice(Obligation.Consequence.self) ?? .warn
    let text = map.need("text")?.text() ?? ""
    return Obligation(id: id, otherwise: otherwise, text: text)
  }

  mutating func productLife(_ field: Field) -> ProductLife? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "product")
    let title = map.take("title")?.text(maximum: 200) ?? id
    let releases = (map.need("releases")?.list() ?? []).compactMap { release($0) }
    if releases.isEmpty { map.fail("a product has at least one release") }
    for (a, b) in zip(releases, releases.dropFirst()) where b.version <= a.version || b.on < a.on {
      map.fail("\(b.version) does not come after \(a.version): list the releases in rising order")
    }
    let grace = map.take("grace")?.period()
    switch grace {
    case .span, .workingDays: map.fail("a release has days, months or years of grace")
    case .days, .months, .years, nil: break
    }
    let end = map.take("end_of_life").flatMap { endOfLife($0) }
    if let day = end?.on, let last = releases.last, day <= last.on {
      map.fail("the product ends on \(day), before its release \(last.version)")
    }
    let text = map.take("text")?.text() ?? "Only supported releases are helped with."
    return ProductLife(id: id, title: title, releases: releases, grace: grace, endOfLife: end, text: text)
  }

  private func release(_ field: Field) -> ProductLife.Release? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    var version: ReleaseVersion?
    if let field = map.need("version"), let text = field.text(maximum: 40) {
      version = ReleaseVersion(text)
      if version == nil { field.fail("'\(text)' is no release: write it as \"9.4\"") }
    }
    let on = map.need("on")?.day()
    guard let version, let on else { return nil }
    return ProductLife.Release(version: version, on: on)
  }

  private mutating func endOfLife(_ field: Field) -> ProductLife.EndOfLife? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "end-of-life")
    let on = map.take("on")?.day()
    let notice = map.need("notice")?.period()
    switch notice {
    case .span, .workingDays: map.fail("notice is given days, months or years before")
    case .days, .months, .years, nil: break
    }
    let upgrade = map.take("upgrade")?.text()
    var alternative: ProductLife.Alternative?
    if let fields = map.take("alternative")?.map() {
      defer { fields.finish() }
      let product = fields.need("product")?.text(maximum: 200)
      let migration = refer(.rate, fields.take("migration"))
      alternative = product.map { ProductLife.Alternative(product: $0, migration: migration) }
    }
    let text = map.take("text")?.text() ?? "The product has reached the end of its life."
    return notice.map {
      ProductLife.EndOfLife(id: id, on: on, notice: $0, upgrade: upgrade, alternative: alternative, text: text)
    }
  }
}

extension Field {
  /// A day from 2000 to 2099.
  func day() -> CivilDate? {
    guard let text = text(maximum: 40) else { return nil }
    guard let day = CivilDate(text), WorkCalendar.range.contains(day) else {
      fail("'\(text)' is no day from 2000 to 2099: write it as 2026-12-25")
      return nil
    }
    return day
  }
}
