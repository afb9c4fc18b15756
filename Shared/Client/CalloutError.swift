public import Wire

/// What has become of a request that was not answered with a reply.
public enum CallEffect: String, Sendable, Hashable, CaseIterable {
  /// Nothing was changed.
  case none
  /// Its effect stands.
  case done
  /// It cannot be told from here. The same request under the same key tells.
  case unknown
}

/// A service's numbered "no".
public struct CalloutRefusal: Sendable, Hashable {
  /// A clause of the tenant's plan that the request failed.
  public struct Clause: Sendable, Hashable {
    /// The clause's id in the plan.
    public let id: String
    /// What the plan says to the customer.
    public let text: String
    /// Who can help instead, such as `sales`; empty: nobody.
    public let referral: String
    /// What would make the request acceptable, or empty.
    public let acceptIf: String
    /// The facts that it looked at, as `name: value`; `missing` where one was not given.
    public let looked: [String]

    /// A failed clause.
    public init(id: String, text: String, referral: String = "", acceptIf: String = "", looked: [String] = []) {
      self.id = id
      self.text = text
      self.referral = referral
      self.acceptIf = acceptIf
      self.looked = looked
    }
  }

  /// The number in PROTOCOL.md's table.
  public let number: UInt32
  /// One sentence for a person.
  public let text: String
  /// Whether the same request, under the same key, may succeed later.
  public let isRetryable: Bool
  /// What has become of the request.
  public let effect: CallEffect
  /// Every clause of the plan that failed, in the plan's order.
  public let clauses: [Clause]
  /// The field that is wrong, as a path, or empty.
  public let field: String
  /// How long to wait before a repetition; zero: as the caller likes.
  public let retryAfter: Duration

  /// The line of the table; nil if the number is newer than this program.
  public var code: RefusalCode? { RefusalCode(rawValue: number) }
  /// The refusal's name, such as `needs-consent`; `refusal-999` for a number that this program does not know.
  public var name: String { code?.name ?? "refusal-\(number)" }

  /// A refusal as the wire carries it.
  public init(_ refusal: Callout_V1_Refusal) {
    number = refusal.number
    text = refusal.text
    isRetryable = refusal.retryable
    effect = CallEffect(refusal.effect)
    clauses = refusal.clauses.map {
      Clause(id: $0.id, text: $0.text, referral: $0.referral, acceptIf: $0.acceptIf, looked: $0.looked)
    }
    field = refusal.field
    retryAfter = .milliseconds(Int64(refusal.retryAfterMs))
  }
}

extension CallEffect {
  /// As the wire says it; what is not said is unknown.
  public init(_ effect: Callout_V1_Effect) {
    switch effect {
    case .none: self = .none
    case .done: self = .done
    case .unspecified, .unknown, .UNRECOGNIZED: self = .unknown
    }
  }
}

/// Why a call has no reply.
public enum CalloutError: Error, Sendable, Hashable {
  /// The service said no.
  case refusal(CalloutRefusal)
  /// No answer came: no service was reached, or the connection broke.
  case transport(text: String, effect: CallEffect)
  /// The deadline passed.
  case deadline(text: String, effect: CallEffect)
  /// The client cannot be used as it is configured, or the request not as it is made. Nothing was sent.
  case configuration(String)

  /// What has become of the request. After `unknown`, the same request under the same key has no second effect.
  public var effect: CallEffect {
    switch self {
    case .refusal(let refusal): refusal.effect
    case .transport(_, let effect), .deadline(_, let effect): effect
    case .configuration: .none
    }
  }

  /// The refusal, if the service said no.
  public var refusal: CalloutRefusal? {
    if case .refusal(let refusal) = self { refusal } else { nil }
  }
}

extension CalloutError: CustomStringConvertible {
  /// One sentence or more for a person: what is wrong, and what is known of the request's effect.
  public var description: String {
    switch self {
    case .refusal(let refusal):
      var text = "\(refusal.name) (\(refusal.number)): \(refusal.text)"
      if !refusal.field.isEmpty { text += " [\(refusal.field)]" }
      for clause in refusal.clauses {
        text += "\n  \(clause.id): \(clause.text)"
        if !clause.referral.isEmpty { text += " Please turn to \(clause.referral)." }
        if !clause.acceptIf.isEmpty { text += " Acceptable: \(clause.acceptIf)" }
        if !clause.looked.isEmpty { text += "\n    (looked at \(clause.looked.joined(separator: ", ")))" }
      }
      return text
    case .transport(let text, let effect), .deadline(let text, let effect): return text + effect.remark
    case .configuration(let text): return text
    }
  }
}

extension CallEffect {
  fileprivate var remark: String {
    switch self {
    case .none: " Nothing was changed."
    case .done: " The request took effect."
    case .unknown: " Whether the request took effect is not known: repeat it under the same key to learn it."
    }
  }
}
