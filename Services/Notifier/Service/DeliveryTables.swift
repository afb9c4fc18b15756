import NotifierRules
import Policy
import ServiceKit

// How the database holds what is sent.

extension Tables {
  static let deliveries: Table<NotifierState, Delivery> = Table(
    "deliveries", { $1(&$0.deliveries) },
    key: [Column("delivery_id") { $0 }],
    columns: [
      Column("cause_kind", fixed: true) { CauseKind($0.cause) }, Column("cause_id", fixed: true) { $0.cause.subject },
      Column("step", fixed: true, \.step), Column("person_id", fixed: true, \.personID),
      Column("recipient", fixed: true, \.recipient), Column("method", fixed: true, \.method),
      Column("address", fixed: true, \.address), Column("subject", fixed: true, \.subject),
      Column("text", fixed: true, \.text), Column("html", fixed: true, \.html),
      Column("template", fixed: true, \.template), Column("state", \.state),
      Column("is_ready", \.isReady),
      Column("attempts", \.attempts), Column("created_at", fixed: true, \.createdAt),
      Column("deadline", fixed: true, \.deadline), Column("answer", \.answer), Column("answered_at", \.answeredAt),
      Column("held_by", \.heldBy), Column("held_until", \.heldUntil), Column("bundle_id", \.bundleID),
      Column("carrier_id", \.carrierID), Column("ticket_id", fixed: true, \.ticketID),
      Column("reference_ids", fixed: true) { $0.references.joined(separator: " ") }, Column("version", \.version),
      // Only the workers ask for it, and nobody reads it: it follows from the rest.
      Column("destination", fixed: true, \.destination),
    ]
  ) { row throws(RowError) in
    let id = try row.next(DeliveryID.self)
    let kind = try row.next(CauseKind.self)
    return Delivery(
      id: id, cause: kind.cause(try row.next(SubjectID.self)), step: try row.next(Int.self),
      personID: try row.next(PersonID?.self),
      recipient: try row.next(String.self), method: try row.next(DeliveryMethod.self),
      address: try row.next(String.self), subject: try row.next(String.self),
      text: try row.next(String.self), html: try row.next(String?.self), template: try row.next(String.self),
      state: try row.next(Delivery.State.self),
      isReady: try row.next(Bool.self),
      attempts: try row.next(Int.self),
      createdAt: try row.next(Instant.self), deadline: try row.next(Instant.self),
      answer: try row.next(Answer?.self), answeredAt: try row.next(Instant?.self), heldBy: try row.next(String.self),
      heldUntil: try row.next(Instant?.self), bundleID: try row.next(BundleID?.self),
      carrierID: try row.next(DeliveryID?.self), ticketID: try row.next(TicketID?.self),
      references: try row.next(String.self).split(separator: " ").map(String.init), version: try row.next(Int64.self))
  }

  /// What waits in a bundle.
  static let heldByBundle = deliveries.group(by: "bundle_id", of: BundleID.self, where: "r.state = 'held'")
  /// What a message carries.
  static let deliveriesByCarrier = deliveries.group(by: "carrier_id", of: DeliveryID.self)

  static let endpoints: Table<NotifierState, WebhookEndpoint> = Table(
    "webhook_endpoints", { $1(&$0.endpoints) },
    key: [Column("endpoint_id") { $0 }],
    columns: [
      Column("name", fixed: true, \.name), Column("url", \.url), Column("secret", \.secret),
      Column("earlier_secret") { $0.earlier?.secret }, Column("earlier_until") { $0.earlier?.until },
      Column("version", \.version),
    ]
  ) { row throws(RowError) in
    let id = try row.next(EndpointID.self)
    let (name, url, secret) = (try row.next(String.self), try row.next(String.self), try row.next(String.self))
    let (earlier, until) = (try row.next(String?.self), try row.next(Instant?.self))
    return WebhookEndpoint(
      id: id, name: name, url: url, secret: secret,
      earlier: earlier.flatMap { earlier in until.map { .init(secret: earlier, until: $0) } },
      version: try row.next(Int64.self))
  }

  static let endpointsByName = endpoints.group(by: "name", of: String.self, limit: 1)
  static let endpointsByURL = endpoints.group(
    by: [Column<EndpointAddress>("url", \.url)], limit: 1)

  /// An address that endpoints are found by.
  struct EndpointAddress: Hashable, Comparable, Sendable {
    let url: String

    static func < (a: EndpointAddress, b: EndpointAddress) -> Bool { a.url < b.url }
  }

  static let bundles: Table<NotifierState, Bundle> = Table(
    "bundles", { $1(&$0.bundles) },
    key: [Column("bundle_id") { $0 }],
    columns: [
      Column("recipient", fixed: true, \.recipient), Column("method", fixed: true, \.method),
      Column("address", fixed: true, \.address), Column("clause", fixed: true, \.clause),
      Column("until_at", fixed: true, \.until), Column("messages", \.count),
    ]
  ) { row throws(RowError) in
    Bundle(
      id: try row.next(BundleID.self), recipient: try row.next(String.self),
      method: try row.next(DeliveryMethod.self), address: try row.next(String.self),
      clause: try row.next(String.self), until: try row.next(Instant.self), count: try row.next(Int.self))
  }

  static let bundlesByRecipient = bundles.group(by: "recipient", of: String.self)

  static let attempts: Journal<NotifierState, DeliveryAttempt> = Journal(
    "delivery_attempts", { $1(&$0.attempts) },
    columns: [
      Column("delivery_id", \.deliveryID), Column("number", \.number), Column("at", \.at),
      Column("succeeded", \.succeeded), Column("outcome", \.outcome),
    ])
}

/// What a delivery is sent for, as the column says it.
enum CauseKind: String {
  case escalation
  case notice
  case bundle
  case answer

  init(_ cause: Delivery.Cause) {
    switch cause {
    case .escalation: self = .escalation
    case .notice: self = .notice
    case .bundle: self = .bundle
    case .answer: self = .answer
    }
  }

  func cause(_ id: SubjectID) -> Delivery.Cause {
    switch self {
    case .escalation: .escalation(id.as())
    case .notice: .notice(id.as())
    case .bundle: .bundle(id.as())
    case .answer: .answer(id)
    }
  }
}
