public import Policy

/// Creates a person, or replaces one whose id is given.
public enum PersonSet {
  public struct Request: Hashable, Sendable {
    /// Nil: a new person.
    public var personID: PersonID?
    /// Letters, digits, - and _, at most 64; empty: none.
    public var handle: String
    public var name: String
    public var methods: [Method]

    /// A way to reach the person, as given.
    public struct Method: Hashable, Sendable {
      public var kind: String
      public var address: String

      public init(kind: String, address: String) {
        self.kind = kind
        self.address = address
      }
    }

    public init(personID: PersonID? = nil, handle: String = "", name: String, methods: [Method]) {
      self.personID = personID
      self.handle = handle
      self.name = name
      self.methods = methods
    }
  }

  /// Looks at the person, if the request names one, and at whoever has the handle.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Person> {
    Decision(&state, &context) { state, context throws(Refused) in
      let name = try request.name.checked("name", 1...TextBound.name)
      let methods = try checked(request.methods)
      let handle = request.handle
      guard handle.isEmpty || Recipient("person.\(handle)") != nil else {
        throw Refused(.invalid(field: "handle"), "A handle is letters, digits, - and _, at most 64, such as anna.")
      }
      if !handle.isEmpty, state.people.members(of: handle).contains(where: { $0.id != request.personID }) {
        throw Refused(.alreadyExists("person"), "Somebody else has the handle \(handle).")
      }
      var person: Person
      if let id = request.personID {
        guard let known = state.people[id] else { throw Refused(.notFound("person"), "There is no such person.") }
        person = known
        person.handle = handle
        person.name = name
        person.methods = methods
        person.version += 1
        state.people.update(person)
      } else {
        person = Person(id: context.id(), handle: handle, name: name, methods: methods, version: 1)
        state.people.insert(person)
      }
      state.common.changed("person.set", person.id, version: person.version, "\(name) can be told.")
      return person
    }
  }

  private static func checked(_ methods: [Request.Method]) throws(Refused) -> [ContactMethod] {
    guard methods.count <= Person.mostMethods else {
      throw Refused(.limit("methods"), "A person has at most \(Person.mostMethods) contact methods.")
    }
    var checked: [ContactMethod] = []
    for (index, method) in methods.enumerated() {
      guard let kind = DeliveryMethod(rawValue: method.kind) else {
        let kinds = DeliveryMethod.allCases.map(\.rawValue).joined(separator: ", ")
        throw Refused(.invalid(field: "methods[\(index)].kind"), "A contact method is one of \(kinds).")
      }
      guard let known = ContactMethod(kind: kind, address: method.address) else {
        throw Refused(
          .invalid(field: "methods[\(index)].address"),
          "This is no address of kind \(kind.rawValue): visible ASCII without spaces, at most \(TextBound.address) bytes."
        )
      }
      checked.append(known)
    }
    return checked
  }
}
