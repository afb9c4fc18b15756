import Crypto
import Foundation
import Policy
import SwiftASN1
import X509

/// Signs identities as the stack's development authority, without a process for each.
struct Issuer {
  private let folder: String
  private let authority: Certificate
  private let key: Certificate.PrivateKey
  private let days = 30.0

  /// The authority whose files `scripts/certs` keeps in `folder`.
  init(folder: String) throws {
    self.folder = folder
    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }
    authority = try Certificate(pemEncoded: try text("ca.pem"))
    key = try Certificate.PrivateKey(pemEncoded: try text("ca.key"))
  }

  /// The identity of a role of a tenant, which is signed unless there is one.
  func identity(of tenant: TenantID, role: String) throws -> Identity {
    try identity("\(tenant)-\(role)-\(role)", path: "tenant/\(tenant)/\(role)/\(role)")
  }

  /// The identity of a service, which is signed unless there is one.
  func identity(ofService name: String) throws -> Identity { try identity(name, path: "service/\(name)") }

  private func identity(_ name: String, path: String) throws -> Identity {
    let identity = Identity(
      certificate: "\(folder)/\(name).pem", key: "\(folder)/\(name).key", trust: "\(folder)/ca.pem")
    if FileManager.default.fileExists(atPath: identity.certificate) { return identity }
    let own = P256.Signing.PrivateKey()
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(own.publicKey),
      notValidBefore: Date(timeIntervalSinceNow: -60), notValidAfter: Date(timeIntervalSinceNow: days * 86_400),
      issuer: authority.subject, subject: try DistinguishedName { OrganizationName("Callout") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth, .clientAuth])
        Critical(SubjectAlternativeNames([.uniformResourceIdentifier("spiffe://\(Installation.domain)/\(path)")]))
      },
      issuerPrivateKey: key)
    let isKept = FileManager.default.createFile(
      atPath: identity.key, contents: Data(own.pemRepresentation.utf8), attributes: [.posixPermissions: 0o600])
    guard isKept else { throw BenchError.process("\(identity.key) cannot be written") }
    // The certificate comes last: where it is, the key is too.
    try certificate.serializeAsPEM().pemString.write(toFile: identity.certificate, atomically: true, encoding: .utf8)
    return identity
  }
}
