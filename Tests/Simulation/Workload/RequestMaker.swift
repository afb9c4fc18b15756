import CalloutClient
import Policy
import Transport
import Wire

/// Makes requests of every operation by the names of their fields, from what earlier replies have told.
///
/// What stands in `special` wants fields that fit each other; everything else is filled field by field. So an operation
/// that is added later has requests without any change here, as long as its fields' names are known.
struct RequestMaker {
  /// Identifiers by what they name: `account` of `account_id`.
  private var known: [String: [String]] = [:]
  private var knownOrder: [String] = []
  private var serial = 0
  /// How identifiers begin that name nothing.
  private static let nobody = "01900000"
  /// Versions of the plan that every service has.
  private var planVersions: [String]
  let plan: String
  /// Where the desk takes mail: an address is one tenant's. Another domain is wanted by all.
  let domain: String

  init(plan: String, planVersion: String, domain: String) {
    self.plan = plan
    self.domain = domain
    planVersions = [planVersion]
  }

  /// Takes a version that every service has by now.
  mutating func learn(planVersion: String) {
    if !planVersions.contains(planVersion) { planVersions.append(planVersion) }
  }

  /// Takes identifiers out of a reply: `id` of the member `account`, `account_id` wherever it stands.
  mutating func learn(_ reply: JSONValue, as name: String = "") {
    switch reply {
    case .object(let members):
      for member in members {
        if case .text(let text) = member.value, text.count == 36 {
          if member.key == "id", !name.isEmpty { add(text, name) }
          if member.key.hasSuffix("_id") { add(text, String(member.key.dropLast(3))) }
        }
        learn(member.value, as: Self.singular(member.key))
      }
    case .list(let items): for item in items { learn(item, as: name) }
    default: break
    }
  }

  private static func singular(_ key: String) -> String {
    if key.hasSuffix("ies") { return String(key.dropLast(3)) + "y" }
    return key.hasSuffix("s") ? String(key.dropLast()) : key
  }

  private mutating func add(_ id: String, _ name: String) {
    if !id.hasPrefix(Self.nobody), known[name]?.contains(id) != true { known[name, default: []].append(id) }
  }

  /// A known identifier, mostly one of the newest; now and then one that nobody has.
  func id(_ name: String, _ chance: inout Chance) -> JSONValue {
    guard let all = known[name], !all.isEmpty, !chance.once(in: 40) else {
      return .text("\(Self.nobody)-0000-7000-8000-00000000000\(chance.below(10))")
    }
    return .text(chance.once(in: 2) ? chance.pick(Array(all.suffix(4))) : chance.pick(all))
  }

  /// A request for an operation; `now` is the tenant's time.
  mutating func request(_ shape: MessageShape, _ method: Wire.Method, at now: Instant, _ chance: inout Chance)
    -> JSONValue
  {
    serial += 1
    var request = JSONValue.object([])
    for field in shape.fields {
      guard let value = value(field, method.name, now, &chance) else { continue }
      request.set(value, at: field.key)
    }
    return request
  }

  private static let optional: Set<String> = [
    "replaces", "subsidiary_id", "earlier_ticket_id", "maintenance_visit_id", "appointment", "caller", "dialled",
    "class", "unit", "ends",
    "quote_id", "override_reason", "after", "kinds", "subject_filter", "private_device", "consent_document",
    "withdraw_consent", "retire", "region", "category", "number", "expires", "at", "month", "note", "override_id",
    "person_id",
  ]

  private func value(
    _ field: FieldShape, _ method: String, _ now: Instant, _ chance: inout Chance
  ) -> JSONValue? {
    let key = field.key
    if let special = special(key, method, now, &chance) { return special == .null ? nil : special }
    let isOptional = Self.optional.contains(key)
    if isOptional, !chance.once(in: 8) { return nil }
    switch field.kind {
    case .uuid:
      let name = key.hasSuffix("_id") ? String(key.dropLast(3)) : Self.singular(key)
      // What need not be named, and is not there, is seldom named.
      if isOptional, known[Self.names[name] ?? name] == nil, !chance.once(in: 8) { return nil }
      let id = id(Self.names[name] ?? name, &chance)
      return field.isRepeated ? .list([id]) : id
    case .text:
      let text = JSONValue.text(Self.texts[key].map { chance.pick($0) } ?? "\(key) \(serial)")
      return field.isRepeated ? .list([text]) : text
    case .flag: return .flag(chance.once(in: 2))
    case .uint32, .int32: return .integer(Int64(1 + chance.below(3)))
    case .int64, .uint64: return .integer(Int64(1 + chance.below(60)))
    case .instant: return .text((now + .minutes(Int64(chance.below(600)))).description)
    case .hex: return nil
    case .document: return .text(plan)
    case .message: return nil
    }
  }

  /// Fields that name something else than themselves.
  private static let names = [
    "earlier_ticket": "ticket", "into_ticket": "ticket", "work_id": "work", "maintenance_visit": "visit",
    "replaces": "contact", "people": "person",
  ]

  private static let texts: [String: [String]] = [
    "region": ["SG"], "category": ["desktop", "server", "laptop"], "platform": ["windows"], "channel": ["telephone"],
    "incident": ["mail", "printer", "disk"], "resolution": ["fixed", "workaround", "unresolved"],
    "direction": ["to-customer", "internal"], "mode": ["helpdesk", "onsite", "remote"], "engineer": ["Joon", "Farah"],
    "package": ["flexi-600", "flexi-600", "server-hours"], "unit": ["server-hour"], "zone": ["Asia/Singapore"],
    "handover": ["09:00"], "rota": ["duty.primary"],
    "target": ["respond"], "email": (0..<addressCount).map(address), "fixed_phone": (0..<addressCount).map(number),
    "mobile_phone": ["+6581230001"], "language": ["english", "simple"], "query": ["title", "body"], "tags": ["mail"],
    "items": ["site", "machines", "specifications", "software", "diagrams"],
  ]

  /// What only makes sense together with the operation; `.null` leaves the field out.
  private func special(_ key: String, _ method: String, _ now: Instant, _ chance: inout Chance) -> JSONValue? {
    switch (method, key) {
    case (_, "page"): return .null
    case ("agreement.sign", "tier"), ("agreement.sign", "facts"), (_, "misused_class"): return .null
    // Far enough that hardly any desk loses its agreement.
    case (_, "ends"):
      return chance.once(in: 4) ? .text((now + .days(20 + Int64(chance.below(40)))).description) : .null
    case ("agreement.renew", "plan_version"): return .text(chance.pick(planVersions))
    case ("order.place", "package"): return "flexi-monthly"
    case ("order.place", "paid"): return .integer(60_000)
    case ("order.place", "quantity"): return 1
    case ("order.end", "order_id"): return id("order", &chance)
    case ("order.end", "reason"): return "no more"
    case ("account.create", "language"), ("account.update", "language"), ("statement.get", "language"):
      return chance.once(in: 2) ? .null : .text(chance.pick(["de", "de-AT", "en", "fr"]))
    case ("tenant.update", "language"): return .text(chance.pick(["de", "de-AT", "en", "fr"]))
    case _ where method.hasPrefix("template."): return template(key, method, &chance)
    case ("statement.get", "form"): return chance.once(in: 2) ? .null : .text(chance.pick(["text", "html", "csv"]))
    case ("account.create", "hotlines"), (_, "facts"), ("changes.watch", "subject"), ("tenant.create", _): return .null
    case ("charge.post", "task"), ("quote.create", "task"): return task(&chance)
    case ("charge.post-many", "charges"):
      return .list(
        (0..<(1 + chance.below(4))).map { _ in
          ["agreement_id": id("agreement", &chance), "text": "one of many", "task": task(&chance)]
        })
    // An agreement for an account that intake does not have makes news that intake lays aside.
    case ("agreement.sign", "account_id"): return known["account"].map { .text(chance.pick($0)) } ?? .null
    case ("obligation.record", "account_id"): return serial % 2 == 0 ? id("account", &chance) : .null
    case ("obligation.record", "ticket_id"): return serial % 2 == 0 ? .null : id("ticket", &chance)
    case ("obligation.record", "obligation"): return "cooperation"
    case ("mail.take", "content"), ("ticket.contact", "event"), ("mail.take", "sender"): return .null
    case ("mail.deliver", "recipients"): return [.text("support@\(domain)")]
    case ("mail.deliver", "sender"): return .text(Self.address(chance.below(Self.addressCount)))
    case ("mail.deliver", "original"), ("mail.stage", "original"): return letter(&chance)
    case ("mail.deliver", "upload_id"), ("mail.deliver", "parts"): return .null
    case ("mail.list", "ticket_id"), ("call.list", "ticket_id"), ("call.report", "ticket_number"): return .null
    case ("call.report", "call_id"): return .text("call \(chance.below(200))")
    case ("call.report", "dialled"): return "+6531050142"
    case ("call.report", "caller"): return .text(Self.number(chance.below(Self.addressCount)))
    case ("call.report", "digits"): return .text(chance.pick(["3", "9", ""]))
    case ("call.report", "answer"): return .text(chance.pick(["", "none", "person", "voicemail", "refused"]))
    case ("call.report", "voicemail_seconds"), ("call.report", "voicemail_reference"): return .null
    case ("mailbox.set", "address"): return .text(chance.once(in: 4) ? "old@desk.example" : "support@\(domain)")
    case ("mailbox.remove", "address"): return "old@desk.example"
    // The next morning, when the desk is open.
    case ("call.schedule", "at"):
      let days = (now - World.start).milliseconds / TimeSpan.hours(24).milliseconds + 1
      return .text((World.start + .hours(24 * days) + .minutes(Int64(chance.below(60)))).description)
    case ("work.end", "at"): return .null
    case ("statement.get", "form"): return .text(chance.pick(["text", "html", "csv"]))
    case ("work.end", "work_id"): return id("running", &chance)
    case ("mail.take", "recipients"): return ["support@desk.example"]
    case ("admission.ask", "subject"): return .text(chance.pick(["sign-up", "change", "renewal"]))
    case ("account.create", "region"), ("asset.register", "category"): return .text(key == "region" ? "SG" : "desktop")
    case ("quote.acknowledge", "quote_id"), ("quote.decline", "quote_id"), ("quote.get", "quote_id"):
      return id("quote", &chance)
    case ("override.add", "person_id"): return id("person", &chance)
    case ("override.remove", "override_id"): return id("override", &chance)
    case ("ticket.link", "earlier_ticket_id"): return id("ticket", &chance)
    case ("part.add", "quote_id"): return chance.once(in: 4) ? .null : id("quote", &chance)
    case ("agreement.sign", "plan_version"), ("plan.get", "version"), ("admission.ask", "plan_version"),
      ("mailbox.set", "plan_version"):
      return .text(chance.pick(planVersions))
    case ("plan.get", "plan"): return .null
    case ("agreement.get", "account_id"), ("ticket.get", "number"): return .null
    case ("agreement.end", "agreement_id"): return chance.once(in: 12) ? nil : "01900000-0000-7000-8000-000000000000"
    case ("assessment.record", "items"): return ["site", "machines", "specifications", "software", "diagrams"]
    case ("ticket.open", "asset_id"): return nil
    // Every other visit is for maintenance, which is no ticket's.
    case ("visit.schedule", "kind"): return .text(serial % 2 == 0 ? "maintenance" : "appointment")
    case ("visit.schedule", "ticket_id"): return serial % 2 == 0 ? .null : id("ticket", &chance)
    case ("visit.schedule", "account_id"): return serial % 2 == 0 ? id("account", &chance) : .null
    case ("hold.list", "state"), ("slaclock.list", "state"), ("escalation.list", "state"), ("ticket.list", "state"):
      return .null
    case ("article.create", "kind"): return "resolution"
    case ("article.list", "kind"), ("article.search", "kind"), ("article.list", "state"), (_, "edition"), (_, "untag"):
      return .null
    case ("topic.moderate", "action"): return .text(chance.pick(["hide", "close", "restore", "reopen"]))
    case ("reply.moderate", "action"): return .text(chance.pick(["hide", "restore"]))
    // A learner is a contact or has a name, and not both.
    case (_, "learner"): return serial % 2 == 0 ? "Aisha" : .null
    case ("course.enrol", "contact_id"), ("lesson.complete", "contact_id"), ("enrolment.list", "contact_id"):
      return serial % 2 == 0 ? .null : id("contact", &chance)
    case ("adjustment.post", "amount"): return .integer(Int64(chance.below(200)) - 60)
    case ("package.purchase", "paid"): return .integer(60_000 * (chance.once(in: 6) ? 2 : 1))
    case ("package.purchase", "quantity"): return 1
    case ("ticket.classify", "class"): return .null
    case ("delivery.answer", "answer"): return .text(chance.pick(["none", "person", "voicemail", "refused"]))
    case ("escalation.call", "answer"): return chance.once(in: 2) ? .null : .text(chance.pick(["person", "voicemail"]))
    case ("escalation.call", "dialled"): return .text(chance.pick(["9", "3"]))
    case ("notice.list", "account_id"): return .null
    // With a secret that is given: one that the service draws is another in every run.
    case ("endpoint.set", "secret"):
      return .text("whsec_" + chance.pick(["QUJD", "REVG"]) + "QUJDQUJDQUJDQUJDQUJDQUJDQUJD")
    case ("endpoint.set", "name"), ("endpoint.remove", "name"): return .text(chance.pick(["chat", "hooks"]))
    case ("endpoint.set", "url"): return .text("https://hooks.example/\(chance.below(4))")
    case ("endpoint.set", "earlier_until"): return .text((now + .hours(1)).description)
    case ("message.post", "channel"): return .text(chance.pick(["telephone", "email"]))
    case ("consent.record", "decision"):
      return ["gate": "assessment", "contact_id": id("contact", &chance), "granted": .flag(!chance.once(in: 4))]
    case ("part.add", "part"): return ["name": "a disk", "minutes": 20]
    case ("person.set", "person_id"): return .null
    case ("person.set", "methods"): return ["email:farah@desk.example"]
    case ("rota.set", "name"), ("rota.who", "name"), ("rota.forecast", "name"): return "duty.primary"
    case ("rota.set", "ends"), ("rota.set", "hours"), ("rota.set", "layers"), ("rota.forecast", "plan_version"):
      return .null
    case ("rota.forecast", "from"), ("escalation.preview", "at"), ("escalation.preview", "answer"): return .null
    case ("escalation.preview", "plan_version"): return .text(chance.pick(planVersions))
    case ("escalation.preview", "target"): return "respond"
    case ("escalation.preview", "ladder"), ("escalation.preview", "class"), ("escalation.preview", "plan"): return .null
    case ("person.set", "handle"): return serial % 4 == 0 ? .text("h\(serial)") : .null
    case ("delivery.list", "state"): return chance.once(in: 2) ? .null : "held"
    case ("rota.set", "turn_days"): return 7
    case ("rota.set", "starts"), ("rota.who", "at"): return .text(now.description)
    case ("rota.set", "people"): return .list([id("person", &chance)])
    case (_, "time"):
      // Every other override is yet to come: those can be taken back.
      let from =
        method == "override.add" && serial % 2 == 0
        ? now + .minutes(Int64(600 + chance.below(60))) : now - .minutes(Int64(60 + chance.below(60)))
      return ["from": .text(from.description), "to": .text((from + .minutes(Int64(5 + chance.below(50)))).description)]
    case ("clock.advance", "to"): return .text((now + .hours(Int64(chance.below(30)))).description)
    default: return nil
    }
  }

  /// Contacts are known by so many addresses.
  private static let addressCount = 12

  private static func address(_ number: Int) -> String { "p\(number)@kopi.example" }

  private static func number(_ number: Int) -> String { "+656123\(1_000 + number)" }

  /// A mail as it came, in hexadecimal digits; now and then a program's, or about a ticket.
  private func letter(_ chance: inout Chance) -> JSONValue {
    let extra = chance.once(in: 8) ? "Precedence: bulk\r\n" : ""
    let about = chance.once(in: 2) ? "[#\(1 + chance.below(20))]" : "slow"
    let text =
      "From: \(Self.address(chance.below(Self.addressCount)))\r\nSubject: \(about)\r\n"
      + "Message-ID: <\(chance.below(1_000_000))@kopi.example>\r\n\(extra)\r\nSince \(serial).\r\n"
    return .text(text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }

  /// Words that every kind can have, mostly of one kind in one language; now and then some that are refused.
  private func template(_ key: String, _ method: String, _ chance: inout Chance) -> JSONValue? {
    switch key {
    case "kind": .text(chance.once(in: 6) ? chance.pick(["statement", "invoice", "update"]) : "low-balance")
    case "language": .text(chance.once(in: 6) ? chance.pick(["en", "fr"]) : "de")
    case "subject": .text("{{plan}}, \(serial): {{customer}}")
    case "text": .text(chance.once(in: 12) ? "{{nothing}}" : "{{words}}\n")
    case "html": chance.once(in: 4) ? .null : .text("<p>{{customer}}, \(serial)</p>")
    case "edition": chance.once(in: 3) ? 1 : .null
    case "notice_id", "page": .null
    default: nil
    }
  }

  private func task(_ chance: inout Chance) -> JSONValue {
    [
      "facts": [
        "mode": .text(chance.pick(["onsite", "onsite", "helpdesk", "remote"])),
        "category": .text(chance.pick(["desktop", "server"])), "resolved": .flag(chance.once(in: 2)),
      ],
      "minutes": .integer(Int64(chance.below(3) * 180 + chance.below(3) * 59 + chance.below(3))),
      "blocks_consented": .integer(Int64(chance.below(3))), "assessed": true,
      "assessment": ["site", "machines", "specifications", "software", "diagrams"],
    ]
  }
}
