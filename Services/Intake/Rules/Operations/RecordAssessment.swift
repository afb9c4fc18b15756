public import Policy

/// Records what of the first assessment is done, or why charges may come before it is.
public enum RecordAssessment {
  /// The most items in one request and on one account.
  public static let itemCountMax = 50

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which account.
    public var accountID: AccountID
    /// Items as the plan names them.
    public var items: [String]
    /// Given: charges may come before the assessment is complete. Empty: nothing is overridden.
    public var overrideReason: String

    /// A request as given.
    public init(accountID: AccountID, items: [String], overrideReason: String = "") {
      self.accountID = accountID
      self.items = items
      self.overrideReason = overrideReason
    }
  }

  /// Needs the account with its subsidiaries, hotlines and contacts, and its plan if it has one.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<AccountView> {
    Decision { () throws(Refused) in
      var account = try state.account(request.accountID)
      guard request.items.count <= itemCountMax else {
        throw Fields.invalid("items", "has at most \(itemCountMax) items")
      }
      guard !request.items.isEmpty || !request.overrideReason.isEmpty else {
        throw Fields.invalid("items", "must name what is done, unless override_reason says why it is not needed")
      }
      try Fields.note(request.overrideReason, "override_reason")
      let known = try account.agreement.map { view throws(Refused) in try state.plan(view.planVersion) }?.assessment?
        .items
      for item in request.items {
        try Fields.requiredWord(item, "items")
        if let known, !known.contains(item) {
          throw Refused(
            .clauseUnknown(item), "The plan's assessment has no item \(item); it has \(known.joined(separator: ", ")).")
        }
        if !account.assessment.contains(item) { account.assessment.append(item) }
      }
      guard account.assessment.count <= itemCountMax else {
        throw Refused(.limit("assessment"), "An account has at most \(itemCountMax) assessed items.")
      }
      if !request.overrideReason.isEmpty { account.assessmentOverride = request.overrideReason }
      let done = account.assessment.joined(separator: ", ")
      let text =
        request.overrideReason.isEmpty
        ? "\(account.name) is assessed: \(done)."
        : "\(account.name) may be charged before the assessment is complete: \(request.overrideReason)"
      state.commit(&account, "account.assessed", text, context)
      return state.view(of: account)
    }
  }
}
