/// What a decision may know beside the request and the state: the time, who asks, and where new identifiers come from.
public struct Context: Sendable {
  /// The tenant's present time (a test tenant has a clock of its own).
  public let now: Instant
  public let caller: Caller
  public var ids: IdentifierSource

  public init(now: Instant, caller: Caller, ids: IdentifierSource) {
    self.now = now
    self.caller = caller
    self.ids = ids
  }

  /// A new identifier stamped `now`.
  public mutating func id<Tag>(_: Tag.Type = Tag.self) -> ID<Tag> { ids.next(at: now) }
}

/// Who asks, as the certificate says.
public struct Caller: Hashable, Sendable, CustomStringConvertible {
  public let role: Role
  public let name: String

  public init(role: Role, name: String) {
    self.role = role
    self.name = name
  }

  /// `desk/anna`.
  public var description: String { "\(role.rawValue)/\(name)" }
}

/// What a caller is; which method each may call is a table of the services.
public enum Role: String, CaseIterable, Hashable, Sendable {
  /// A partner's program.
  case portal
  /// The provider's service desk.
  case desk
  /// The provider's sales: signs up customers and sells packages.
  case sales
  /// Reads everything and changes nothing.
  case auditor
  /// The tenant's administrator: plans, rotas, settings.
  case admin
  /// One of the services, or the operator of the installation.
  case service
}
