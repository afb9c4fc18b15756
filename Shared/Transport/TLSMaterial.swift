public import Foundation
public import Logging
internal import NIOCore
internal import NIOSSL
internal import SwiftASN1
internal import Synchronization
internal import X509

/// Where a side's certificate, key and authority stand, as PEM files.
public struct TLSFiles: Sendable, Hashable {
  /// The leaf certificate, then the intermediate ones.
  public var certificateChain: String
  /// The leaf's private key.
  public var privateKey: String
  /// The authorities whose certificates are trusted; nothing else is.
  public var trustRoots: String

  /// Files at these paths.
  public init(certificateChain: String, privateKey: String, trustRoots: String) {
    self.certificateChain = certificateChain
    self.privateKey = privateKey
    self.trustRoots = trustRoots
  }
}

/// Why files cannot be used.
public struct TLSMaterialError: Error, Sendable, CustomStringConvertible {
  /// The file's path, or the certificate's if the parts do not fit together.
  public let path: String
  /// What is wrong.
  public let reason: String

  /// `path: reason`.
  public var description: String { "\(path): \(reason)" }
}

/// A side's certificate, key and authority, which can be read anew while connections run.
///
/// New connections use what was read last; files that cannot be used leave it as it was.
public final class TLSMaterial: Sendable {
  /// The protocol's name in ALPN.
  public static let applicationProtocol = "callout/1"

  /// What one reading of the files gave.
  struct Loaded: Sendable {
    let server: NIOSSLContext
    let client: NIOSSLContext
    let identity: PeerIdentity
    let expiresAt: Date
    let stamps: [FileStamp]
  }

  /// How a file looked when it was read.
  struct FileStamp: Sendable, Equatable {
    let modifiedAt: Date?
    let byteCount: Int
    let inode: Int
  }

  /// The trust domain that every peer must belong to.
  public let domain: String
  private let files: TLSFiles
  private let logger: Logger
  private let loaded: Mutex<Loaded>

  /// Reads the files.
  ///
  /// - Throws: ``TLSMaterialError`` if a file is missing, malformed, does not fit the others, or if the certificate does not
  ///   carry exactly one SPIFFE id of `domain`.
  public init(files: TLSFiles, domain: String, logger: Logger) throws(TLSMaterialError) {
    self.files = files
    self.domain = domain
    self.logger = logger
    loaded = Mutex(try Self.read(files, domain: domain))
  }

  /// Our own identity.
  public var identity: PeerIdentity { loaded.withLock { $0.identity } }

  /// When our certificate expires.
  public var expiresAt: Date { loaded.withLock { $0.expiresAt } }

  /// Reads the files anew. If they cannot be used, logs why and keeps the old ones.
  ///
  /// - Returns: Whether the new ones are in use.
  @discardableResult
  public func reload() -> Bool {
    do {
      let fresh = try Self.read(files, domain: domain)
      loaded.withLock { $0 = fresh }
      logger.info(
        "certificate reloaded",
        metadata: ["identity": "\(fresh.identity.uri(in: domain))", "expires_at": "\(fresh.expiresAt)"])
      return true
    } catch {
      logger.error("certificate not reloaded; the old one stays in use", metadata: ["error": "\(error)"])
      return false
    }
  }

  /// Reads the files anew if one of them has changed since they were read. Call it now and then.
  ///
  /// - Returns: Whether new ones are in use.
  @discardableResult
  public func reloadIfChanged() -> Bool {
    let stamps = Self.stamps(of: files)
    guard loaded.withLock({ $0.stamps != stamps }) else { return false }
    return reload()
  }

  var serverContext: NIOSSLContext { loaded.withLock { $0.server } }
  var clientContext: NIOSSLContext { loaded.withLock { $0.client } }
}

extension TLSMaterial {
  private static func stamps(of files: TLSFiles) -> [FileStamp] {
    [files.certificateChain, files.privateKey, files.trustRoots].map { path in
      let attributes = (try? FileManager.default.attributesOfItem(atPath: path)) ?? [:]
      return FileStamp(
        modifiedAt: attributes[.modificationDate] as? Date,
        byteCount: (attributes[.size] as? NSNumber)?.intValue ?? -1,
        inode: (attributes[.systemFileNumber] as? NSNumber)?.intValue ?? -1)
    }
  }

  private static func read(_ files: TLSFiles, domain: String) throws(TLSMaterialError) -> Loaded {
    // Taken first: a file that changes while it is read is then read again.
    let stamps = stamps(of: files)
    let chain = try step(files.certificateChain) { try NIOSSLCertificate.fromPEMFile(files.certificateChain) }
    let key = try step(files.privateKey) { try NIOSSLPrivateKey(file: files.privateKey, format: .pem) }
    let roots = try step(files.trustRoots) { try NIOSSLCertificate.fromPEMFile(files.trustRoots) }
    guard let leaf = chain.first else {
      throw TLSMaterialError(path: files.certificateChain, reason: "no certificate in the file")
    }
    guard !roots.isEmpty else { throw TLSMaterialError(path: files.trustRoots, reason: "no certificate in the file") }
    let parsed = try step(files.certificateChain) { try Certificate(derEncoded: leaf.toDERBytes()) }
    let identity = try step(files.certificateChain) { try PeerIdentity(leaf: parsed, domain: domain) }

    var server = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    var client = TLSConfiguration.makeClientConfiguration()
    client.certificateChain = chain.map { .certificate($0) }
    client.privateKey = .privateKey(key)
    restrict(&server, trusting: roots)
    restrict(&client, trusting: roots)
    let (serverContext, clientContext) = try step(files.privateKey) {
      (try NIOSSLContext(configuration: server), try NIOSSLContext(configuration: client))
    }
    return Loaded(
      server: serverContext, client: clientContext, identity: identity, expiresAt: parsed.notValidAfter,
      stamps: stamps)
  }

  /// TLS 1.3 and nothing else, our protocol, certificates of our authorities both ways. Names of hosts mean nothing here:
  /// the peer's SPIFFE id is checked once the chain is.
  private static func restrict(_ configuration: inout TLSConfiguration, trusting roots: [NIOSSLCertificate]) {
    configuration.minimumTLSVersion = .tlsv13
    configuration.maximumTLSVersion = .tlsv13
    configuration.certificateVerification = .noHostnameVerification
    configuration.trustRoots = .certificates(roots)
    configuration.applicationProtocols = [applicationProtocol]
    configuration.shutdownTimeout = .seconds(1)
  }

  private static func step<Value>(_ path: String, _ body: () throws -> Value) throws(TLSMaterialError) -> Value {
    do { return try body() } catch { throw TLSMaterialError(path: path, reason: "\(error)") }
  }
}
