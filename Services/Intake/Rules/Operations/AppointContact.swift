public import Policy

/// Registers a person who may speak for a customer, or puts one in another's place.
public enum AppointContact {
  /// The most contacts appointed at once where no plan says fewer.
  public static let countMax = 100

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The customer.
    public var accountID: AccountID
    /// 1 to 200 bytes.
    public var name: String
    /// As dialled; empty: none.
    public var fixedPhone: String
    /// As dialled; empty: none.
    public var mobilePhone: String
    /// At most 254 bytes; empty: none.
    public var email: String
    /// Whose place the person takes; nil: a further contact.
    public var replaces: ContactID?

    /// A request as given.
    public init(
      accountID: AccountID, name: String, fixedPhone: String, mobilePhone: String, email: String,
      replaces: ContactID? = nil
    ) {
      self.accountID = accountID
      self.name = name
      self.fixedPhone = fixedPhone
      self.mobilePhone = mobilePhone
      self.email = email
      self.replaces = replaces
    }
  }

  /// Needs the account with its subsidiaries, hotlines and contacts, and its plan if it has one.
  ///
  /// Where the plan says which fields a contact must have and how many there may be, both are checked; before an
  /// agreement, a name is enough. A substitution ends one appointment and begins another: both stay on record.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Contact> {
    Decision { () throws(Refused) in
      var account = try state.account(request.accountID)
      let rule = try account.agreement.map { view throws(Refused) in try state.plan(view.planVersion) }?.contacts
      try check(request, rule)
      let appointed = state.appointed(for: account.id)
      if let replaced = request.replaces {
        guard let old = state.contacts[replaced], old.accountID == account.id else {
          throw Refused(.notFound("contact"), "There is no contact \(replaced) of this account.")
        }
        guard old.endedAt == nil else {
          throw Refused(.conflict(state: "ended"), "\(old.name) is no longer appointed: another took the place.")
        }
        state.contacts.update(replaced) { $0.endedAt = context.now }
      } else {
        try checkRoom(account, appointed.count, rule)
      }
      let contact = Contact(
        id: context.id(), accountID: account.id, name: request.name, fixedPhone: request.fixedPhone,
        mobilePhone: request.mobilePhone, email: request.email, appointedAt: context.now, replaces: request.replaces)
      state.contacts.insert(contact)
      for way in ContactWay.all(of: contact) { state.ways.insert(way) }
      state.commit(&account, "contact.appointed", "\(contact.name) speaks for \(account.name).", context)
      return contact
    }
  }

  private static func checkRoom(_ account: Account, _ count: Int, _ rule: ContactRule?) throws(Refused) {
    guard let rule else {
      if count < countMax { return }
      throw Refused(.limit("contacts"), "\(account.name) has its \(countMax) contacts: name the one who is replaced.")
    }
    guard count >= rule.count.upperBound else { return }
    let clause = FailedClause(
      id: rule.id, text: rule.text, looked: ["contacts: \(count)"],
      remedy: "Name the contact whose place the person takes.")
    throw Refused(
      .admission, "\(account.name) has its \(count) contacts: name the one who is replaced.", clauses: [clause])
  }

  private static func check(_ request: Request, _ rule: ContactRule?) throws(Refused) {
    try Fields.name(request.name, "name")
    try Fields.phone(request.fixedPhone, "fixed_phone")
    try Fields.phone(request.mobilePhone, "mobile_phone")
    try Fields.email(request.email, "email")
    for field in rule?.required ?? [] {
      let value =
        switch field {
        case .name: request.name
        case .fixedPhone: request.fixedPhone
        case .mobilePhone: request.mobilePhone
        case .email: request.email
        }
      if value.isEmpty { throw Fields.invalid(field.rawValue, "is required of every contact by the plan") }
    }
  }
}
