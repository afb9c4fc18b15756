extension PlanReader {
  mutating func ticketClass(_ id: String, _ field: Field) -> TicketClass? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    guard isName(id) else {
      field.fail("'\(id)' is no name for a class")
      return nil
    }
    register("class.\(id)", PlanPlace(path: field.path, line: field.line))
    let title = map.take("title")?.text(maximum: 200) ?? id
    let targets = (map.take("targets")?.list() ?? []).compactMap { element -> Target? in
      guard let map = element.map() else { return nil }
      defer { map.finish() }
      return target(map, scope: "class.\(id)")
    }
    let ladder = refer(.ladder, map.take("ladder"))
    let misuse = map.take("misuse")?.map().flatMap { self.misuse($0, of: id) }
    return TicketClass(id: id, title: title, targets: targets, ladder: ladder, misuse: misuse)
  }

  private mutating func misuse(_ map: FieldMap, of ticketClass: String) -> TicketClass.Misuse? {
    defer { map.finish() }
    let id = id(map, fallback: "\(ticketClass)-misuse")
    let reviewer = map.need("reviewed_by")?.choice(Role.self)
    let bills = map.take("bills")?.name()
    let text = map.take("text")?.text() ?? "The class was claimed without need."
    return reviewer.map { TicketClass.Misuse(id: id, reviewedBy: $0, bills: bills, text: text) }
  }

  mutating func ladder(_ id: String, _ field: Field) -> Ladder? {
    guard isName(id) else {
      field.fail("'\(id)' is no name for a ladder")
      return nil
    }
    register(id, PlanPlace(path: field.path, line: field.line))
    var steps: [LadderStep] = []
    var repeats: Ladder.Repeat?
    var contactWithin: TimeSpan?
    for element in field.list() ?? [] {
      guard let map = element.map() else { continue }
      defer { map.finish() }
      if map.has("contact_within") {
        if contactWithin != nil { map.fail("contact_within stands above already: say it once") }
        contactWithin = map.take("contact_within")?.span() ?? contactWithin
        continue
      }
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
    return Ladder(id: id, steps: steps, repeats: repeats, contactWithin: contactWithin)
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
      field.fail(
        "'\(text)' is nobody: write duty.primary, everyone.primary, group.hotline, person.anna, webhook.chat or customer"
      )
      return nil
    }
    let by = (map.need("by")?.oneOrMore() ?? []).compactMap { $0.choice(DeliveryMethod.self) }
    for case .webhook(let name) in tell where !by.contains(.webhook) {
      map.fail("webhook.\(name) is reached by webhook alone: add webhook to by")
    }
    return LadderStep(id: id, at: at, when: when, tell: tell, by: by, orWhen: orWhen)
  }

  mutating func quietHours(_ field: Field) -> QuietHours? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "quiet-hours")
    let outside = map.need("outside")
    let calendar = outside.flatMap { self.calendar($0) }
    if let outside, let calendar, calendars[calendar]?.isAlways == true {
      outside.fail("\(calendar) never closes: it would never be quiet")
    }
    let classes = (map.take("classes")?.oneOrMore() ?? []).compactMap { refer(.ticketClass, $0) }
    let spared = (map.take("spare")?.oneOrMore() ?? []).compactMap { $0.choice(DeliveryMethod.self) }
    return calendar.map { QuietHours(id: id, calendar: $0, classes: classes, spared: spared) }
  }

  mutating func mergingRule(_ field: Field) -> MergingRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "merging")
    let within = map.need("within")?.span()
    let limit = map.need("at_most")?.whole(MergingRule.limits)
    let methods = (map.take("by")?.oneOrMore() ?? []).compactMap { $0.choice(DeliveryMethod.self) }
    let classes = (map.take("classes")?.oneOrMore() ?? []).compactMap { refer(.ticketClass, $0) }
    guard let within, let limit else { return nil }
    return MergingRule(
      id: id, within: within, limit: Int(limit), methods: methods.isEmpty ? [.email] : methods, classes: classes)
  }
}
