import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `rota.forecast`: who will be on duty, and when nobody will.
enum RotaForecastRead: ReadOperation {
  static let method = Method.rotaForecast
  /// The most rotas of one reply.
  static let rotasMax = 100
  /// How far it looks unless it is told, in days.
  static let daysStandard = 28
  /// How far it looks at most, in days.
  static let daysMax = 366

  static func queries(_ request: Callout_V1_RotaForecastRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let (from, to) = try time(request, context)
    let rotas =
      request.name.isEmpty
      ? Tables.rotas.select(
        context.tenant, where: "r.rota_id > $2 ORDER BY r.rota_id LIMIT $3",
        [Argument(RotaID.lowest), Argument(rotasMax)])
      : Tables.rotas.select(context.tenant, where: "r.name = $2", [Argument(request.name)])
    let overrides = OverrideQuery.select(context.tenant, from: from, to: to)
    if request.planVersion.isEmpty { return [rotas, overrides] }
    let version = try PlanVersion(field: "plan_version", request.planVersion)
    return [rotas, overrides, PlanQuery.select(context.tenant, version)]
  }

  static func followUp(
    _ request: Callout_V1_RotaForecastRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let people = Set(
      try results.rows(0, of: Tables.rotas).flatMap(\.people)
        + results.rows(1, of: Tables.overrides).map(\.personID))
    return [PeopleQuery.select(context.tenant, people.sorted())]
  }

  static func reply(
    _ request: Callout_V1_RotaForecastRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_RotaForecastReply {
    let (from, to) = try ReadFailure.catching { () throws(Refused) in try time(request, context) }
    let rotas = try results.rows(0, of: Tables.rotas)
    let overrides = Dictionary(grouping: try results.rows(1, of: Tables.overrides), by: \.rotaID)
    let people = try results.rows(results.count - 1, of: Tables.people)
    let names = Dictionary(people.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let wanted = try wanted(request, results, rotas)
    let zones = try SystemZones.all(of: rotas)
    return .with { reply in
      reply.rotas = wanted.map { name in
        guard let rota = rotas.first(where: { $0.name == name }) else {
          return .with {
            ($0.name, $0.missing, $0.fromMs, $0.toMs) = (name, true, from.milliseconds, to.milliseconds)
            $0.uncovered = [Callout_V1_Interval(from, to)]
          }
        }
        let forecast = rota.forecast(from: from, to: to, overrides: overrides[rota.id] ?? [], zones: zones)
        return Callout_V1_RotaForecast(name, forecast, names)
      }
    }
  }

  /// The names of the rotas that are told of, in order.
  private static func wanted(
    _ request: Callout_V1_RotaForecastRequest, _ results: ReadResults, _ rotas: [Rota]
  ) throws(ReadFailure) -> [String] {
    if !request.planVersion.isEmpty {
      guard let plan = try results.plan(2) else {
        throw .refused(.planUnknown, "This service does not have the plan: publish it here.")
      }
      let named = LadderNeeds.rotas(of: plan.ladders).sorted()
      return request.name.isEmpty ? named : named.filter { $0 == request.name }
    }
    guard request.name.isEmpty || !rotas.isEmpty else {
      throw .refused(.notFound("rota"), "There is no such rota.")
    }
    return rotas.map(\.name).sorted()
  }

  private static func time(
    _ request: Callout_V1_RotaForecastRequest, _ context: ReadContext
  ) throws(Refused) -> (from: Instant, to: Instant) {
    let from = try Instant.optional(field: "from_ms", milliseconds: request.fromMs) ?? context.now
    guard from >= context.now else {
      throw Refused(.invalid(field: "from_ms"), "A forecast begins now or later; rota.who tells of the past.")
    }
    let days = request.days == 0 ? daysStandard : Int(request.days)
    guard days <= daysMax else {
      throw Refused(.invalid(field: "days"), "A forecast covers 1 to \(daysMax) days.")
    }
    return (from, from + .days(Int64(days)))
  }
}

/// Reading overrides of any rota.
enum OverrideQuery {
  /// The most overrides that one read looks at.
  static let overridesMax = 10_000

  /// Those that cover some of a time.
  static func select(_ tenant: TenantID, from: Instant, to: Instant) -> Query {
    Tables.overrides.select(
      tenant, where: "r.to_at > $2 AND r.from_at < $3 ORDER BY r.override_id LIMIT $4",
      [Argument(from), Argument(to), Argument(overridesMax)])
  }
}

/// Reading people.
enum PeopleQuery {
  static func select(_ tenant: TenantID, _ ids: [PersonID]) -> Query {
    Tables.people.select(tenant, where: "r.person_id = ANY ($2)", [Argument(array: ids)])
  }
}

extension Callout_V1_Interval {
  init(_ from: Instant, _ to: Instant) {
    self.init()
    fromMs = from.milliseconds
    toMs = to.milliseconds
  }
}

extension Callout_V1_RotaForecast {
  fileprivate init(_ name: String, _ forecast: RotaForecast, _ people: [PersonID: String]) {
    self.init()
    self.name = name
    fromMs = forecast.from.milliseconds
    toMs = forecast.to.milliseconds
    spans = forecast.spans.map { span in
      .with {
        $0.fromMs = span.from.milliseconds
        $0.toMs = span.to.milliseconds
        $0.personID = span.personID?.data ?? Data()
        $0.person = span.personID.flatMap { people[$0] } ?? ""
        $0.byOverride = span.byOverride
        $0.layer = UInt32(clamping: span.layer)
      }
    }
    uncovered = forecast.uncovered.map { Callout_V1_Interval($0.from, $0.to) }
  }
}
