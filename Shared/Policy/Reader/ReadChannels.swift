extension PlanReader {
  mutating func channelRule(_ map: FieldMap) -> ChannelRule? {
    let id = id(map)
    let channels = (map.need("channel")?.oneOrMore() ?? []).compactMap { field -> String? in
      guard let text = field.text(maximum: 100) else { return nil }
      let known = values[.channel] ?? FactName.channel.knownValues ?? []
      if !known.contains(text) { field.fail(unknown("channel", text, among: known)) }
      return text
    }
    let when = condition(map.take("when")) ?? .always
    let handling = map.take("handling")?.choice(ChannelRule.Handling.self) ?? .tracked
    let calendar = map.take("in").flatMap { self.calendar($0) }
    let refer = referral(map.take("refer"))
    let text: String
    if handling == .tracked && calendar == nil {
      text = map.take("text")?.text() ?? id
    } else {
      text = map.need("text")?.text() ?? ""
    }
    return ChannelRule(
      id: id, channels: channels, when: when, handling: handling, calendar: calendar, text: text, refer: refer)
  }

  mutating func mailRule(_ field: Field) -> MailRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "mail")
    var addresses: [String: [String]] = [:]
    for (key, entry) in map.need("addresses")?.entries() ?? [] {
      guard key.hasSuffix("@"), isName(String(key.dropLast())) else {
        entry.fail("'\(key)' is no address: write the part up to the @, such as support@")
        continue
      }
      addresses[key] = entry.oneOrMore().compactMap { refer(.ticketClass, $0) }
    }
    let ignore = (map.take("ignore")?.list() ?? []).compactMap { ignored($0) }
    let text = map.take("text")?.text() ?? "Please write to the address of the desk."
    return MailRule(id: id, addresses: addresses, ignore: ignore, text: text)
  }

  private mutating func ignored(_ field: Field) -> MailRule.Ignored? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map)
    let content = map.need("content")?.text(maximum: 100)
    if let content, let known = FactName.content.knownValues, !known.contains(content) {
      map.fail(unknown("content", content, among: known))
    }
    let says = phrases(map.take("says"))
    let besides = phrases(map.take("besides"))
    if says.isEmpty, !besides.isEmpty { map.fail("the field 'says' is missing: 'besides' alone knows no mail") }
    let pages = map.take("pages").map { $0.oneOrMore().compactMap { refer(.ticketClass, $0) } } ?? []
    let text = map.need("text")?.text() ?? ""
    return content.map {
      MailRule.Ignored(id: id, content: $0, says: says, besides: besides, pages: pages, text: text)
    }
  }

  /// What a mail may say: each at least a word.
  private func phrases(_ field: Field?) -> [String] {
    (field?.oneOrMore() ?? []).compactMap { field in
      guard let text = field.text(maximum: 100) else { return nil }
      if MailWords(text).all.isEmpty {
        field.fail("'\(text)' has no word: letters make words, and numbers do not count")
      }
      return text
    }
  }

  mutating func updateRule(_ field: Field) -> UpdateRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "updates")
    let every = map.need("every")?.span()
    let calendar = map.need("in").flatMap { self.calendar($0) }
    let text = map.take("text")?.text() ?? "We tell how things stand."
    guard let every, let calendar else { return nil }
    return UpdateRule(id: id, every: every, calendar: calendar, text: text)
  }

  mutating func surveyRule(_ field: Field) -> SurveyRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: "survey")
    let after = map.need("after")?.period()
    if case .workingDays = after { map.fail("the question comes hours, days, months or years after the closure") }
    let text = map.need("text")?.text() ?? ""
    return after.map { SurveyRule(id: id, after: $0, text: text) }
  }

  mutating func noticeRule(_ field: Field) -> NoticeRule? {
    guard let map = field.map() else { return nil }
    defer { map.finish() }
    let id = id(map, fallback: NoticeRule.standard.id)
    let low = map.take("low_balance")?.whole(0...99).map { Int($0) } ?? NoticeRule.standard.lowBalance
    let expiry = map.take("expiry")?.period() ?? NoticeRule.standard.expiry
    switch expiry {
    case .span, .workingDays: map.fail("expiry is given days, months or years before")
    case .days, .months, .years: break
    }
    return NoticeRule(id: id, lowBalance: low, expiry: expiry)
  }
}
