public import Policy

/// Creates a person, or replaces one whose id is given.
public enum PersonSet {
  public struct Request: Hashable, Sendable {
    /// Nil: a new person.
    public var personID: PersonID?
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

    public init(personID: PersonID? = nil, name: String, methods: [Method]) {
      self.personID = personID
      self.name = name
      self.methods = methods
    }
  }

  /// Looks at the person, if the request names one.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Person> {
    Decision { () throws(Refused) in
      let name = try request.name.checked("name", 1...TextBound.name)
      let methods = try checked(request.methods)
      var person: Person
      if let id = request.personID {
        guard let known = state.people[id] else { throw Refused(.notFound("person"), "There is no such person.") }
        person = known
        person.name = name
        person.methods = methods
        person.version += 1
        state.people.update(person)
      } else {
        person = Person(id: context.id(), name: name, methods: methods, version: 1)
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
