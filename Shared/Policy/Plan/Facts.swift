/// One thing known about a request or a piece of work.
public enum Fact: Hashable, Sendable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([String])
  case instant(Instant)

  /// As explanations print it.
  public var description: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .flag(let flag): flag ? "true" : "false"
    case .list(let list): "[" + list.joined(separator: ", ") + "]"
    case .instant(let instant): instant.description
    }
  }
}

extension Fact: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(integerLiteral number: Int64) { self = .number(number) }
  public init(arrayLiteral list: String...) { self = .list(list) }
}

/// What is known, by name, in the order of the vocabulary. A fact that is absent is unknown, never false.
public struct Facts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  private struct Entry: Hashable, Sendable {
    let name: FactName
    var fact: Fact
  }

  /// In the order of the vocabulary. They are few: looking through them takes less than hashing a name.
  private var entries: [Entry] = []

  public init() {}

  public init(dictionaryLiteral elements: (FactName, Fact)...) {
    for (name, fact) in elements { self[name] = fact }
  }

  public subscript(name: FactName) -> Fact? {
    get { entries.first { $0.name == name }?.fact }
    set {
      let known = entries.firstIndex { $0.name == name }
      switch (known, newValue) {
      case (let place?, let fact?): entries[place].fact = fact
      case (let place?, nil): entries.remove(at: place)
      case (nil, let fact?):
        let place = entries.firstIndex { name.place < $0.name.place } ?? entries.endIndex
        entries.insert(Entry(name: name, fact: fact), at: place)
      case (nil, nil): break
      }
    }
  }

  public var isEmpty: Bool { entries.isEmpty }

  /// Every fact, in the vocabulary's order.
  public var all: [(name: FactName, fact: Fact)] { entries.map { ($0.name, $0.fact) } }

  /// These facts with those of `other`, which win.
  public func merging(_ other: Facts) -> Facts {
    var merged = self
    for entry in other.entries { merged[entry.name] = entry.fact }
    return merged
  }

  public func text(_ name: FactName) -> String? { if case .text(let text) = self[name] { text } else { nil } }
  public func flag(_ name: FactName) -> Bool? { if case .flag(let flag) = self[name] { flag } else { nil } }
  public func number(_ name: FactName) -> Int64? { if case .number(let n) = self[name] { n } else { nil } }
  public func instant(_ name: FactName) -> Instant? { if case .instant(let at) = self[name] { at } else { nil } }
  /// The list of that name; a single text counts as a list of one.
  public func list(_ name: FactName) -> [String]? {
    switch self[name] {
    case .list(let list): list
    case .text(let text): [text]
    case .number, .flag, .instant, nil: nil
    }
  }
}

/// The closed vocabulary: what plans can ask about, what programs can tell. An unknown name in a plan is an error.
public enum FactName: String, CaseIterable, Hashable, Sendable {
  /// How the request came in.
  case channel
  /// The role of the caller: portal, desk, sales, auditor, admin, service.
  case role
  /// Whether the person who calls is one of the account's authorised contacts.
  case contact
  /// Where the work is, as the plan's `values` name it (an ISO 3166 code is customary).
  case region
  /// The system concerned, as the plan's `values` name it.
  case platform
  /// What the affected account is to the agreement.
  case account
  /// Whose the device is.
  case device
  /// What has been handed in, such as written-consent, inventory.
  case documents
  /// What the customer has bought, such as maintenance-plan.
  case has
  /// What the request asks for beyond the plan, such as faster-response.
  case wants
  /// Incident, question, request, change.
  case request
  /// The class of the ticket, one of the plan's `classes`.
  case `class`
  /// The tier of the agreement, one of the plan's `tiers`.
  case tier
  /// What the request is about, for exclusions.
  case about
  /// The number that was dialled.
  case dialled
  /// What became of a ladder's previous step.
  case answer
  /// How the work was done.
  case mode
  /// What kind of visit the work belongs to.
  case visit
  /// What kind of equipment the incident concerns.
  case category
  /// Whether the work resolved the incident.
  case resolved
  /// Whether someone was dispatched after it.
  case dispatched
  /// The targets that were missed, by id.
  case missed
  /// What is the same as in an earlier ticket: incident, asset.
  case same
  /// When the earlier ticket was last closed.
  case closed
  /// When this was reported.
  case reported
  /// What a message asks for: whether there is a problem in it to work on.
  case content
  /// The local parts that a mail was sent to, with the @: `support@`.
  case recipients
  /// What may lift an exclusion, such as own-defect.
  case circumstances
  /// The state of the agreement.
  case agreement
  /// When the agreement was made.
  case agreed
  /// The first instant after the agreement's term.
  case ends
  /// What the request would use, one of the services that entitlements grant.
  case service
  /// The release of the product that the request is about: `9.4`.
  case release
  /// Whether a defect of the provider's own product is behind it.
  case defect
  /// What is noticed, as the plan's `values` name it, such as outage.
  case symptom
  /// Whether the request is about one problem.
  case problems
  /// What kind of help is given, as the plan's `values` name it.
  case help
  /// The way into the customer's network, as the plan's `values` name it.
  case access
  /// From whom to whom a message goes.
  case direction
  /// The obligations that the customer does not keep, by id.
  case unkept
}

extension FactName {
  private static let vocabulary = allCases

  /// Where it stands in the vocabulary, from 0.
  fileprivate var place: Int { Self.vocabulary.firstIndex(of: self) ?? Self.vocabulary.count }

  /// The shape of a fact.
  public enum Shape: Hashable, Sendable {
    case text
    case flag
    case list
    case instant
  }

  public var shape: Shape {
    switch self {
    case .channel, .role, .contact, .region, .platform, .account, .device, .request, .class, .tier, .about, .dialled,
      .answer, .mode, .visit, .category, .content, .agreement, .service, .release, .defect, .symptom, .problems, .help,
      .access, .direction:
      .text
    case .resolved, .dispatched: .flag
    case .documents, .has, .wants, .missed, .same, .recipients, .circumstances, .unkept: .list
    case .closed, .reported, .agreed, .ends: .instant
    }
  }

  /// The values that this fact can have in any plan, of which a plan's `values` may keep some; nil where only they name
  /// them.
  public var knownValues: [String]? {
    switch self {
    case .channel:
      ["telephone", "engineer", "email", "portal", "web", "chat", "sms", "fax", "voicemail", "letter", "monitoring"]
    case .role: Role.allCases.map(\.rawValue)
    case .contact: ["authorised", "unknown"]
    case .account: ["main", "registered-at-purchase", "registered-later", "unregistered"]
    case .device: ["company", "private"]
    case .request: ["incident", "question", "request", "change", "project"]
    case .answer: ["none", "person", "voicemail", "refused"]
    case .mode: ["helpdesk", "telephone", "remote", "onsite"]
    case .visit: ["none", "dispatched", "booked", "maintenance"]
    case .same: ["incident", "asset", "contact"]
    case .content: ["problem", "call-me-only", "automatic"]
    case .agreement: ["active", "lapsed", "none"]
    case .defect: ["none", "suspected", "qualified"]
    case .problems: ["one", "several"]
    case .direction: ["from-customer", "to-customer", "third-party"]
    case .region, .platform, .documents, .has, .wants, .class, .tier, .about, .dialled, .category, .resolved,
      .dispatched, .missed, .closed, .reported, .recipients, .circumstances, .agreed, .ends, .service, .release,
      .symptom, .help, .access, .unkept:
      nil
    }
  }

  /// The facts whose values a plan may name or narrow: those that hold words, but for what the plan defines elsewhere.
  static let withValues = allCases.filter { name in
    switch name.shape {
    case .flag, .instant: false
    case .text, .list: ![.class, .tier, .missed, .unkept, .service, .release, .recipients].contains(name)
    }
  }
}
