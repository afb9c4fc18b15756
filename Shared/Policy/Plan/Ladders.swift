/// An escalation ladder: whom to tell, when, until someone answers.
public struct Ladder: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// In the order in which they run.
  public var steps: [LadderStep]
  /// What happens after the last; nil when the ladder then ends exhausted.
  public var repeats: Repeat?
  /// How long an acknowledgement holds without anybody reaching the customer; nil: for good. Then the ladder goes on.
  public var contactWithin: TimeSpan?

  /// The last step again and again.
  public struct Repeat: Hashable, Sendable {
    /// From one run to the next.
    public var every: TimeSpan
    /// At most so many times; nil until it is answered.
    public var times: Int?
  }
}

/// One step of a ladder.
public struct LadderStep: Hashable, Sendable {
  /// The ladder's id and the step's number, unless the plan names one.
  public var id: String
  /// After the ladder's start; at least that of the step before.
  public var at: TimeSpan
  /// What must hold for it to run (what became of the step before).
  public var when: Condition
  /// Whom to tell.
  public var tell: [Recipient]
  /// How.
  public var by: [DeliveryMethod]
  /// What brings it forward.
  public var orWhen: Condition?
}

/// Whom a step tells.
public enum Recipient: Hashable, Sendable, CustomStringConvertible {
  /// Who holds a position of the duty rota: `primary`, `secondary`.
  case duty(String)
  /// Everyone who takes turns in a position of the duty rota.
  case everyone(String)
  /// Everyone of a named group.
  case group(String)
  /// A person, by the handle that the desk gave.
  case person(String)
  /// A program: an endpoint of the tenant, by its name.
  case webhook(String)
  /// The customer's contacts.
  case customer

  /// Reads `duty.primary`, `everyone.primary`, `group.hotline`, `person.anna`, `webhook.chat`, `customer`.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      guard text == "customer" else { return nil }
      self = .customer
      return
    }
    guard isName(parts[1]) else { return nil }
    switch parts[0] {
    case "duty": self = .duty(parts[1])
    case "everyone": self = .everyone(parts[1])
    case "group": self = .group(parts[1])
    case "person": self = .person(parts[1])
    case "webhook": self = .webhook(parts[1])
    case _: return nil
    }
  }

  /// As plans write it.
  public var description: String {
    switch self {
    case .duty(let position): "duty.\(position)"
    case .everyone(let position): "everyone.\(position)"
    case .group(let name): "group.\(name)"
    case .person(let handle): "person.\(handle)"
    case .webhook(let name): "webhook.\(name)"
    case .customer: "customer"
    }
  }

  /// The name of the rota that says who it is, such as `duty.primary`; nil where none does.
  public var rota: String? {
    switch self {
    case .duty(let position), .everyone(let position): "duty.\(position)"
    case .group(let name): "group.\(name)"
    case .person, .webhook, .customer: nil
    }
  }
}

/// How a person is told; the raw value is the word that plans use.
public enum DeliveryMethod: String, CaseIterable, Hashable, Sendable {
  /// A mail.
  case email
  /// A pager.
  case pager
  /// A call that speaks.
  case voice
  /// A short message.
  case sms
  /// A notice on a phone.
  case push
  /// A call of a program.
  case webhook
}

/// Hours in which ladders leave people alone: messages for lesser classes wait until they are over.
public struct QuietHours: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The calendar outside of whose open time it is quiet.
  public var calendar: String
  /// The classes whose messages wait; empty for every ticket.
  public var classes: [String]
  /// The methods that do not wait.
  public var spared: [DeliveryMethod]
}

/// Like messages to one address become one.
public struct MergingRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// How long a message waits at most for others like it. The first one never waits.
  public var within: TimeSpan
  /// How many become one at most.
  public var limit: Int
  /// The methods that it is for.
  public var methods: [DeliveryMethod]
  /// The classes whose messages may wait; empty for every ticket.
  public var classes: [String]

  /// What ``limit`` may be.
  public static let limits: ClosedRange<Int64> = 2...100
}
