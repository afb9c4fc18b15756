extension Plan {
  /// Looks at how a ticket's request comes in (E3, E5): refused, taken as far as someone is free, or made a ticket.
  func admitChannel(_ admission: inout Admission) {
    guard !channels.isEmpty else { return }
    let channel = admission.facts.text(.channel)
    admission.look(.channel)
    let rule = channels.first { rule in
      rule.channels.contains { $0 == channel } && holds(rule.when, admission.facts, at: admission.at)
    }
    let tracked = channels.filter { $0.handling == .tracked }.flatMap(\.channels)
    let looked = ["channel: \(channel ?? "missing")"]
    let remedy = "channel must be " + Plan.joined(tracked, "or")
    guard let rule else {
      admission.failed.append(
        FailedClause(id: "channels", text: "The desk is not reached that way.", looked: looked, remedy: remedy))
      return
    }
    admission.consider(rule.id, rule.when)
    let isOpen = rule.calendar.map { calendars[$0]?.isOpen(at: admission.at) ?? false } ?? true
    switch rule.handling {
    case .untracked:
      admission.failed.append(failure(of: rule, looked: looked, remedy: remedy))
    case .tracked, .bestEffort:
      if !isOpen, let calendar = rule.calendar {
        let within = Condition.Term.within(calendar: calendar)
        let civil = zone.civil(admission.at)
        admission.failed.append(
          failure(
            of: rule, looked: looked + ["at: \(civil.date.weekday.rawValue) \(civil)"],
            remedy: wanted(within) + (tracked.isEmpty ? "" : "; or \(remedy)")))
      }
      admission.handling = rule.handling
    }
  }

  private func failure(of rule: ChannelRule, looked: [String], remedy: String) -> FailedClause {
    let turn = rule.refer.map { "; " + turnTo($0) } ?? ""
    return FailedClause(id: rule.id, text: rule.text, referral: rule.refer, looked: looked, remedy: remedy + turn)
  }
}

/// What a mail to the desk comes to.
public enum MailOutcome: Hashable, Sendable {
  /// It opens a ticket of this class (the plan's default class, or none, when nil).
  case ticket(class: String?)
  /// Its Message-ID has been seen: it belongs to the ticket that the first one opened.
  case seen(messageID: String)
  /// It is logged and answered with what is needed (the clause says it); nobody does what it asks. Where `pages` names a
  /// class, that class's ladder starts nevertheless.
  case answered(clause: FailedClause, pages: String?)
  /// It reaches no address of the desk, or claims a class that its address does not open.
  case refused(FailedClause)
}

extension Plan {
  /// What a mail comes to (E1, E3, E4, E7). `recipients` are all its addresses (whole, or `support@`), `named` is the
  /// class that it claims, `isSeen` tells whether a Message-ID has opened a ticket. Of several addresses of the desk,
  /// the one that opens the class counts; without a class, the one whose default stands last in the plan's classes.
  public func read(
    mailTo recipients: [String], class named: String? = nil, content: String = "problem", messageID: String = "",
    isSeen: (String) -> Bool = { _ in false }
  ) -> MailOutcome? {
    guard let mail else { return nil }
    let id = Plan.canonical(messageID: messageID)
    if !id.isEmpty, isSeen(id) { return .seen(messageID: id) }
    let parts = recipients.map { Plan.localPart($0) }
    let reached = parts.filter { mail.addresses[$0] != nil }
    let looked = ["recipients: [\(parts.joined(separator: ", "))]", "class: \(named ?? "missing")"]
    let known = mail.addresses.keys.sorted()
    guard !reached.isEmpty else {
      let remedy = "write to " + Plan.joined(known, "or") + ", whoever else reads it"
      return .refused(FailedClause(id: mail.id, text: mail.text, looked: looked, remedy: remedy))
    }
    let opened: String?
    if let named {
      guard reached.contains(where: { mail.addresses[$0]?.contains(named) ?? false }) else {
        let right = known.filter { mail.addresses[$0]?.contains(named) ?? false }
        let remedy =
          right.isEmpty
          ? "class must be " + Plan.joined(classes.map(\.id), "or") : "write to " + Plan.joined(right, "or")
        return .refused(FailedClause(id: mail.id, text: mail.text, looked: looked, remedy: remedy))
      }
      opened = named
    } else {
      let defaults = reached.compactMap { mail.addresses[$0]?.first }
      opened = classes.last { defaults.contains($0.id) }?.id ?? defaultClass
    }
    if let rule = mail.ignore.first(where: { $0.content == content }) {
      let clause = FailedClause(
        id: rule.id, text: rule.text, looked: ["content: \(content)"] + looked, remedy: "say what the problem is")
      return .answered(clause: clause, pages: opened.flatMap { rule.pages.contains($0) ? $0 : nil })
    }
    return .ticket(class: opened)
  }

  /// A Message-ID without brackets and surrounding space; the rest counts to the letter.
  public static func canonical(messageID: String) -> String {
    var bytes = messageID.utf8.filter { $0 > 0x20 }[...]
    if bytes.first == UInt8(ascii: "<") { bytes = bytes.dropFirst() }
    if bytes.last == UInt8(ascii: ">") { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `support@` of `Support@desk.example`: the part up to the @ in lower case, with the @.
  public static func localPart(_ address: String) -> String {
    let local = address.split(separator: "@", omittingEmptySubsequences: false).first ?? ""
    return local.lowercased() + "@"
  }
}

/// Something that happens between the desk and a customer. Three facts are kept apart: someone has seen it, a person
/// reached the customer, work has begun.
public enum ContactEvent: String, CaseIterable, Hashable, Sendable {
  /// A program answered. It is none of the three.
  case automaticReply = "automatic-reply"
  /// Someone on duty took the page.
  case acknowledgement
  /// A person answered that more will follow.
  case preliminaryReply = "preliminary-reply"
  /// A person reached the customer about the matter.
  case reply
  /// Someone is where the work is.
  case arrival
  /// Work began.
  case work
}

extension Plan {
  /// The milestones that an event reaches (E2, E5).
  public func milestones(of event: ContactEvent) -> [Milestone] {
    switch event {
    case .automaticReply: []
    case .acknowledgement: [.acknowledged]
    case .preliminaryReply: preliminaryReply
    case .reply: [.acknowledged, .contacted]
    case .arrival: [.acknowledged, .contacted, .attended]
    case .work: [.acknowledged, .workBegun]
    }
  }

  /// The step of a ladder that `facts` bring forward (E10): the first one after `run` whose `or_when` holds; nil when
  /// there is none, so that a customer's call jumps ahead once.
  public func jump(_ ladder: Ladder, after run: Int, facts: Facts) -> Int? {
    ladder.steps.indices.first { index in
      guard index > run, let condition = ladder.steps[index].orWhen else { return false }
      return holds(condition, facts, at: nil)
    }
  }
}

extension Plan {
  /// What keeps a step of a ladder from being taken, in words: what its `when` wants and `facts` do not tell (E10). Nil
  /// when the step is to be taken.
  public func hindrance(of step: LadderStep, facts: Facts) -> String? {
    let match = match(step.when, facts, at: nil)
    guard !match.holds else { return nil }
    return match.remedies.joined(separator: ", ") + " (" + match.looked.map(\.description).joined(separator: ", ") + ")"
  }
}

/// What a reviewer's decision on a false claim of a class comes to.
public struct MisuseRuling: Hashable, Sendable {
  /// The clause, and what to tell the customer.
  public var clause: FailedClause
  /// What the work costs then; nil when the plan has no rate for it, and there is no charge.
  public var rating: Rating?
}

extension Plan {
  /// What follows when `reviewer` decides that a class was claimed without need (E11); nil when the class has no such
  /// rule, or someone else decides.
  public func rule(misuseOf name: String, reviewer: Role, task: WorkTask) -> MisuseRuling? {
    guard let misuse = ticketClass(name)?.misuse, misuse.reviewedBy == reviewer else { return nil }
    let rate = misuse.bills.flatMap { self.rate($0) }
    let clause = FailedClause(
      id: misuse.id, text: misuse.text, looked: ["class: \(name)", "role: \(reviewer.rawValue)"],
      remedy: rate.map { "charged by \($0.id)" } ?? "no charge")
    return MisuseRuling(clause: clause, rating: rate.map { self.rate(task, by: $0) })
  }
}
