public import SwiftProtobuf

/// A method together with the types of its request and its reply (of a stream: of its items).
///
/// The constants are made from the schema: `Operation<…>.ticketOpen`, usually written `.ticketOpen`.
public struct Operation<Request: SwiftProtobuf.Message, Reply: SwiftProtobuf.Message>: Sendable {
  /// The line of the table of methods.
  public let method: Method

  /// An operation of `method`.
  public init(method: Method) { self.method = method }
}

/// One of the three services.
public enum ServiceName: String, Sendable, Hashable, CaseIterable, Codable {
  /// Accounts, contacts, assets and tickets.
  case intake
  /// Agreements, credits, charges and statements.
  case ledger
  /// Clocks, rotas, escalations and deliveries.
  case notifier
}

/// A method with the shapes of its messages, for programs that learn at run time what they call.
public struct OperationShape: Sendable {
  /// The line of the table of methods.
  public let method: Method
  /// The service that offers it; nil: all three do.
  public let service: ServiceName?
  /// What it takes.
  public let request: MessageShape
  /// What it answers; of a stream: one item.
  public let reply: MessageShape

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.method.name, $0) })

  /// The operation with a name such as `ticket.open`, or nil.
  public static func named(_ name: String) -> OperationShape? { byName[name] }
}

/// The fields of a message of the schema, as data.
public struct MessageShape: Sendable {
  /// The message's name in the schema, without its package.
  public let name: String
  /// Its fields in the schema's order.
  public let fields: [FieldShape]

  init(_ name: String, _ fields: [FieldShape]) {
    self.name = name
    self.fields = fields
  }
}

/// A field of a message, as data.
public struct FieldShape: Sendable {
  /// What a field's value is, as people see it.
  public enum Kind: Sendable, Hashable {
    case text
    case flag
    case int32
    case int64
    case uint32
    case uint64
    /// An instant in milliseconds; 0 means that it is not given.
    case instant
    /// 16 bytes of a UUID; empty means that it is not given.
    case uuid
    /// Bytes that are shown as hexadecimal digits.
    case hex
    /// Bytes of a document in UTF-8.
    case document
    /// A message of this name; see ``MessageShape/all``.
    case message(String)
  }

  /// Whether the absence of a value differs from its default.
  public enum Presence: Sendable, Hashable {
    case implicit
    case explicit
  }

  /// The field's number on the wire.
  public let number: UInt32
  /// What people call it: the schema's name, without the unit of an instant.
  public let key: String
  /// What its value is.
  public let kind: Kind
  /// Whether there can be several.
  public let isRepeated: Bool
  /// Whether its absence differs from its default.
  public let presence: Presence

  init(_ number: UInt32, _ key: String, _ kind: Kind, repeated: Bool, _ presence: Presence = .implicit) {
    self.number = number
    self.key = key
    self.kind = kind
    self.isRepeated = repeated
    self.presence = presence
  }
}
