import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Wire

/// The customer that was signed up through the services, whose rows are copied.
struct Pattern: Sendable {
  let tenant: TenantID
  /// Credits granted, and what a copy is granted for each of them: enough for every charge of a long run.
  private static let granted = 600_000
  private static let multiple = 1000
  /// Where the ledger's database is kept as it was with the pattern alone.
  static let ledger = "callout_bench_ledger_pattern"

  /// Signs a customer up in a new tenant.
  static func sign(_ installation: Installation) async throws -> Pattern {
    let authority = try installation.client(installation.identity("operator"), tenant: nil)
    let tenant = try await authority.createTenant(name: "pattern")
    await authority.close()
    let issuer = try Issuer(folder: "\(installation.folder)/certs")
    func client(_ role: String) throws -> CalloutClient {
      try installation.client(try issuer.identity(of: tenant, role: role), tenant: tenant)
    }
    let (sales, admin) = (try client("sales"), try client("admin"))
    let version = try await admin.publishPlan(Array(try plan(installation).utf8))
    let account = try await sales.intake.accountCreate(
      .with {
        $0.name = "Kopi Trading"
        $0.region = "SG"
        $0.maintenancePlan = true
      }
    ).account.id
    _ = try await sales.intake.contactAppoint(
      .with {
        $0.accountID = account
        $0.name = "Mei Tan"
        $0.fixedPhone = "+6561000001"
        $0.mobilePhone = "+6581000001"
        $0.email = "mei@kopi.example"
      })
    _ = try await sales.intake.assetRegister(
      .with {
        $0.accountID = account
        $0.name = "PC-01"
        $0.category = "desktop"
        $0.platform = "windows"
        $0.inventoried = true
      })
    _ = try await admin.intake.assessmentRecord(
      .with {
        $0.accountID = account
        $0.items = ["site", "machines", "specifications", "software", "diagrams"]
      })
    let agreement = try await sales.ledger.agreementSign(
      .with {
        $0.accountID = account
        $0.planVersion = version.version
      }
    ).agreement.id
    _ = try await sales.ledger.packagePurchase(
      .with {
        $0.agreementID = agreement
        $0.package = "flexi-600"
        $0.quantity = 1000
        $0.paid = 60_000_000
        $0.reference = "first purchase"
      })
    try await sales.settle()
    await sales.close()
    await admin.close()
    return Pattern(tenant: tenant)
  }

  /// A plan whose desk is always open, so that tickets are admitted whenever the benchmark runs.
  static func plan(_ installation: Installation) throws -> String {
    try String(contentsOfFile: "\(installation.root)/Shared/Plans/flexi-it.yaml", encoding: .utf8)
      .replacingOccurrences(of: "mon-fri: 09:00-18:00", with: "mon-sun: 00:00-24:00")
  }

  /// Copies the pattern's rows in a service's database.
  func copy(_ service: ServiceName, in database: PeerConnection, tenants: Int, customers: Int) throws {
    typealias P = Population
    let series = "generate_series(1, \(tenants)) t"
    let both = "\(series), generate_series(1, \(customers)) c"
    let number = "((t - 1) * \(customers) + c)"
    let tenantID = ["tenant_id": P.sql(.tenant, "t")]
    let account = ["account_id": P.sql(.account, number)]
    let ids = account.merging(["agreement_id": P.sql(.agreement, number)]) { $1 }
    func copy(_ table: String, _ sources: String, where condition: String = "true", _ cells: [String: String]) throws {
      try database.copyRows(
        of: table, where: "r.tenant_id = '\(tenant)' and \(condition)", across: sources,
        cells.merging(tenantID) { $1 })
    }
    try database.run("begin")
    try copy("tenants", series, ["name": "'tenant ' || t"])
    try copy("plans", series, [:])
    switch service {
    case .notifier: try copy("accounts", both, account)
    case .intake:
      try copy("accounts", both, ids)
      try copy("contacts", both, account.merging(["contact_id": P.sql(.contact, number)]) { $1 })
      try copy("assets", both, account.merging(["asset_id": P.sql(.asset, number)]) { $1 })
    case .ledger:
      let lot = P.sql(.lot, number)
      func larger(_ column: String) -> String { "r.\(column) * \(Self.multiple)" }
      /// A list with the copy's lot and amounts in place of the pattern's.
      func list(_ column: String) -> String {
        let lots = "(select l.lot_id from lots l where l.tenant_id = r.tenant_id)::text"
        return
          "replace(replace(r.\(column)::text, \(lots), \(lot)::text), '\(Self.granted)', '\(Self.granted * Self.multiple)')::jsonb"
      }
      try copy("accounts", both, account)
      try copy("agreements", both, ids)
      try copy(
        "wallets", both, where: "r.kind = 'customer'",
        ["wallet_id": P.sql(.agreement, number), "balance": larger("balance"), "last_grant": larger("last_grant")])
      try copy(
        "lots", both,
        ids.merging(["lot_id": lot, "granted": larger("granted"), "remaining": larger("remaining")]) { $1 })
      try copy(
        "transfers", both,
        ids.merging([
          "transfer_id": P.sql(.transfer, number), "amount": larger("amount"), "balance": larger("balance"),
          "lines": list("lines"), "draws": list("draws"),
        ]) { $1 })
      // The tenant's side sums up its customers'.
      let sum = ["balance": "r.balance * \(Self.multiple * customers)"]
      try copy("wallets", series, where: "r.kind <> 'customer'", sum)
      try copy("entries", series, sum.merging(["amount": "r.amount * \(Self.multiple * customers)"]) { $1 })
    }
    try database.run("commit")
    try database.run("vacuum analyze")
  }
}
