public import Policy

/// Whom a step of a ladder reaches, and who is missing.
struct Audience {
  /// One message: to one person at one address.
  struct Reached: Equatable {
    /// Nil for a customer's contact, and for a program.
    var personID: PersonID?
    var name: String
    var method: ContactMethod
    /// What the person is told as, such as `duty.primary`.
    var role: String
  }

  var reached: [Reached] = []
  /// Why someone whom the step names is not reached.
  var missing: [String] = []

  /// For the record: whom it reaches, and who is missing, at most 1,000 bytes.
  var note: String {
    let told = reached.map { "\($0.name) (\($0.role)) by \($0.method.kind.rawValue)" }
    var parts: [String] = []
    if !told.isEmpty { parts.append("told " + told.joined(separator: ", ")) }
    if !missing.isEmpty { parts.append((told.isEmpty ? "skipped: " : "missing: ") + missing.joined(separator: ", ")) }
    return parts.joined(separator: "; ").onOneLine(limit: TextBound.reason)
  }

  /// Everyone whom `step` names, by each of its kinds of contact method, no address twice.
  static func of(
    _ step: LadderStep, for account: AccountID?, at now: Instant, _ state: NotifierState
  ) -> Audience {
    var audience = Audience()
    for recipient in step.tell {
      switch recipient {
      case .duty, .everyone, .group: audience.add(rotaOf: recipient, by: step.by, at: now, state)
      case .person(let handle):
        if let person = state.people.members(of: handle).first {
          audience.add(person, as: recipient.description, by: step.by)
        } else {
          audience.missing.append("there is no person with the handle \(handle)")
        }
      case .webhook(let name):
        let method = ContactMethod(stored: .webhook, address: name)
        audience.add(
          Reached(personID: nil, name: recipient.description, method: method, role: recipient.description))
      case .customer: audience.addCustomer(account, by: step.by, state)
      }
    }
    return audience
  }

  private mutating func add(
    rotaOf recipient: Recipient, by kinds: [DeliveryMethod], at now: Instant, _ state: NotifierState
  ) {
    let (name, role) = (recipient.rota ?? "", recipient.description)
    guard let rota = state.rotas.members(of: name).first else { return missing.append("there is no rota \(name)") }
    if let zone = rota.zones.first(where: { state.zones[$0] == nil }) {
      return missing.append("the zone \(zone) of \(name) is not known")
    }
    let overrides = state.overrides.members(of: rota.id)
    let people =
      role == name && !rota.isGroup
      ? rota.holder(at: now, overrides, state.zones).personID.map { [$0] } ?? []
      : rota.everyone(at: now, overrides: overrides, zones: state.zones)
    guard !people.isEmpty else { return missing.append("nobody is on \(name)") }
    for id in people {
      if let person = state.people[id] {
        add(person, as: role, by: kinds)
      } else {
        missing.append("someone on \(name) is not known")
      }
    }
  }

  private mutating func add(_ person: Person, as role: String, by kinds: [DeliveryMethod]) {
    let methods = person.methods.filter { kinds.contains($0.kind) }
    if methods.isEmpty {
      let wanted = kinds.map(\.rawValue).joined(separator: " or ")
      missing.append("\(person.name) (\(role)) has no \(wanted)")
    }
    for method in methods { add(Reached(personID: person.id, name: person.name, method: method, role: role)) }
  }

  private mutating func addCustomer(_ account: AccountID?, by kinds: [DeliveryMethod], _ state: NotifierState) {
    let contacts = account.flatMap { state.accounts[$0] }?.contacts ?? []
    guard kinds.contains(.email), !contacts.isEmpty else {
      return missing.append("the customer has no contact with a mail address")
    }
    for contact in contacts {
      let method = ContactMethod(stored: .email, address: contact.email)
      add(Reached(personID: nil, name: contact.name, method: method, role: "customer"))
    }
  }

  private mutating func add(_ one: Reached) {
    if !reached.contains(where: { $0.method == one.method }) { reached.append(one) }
  }
}

/// What a ladder may look at, for whoever loads it.
public enum LadderNeeds {
  /// The ladders of a ticket's targets and class.
  public static func ladders(ofClass name: String, _ plan: Plan) -> [Ladder] {
    let named = plan.targets(ofClass: name).compactMap(\.ladder) + [plan.classLadder(name)].compactMap(\.self)
    return named.compactMap { plan.ladder($0) }
  }

  /// The rotas that ladders name, each once.
  public static func rotas(of ladders: [Ladder]) -> [String] {
    recipients(of: ladders).compactMap(\.rota).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The handles of the people whom ladders name, each once.
  public static func handles(of ladders: [Ladder]) -> [String] {
    recipients(of: ladders).reduce(into: []) { handles, recipient in
      if case .person(let handle) = recipient, !handles.contains(handle) { handles.append(handle) }
    }
  }

  /// The names of the endpoints whom ladders name, each once.
  public static func endpoints(of ladders: [Ladder]) -> [String] {
    recipients(of: ladders).reduce(into: []) { names, recipient in
      if case .webhook(let name) = recipient, !names.contains(name) { names.append(name) }
    }
  }

  /// The people whom the loaded rotas and overrides name, each once.
  public static func people(_ state: NotifierState) -> Set<PersonID> {
    Set(state.rotas.all.flatMap(\.people) + state.overrides.all.map(\.personID))
  }

  private static func recipients(of ladders: [Ladder]) -> [Recipient] {
    ladders.flatMap(\.steps).flatMap(\.tell)
  }
}

extension Plan {
  /// The targets of a ticket of a class (empty: the default class): the class's own, then the plan's.
  func targets(ofClass name: String) -> [Target] { (classOrDefault(name)?.targets ?? []) + targets }

  /// The target with this id, for a ticket of a class.
  func target(_ id: String, ofClass name: String) -> Target? { targets(ofClass: name).first { $0.id == id } }

  /// The ladder that a ticket of a class starts at once.
  func classLadder(_ name: String) -> String? { classOrDefault(name)?.ladder }

  private func classOrDefault(_ name: String) -> TicketClass? {
    if !name.isEmpty { return ticketClass(name) }
    return defaultClass.flatMap { ticketClass($0) }
  }
}
