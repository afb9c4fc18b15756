public import Policy

/// What a ladder would do if nobody took it: whom each step would tell, when and how. Nobody is told.
public struct LadderPreview: Hashable, Sendable {
  /// In the order in which they would be taken: the ladder's own, and the first repetition of the last.
  public var steps: [Step]

  /// A step that would be taken.
  public struct Step: Hashable, Sendable {
    /// The step's id in the plan.
    public var id: String
    /// Its place in the ladder, from 1.
    public var place: Int
    public var at: Instant
    /// Whether it repeats the last step.
    public var isRepetition: Bool
    /// Why it would not be taken, in words; empty: it would.
    public var skipped: String
    public var told: [Told]
    /// Why someone whom it names would not be reached.
    public var missing: [String]
  }

  /// A message that would be sent.
  public struct Told: Hashable, Sendable {
    /// Nil for a customer's contact, and for a program.
    public var personID: PersonID?
    public var name: String
    /// What the person would be told as, such as `duty.primary`.
    public var role: String
    public var method: DeliveryMethod
    public var address: String
    /// When the message would go.
    public var goesAt: Instant
    /// The clause that would hold it until then; empty: none.
    public var heldBy: String
    /// The clause by which it might become one with others like it; empty: none.
    public var mergedBy: String
  }

  /// - Parameters:
  ///   - ladder: of `plan`.
  ///   - ticketClass: of the ticket that it would be for; empty: the plan's default.
  ///   - account: whose contacts are the customer; nil: nobody's.
  ///   - start: when the ladder would begin.
  ///   - answer: what would become of the messages of each step.
  ///   - state: the rotas that the ladder names with their zones and overrides, its people, and the account.
  public init(
    _ ladder: Ladder, of plan: Plan, class ticketClass: String, account: AccountID?, from start: Instant,
    answer: Answer, _ state: NotifierState
  ) {
    var steps: [Step] = []
    var facts: Facts = [:]
    if let name = ticketClass.isEmpty ? plan.defaultClass : ticketClass { facts[.class] = .text(name) }
    var at = start + (ladder.step(0)?.at ?? .zero)
    while steps.count <= ladder.steps.count, let run = ladder.step(steps.count) {
      facts[.answer] = .text((steps.contains { !$0.told.isEmpty } ? answer : .none).rawValue)
      let hindrance = plan.hindrance(of: run.step, facts: facts)
      let audience = hindrance == nil ? Audience.of(run.step, for: account, at: at, state) : Audience()
      let told = audience.reached.prefix(EscalationRun.mostDeliveries).map { reached in
        let quiet = plan.quiet(reached.method.kind, class: ticketClass, at: at)
        return Told(
          personID: reached.personID, name: reached.name, role: reached.role, method: reached.method.kind,
          address: reached.method.address, goesAt: quiet?.until ?? at, heldBy: quiet?.clause ?? "",
          mergedBy: plan.merging(reached.method.kind, class: ticketClass)?.id ?? "")
      }
      steps.append(
        Step(
          id: run.step.id, place: ladder.place(of: run), at: at, isRepetition: run.repetition > 0,
          skipped: hindrance ?? "", told: told, missing: audience.missing))
      at = LadderPace.next(
        after: run, isEmpty: told.isEmpty && hindrance == nil, steps.count, ladder, now: at,
        goesAt: told.map(\.goesAt).min() ?? at)
    }
    self.steps = steps
  }
}

extension Plan {
  /// The ladder that a ticket of a class (empty: the default one) begins for a target, or of the class itself where no target
  /// is named; nil: there is none.
  public func previewed(target: String, class name: String) -> Ladder? {
    let id = target.isEmpty ? classLadder(name) : self.target(target, ofClass: name)?.ladder
    return id.flatMap { ladder($0) }
  }
}
