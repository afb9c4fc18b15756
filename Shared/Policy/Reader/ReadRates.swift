extension PlanReader {
  mutating func package(_ map: FieldMap) -> Package? {
    let id = id(map)
    let grants = map.need("grants").flatMap { grant($0) }
    let price = map.take("price")?.money(currency)
    var lasts: Period?
    if let field = map.take("lasts") {
      lasts = field.period()
      switch lasts {
      case .span, .workingDays: field.fail("credits live for days, months or years")
      case .days, .months, .years, nil: break
      }
    }
    let carryOver = map.take("carry_over")?.choice(Package.CarryOver.self) ?? .never
    let standingOrder = map.take("standing_order")?.choice(Cycle.self)
    guard let grants else { return nil }
    return Package(
      id: id, grants: grants.units, unit: grants.unit, price: price, lasts: lasts, carryOver: carryOver,
      standingOrder: standingOrder)
  }

  /// `600`, `600 credits`, or an amount of one of the further units.
  private func grant(_ field: Field) -> (units: Amount, unit: String)? {
    let named = field.text()?.split(separator: " ").last.map(String.init)
    let further = units.first { $0 == named || $0 + "s" == named }
    return field.amount(unit: further ?? unit, positive: true).map { ($0, further ?? unit ?? "") }
  }

  /// The unit that a rate draws.
  func drawn(_ field: Field) -> String? {
    guard let name = field.name() else { return nil }
    let known = [unit].compactMap(\.self) + units
    if !known.contains(name) { field.fail(unknown("unit", name, among: known) + "; further ones are listed in units") }
    return name
  }

  mutating func rate(_ map: FieldMap, rounding: Rounding?) -> Rate? {
    let id = id(map)
    let when = condition(map.take("when")) ?? .always
    let unit = map.take("unit").flatMap { drawn($0) } ?? self.unit ?? ""
    let basis = basis(map, rounding: unit == self.unit ? rounding : nil, unit: unit)
    let calendar = map.take("in").flatMap { self.calendar($0) }
    let gates = (map.take("gates")?.list() ?? []).compactMap { gate($0, rate: id, basis: basis) }
    let voidedBy = map.take("voided_by")?.choice(Rate.Voiding.self)
    let text = map.take("text")?.text() ?? id
    guard let basis else { return nil }
    return Rate(
      id: id, when: when, basis: basis, unit: unit, calendar: calendar, gates: gates, voidedBy: voidedBy, text: text)
  }

  private func basis(_ map: FieldMap, rounding: Rounding?, unit: String?) -> Rate.Basis? {
    let (flat, blocks, per) = (map.take("flat"), map.take("blocks"), map.take("per"))
    let each = map.take("each")
    guard [flat, blocks, per].count(where: { $0 != nil }) == 1 else {
      map.fail("say how it counts, in one way: flat: 10, or blocks: {of: 3h, each: 50}, or per: 15m with each: 1")
      return nil
    }
    if per == nil, let each { each.fail("'each' here belongs to 'per'; the price of a block stands in blocks") }
    if let flat { return flat.amount(unit: unit).map { .flat($0) } }
    if let blocks {
      guard let fields = blocks.map() else { return nil }
      defer { fields.finish() }
      let of = fields.need("of")?.minutes()
      let first = fields.take("first")
      let price = fields.need("each")?.amount(unit: unit)
      guard let of, let price else {
        _ = first?.amount(unit: unit)
        return nil
      }
      guard let first else { return .blocks(of: of, first: price, each: price) }
      return first.amount(unit: unit).map { .blocks(of: of, first: $0, each: price) }
    }
    guard let per, let span = per.minutes() else { return nil }
    if let rounding, rounding.increment != span {
      per.fail("the plan rounds to \(rounding.increment), so time is counted per \(rounding.increment)")
    }
    guard let each else {
      map.fail("the field 'each' is missing: what one increment costs")
      return nil
    }
    return each.amount(unit: unit).map { .per(span, each: $0) }
  }

  private mutating func gate(_ field: Field, rate: String, basis: Rate.Basis?) -> Gate? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let at = map.need("at")?.minutes()
    let need = map.need("needs")?.choice(Gate.Need.self)
    let warn = map.take("warn")?.minutes()
    let each = map.take("each_block")?.flag()
    let id = id(map, fallback: "\(rate)-\(need?.rawValue ?? "gate")")
    guard let at, let need else { return nil }
    if let warn, warn >= at {
      map.fail("the warning of \(warn) comes before the work begins: make it shorter than \(at)")
    }
    switch (need, basis) {
    case (.consent, .blocks(let of, _, _)?):
      if at != of {
        map.fail("consent is needed where a block ends, at \(of): the customer pays for whole blocks")
      }
    case (.consent, .flat?), (.consent, .per?): map.fail("only rates with blocks can need consent")
    case (.assessment, _), (.consent, nil): break
    }
    return Gate(id: id, at: at, need: need, warn: warn, eachBlock: each ?? (need == .consent))
  }

  mutating func partsRule(_ field: Field) -> PartsRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "parts")
    let text = map.take("text")?.text() ?? "Parts"
    if let needs = map.take("needs") {
      if let word = needs.text(), word != "quote" { needs.fail("write quote, or a rate instead: per: 15m, each: 1") }
      if map.take("flat") != nil || map.take("per") != nil || map.take("blocks") != nil {
        map.fail("parts have a rate or need a quote, not both")
      }
      return PartsRule(id: id, rate: nil, text: text)
    }
    return basis(map, rounding: nil, unit: unit).map { PartsRule(id: id, rate: $0, text: text) }
  }

  mutating func waiver(_ map: FieldMap) -> Waiver? {
    let id = id(map)
    let when = condition(map.need("when")) ?? .always
    let waives = map.need("waive")?.choice(Waiver.Extent.self)
    let text = map.take("text")?.text() ?? id
    guard let waives else { return nil }
    return Waiver(id: id, when: when, waives: waives, text: text)
  }

  mutating func rounding(_ field: Field) -> Rounding? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let increment = map.need("increment")?.minutes()
    let round = map.take("round")
    let from = map.take("up_from")
    let minimum = map.take("minimum")?.whole(0...1000) ?? 1
    let scope = map.take("of")?.choice(Rounding.Scope.self) ?? .task
    guard let increment else { return nil }
    var upFrom: TimeSpan = .minutes(1)
    if let from {
      if round != nil { map.fail("write either up_from or round") }
      guard let span = from.minutes() else { return nil }
      if span > increment { from.fail("more than the increment of \(increment)") }
      upFrom = span
    } else if let round {
      switch round.choice(Rounding.Mode.self) {
      case .up: break
      case .down: upFrom = increment
      case .nearest: upFrom = .minutes((increment.wholeMinutes + 1) / 2)
      case nil: return nil
      }
    }
    return Rounding(increment: increment, upFrom: upFrom, minimum: minimum, scope: scope)
  }

  mutating func overage(_ field: Field) -> Overage? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "overage")
    if let needs = map.need("needs"), let word = needs.text(), word != "acknowledgement" {
      needs.fail("overage is never silent: write acknowledgement")
    }
    let price = map.need("price").flatMap { overagePrice($0) }
    var after: Period?
    if let invoice = map.need("invoice"), let text = invoice.text() {
      let suffix = " after completion"
      if text.hasSuffix(suffix) {
        after = invoice.period(String(text.dropLast(suffix.count)))
        if case .workingDays = after { invoice.fail("an invoice comes days, months or hours after completion") }
      } else {
        invoice.fail("write it as 7 days after completion")
      }
    }
    let text = map.take("text")?.text() ?? "What exceeds the balance is invoiced."
    guard let price, let after else { return nil }
    return Overage(id: id, price: price, invoiceAfter: after, text: text)
  }

  /// `SGD 1.00 per credit`.
  private func overagePrice(_ field: Field) -> Money? {
    guard let text = field.text() else { return nil }
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 4, words[2] == "per" else {
      field.fail("write it as \(currency?.code ?? "SGD") 1.00 per \(unit ?? "credit")")
      return nil
    }
    if let unit, words[3] != unit {
      field.fail("the plan's unit is \(unit), not '\(words[3])'")
      return nil
    }
    return field.money(words[0] + " " + words[1], currency)
  }

  mutating func assessmentRule(_ field: Field) -> AssessmentRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "first-assessment")
    let fields = map.need("assessment")?.oneOrMore() ?? []
    let items = fields.compactMap { $0.name() }
    if Set(items).count != items.count { map.fail("an item is named twice") }
    let text = map.take("text")?.text() ?? "An assessment comes before the first charge."
    return items.isEmpty ? nil : AssessmentRule(id: id, items: items, text: text)
  }

  mutating func lateWorkRule(_ field: Field) -> LateWorkRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "late-work")
    let within = map.need("within")
    let period = within?.period()
    if case .workingDays = period { within?.fail("work is recorded within days, months, years or hours of its end") }
    let isAfterClosure = map.take("after_closure")?.flag() ?? false
    let text = map.take("text")?.text() ?? "Work is recorded soon after it was done."
    guard let period else { return nil }
    return LateWorkRule(id: id, within: period, isAfterClosure: isAfterClosure, text: text)
  }
}
