internal import Foundation
internal import NIOCore
internal import NIOSSL

/// What a connection knows from elsewhere than its bytes: who is at the other end, and the date.
struct ConnectionEdges: Sendable {
  /// The trust domain, such as `callout.test`.
  let domain: String
  /// Who is at the other end of a pipeline whose handshake is done.
  var peer: @Sendable (ChannelPipeline.SynchronousOperations) throws(IdentityError) -> PeerIdentity
  /// The wall clock, in milliseconds since the epoch.
  var wallClock: @Sendable () -> Int64

  /// The peer is whom its certificate names in `domain`; the clock is the machine's.
  static func tls(domain: String) -> ConnectionEdges {
    ConnectionEdges(
      domain: domain,
      peer: { pipeline throws(IdentityError) in
        guard let certificate = (try? pipeline.handler(type: NIOSSLHandler.self))?.peerCertificate else {
          throw .unreadable
        }
        return try PeerIdentity(certificate: certificate, domain: domain)
      },
      wallClock: { Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down)) })
  }
}
