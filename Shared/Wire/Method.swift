/// One operation of the wire: what the `method` field of a request's frame means.
///
/// The table ``all`` is made from the schema (`// method 0x0101 ticket.open write desk,portal`). Numbers are never
/// reused: 0x00xx is offered by every service, 0x01xx by intake, 0x02xx by ledger, 0x03xx by notifier.
public struct Method: Sendable, Hashable {
  /// How a method behaves.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Changes nothing; carries no idempotency key.
    case read
    /// Changes something; carries an idempotency key of 8 to 64 bytes.
    case write
    /// Answers with pushes, as credit allows, until it ends; carries no idempotency key.
    case stream
  }

  /// What stands in the frame's header.
  public let number: UInt16
  /// `noun.verb`, in lower case.
  public let name: String
  /// How it behaves.
  public let kind: Kind
  /// Who may call it; others are refused with ``RefusalCode/notAllowed``.
  public let callers: [Caller]
  /// Whether it concerns one tenant: that of the caller's certificate, or the one that the envelope names.
  public let needsTenant: Bool

  private static let byNumber: [UInt16: Method] = Dictionary(
    all.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })

  private static let byName: [String: Method] = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The method with a number, or nil if this version knows none.
  public static func numbered(_ number: UInt16) -> Method? { byNumber[number] }

  /// The method with a name (`ticket.open`), or nil.
  public static func named(_ name: String) -> Method? { byName[name] }

  /// Whether `caller` may call this method.
  public func allows(_ caller: Caller) -> Bool { callers.contains(caller) }
}

/// Who calls, as far as authorisation is concerned: a tenant's role, the operator, the telephone gateway, or a service.
public enum Caller: String, Sendable, Hashable, CaseIterable {
  /// A partner's portal, acting for a tenant's customers.
  case portal
  /// A tenant's support desk.
  case desk
  /// A tenant's sales department.
  case sales
  /// Reads everything of a tenant, changes nothing.
  case auditor
  /// Configures a tenant.
  case admin
  /// The installation's operator: creates tenants, may act for any.
  case `operator`
  /// The installation's telephone gateway: reports calls, of whichever tenant the dialled number is.
  case gateway
  /// Another service of the installation, bringing news.
  case service

  /// Everyone but the gateway and a service.
  public static let any: [Caller] = [.portal, .desk, .sales, .auditor, .admin, .operator]
}
