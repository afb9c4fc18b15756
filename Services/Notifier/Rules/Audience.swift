public import Policy

/// Whom a step of a ladder reaches, and who is missing.
struct Audience {
  /// One message: to one person at one address.
  struct Reached: Equatable {
    /// Nil for a customer's contact.
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
  static func of(_ step: LadderStep, for ticket: TicketView, at now: Instant, _ state: NotifierState) -> Audience {
    var audience = Audience()
    for recipient in step.tell {
      switch recipient {
      case .duty, .group: audience.add(rota: recipient.description, by: step.by, at: now, state)
      case .customer: audience.addCustomer(of: ticket, by: step.by, state)
      }
    }
    return audience
  }

  private mutating func add(rota name: String, by kinds: [DeliveryMethod], at now: Instant, _ state: NotifierState) {
    guard let rota = state.rotas.members(of: name).first else { return missing.append("there is no rota \(name)") }
    guard let zone = state.zones[rota.zone] else { return missing.append("the zone of \(name) is not known") }
    let overrides = state.overrides.members(of: rota.id)
    let people =
      rota.isGroup
      ? rota.everyone(at: now, overrides: overrides)
      : rota.duty(at: now, overrides: overrides, zone: zone).personID.map { [$0] } ?? []
    guard !people.isEmpty else { return missing.append("nobody is on \(name)") }
    for id in people {
      guard let person = state.people[id] else {
        missing.append("someone on \(name) is not known")
        continue
      }
      let methods = person.methods.filter { kinds.contains($0.kind) }
      if methods.isEmpty {
        let wanted = kinds.map(\.rawValue).joined(separator: " or ")
        missing.append("\(person.name) (\(name)) has no \(wanted)")
      }
      for method in methods { add(Reached(personID: id, name: person.name, method: method, role: name)) }
    }
  }

  private mutating func addCustomer(of ticket: TicketView, by kinds: [DeliveryMethod], _ state: NotifierState) {
    let contacts = state.accounts[ticket.accountID]?.contacts ?? []
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
  /// The rotas that the ladders of a ticket's targets and class name, each once.
  public static func rotas(of ticket: TicketView, _ plan: Plan) -> [String] {
    let targets = plan.targets(ofClass: ticket.ticketClass)
    let ladders = targets.compactMap(\.ladder) + [plan.classLadder(ticket.ticketClass)].compactMap(\.self)
    var names: [String] = []
    for step in ladders.compactMap({ plan.ladder($0) }).flatMap(\.steps) {
      for recipient in step.tell where recipient != .customer && !names.contains(recipient.description) {
        names.append(recipient.description)
      }
    }
    return names
  }

  /// The people whom the loaded rotas and overrides name, each once.
  public static func people(_ state: NotifierState) -> Set<PersonID> {
    Set(state.rotas.all.flatMap(\.people) + state.overrides.all.map(\.personID))
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
