import Courier
import Foundation
import NotifierRules
import Policy
import ServiceKit

/// All channels: each method's messages go by its own, and to the Maildir where it has none.
struct DeliveryChannels: DeliveryChannel {
  private let channels: [DeliveryMethod: any DeliveryChannel]

  init(_ channels: [DeliveryMethod: any DeliveryChannel], otherwise fallback: (any DeliveryChannel)?) {
    var all = channels
    for method in DeliveryMethod.allCases where all[method] == nil { all[method] = fallback }
    self.channels = all
  }

  /// The channels that the settings name.
  init(_ settings: DeliverySettings, _ access: Background<NotifierState>, thread: BlockingThread) {
    var channels: [DeliveryMethod: any DeliveryChannel] = [:]
    channels[.email] = settings.mail
    if let tls = settings.webhookTLS {
      channels[.webhook] = WebhookChannel(client: WebClient(tls: tls, policy: settings.webhookPolicy)) {
        tenant, address in
        try await EndpointQuery.find(address, of: tenant, access)
      }
    }
    if let tls = settings.gatewayTLS {
      let client = WebClient(tls: tls, policy: nil)
      for (kind, gateway) in settings.gateways {
        channels[kind] = GatewayChannel(client: client, address: gateway.address, secrets: gateway.secrets) {
          Instant(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1_000))
        }
      }
    }
    self.init(
      channels,
      otherwise: settings.maildir.map { Maildir(folder: $0, sender: settings.sender, thread: thread) })
  }

  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
    guard let channel = channels[message.delivery.method] else {
      throw DeliveryFailure(text: "there is no channel for \(message.delivery.method.rawValue)")
    }
    return try await channel.deliver(message)
  }
}

/// Finding the keys that sign a webhook.
enum EndpointQuery {
  static func find(
    _ address: String, of tenant: TenantID, _ access: Background<NotifierState>
  ) async throws -> SigningEndpoint? {
    let query = Query(
      sql: """
        SELECT e.url, e.secret, e.earlier_secret, e.earlier_until, t.instant, clock_timestamp()
        FROM webhook_endpoints e JOIN tenants t ON t.tenant_id = e.tenant_id
        WHERE e.tenant_id = $1 AND (e.url = $2 OR e.name = $2)
        """, [Argument(tenant), Argument(address)])
    return try await access.run([query], [tenant]).rows(0) { row throws(RowError) in
      let url = try row.next(String.self)
      let secret = try row.next(String.self)
      let (earlier, until) = (try row.next(String?.self), try row.next(Instant?.self))
      let clock = try row.next(Instant?.self)
      let now = try row.next(Instant.self)
      let endpoint = WebhookEndpoint(
        id: EndpointID(high: 0, low: 0), name: "", url: url, secret: secret,
        earlier: earlier.flatMap { earlier in until.map { .init(secret: earlier, until: $0) } })
      // A test tenant's keys end by its own clock; what is signed bears the real time.
      return SigningEndpoint(url: url, secrets: endpoint.secrets(at: clock ?? now), now: now)
    }.first
  }
}
