import Courier
import Foundation
import NotifierRules
import Policy

extension SendOutcome {
  /// What the destination said, or why it did not take the message.
  func get() throws(DeliveryFailure) -> String {
    switch self {
    case .taken(let words): words
    case .postponed(let why, let after):
      throw DeliveryFailure(text: why, after: after.map { .milliseconds($0 * 1_000) })
    case .refused(let why): throw DeliveryFailure(text: why, isFinal: true)
    }
  }
}

/// Mail by a server that takes it for anybody (RFC 6409).
struct MailChannel: DeliveryChannel {
  let client: SMTPClient
  /// The address that messages come from.
  let sender: SMTPAddress

  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
    guard let recipient = SMTPAddress(message.delivery.address) else {
      throw DeliveryFailure(text: "an address that a command cannot name", isFinal: true)
    }
    // Every server takes lines of ASCII, whatever it can do beyond.
    let bytes = try MailMessage(message, from: sender.text, isSevenBit: true).bytes
    // An answer has no sender, so that what cannot deliver it tells nobody (RFC 3834, section 3.3).
    let sender = message.delivery.isAnswer ? nil : sender
    return try await client.submit(SMTPSubmission(from: sender, to: recipient, message: bytes)).get()
  }
}

/// A tenant's own systems: what goes to an endpoint is signed with its keys.
struct WebhookChannel: DeliveryChannel {
  let client: WebClient
  /// The endpoint with an address or a name, and the keys that sign now; nil: there is none.
  let endpoint: @Sendable (_ tenant: TenantID, _ address: String) async throws -> SigningEndpoint?

  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
    let known: SigningEndpoint?
    do {
      known = try await endpoint(message.tenant, message.delivery.address)
    } catch {
      throw DeliveryFailure(text: "the endpoint could not be looked up: \(error)")
    }
    guard let known else { throw DeliveryFailure(text: "no endpoint has this address: endpoint.set makes one") }
    guard let address = WebAddress(known.url) else {
      throw DeliveryFailure(text: "an address that is none of a webhook", isFinal: true)
    }
    let secrets = known.secrets.compactMap { WebhookSecret($0) }
    return try await client.post(message, to: address, secrets: secrets, at: known.now)
  }
}

/// An endpoint as a message is signed for it.
struct SigningEndpoint: Sendable, Equatable {
  let url: String
  let secrets: [String]
  /// The real time.
  let now: Instant
}

/// What telephones take, by a gateway of the operator's: `GATEWAY.md` is the contract.
struct GatewayChannel: DeliveryChannel {
  let client: WebClient
  let address: WebAddress
  let secrets: [WebhookSecret]
  let now: @Sendable () -> Instant

  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
    try await client.post(message, to: address, secrets: secrets, at: now(), namesAddress: true)
  }
}

extension WebClient {
  fileprivate func post(
    _ message: OutgoingMessage, to address: WebAddress, secrets: [WebhookSecret], at now: Instant,
    namesAddress: Bool = false
  ) async throws(DeliveryFailure) -> String {
    let body = WebhookBody(message, namesAddress: namesAddress).bytes
    let signature = WebhookSignature(
      id: message.delivery.id.description, timestamp: now.milliseconds / 1_000, body: body, secrets: secrets)
    return try await post(body, to: address, signed: signature).get()
  }
}

/// A message as JSON, the same bytes at every attempt.
struct WebhookBody: Encodable {
  struct Data: Encodable {
    let deliveryID: String
    let tenantID: String
    let kind: String
    let address: String?
    let recipient: String
    let subject: String
    let text: String
    let escalationID: String?
    let step: Int?
    let noticeID: String?

    enum CodingKeys: String, CodingKey {
      case deliveryID = "delivery_id", tenantID = "tenant_id", escalationID = "escalation_id", noticeID = "notice_id"
      case kind, address, recipient, subject, text, step
    }
  }

  let type: String
  let timestamp: String
  let data: Data

  init(_ message: OutgoingMessage, namesAddress: Bool) {
    let delivery = message.delivery
    let (escalation, notice): (String?, String?) =
      switch delivery.cause {
      case .escalation(let id): (id.description, nil)
      case .notice(let id): (nil, id.description)
      case .bundle, .answer: (nil, nil)
      }
    type =
      switch delivery.cause {
      case .escalation, .bundle: "page"
      case .notice, .answer: "notice"
      }
    timestamp = delivery.createdAt.description
    data = Data(
      deliveryID: delivery.id.description, tenantID: message.tenant.description, kind: delivery.method.rawValue,
      address: namesAddress ? delivery.address : nil, recipient: delivery.recipient, subject: delivery.subject,
      text: delivery.text, escalationID: escalation, step: escalation == nil ? nil : delivery.step, noticeID: notice)
  }

  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and numbers always encode.
    return (try? encoder.encode(self)).map { Array($0) } ?? Array("{}".utf8)
  }
}
