internal import NIOCore
internal import NIOSSL

/// Why the authorities of a file cannot be used.
public struct TrustError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, with the file's path.
  public let description: String
}

/// How the other side of a connection proves who it is: by a certificate for its name, TLS 1.2 or newer.
public struct TrustedTLS: Sendable {
  let context: NIOSSLContext

  /// Trusts the authorities of a PEM file, or those of the system if there is none.
  ///
  /// - Parameter protocols: what ALPN offers; nothing is offered if it is empty.
  public init(file: String?, protocols: [String] = []) throws(TrustError) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.applicationProtocols = protocols
    configuration.shutdownTimeout = .seconds(1)
    do {
      if let file {
        let roots = try NIOSSLCertificate.fromPEMFile(file)
        guard !roots.isEmpty else { throw TrustError(description: "\(file): no certificate in the file") }
        configuration.trustRoots = .certificates(roots)
      } else {
        configuration.trustRoots = .default
      }
      context = try NIOSSLContext(configuration: configuration)
    } catch let error as TrustError {
      throw error
    } catch {
      throw TrustError(description: "\(file ?? "the system's authorities"): \(error)")
    }
  }

  /// What encrypts a connection to `host`, whose certificate must be for that name, or for that address if it is one.
  func handler(for host: String) throws -> NIOSSLClientHandler {
    try NIOSSLClientHandler(context: context, serverHostname: IPAddress(host) == nil ? host : nil)
  }
}
