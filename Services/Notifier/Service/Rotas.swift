import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `rota.set`
enum RotaSetWrite: WriteOperation {
  static let method = Method.rotaSet

  static func needs(
    _ request: Callout_V1_RotaSetRequest, _ state: NotifierState, _ needs: inout Needs<NotifierState>
  ) throws(Refused) {
    needs.rows(Tables.rotasByName, request.name)
    for person in try people(request) { needs.row(Tables.people, person) }
    _ = try starts(request)
  }

  static func decide(
    _ request: Callout_V1_RotaSetRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_RotaSetReply> {
    Decision { () throws(Refused) in
      RotaSet.Request(
        name: request.name, zone: request.zone, handover: request.handover, turnDays: Int(request.turnDays),
        starts: try starts(request), people: try people(request))
    }.flatMap { rota in
      if TimeZoneRules.isZoneName(rota.zone) { state.zones[rota.zone] = SystemZones.rules(rota.zone) }
      return RotaSet.decide(rota, &state, &context).map { set in .with { $0.rota = Callout_V1_Rota(set) } }
    }
  }

  private static func people(_ request: Callout_V1_RotaSetRequest) throws(Refused) -> [PersonID] {
    guard request.people.count <= Rota.mostPeople else {
      throw Refused(.limit("people"), "A rota has at most \(Rota.mostPeople) people.")
    }
    var people: [PersonID] = []
    for (index, bytes) in request.people.enumerated() {
      people.append(try PersonID(field: "people[\(index)]", bytes))
    }
    return people
  }

  private static func starts(_ request: Callout_V1_RotaSetRequest) throws(Refused) -> Instant? {
    try Instant.optional(field: "starts_ms", milliseconds: request.startsMs)
  }
}

/// `rota.list`, in the order of ids.
enum RotaListRead: ReadOperation {
  static let method = Method.rotaList

  static func queries(_ request: Callout_V1_RotaListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    return [
      Tables.rotas.select(
        context.tenant, where: "r.rota_id > $2 ORDER BY r.rota_id LIMIT $3",
        [Argument(try page.afterID() ?? RotaID.lowest), Argument(page.fetch)])
    ]
  }

  static func reply(
    _ request: Callout_V1_RotaListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_RotaListReply {
    let page = try PageRequest(checked: request.page)
    let (rotas, next) = page.cut(try results.rows(0, of: Tables.rotas)) { $0.id.bytes }
    return .with {
      $0.rotas = rotas.map { Callout_V1_Rota($0) }
      $0.next = .init(next)
    }
  }
}

/// `rota.who`: who is on duty at an instant, which may be past or future.
enum RotaWhoRead: ReadOperation {
  static let method = Method.rotaWho

  static func queries(_ request: Callout_V1_RotaWhoRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    _ = try Instant.optional(field: "at_ms", milliseconds: request.atMs)
    return [
      Tables.rotas.select(context.tenant, where: "r.name = $2", [Argument(request.name)]),
      Tables.overrides.select(
        context.tenant, where: "r.rota_name = $2 ORDER BY r.override_id LIMIT $3",
        [Argument(request.name), Argument(Rota.mostOverrides)]),
    ]
  }

  static func followUp(
    _ request: Callout_V1_RotaWhoRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    guard let id = try duty(request, results, context).personID else { return [] }
    return [Tables.people.find(context.tenant, id)]
  }

  static func reply(
    _ request: Callout_V1_RotaWhoRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_RotaWhoReply {
    let duty = try duty(request, results, context)
    let person = try results.rows(2, of: Tables.people).first
    return .with {
      if let person { $0.person = Callout_V1_Person(person) }
      $0.byOverride = duty.byOverride
      $0.untilMs = duty.until.wire
    }
  }

  private static func duty(
    _ request: Callout_V1_RotaWhoRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Duty {
    let rota = try results.one(0, of: Tables.rotas, named: "rota")
    guard let zone = SystemZones.rules(rota.zone) else {
      throw .refused(.invalid(field: "zone"), "This service's system has no time zone \(rota.zone).")
    }
    let at = request.atMs == 0 ? context.now : Instant(milliseconds: request.atMs)
    return rota.duty(at: at, overrides: try results.rows(1, of: Tables.overrides), zone: zone)
  }
}

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
    needs.row(Tables.overrides, try OverrideID(field: "override_id", request.overrideID))
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
