import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `override.add`
enum OverrideAddWrite: WriteOperation {
  static let method = Method.overrideAdd

  static func needs(
    _ request: Callout_V1_OverrideAddRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.rows(Tables.rotasByName, request.rota)
    needs.rows(Tables.overridesByRota, request.rota)
    needs.row(Tables.people, try PersonID(field: "person_id", request.personID))
  }

  static func decide(
    _ request: Callout_V1_OverrideAddRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_OverrideAddReply> {
    Decision { () throws(Refused) in
      OverrideAdd.Request(
        rota: request.rota, personID: try PersonID(field: "person_id", request.personID),
        from: try Instant(field: "time.from_ms", milliseconds: request.time.fromMs),
        to: try Instant(field: "time.to_ms", milliseconds: request.time.toMs), reason: request.reason)
    }.flatMap { override in
      OverrideAdd.decide(override, &state, &context).map { added in
        .with { $0.override = Callout_V1_RotaOverride(added) }
      }
    }
  }
}

/// `override.remove`
enum OverrideRemoveWrite: WriteOperation {
  static let method = Method.overrideRemove

  static func needs(
    _ request: Callout_V1_OverrideRemoveRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    let id = try OverrideID(field: "override_id", request.overrideID)
    needs.row(Tables.overrides, id)
    if let override = state.overrides[id] { needs.row(Tables.rotas, override.rotaID) }
  }

  static func decide(
    _ request: Callout_V1_OverrideRemoveRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_OverrideRemoveReply> {
    Decision { () throws(Refused) in try OverrideID(field: "override_id", request.overrideID) }
      .flatMap { OverrideRemove.decide($0, &state, &context) }
      .map { _ in Callout_V1_OverrideRemoveReply() }
  }
}

/// `override.list`, in the order in which they were added; of every rota where none is named.
enum OverrideListRead: ReadOperation {
  static let method = Method.overrideList

  static func queries(_ request: Callout_V1_OverrideListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let after = Argument(try page.afterID() ?? OverrideID.lowest)
    if request.rota.isEmpty {
      return [
        Tables.overrides.select(
          context.tenant, where: "r.override_id > $2 ORDER BY r.override_id LIMIT $3", [after, Argument(page.fetch)])
      ]
    }
    return [
      Tables.overrides.select(
        context.tenant, where: "r.rota_name = $2 AND r.override_id > $3 ORDER BY r.override_id LIMIT $4",
        [Argument(request.rota), after, Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_OverrideListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_OverrideListReply {
    let page = try PageRequest(checked: request.page)
    let (overrides, next) = page.cut(try results.rows(0, of: Tables.overrides)) { $0.id.bytes }
    return .with {
      $0.overrides = overrides.map { Callout_V1_RotaOverride($0) }
      $0.next = .init(next)
    }
  }
}

extension Decision {
  /// What `next` decides about the outcome, or this refusal.
  func flatMap<Other: Sendable>(_ next: (Reply) -> Decision<Other>) -> Decision<Other> {
    switch self {
    case .accepted(let reply): next(reply)
    case .refused(let refused): .refused(refused)
    }
  }
}
