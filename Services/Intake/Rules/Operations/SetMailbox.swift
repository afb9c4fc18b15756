public import Policy

/// Gives an address to a tenant.
public enum SetMailbox {
  /// Needs the mailbox, the plan, and the plan's mailboxes.
  public static func decide(
    _ address: String, plan version: PlanVersion, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Mailbox> {
    Decision { () throws(Refused) in
      let folded = Mailbox.folded(address)
      try Fields.email(folded, "address")
      guard !folded.isEmpty else { throw Fields.invalid("address", "must not be empty") }
      _ = try state.plan(version)
      let mailbox = Mailbox(address: folded, planVersion: version, setAt: context.now)
      let others = state.mailboxes.members(of: version).count { $0.address != folded }
      guard others < Mailbox.countMax else {
        throw Refused(.limit("mailboxes"), "The plan has its \(Mailbox.countMax) mailboxes: remove one first.")
      }
      if !state.mailboxes.insert(mailbox) { state.mailboxes.update(mailbox) }
      state.common.changed("mailbox.set", state.common.tenantID, version: 1, "Mail to \(folded) is taken.")
      return mailbox
    }
  }
}

/// Takes an address away from a tenant.
public enum RemoveMailbox {
  /// Needs the mailbox.
  public static func decide(
    _ address: String, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard let gone = state.mailboxes.remove(Mailbox.folded(address)) else {
        throw Refused(.notFound("mailbox"), "There is no mailbox \(address).")
      }
      state.common.changed(
        "mailbox.removed", state.common.tenantID, version: 1, "Mail to \(gone.address) is taken no more.")
    }
  }
}
