import IntakeRules
import Policy
import Testing

/// A desk with a plan of classes and mailboxes: what a mail that came becomes.
struct MailDesk {
  var desk: Desk
  let other: AccountID

  init(_ plan: Plan) throws {
    desk = try Desk(plan)
    other = AccountID(high: 9, low: 9)
    for address in ["support@desk.example", "urgent@desk.example"] {
      desk.state.mailboxes.insert(Mailbox(address: address, planVersion: plan.version, setAt: desk.now))
    }
    // Mei writes from an address of her own; Ravi shares his with a contact of another customer.
    try appoint("Mei Own", "Mei@Kopi.example", desk.account)
    try appoint("Ravi Own", "ravi@kopi.example", desk.account)
    var second = Account(id: other, name: "Teh", region: "SG", hasMaintenancePlan: true, createdAt: desk.now)
    second.agreement = desk.state.accounts[desk.account]?.agreement
    desk.state.accounts.insert(second)
    try appoint("Ravi Too", "ravi@kopi.example", other)
  }

  mutating func appoint(_ name: String, _ email: String, _ account: AccountID) throws {
    // The plan of these tests lets two be appointed: a third takes the first one's place.
    let appointed = desk.state.contacts.members(of: account).filter { $0.endedAt == nil }
    let request = AppointContact.Request(
      accountID: account, name: name, fixedPhone: "+6561230009", mobilePhone: "+6581230009", email: email,
      replaces: appointed.count >= 2 ? appointed.first?.id : nil)
    _ = try desk.run { AppointContact.decide(request, &$0, &$1) }
  }

  func letter(_ id: String, from: String = "mei@kopi.example", subject: String = "Mail is slow") -> DeliverMail.Letter {
    var letter = DeliverMail.Letter(messageID: id)
    letter.from = from
    letter.fromName = "Mei"
    letter.subject = subject
    letter.text = "Since this morning."
    letter.byteCount = 100
    return letter
  }

  mutating func deliver(
    _ letter: DeliverMail.Letter, to: [String] = ["Support@desk.example"], sender: String? = nil
  ) throws(Refused) -> DeliverMail.Reply {
    let request = DeliverMail.Request(sender: sender ?? letter.from, recipients: to, letter: letter)
    return try desk.run { DeliverMail.decide(request, &$0, &$1) }
  }

  var answers: [MailAnswer] {
    desk.state.common.events.elements.compactMap { if case .answer(let answer) = $0 { answer } else { nil } }
  }
}
