extension Plan {
  /// Whether what work costs can depend on a fact: whether a rate or a waiver asks about it.
  public func isRated(by name: FactName) -> Bool {
    rates.contains { $0.when.asks(name) } || waivers.contains { $0.when.asks(name) }
  }
}

extension Condition {
  fileprivate func asks(_ name: FactName) -> Bool {
    terms.contains { term in
      if case .fact(name, _) = term { true } else { false }
    }
  }
}
