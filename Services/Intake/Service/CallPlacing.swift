import IntakeRules
import Logging
import Policy
import ServiceKit
import SwiftProtobuf
import Synchronization
import Wire

/// Finds the tenant of a call by the number that was dialled, for a gateway that answers for many.
///
/// A customer's own hotline is one tenant's, which the database sees to. A plan's is found in the plans that are published: of
/// several tenants with such a plan, the one that knows the caller's number is meant.
struct CallPlacing: Sendable {
  /// The most tenants that one query asks.
  static let tenantsOfQueryMax = 10_000

  let access: Background<IntakeState>

  func tenant(of request: Callout_V1_CallReportRequest) async throws(CommandRefused) -> TenantID {
    guard let hotline = CreateAccount.canonicalHotline(request.dialled) else {
      throw CommandRefused(
        Callout_V1_Refusal(
          .invalidField, text: "dialled: is no number in international form, such as +65 3105 0142.", field: "dialled"))
    }
    do {
      let tenants = try await access.tenants()
      let owners = try await find(
        "SELECT h.tenant_id FROM hotlines h WHERE h.tenant_id = ANY ($1) AND h.number = $2", [Argument(hotline)],
        tenants)
      if let owner = owners.first { return owner }
      let offering = try await publishers(of: hotline, tenants)
      if offering.count == 1 { return offering[0] }
      guard !offering.isEmpty else {
        throw CommandRefused(
          Callout_V1_Refusal(.notFound, text: "The number \(request.dialled) is nobody's hotline."))
      }
      if let way = ContactWay.phone(request.caller) {
        let knowing = try await find(
          "SELECT DISTINCT w.tenant_id FROM contact_ways w WHERE w.tenant_id = ANY ($1) AND w.way = $2",
          [Argument(way)],
          offering)
        if knowing.count == 1 { return knowing[0] }
      }
    } catch let error as CommandRefused {
      throw error
    } catch {
      access.logger.warning("a dialled number could not be looked up", metadata: ["error": "\(error)"])
      throw CommandRefused(Callout_V1_Refusal(.unavailable))
    }
    throw CommandRefused(
      Callout_V1_Refusal(
        .tenantMissing, text: "Several tenants' plans have the number \(request.dialled): name the tenant."))
  }

  private func find(_ sql: String, _ parameters: [Argument], _ tenants: [TenantID]) async throws -> [TenantID] {
    var found: [TenantID] = []
    for some in Self.stretches(tenants) {
      let results = try await access.run([Query(sql: sql, [Argument(array: some)] + parameters)], some)
      found += try results.rows(0) { row throws(RowError) in try row.next(TenantID.self) }
    }
    return found
  }

  /// The tenants who have published a plan with that hotline.
  private func publishers(of hotline: String, _ tenants: [TenantID]) async throws -> [TenantID] {
    var offering: Set<TenantID> = []
    for some in Self.stretches(tenants) {
      let published = Query(
        sql: "SELECT p.tenant_id, p.version FROM plans p WHERE p.tenant_id = ANY ($1)", [Argument(array: some)])
      let results = try await access.run([published], some)
      let versions = try results.rows(0) { row throws(RowError) in
        (tenant: try row.next(TenantID.self), version: try row.next(PlanVersion.self))
      }
      for (tenant, version) in versions where !offering.contains(tenant) {
        if try await hotlines(of: version, tenant).contains(hotline) { offering.insert(tenant) }
      }
    }
    return offering.sorted()
  }

  /// The hotlines of a plan. Its version is the hash of its document, so that what was read once is true for ever.
  private func hotlines(of version: PlanVersion, _ tenant: TenantID) async throws -> [String] {
    if let known = Known.shared.numbers(of: version) { return known }
    let query = Query(
      sql: "SELECT p.document FROM plans p WHERE p.tenant_id = $1 AND p.version = $2",
      [Argument(tenant), Argument(version)])
    let documents = try await access.run([query], [tenant]).rows(0) { row throws(RowError) in
      try row.next([UInt8].self)
    }
    guard let document = documents.first, let plan = access.plan(version, document: document) else { return [] }
    let numbers = plan.hotlines.compactMap { CreateAccount.canonicalHotline($0) }
    Known.shared.keep(numbers, of: version)
    return numbers
  }

  private static func stretches(_ tenants: [TenantID]) -> [[TenantID]] {
    stride(from: 0, to: tenants.count, by: tenantsOfQueryMax).map {
      Array(tenants[$0..<min($0 + tenantsOfQueryMax, tenants.count)])
    }
  }

  /// The hotlines of plans by their versions, in this process.
  private final class Known: Sendable {
    /// The most versions that are known; beyond it they are read anew.
    static let countMax = 100_000
    static let shared = Known()

    private let all = Mutex<[PlanVersion: [String]]>([:])

    func numbers(of version: PlanVersion) -> [String]? { all.withLock { $0[version] } }

    func keep(_ numbers: [String], of version: PlanVersion) {
      all.withLock {
        if $0.count >= Self.countMax { $0.removeAll() }
        $0[version] = numbers
      }
    }
  }
}
