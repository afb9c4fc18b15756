import Courier
import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `endpoint.set`
enum EndpointSetWrite: WriteOperation {
  static let method = Method.endpointSet
  /// How many bytes a secret has that is made here.
  private static let secretByteCount = 32

  /// A secret that may be wanted is drawn here, at the edge: rules know no chance that nobody could foresee.
  static func command(_ request: Callout_V1_EndpointSetRequest) throws(Refused) -> EndpointSet.Request {
    guard WebAddress(request.url) != nil else {
      throw Refused(
        .invalid(field: "url"),
        "An endpoint's address is https://host[:port][/path][?query], at most \(WebAddress.byteCountMax) bytes.")
    }
    if !request.secret.isEmpty, WebhookSecret(request.secret) == nil {
      throw Refused(
        .invalid(field: "secret"),
        "A secret is whsec_ and base64 of \(WebhookSecret.byteCounts.lowerBound) to \(WebhookSecret.byteCounts.upperBound) bytes."
      )
    }
    var chance = SystemRandomNumberGenerator()
    let drawn = (0..<secretByteCount).map { _ in UInt8.random(in: .min ... .max, using: &chance) }
    return EndpointSet.Request(
      name: request.name, url: request.url, secret: request.secret.isEmpty ? nil : request.secret,
      fresh: WebhookSecret(bytes: drawn)?.text ?? "", rotates: request.rotate,
      earlierUntil: try Instant.optional(field: "earlier_until_ms", milliseconds: request.earlierUntilMs))
  }

  static func needs(
    _ request: EndpointSet.Request, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.rows(Tables.endpointsByName, request.name)
    needs.rows(Tables.endpointsByURL, .init(url: request.url))
  }

  static func decide(
    _ request: EndpointSet.Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_EndpointSetReply> {
    EndpointSet.decide(request, &state, &context).map { reply in
      .with {
        $0.endpoint = Callout_V1_WebhookEndpoint(reply.endpoint)
        $0.secret = reply.made ?? ""
      }
    }
  }
}

/// `endpoint.remove`
enum EndpointRemoveWrite: WriteOperation {
  static let method = Method.endpointRemove

  static func needs(
    _ request: Callout_V1_EndpointRemoveRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.rows(Tables.endpointsByName, request.name)
  }

  static func decide(
    _ request: Callout_V1_EndpointRemoveRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_EndpointRemoveReply> {
    EndpointRemove.decide(request.name, &state, &context).map { _ in Callout_V1_EndpointRemoveReply() }
  }
}

/// `endpoint.list`, in the order of ids.
enum EndpointListRead: ReadOperation {
  static let method = Method.endpointList

  static func queries(_ request: Callout_V1_EndpointListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      Tables.endpoints.select(
        context.tenant, where: "r.endpoint_id > $2 ORDER BY r.endpoint_id LIMIT $3",
        [Argument(try page.afterID() ?? EndpointID.lowest), Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_EndpointListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_EndpointListReply {
    let page = try PageRequest(checked: request.page)
    let (endpoints, next) = page.cut(try results.rows(0, of: Tables.endpoints)) { $0.id.bytes }
    return .with {
      $0.endpoints = endpoints.map { Callout_V1_WebhookEndpoint($0) }
      $0.next = .init(next)
    }
  }
}
