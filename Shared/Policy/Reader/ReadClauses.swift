extension PlanReader {
  mutating func readHours(_ field: Field?, zone: TimeZoneRules) {
    for (name, calendar) in field?.entries() ?? [] {
      guard isName(name) else {
        calendar.fail("'\(name)' is no name for a calendar")
        continue
      }
      if case .scalar = calendar.node.value {
        if calendar.text() == "24x7" {
          calendars[name] = .always(name: name, zone: zone)
        } else {
          calendar.fail("write 24x7, or weekdays with hours such as mon-fri: 09:00-18:00")
        }
        continue
      }
      var hours: [Weekday: [WorkCalendar.Hours]] = [:]
      var holidays: [CivilDate: String] = [:]
      let before = log.problems.count
      for (key, entry) in calendar.entries() {
        if key == "holidays" {
          holidays = readHolidays(entry)
        } else if let days = weekdays(key) {
          let spans = entry.oneOrMore().compactMap { span(ofDay: $0) }
          for day in days { hours[day, default: []] += spans }
        } else {
          entry.fail(
            unknown("field", key, among: Weekday.allCases.map(\.rawValue) + ["holidays"])
              + "; ranges are written mon-fri")
        }
      }
      for day in Weekday.allCases {
        let rising = (hours[day] ?? []).sorted { $0.opens < $1.opens }
        for (a, b) in zip(rising, rising.dropFirst()) where b.opens < a.closes {
          calendar.fail("on \(day.rawValue), \(a) and \(b) overlap: join them")
        }
      }
      if let compiled = WorkCalendar(name: name, zone: zone, hours: hours, holidays: holidays) {
        calendars[name] = compiled
      } else {
        if log.problems.count == before { calendar.fail("the calendar is never open: give it hours") }
        // Stands in, so that what names the calendar is not reported as well.
        calendars[name] = .always(name: name, zone: zone)
      }
    }
    if let field, case .map(let entries) = field.node.value, entries.isEmpty {
      field.fail("a plan has at least one calendar: always: 24x7")
    }
  }

  private func readHolidays(_ field: Field) -> [CivilDate: String] {
    var holidays: [CivilDate: String] = [:]
    for (key, entry) in field.entries() {
      guard let date = CivilDate(key), WorkCalendar.range.contains(date) else {
        entry.fail("'\(key)' is no day from 2000 to 2099: write it as 2026-12-25")
        continue
      }
      holidays[date] = entry.text(maximum: 100) ?? ""
    }
    return holidays
  }

  /// `mon` or `mon-fri`, which may wrap around the week.
  private func weekdays(_ text: String) -> [Weekday]? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Weekday(rawValue: String($0)) }
    switch (ends.count, ends.first ?? nil, ends.last ?? nil) {
    case (1, let day?, _): return [day]
    case (2, let first?, let last?):
      let count = (last.index - first.index + 7) % 7 + 1
      return (0..<count).map { Weekday.allCases[(first.index + $0) % 7] }
    case (_, _, _): return nil
    }
  }

  private func span(ofDay field: Field) -> WorkCalendar.Hours? {
    guard let text = field.text() else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { CivilTime(String($0)) }
    guard ends.count == 2, let opens = ends[0], let closes = ends[1] else {
      field.fail("'\(text)' are no hours: write them as 09:00-18:00, up to 24:00")
      return nil
    }
    guard let hours = WorkCalendar.Hours(opens: opens, closes: closes) else {
      field.fail("closes before it opens: \(text); hours past midnight are two entries, up to 24:00 and from 00:00")
      return nil
    }
    return hours
  }

  /// A condition: a map from fact names to what they must be.
  mutating func condition(_ field: Field?) -> Condition? {
    guard let field else { return nil }
    var terms: [Condition.Term] = []
    let entries = field.entries()
    if entries.isEmpty { field.fail("a condition names at least one fact") }
    for (key, entry) in entries {
      if key == "within" {
        if let name = calendar(entry) { terms.append(.within(calendar: name)) }
      } else if key == "closed_within" {
        if let term = closedWithin(entry) { terms.append(term) }
      } else if let name = FactName(rawValue: key), name.shape != .instant {
        let values = entry.oneOrMore().compactMap { value(of: name, $0) }
        terms.append(.fact(name, values: values))
      } else {
        let known = FactName.allCases.filter { $0.shape != .instant }.map(\.rawValue) + ["within", "closed_within"]
        entry.fail(unknown("fact", key, among: known))
      }
    }
    return Condition(terms)
  }

  private func closedWithin(_ field: Field) -> Condition.Term? {
    guard let text = field.text() else { return nil }
    let words = text.split(separator: " ").map(String.init)
    guard words.count == 5, let count = Int(words[0]), (0...366).contains(count), words[1] == "working",
      words[2] == "day" || words[2] == "days", words[3] == "in"
    else {
      field.fail("write it as 3 working days in office, where office is one of the plan's hours")
      return nil
    }
    return calendar(named: words[4], field).map { .workingDaysAfterClosure(count: count, calendar: $0) }
  }

  private mutating func value(of name: FactName, _ field: Field) -> String? {
    if name.shape == .flag { return field.flag().map { $0 ? "true" : "false" } }
    guard let text = field.text(maximum: 100) else { return nil }
    switch name {
    case .missed: references.append(Reference(kind: .target, name: text, field: field))
    case .class: references.append(Reference(kind: .ticketClass, name: text, field: field))
    case .tier: references.append(Reference(kind: .tier, name: text, field: field))
    case .unkept: references.append(Reference(kind: .obligation, name: text, field: field))
    case .service: references.append(Reference(kind: .service, name: text, field: field))
    case .channel, .role, .contact, .region, .platform, .account, .device, .documents, .has, .wants, .request, .about,
      .dialled, .answer, .mode, .visit, .category, .resolved, .dispatched, .same, .closed, .reported, .content,
      .recipients, .circumstances, .agreement, .agreed, .ends, .release, .defect, .symptom, .problems, .help, .access,
      .direction:
      if let known = values[name] ?? name.knownValues, !known.contains(text) {
        field.fail(unknown(name.rawValue, text, among: known))
      }
    }
    return text
  }

  mutating func contactRule(_ field: Field) -> ContactRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "contacts")
    let exactly = map.take("exactly")?.whole(1...100)
    let least = map.take("at_least")?.whole(0...100)
    let most = map.take("at_most")?.whole(1...100)
    let required = map.take("require").map { $0.oneOrMore().compactMap { $0.choice(ContactField.self) } } ?? []
    let text = map.take("text")?.text() ?? "The authorised contacts are incomplete."
    if exactly != nil, least != nil || most != nil { map.fail("write either exactly, or at_least and at_most") }
    let low = Int(exactly ?? least ?? 0)
    let high = Int(exactly ?? most ?? 100)
    guard low <= high else {
      map.fail("at_least is more than at_most")
      return nil
    }
    return ContactRule(id: id, count: low...high, required: required, text: text)
  }

  mutating func admissionClause(_ map: FieldMap) -> AdmissionClause? {
    let id = id(map)
    let subjects = map.take("on").map { $0.oneOrMore().compactMap { $0.choice(AdmissionSubject.self) } } ?? [.ticket]
    let when = condition(map.take("when")) ?? .always
    let require = condition(map.take("require"))
    let exclude = condition(map.take("exclude"))
    if require == nil && exclude == nil { map.fail("say what it requires or excludes") }
    let otherwise = map.take("else")?.choice(AdmissionClause.Consequence.self) ?? .refuse
    let refer = referral(map.take("refer"))
    let text = map.need("text")?.text() ?? ""
    return AdmissionClause(
      id: id, subjects: subjects, when: when, require: require, exclude: exclude, otherwise: otherwise, text: text,
      refer: refer)
  }

  /// A target of the plan, or of the class `scope`: classes may each have a target of the same id.
  mutating func target(_ map: FieldMap, scope: String?) -> Target? {
    let id: String
    if let scope, let field = map.need("id") {
      id = field.name() ?? "?"
      register("\(scope).\(id)", PlanPlace(path: map.path, line: field.line), idPath: field.path)
      if places[id] != nil { field.fail("the id '\(id)' is used by the plan itself: give this target another") }
    } else {
      id = self.id(map)
    }
    let by = map.need("by")?.span()
    let calendar = map.need("in").flatMap { self.calendar($0) }
    let metBy = map.need("met_by")?.choice(Milestone.self)
    let dispatched = map.take("dispatched_met_by")?.choice(Milestone.self)
    let ladder = refer(.ladder, map.take("ladder"))
    let starts = map.take("starts").flatMap { ladderStart($0) }
    if starts != nil && ladder == nil { map.fail("'starts' says when a ladder starts: name the ladder") }
    guard let by, let calendar, let metBy else { return nil }
    return Target(
      id: id, by: by, calendar: calendar, metBy: metBy, dispatchedMetBy: dispatched, ladder: ladder,
      starts: starts ?? .missed)
  }

  private func ladderStart(_ field: Field) -> LadderStart? {
    guard let text = field.text() else { return nil }
    if text == "missed" { return .missed }
    if text == "opened" { return .opened }
    if text.hasSuffix(" before"), let span = TimeSpan(String(text.dropLast(7))), span > .zero { return .before(span) }
    field.fail("write missed, opened, or a time such as 30m before")
    return nil
  }
}
