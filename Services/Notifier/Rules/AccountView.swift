public import Policy

/// An account as intake told it, with whom to write to.
public struct AccountView: Record {
  public let id: AccountID
  public var name: String
  /// Those appointed now who have a mail address, in the order of their ids.
  public var contacts: [Contact]
  /// The id of the plan that it has agreed to; empty: none, or it is not known here.
  public var plan: String
  /// The version of it that was agreed to; nil: none.
  public var planVersion: PlanVersion?
  /// What the customer is written to in; nil: the tenant's language.
  public var language: MessageLanguage?
  /// The end of the product's life that it was told of; nil: none. This service's own.
  public var endTold: CivilDate?

  /// Someone whom the customer appointed.
  public struct Contact: Hashable, Sendable {
    public var id: ContactID
    public var name: String
    public var email: String

    public init(id: ContactID, name: String, email: String) {
      self.id = id
      self.name = name
      self.email = email
    }
  }

  public init(
    id: AccountID, name: String, contacts: [Contact], plan: String = "", planVersion: PlanVersion? = nil,
    endTold: CivilDate? = nil, language: MessageLanguage? = nil
  ) {
    self.language = language
    self.id = id
    self.name = name
    self.contacts = contacts
    self.plan = plan
    self.planVersion = planVersion
    self.endTold = endTold
  }

  public var key: AccountID { id }
  public var group: AccountID { id }
}

extension AccountView {
  /// The plan that it has agreed to, where that was loaded.
  func agreedPlan(_ state: NotifierState) -> Plan? { planVersion.flatMap { state.common.plans[$0] } }
}
