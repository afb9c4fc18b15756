package import Policy

/// Posts charges one after the other. Each is accepted or refused on its own.
package enum ChargePostMany {
  /// The most charges of one request.
  package static let chargesMax = 1000

  /// Looks at what ``ChargePost`` looks at, for each charge that could be read.
  ///
  /// - Parameter charges: what is to be charged, or why that cannot be understood.
  /// - Returns: a decision for each, in their order. The whole is refused only for its number of charges.
  package static func decide(
    _ charges: [Result<ChargePost.Request, Refused>], _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<[Decision<ChargePost.Reply>]> {
    Decision(&state, &context) { state, context throws(Refused) in
      try check(count: charges.count)
      var decisions: [Decision<ChargePost.Reply>] = []
      decisions.reserveCapacity(charges.count)
      for charge in charges {
        switch charge {
        case .failure(let refused): decisions.append(.refused(refused))
        case .success(let request):
          decisions.append(state.attempt { state in ChargePost.decide(request, &state, &context) })
        }
      }
      return decisions
    }
  }

  /// Refuses a number of charges that one request cannot have.
  package static func check(count: Int) throws(Refused) {
    guard (1...chargesMax).contains(count) else {
      throw Refused(.invalid(field: "charges"), "A request has 1 to \(chargesMax) charges.")
    }
  }
}

extension LedgerState {
  /// Runs a part of a command that may be refused while the rest stands: a refusal undoes what the part has changed.
  mutating func attempt<Reply>(_ part: (inout LedgerState) -> Decision<Reply>) -> Decision<Reply> {
    let mark = mark()
    let decision = part(&self)
    if case .refused = decision { rollback(to: mark) }
    return decision
  }
}
