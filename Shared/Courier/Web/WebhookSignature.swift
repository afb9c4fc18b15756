internal import Crypto
internal import Foundation

/// A key that webhooks are signed with, after the Standard Webhooks convention: `whsec_` and base64 of 24 to 64 bytes.
public struct WebhookSecret: Sendable, Hashable {
  /// How many bytes a key has.
  public static let byteCounts = 24...64
  private static let prefix = "whsec_"

  let bytes: [UInt8]

  /// Nil if there are fewer or more bytes than allowed.
  public init?(bytes: [UInt8]) {
    guard Self.byteCounts.contains(bytes.count) else { return nil }
    self.bytes = bytes
  }

  /// Reads `whsec_…`; nil if it is none.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))) else {
      return nil
    }
    self.init(bytes: Array(data))
  }

  /// As people and settings write it.
  public var text: String { Self.prefix + Data(bytes).base64EncodedString() }
}

/// The header fields by which a receiver knows who sent a message, and that it was not changed.
public struct WebhookSignature: Sendable, Equatable {
  public let id: String
  /// Seconds since 1970.
  public let timestamp: String
  /// `v1,` and base64 of HMAC-SHA256 of `id.timestamp.body`, for each key, with spaces between them.
  public let signatures: String

  public init(id: String, timestamp: Int64, body: [UInt8], secrets: [WebhookSecret]) {
    self.id = id
    self.timestamp = "\(timestamp)"
    let signed = Data("\(id).\(timestamp).".utf8) + Data(body)
    signatures = secrets.map { secret in
      let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
      return "v1,\(Data(code).base64EncodedString())"
    }.joined(separator: " ")
  }

  /// Names and values.
  var fields: [(String, String)] {
    [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signatures)]
  }
}
