import Crypto
import Foundation
import Logging
import SwiftASN1
import Testing
import Transport
import Wire
import X509

/// An authority made for one test, and the certificates that it signs.
struct TestAuthority {
  static let domain = "callout.test"
  static let tenant = TenantBytes(high: 0x0190_1234_5678_7abc, low: 0x8def_0123_4567_89ab)

  let folder: URL
  private let key: Certificate.PrivateKey
  private let certificate: Certificate
  private let name: DistinguishedName

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("callout-transport-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    name = try DistinguishedName { CommonName("Test authority") }
    certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
      notValidBefore: .now.addingTimeInterval(-3_600), notValidAfter: .now.addingTimeInterval(3_600), issuer: name,
      subject: name, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
        Critical(KeyUsage(keyCertSign: true))
      },
      issuerPrivateKey: key)
    try certificate.serializeAsPEM().pemString.write(
      to: folder.appendingPathComponent("ca.pem"), atomically: true, encoding: .utf8)
  }

  var trustRoots: String { folder.appendingPathComponent("ca.pem").path }

  /// Signs a leaf with these URI names and writes its files.
  func issue(
    _ file: String, uris: [String], notBefore: Date = .now.addingTimeInterval(-60),
    notAfter: Date = .now.addingTimeInterval(600)
  ) throws -> TLSFiles {
    let leafKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let leaf = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: leafKey.publicKey, notValidBefore: notBefore,
      notValidAfter: notAfter, issuer: name, subject: try DistinguishedName { OrganizationName("Callout") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth, .clientAuth])
        SubjectAlternativeNames(
          [.dnsName("localhost")] + uris.map { GeneralName.uniformResourceIdentifier($0) })
      },
      issuerPrivateKey: key)
    let files = TLSFiles(
      certificateChain: folder.appendingPathComponent("\(file).pem").path,
      privateKey: folder.appendingPathComponent("\(file).key").path, trustRoots: trustRoots)
    try leaf.serializeAsPEM().pemString.write(toFile: files.certificateChain, atomically: true, encoding: .utf8)
    try leafKey.serializeAsPEM().pemString.write(toFile: files.privateKey, atomically: true, encoding: .utf8)
    return files
  }

  func service(_ name: String) throws -> TLSFiles {
    try issue(name, uris: [PeerIdentity.service(name: name).uri(in: Self.domain)])
  }

  func desk(_ name: String = "alice") throws -> TLSFiles {
    try issue(name, uris: [PeerIdentity.tenant(Self.tenant, role: .desk, name: name).uri(in: Self.domain)])
  }

  func material(_ files: TLSFiles) throws -> TLSMaterial {
    try TLSMaterial(files: files, domain: Self.domain, logger: quiet)
  }
}

/// A logger that says nothing.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
