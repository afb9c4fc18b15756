extension PlanReader {
  mutating func ticketClass(_ id: String, _ field: Field) -> TicketClass? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    guard isName(id) else {
      field.fail("'\(id)' is no name for a class")
      return nil
    }
    register("class.\(id)", line: field.line, path: field.path)
    let title = map.take("title")?.text(maximum: 200) ?? id
    let targets = (map.take("targets")?.list() ?? []).compactMap { element -> Target? in
      guard let map = element.map() else { return nil }
      defer { map.finish() }
      return target(map, scope: "class.\(id)")
    }
    let ladder = refer(.ladder, map.take("ladder"))
    let misuse = map.take("misuse")?.map().flatMap { fields -> TicketClass.Misuse? in
      defer { fields.finish() }
      let reviewer = fields.need("reviewed_by")?.choice(Role.self)
      let bills = fields.take("bills")?.name()
      return reviewer.map { TicketClass.Misuse(reviewedBy: $0, bills: bills) }
    }
    return TicketClass(id: id, title: title, targets: targets, ladder: ladder, misuse: misuse)
  }

  mutating func ladder(_ id: String, _ field: Field) -> Ladder? {
    guard isName(id) else {
      field.fail("'\(id)' is no name for a ladder")
      return nil
    }
    register(id, line: field.line, path: field.path)
    var steps: [LadderStep] = []
    var repeats: Ladder.Repeat?
    for element in field.list() ?? [] {
      guard let map = element.map() else { continue }
      defer { map.finish() }
      if repeats != nil { map.fail("nothing comes after the repetition: move it to the end") }
      if let word = map.take("repeat") {
        if let text = word.text(), text != "last" { word.fail("only the last step repeats: write last") }
        let times = map.take("times")?.whole(1...1000).map { Int($0) }
        if let every = map.need("every")?.span() { repeats = Ladder.Repeat(every: every, times: times) }
        if steps.isEmpty { map.fail("there is no step to repeat") }
      } else if let step = step(map, id: "\(id)-\(steps.count + 1)", after: steps.last?.at ?? .zero) {
        steps.append(step)
      }
    }
    guard !steps.isEmpty else {
      field.fail("a ladder has at least one step")
      return nil
    }
    return Ladder(id: id, steps: steps, repeats: repeats)
  }

  private mutating func step(_ map: FieldMap, id fallback: String, after last: TimeSpan) -> LadderStep? {
    let id = id(map, fallback: fallback)
    let at = map.take("at").map { $0.span(positive: false) ?? last } ?? last
    if at < last { map.fail("\(at) is before the step above it, at \(last): put the steps in order") }
    let when = condition(map.take("when")) ?? .always
    let orWhen = condition(map.take("or_when"))
    let tell = (map.need("tell")?.oneOrMore() ?? []).compactMap { field -> Recipient? in
      guard let text = field.text() else { return nil }
      if let recipient = Recipient(text) { return recipient }
      field.fail("'\(text)' is nobody: write duty.primary, group.hotline or customer")
      return nil
    }
    let by = (map.need("by")?.oneOrMore() ?? []).compactMap { $0.choice(DeliveryMethod.self) }
    return LadderStep(id: id, at: at, when: when, tell: tell, by: by, orWhen: orWhen)
  }

  mutating func mailRule(_ field: Field) -> MailRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    var addresses: [String: [String]] = [:]
    for (key, entry) in map.need("addresses")?.entries() ?? [] {
      guard key.hasSuffix("@"), isName(String(key.dropLast())) else {
        entry.fail("'\(key)' is no address: write the part up to the @, such as support@")
        continue
      }
      addresses[key] = entry.oneOrMore().compactMap { refer(.ticketClass, $0) }
    }
    let ignore = map.take("ignore").map { $0.oneOrMore().compactMap { $0.name() } } ?? []
    return MailRule(addresses: addresses, ignore: ignore)
  }

  mutating func entitlement(_ map: FieldMap) -> Entitlement? {
    let id = id(map)
    let grants = (map.need("grants")?.oneOrMore() ?? []).compactMap { $0.name() }
    let tiers = (map.need("tiers")?.oneOrMore() ?? []).compactMap { refer(.tier, $0) }
    let eachBought = map.take("each_bought").map { $0.oneOrMore().compactMap { $0.name() } } ?? []
    let draws = map.take("draws")?.name()
    var lapsed = false
    if let field = map.take("lapsed"), let word = field.text() {
      lapsed = word == "allowed"
      if !lapsed { field.fail("write allowed, or leave it out") }
    }
    return Entitlement(
      id: id, grants: grants, tiers: tiers, eachBought: eachBought, draws: draws, lapsedAllowed: lapsed)
  }

  mutating func exclusion(_ map: FieldMap) -> Exclusion? {
    let id = id(map)
    let about = map.need("about")?.name()
    let unless = map.take("unless")?.name()
    let text = map.take("text")?.text() ?? "This is not supported."
    return about.map { Exclusion(id: id, about: $0, unless: unless, text: text) }
  }

  mutating func productLife(_ field: Field) -> ProductLife? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    var release: (major: Int64, minor: Int64)?
    if let current = map.need("current")?.map() {
      defer { current.finish() }
      let major = current.need("major")?.whole(0...100_000)
      let minor = current.need("minor")?.whole(0...100_000)
      if let major, let minor { release = (major, minor) }
    }
    let grace = map.take("grace")?.period()
    var notice: Period?
    if let end = map.take("end_of_life")?.map() {
      defer { end.finish() }
      notice = end.need("notice")?.period()
    }
    return release.map { ProductLife(major: Int($0.major), minor: Int($0.minor), grace: grace, notice: notice) }
  }
}
