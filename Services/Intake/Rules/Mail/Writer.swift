import Policy

/// Who wrote a mail or called, by their address or number.
enum Writer {
  /// What an address finds.
  enum Found {
    /// The contact of the only customer who has one by it.
    case contact(Contact)
    /// No contact who is appointed now.
    case nobody
    /// Contacts of several customers.
    case several
  }

  /// Needs the ways of the address, and their contacts.
  static func find(_ address: String, _ state: IntakeState) -> Found { find(way: ContactWay.mail(address), state) }

  /// Needs the ways of that name, and their contacts.
  static func find(way: String, _ state: IntakeState) -> Found {
    let contacts = state.appointed(by: way)
    guard let first = contacts.first else { return .nobody }
    return contacts.allSatisfy { $0.accountID == first.accountID } ? .contact(first) : .several
  }

  /// What is said to somebody whom no plan has words for.
  static let unknown = FailedClause(
    id: "unknown-sender", text: "We do not know whom you write for.", looked: ["contact: unknown"],
    remedy: "Let one of the contacts whom your company appointed write to us, from the address that we have.")

  /// What is said to somebody who writes for several customers.
  static let ambiguous = FailedClause(
    id: "ambiguous-sender", text: "You are a contact of several customers.", looked: ["contact: of several customers"],
    remedy: "Answer a message about a ticket, or tell us by another way for whom you write.")

  /// What a plan says to somebody whom nobody appointed: its clauses that look at who asks or how.
  static func clauses(of plan: Plan?, channel: String = "email", _ context: Context) -> [FailedClause] {
    guard let plan else { return [unknown] }
    var facts = Facts()
    facts[.contact] = "unknown"
    facts[.channel] = .text(channel)
    facts[.role] = .text(context.caller.role.rawValue)
    let told = plan.admit(facts, at: context.now).failed.filter { clause in
      clause.looked.contains { $0.hasPrefix("contact: ") || $0.hasPrefix("channel: ") }
    }
    if !told.isEmpty { return told }
    guard let rule = plan.contacts else { return [unknown] }
    return [FailedClause(id: rule.id, text: rule.text, looked: unknown.looked, remedy: unknown.remedy)]
  }
}
