internal import NIOSSL
internal import SwiftASN1
public import Wire
internal import X509

/// Who a connection's peer is: what its certificate's one SPIFFE id says.
///
/// Two forms exist: `spiffe://<domain>/tenant/<uuid>/<role>/<name>` and `spiffe://<domain>/service/<name>`. Everything is
/// compared byte for byte: no case folding, no percent decoding, no query, fragment, port or trailing slash.
public enum PeerIdentity: Sendable, Hashable {
  /// Someone who acts for one tenant, in one role.
  case tenant(TenantBytes, role: TenantRole, name: String)
  /// A part of the installation: intake, ledger, notifier, its telephone gateway, its desk, or the operator.
  case service(name: String)

  /// The longest name, in bytes.
  public static let nameByteCountMax = 64

  /// As whom the peer calls methods; nil for a service that is no caller at all.
  public var caller: Caller? {
    switch self {
    case .tenant(_, let role, _): role.caller
    case .service("operator"): .operator
    case .service("gateway"): .gateway
    case .service("desk"): .desk
    case .service("intake"), .service("ledger"), .service("notifier"): .service
    case .service: nil
    }
  }

  /// The tenant that the peer is bound to; nil for a service.
  public var tenant: TenantBytes? {
    switch self {
    case .tenant(let tenant, _, _): tenant
    case .service: nil
    }
  }

  /// The SPIFFE id in `domain`.
  public func uri(in domain: String) -> String {
    switch self {
    case .tenant(let tenant, let role, let name): "spiffe://\(domain)/tenant/\(tenant.text)/\(role.rawValue)/\(name)"
    case .service(let name): "spiffe://\(domain)/service/\(name)"
    }
  }
}

/// What someone may do for a tenant.
public enum TenantRole: String, Sendable, Hashable, CaseIterable {
  /// A partner's portal, acting for the tenant's customers.
  case portal
  /// The tenant's support desk.
  case desk
  /// The tenant's sales department.
  case sales
  /// Reads everything of the tenant, changes nothing.
  case auditor
  /// Configures the tenant.
  case admin

  /// The role as the table of methods knows it.
  public var caller: Caller {
    switch self {
    case .portal: .portal
    case .desk: .desk
    case .sales: .sales
    case .auditor: .auditor
    case .admin: .admin
    }
  }
}

/// Why a certificate names nobody that the installation knows. The chain itself was valid.
public enum IdentityError: Error, Sendable, Hashable {
  /// The certificate cannot be read.
  case unreadable
  /// There is not exactly one URI among the certificate's names.
  case uriCount(Int)
  /// The URI is a SPIFFE id of another trust domain.
  case otherDomain
  /// The URI has neither of the two forms.
  case malformed
  /// The certificate is an authority's, which may not speak for itself.
  case authority

  /// The refusal that the peer is sent before the connection closes.
  public var refusal: RefusalCode {
    switch self {
    case .otherDomain: .identityDomain
    case .unreadable, .uriCount, .malformed, .authority: .identityName
    }
  }
}

extension PeerIdentity {
  /// The identity that a SPIFFE id of `domain` states.
  public init(uri: String, domain: String) throws(IdentityError) {
    let scheme = "spiffe://"
    guard uri.utf8.starts(with: scheme.utf8) else { throw .malformed }
    let rest = uri.utf8.dropFirst(scheme.utf8.count)
    guard rest.prefix(while: { $0 != UInt8(ascii: "/") }).elementsEqual(domain.utf8) else { throw .otherDomain }
    let path = String(decoding: rest.dropFirst(domain.utf8.count + 1), as: UTF8.self)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    switch (parts.first, parts.count) {
    case ("tenant", 4):
      guard let tenant = TenantBytes(text: parts[1]), let role = TenantRole(rawValue: String(parts[2])),
        Self.isName(parts[3])
      else { throw .malformed }
      self = .tenant(tenant, role: role, name: String(parts[3]))
    case ("service", 2):
      guard Self.isName(parts[1]) else { throw .malformed }
      self = .service(name: String(parts[1]))
    default:
      throw .malformed
    }
  }

  /// The identity that a leaf certificate states. Whether its chain is to be trusted is TLS's affair.
  init(certificate: NIOSSLCertificate, domain: String) throws(IdentityError) {
    guard let bytes = try? certificate.toDERBytes(), let leaf = try? Certificate(derEncoded: bytes) else {
      throw .unreadable
    }
    try self.init(leaf: leaf, domain: domain)
  }

  init(leaf: Certificate, domain: String) throws(IdentityError) {
    let names: SubjectAlternativeNames?
    let constraints: BasicConstraints?
    do {
      names = try leaf.extensions.subjectAlternativeNames
      constraints = try leaf.extensions.basicConstraints
    } catch {
      throw .unreadable
    }
    if case .isCertificateAuthority = constraints { throw .authority }
    var uris: [String] = []
    for name in names ?? SubjectAlternativeNames([]) {
      if case .uniformResourceIdentifier(let uri) = name { uris.append(uri) }
    }
    guard let uri = uris.first, uris.count == 1 else { throw .uriCount(uris.count) }
    try self.init(uri: uri, domain: domain)
  }

  /// 1 to 64 of `A-Z a-z 0-9 . _ -`, and no path step (`.`, `..`).
  private static func isName(_ text: some StringProtocol) -> Bool {
    guard (1...nameByteCountMax).contains(text.utf8.count), text != ".", text != ".." else { return false }
    return text.utf8.allSatisfy { character in
      switch character {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}
