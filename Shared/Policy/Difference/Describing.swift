extension Plan {
  /// Every clause as phrases, section by section.
  var described: [ClauseDescription] {
    general + calendarsDescribed + requestsDescribed + promisesDescribed + servicesDescribed + chargesDescribed
      + laddersDescribed
  }

  /// A condition in words: `mode onsite and category server or network`; nil when it always holds.
  func words(_ condition: Condition) -> String? {
    guard !condition.terms.isEmpty else { return nil }
    return condition.terms.map { term in
      switch term {
      case .fact(let name, let values):
        "\(name.rawValue) \(values.joined(separator: name.shape == .list ? " and " : " or "))"
      case .within(let calendar): "the time within \(calendar)"
      case .workingDaysAfterClosure(let count, let calendar): "\(count) working days of \(calendar) after the closure"
      }
    }.joined(separator: " and ")
  }

  private func list(_ words: [String]) -> String? { words.isEmpty ? nil : words.joined(separator: ", ") }

  private var general: [ClauseDescription] {
    let everybody = "everybody"
    return [
      ClauseDescription(
        "plan", "plan", whom: everybody,
        [
          ("has the id", id), ("is called", title), ("is in the zone", zone.name), ("has prices in", currency.code),
          ("counts", unit), ("counts further", list(furtherUnits)), ("is reached at", list(hotlines)),
          ("makes a statement", statement?.every.rawValue), ("takes tickets without a class as", defaultClass),
          ("has the tiers", list(tiers)), ("counts a preliminary reply as", list(preliminaryReply.map(\.rawValue))),
        ])
    ]
      + referrals.keys.sorted().map { key in
        ClauseDescription("referrals", key, whom: "who is sent there", [("is", referrals[key])])
      }
      + FactName.allCases.compactMap { name in
        values[name].map { known in
          ClauseDescription("values", name.rawValue, whom: "who tells it", [("can be", list(known))])
        }
      }
  }

  private var calendarsDescribed: [ClauseDescription] {
    calendars.keys.sorted().compactMap { name in
      calendars[name].map { calendar in
        var phrases: [(String, String?)] = [("is open", calendar.isAlways ? "24x7" : nil)]
        for day in Weekday.allCases {
          phrases.append(("opens on \(day.rawValue)", calendar.hours[day].flatMap { list($0.map(\.description)) }))
        }
        for date in calendar.holidays.keys.sorted() {
          phrases.append(("is closed on \(date) for", calendar.holidays[date]))
        }
        return ClauseDescription("hours", name, whom: "whoever counts on these hours", phrases)
      }
    }
  }

  private var requestsDescribed: [ClauseDescription] {
    var all: [ClauseDescription] = []
    if let rule = contacts {
      let count =
        rule.count.lowerBound == rule.count.upperBound
        ? "\(rule.count.lowerBound)" : "\(rule.count.lowerBound) to \(rule.count.upperBound)"
      all.append(
        ClauseDescription(
          "contacts", rule.id, whom: "customers who name people",
          [("asks for", count), ("wants of each", list(rule.required.map(\.rawValue))), ("says", rule.text)]))
    }
    all += channels.map { rule in
      ClauseDescription(
        "channels", rule.id, whom: "who comes by \(rule.channels.joined(separator: ", "))",
        [
          ("is about", list(rule.channels)), ("holds for", words(rule.when)),
          ("makes requests", rule.handling.rawValue),
          ("answers in", rule.calendar), ("says", rule.text), ("refers to", rule.refer),
        ])
    }
    if let mail {
      all.append(
        ClauseDescription(
          "mail", mail.id, whom: "who writes mail",
          mail.addresses.keys.sorted().map { ("opens at \($0)", list(mail.addresses[$0] ?? [])) } + [
            ("says", mail.text)
          ]))
      all += mail.ignore.map { rule in
        ClauseDescription(
          "mail", rule.id, whom: "who writes mail",
          [
            ("is about mail that is", rule.content), ("knows it by", list(rule.says)),
            ("lets it say besides", list(rule.besides)), ("pages for", list(rule.pages)), ("says", rule.text),
          ])
      }
    }
    all += admission.map { clause in
      let asks = "who asks for \(clause.subjects.map(\.rawValue).joined(separator: ", "))"
      return ClauseDescription(
        "admission", clause.id, whom: asks + (words(clause.when).map { " with \($0)" } ?? ""),
        [
          ("is about", list(clause.subjects.map(\.rawValue))), ("holds for", words(clause.when)),
          ("requires", clause.require.flatMap { words($0) }), ("excludes", clause.exclude.flatMap { words($0) }),
          ("else", clause.otherwise.rawValue + "s"), ("says", clause.text), ("refers to", clause.refer),
        ])
    }
    return all
  }

  private var promisesDescribed: [ClauseDescription] {
    func described(_ target: Target, _ id: String, whom: String) -> ClauseDescription {
      let starts: String =
        switch target.starts {
        case .missed: "when it is missed"
        case .opened: "at once"
        case .before(let span): "\(span) before"
        }
      return ClauseDescription(
        "targets", id, whom: whom,
        [
          ("is due after", "\(target.by) of \(target.calendar)"), ("is met by", target.metBy.rawValue),
          ("is met once someone is sent by", target.dispatchedMetBy?.rawValue), ("starts the ladder", target.ladder),
          ("starts it", target.ladder.map { _ in starts }),
        ])
    }
    var all = targets.map { described($0, $0.id, whom: "whoever opens a ticket") }
    for one in classes {
      let whom = "who opens tickets of class \(one.id)"
      all.append(
        ClauseDescription("classes", one.id, whom: whom, [("is called", one.title), ("starts the ladder", one.ladder)]))
      all += one.targets.map { described($0, "\(one.id).\($0.id)", whom: whom) }
      if let misuse = one.misuse {
        all.append(
          ClauseDescription(
            "misuse", misuse.id, whom: whom + " without need",
            [("is decided by", misuse.reviewedBy.rawValue), ("is billed by", misuse.bills), ("says", misuse.text)]))
      }
    }
    if let updates {
      all.append(
        ClauseDescription(
          "updates", updates.id, whom: "whoever has an open ticket",
          [("come every", "\(updates.every) of \(updates.calendar)"), ("say", updates.text)]))
    }
    if let survey {
      all.append(
        ClauseDescription(
          "survey", survey.id, whom: "whose ticket is closed",
          [("comes after", survey.after.description), ("asks", survey.text)]))
    }
    if places[notices.id] != nil {
      all.append(
        ClauseDescription(
          "notices", notices.id, whom: "whose credits run low or lapse",
          [
            ("come below", "\(notices.lowBalance) percent of the last grant"),
            ("come before units lapse by", notices.expiry.description),
          ]))
    }
    return all
  }

  private var laddersDescribed: [ClauseDescription] {
    let told = "the people it tells"
    var all: [ClauseDescription] = ladders.map { ladder in
      var phrases: [(String, String?)] = ladder.steps.enumerated().map { index, step in
        let tells = step.tell.map(\.description).joined(separator: ", ")
        let by = step.by.map(\.rawValue).joined(separator: ", ")
        let when = words(step.when).map { ", if \($0)" } ?? ""
        let sooner = step.orWhen.flatMap { words($0) }.map { ", sooner for \($0)" } ?? ""
        return ("step \(index + 1) (\(step.id)) tells", "\(tells) by \(by) after \(step.at)\(when)\(sooner)")
      }
      phrases.append(
        (
          "repeats the last step every",
          ladder.repeats.map { "\($0.every)" + ($0.times.map { ", \($0) times" } ?? "") }
        ))
      phrases.append(("lets an acknowledgement without contact expire after", ladder.contactWithin.map { "\($0)" }))
      return ClauseDescription("ladders", ladder.id, whom: told, phrases)
    }
    func classes(_ names: [String]) -> String { names.isEmpty ? "every ticket" : names.joined(separator: ", ") }
    if let quietHours {
      all.append(
        ClauseDescription(
          "quiet_hours", quietHours.id, whom: told,
          [
            ("hold messages outside", quietHours.calendar), ("hold those for", classes(quietHours.classes)),
            ("spare", list(quietHours.spared.map(\.rawValue))),
          ]))
    }
    if let merging {
      all.append(
        ClauseDescription(
          "merging", merging.id, whom: told,
          [
            ("makes one of messages within", "\(merging.within)"), ("makes one of at most", "\(merging.limit)"),
            ("is for messages by", list(merging.methods.map(\.rawValue))), ("is for", classes(merging.classes)),
          ]))
    }
    return all
  }
}
