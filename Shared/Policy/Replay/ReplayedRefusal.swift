/// A request of the past that was refused.
public struct PastRefusal: Hashable, Sendable {
  /// What it was for.
  public var subject: AdmissionSubject
  public var at: Instant
  /// Everything that was known.
  public var facts: Facts
  /// Every clause that refused it.
  public var failed: [FailedClause]

  public init(subject: AdmissionSubject, at: Instant, facts: Facts, failed: [FailedClause]) {
    self.subject = subject
    self.at = at
    self.facts = facts
    self.failed = failed
  }
}

extension Plan {
  /// What this version makes otherwise of a request that `old` refused: whether it is taken now, or else what refuses it.
  ///
  /// What refused it beside the clauses that look at facts (who may ask, an agreement that has ended) refuses it still.
  public func differences(_ request: PastRefusal, from old: Plan) -> [ReplayDifference] {
    let before = old.admit(request.facts, at: request.at, subject: request.subject).failed.map(\.id)
    let beside = request.failed.filter { clause in
      !before.contains(clause.id) && !(contacts == nil && clause.id == old.contacts?.id)
    }
    let after = beside + admit(request.facts, at: request.at, subject: request.subject).failed
    func words(_ clause: FailedClause) -> String { "refused: \(clause.text)" }
    guard !after.isEmpty else {
      let ids = request.failed.map(\.id).joined(separator: ", ")
      return [
        ReplayDifference(
          matter: .refusal, clause: ids, old: request.failed.map(words).joined(separator: "; "), new: "taken")
      ]
    }
    let lifted = request.failed.filter { clause in !after.contains { $0.id == clause.id } }.map { clause in
      ReplayDifference(matter: .refusal, clause: clause.id, old: words(clause), new: "refused by others alone")
    }
    let added = after.filter { clause in !request.failed.contains { $0.id == clause.id } }.map { clause in
      ReplayDifference(
        matter: .refusal, clause: clause.id, old: "refused by others alone",
        new: words(clause) + (clause.remedy.isEmpty ? "" : " (\(clause.remedy))"))
    }
    return lifted + added
  }
}
