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
    for layer in try layers(request) { for person in layer.people { needs.row(Tables.people, person) } }
  }

  static func decide(
    _ request: Callout_V1_RotaSetRequest, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Callout_V1_RotaSetReply> {
    Decision { () throws(Refused) in RotaSet.Request(name: request.name, layers: try layers(request)) }
      .flatMap { rota in
        for layer in rota.layers where TimeZoneRules.isZoneName(layer.zone) {
          state.zones[layer.zone] = SystemZones.rules(layer.zone)
        }
        return RotaSet.decide(rota, &state, &context).map { set in .with { $0.rota = Callout_V1_Rota(set) } }
      }
  }

  /// The request's own fields are the lowest layer.
  private static func layers(_ request: Callout_V1_RotaSetRequest) throws(Refused) -> [RotaSet.Request.Layer] {
    guard request.layers.count < Rota.mostLayers else {
      throw Refused(.limit("layers"), "A rota has at most \(Rota.mostLayers) layers.")
    }
    var layers = [
      RotaSet.Request.Layer(
        zone: request.zone, handover: request.handover, turnDays: Int(request.turnDays),
        starts: try Instant.optional(field: "starts_ms", milliseconds: request.startsMs),
        ends: try Instant.optional(field: "ends_ms", milliseconds: request.endsMs),
        people: try people(request.people, ""), hours: request.hours)
    ]
    for (index, layer) in request.layers.enumerated() {
      let place = "layers[\(index)]."
      layers.append(
        RotaSet.Request.Layer(
          name: layer.name, zone: layer.zone, handover: layer.handover, turnDays: Int(layer.turnDays),
          starts: try Instant.optional(field: place + "starts_ms", milliseconds: layer.startsMs),
          ends: try Instant.optional(field: place + "ends_ms", milliseconds: layer.endsMs),
          people: try people(layer.people, place), hours: layer.hours))
    }
    return layers
  }

  private static func people(_ ids: [Data], _ place: String) throws(Refused) -> [PersonID] {
    guard ids.count <= Rota.mostPeople else {
      throw Refused(.limit(place + "people"), "A layer has at most \(Rota.mostPeople) people.")
    }
    var people: [PersonID] = []
    for (index, bytes) in ids.enumerated() { people.append(try PersonID(field: "\(place)people[\(index)]", bytes)) }
    return people
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
    let at = try Instant.optional(field: "at_ms", milliseconds: request.atMs) ?? context.now
    return [
      Tables.rotas.select(context.tenant, where: "r.name = $2", [Argument(request.name)]),
      Tables.overrides.select(
        context.tenant, where: "r.rota_name = $2 ORDER BY r.override_id LIMIT $3",
        [Argument(request.name), Argument(Rota.mostOverrides)]),
      PastQuery.select(context.tenant, request.name, at),
    ]
  }

  static func followUp(
    _ request: Callout_V1_RotaWhoRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    guard let id = try answer(request, results, context).duty.personID else { return [] }
    return [Tables.people.find(context.tenant, id)]
  }

  static func reply(
    _ request: Callout_V1_RotaWhoRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_RotaWhoReply {
    let (duty, version) = try answer(request, results, context)
    let person = try results.rows(3, of: Tables.people).first
    return .with {
      if let person { $0.person = Callout_V1_Person(person) }
      $0.byOverride = duty.byOverride
      $0.untilMs = duty.until.wire
      $0.layer = UInt32(clamping: duty.layer)
      $0.version = UInt64(clamping: version)
    }
  }

  /// By the version of the rota that holds at the instant; 0 where none does yet.
  private static func answer(
    _ request: Callout_V1_RotaWhoRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> (duty: Duty, version: Int64) {
    let rota = try results.one(0, of: Tables.rotas, named: "rota")
    let at = request.atMs == 0 ? context.now : Instant(milliseconds: request.atMs)
    let overrides = try results.rows(1, of: Tables.overrides)
    guard at < rota.since else {
      return (rota.duty(at: at, overrides: overrides, zones: try SystemZones.all(of: [rota])), rota.version)
    }
    // The first version that ends later holds, if it had begun.
    let past = try PastQuery.rows(2, results).first
    guard let past, past.from <= at else {
      return (Duty(personID: nil, byOverride: false, layer: 0, until: past?.from ?? rota.since), 0)
    }
    let duty = past.rota.duty(at: at, overrides: overrides, zones: try SystemZones.all(of: [past.rota]))
    let until = min(duty.until ?? past.to, past.to)
    return (
      Duty(personID: duty.personID, byOverride: duty.byOverride, layer: duty.layer, until: until), past.version
    )
  }
}

/// Reading what held before a rota was set anew.
private enum PastQuery {
  /// The version that held at an instant, or the first one after it.
  static func select(_ tenant: TenantID, _ name: String, _ at: Instant) -> Query {
    Query(
      sql: """
        SELECT p.rota_id, p.version, p.rota_name, p.from_at, p.to_at, p.layers FROM rota_pasts p
        WHERE p.tenant_id = $1 AND p.rota_name = $2 AND p.to_at > $3 ORDER BY p.to_at LIMIT 1
        """,
      [Argument(tenant), Argument(name), Argument(at)])
  }

  static func rows(_ query: Int, _ results: ReadResults) throws(ReadFailure) -> [RotaPast] {
    try results.rows(query) { row throws(RowError) in
      let (id, version) = (try row.next(RotaID.self), try row.next(Int64.self))
      return RotaPast(
        rotaID: id, rotaName: try row.next(String.self), version: version, from: try row.next(Instant.self),
        to: try row.next(Instant.self), layers: try row.next(JSONList<StoredLayer>.self).elements.map(\.layer))
    }
  }
}

extension SystemZones {
  /// The civil time of all layers of rotas.
  static func all(of rotas: [Rota]) throws(ReadFailure) -> [String: TimeZoneRules] {
    var zones: [String: TimeZoneRules] = [:]
    for name in rotas.flatMap(\.zones) {
      guard let zone = rules(name) else {
        throw .refused(.invalid(field: "zone"), "This service's system has no time zone \(name).")
      }
      zones[name] = zone
    }
    return zones
  }
}
