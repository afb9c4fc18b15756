import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Wire

/// The tenants, customers and wallets that are there before anything is measured.
///
/// One customer is signed up through the services; the others are copies of its rows, so that they are what the services
/// would have written. Ids are made from numbers: tenants from 1, customers of a tenant from 1.
struct Population: Sendable {
  let tenants: Int
  let customersOfTenant: Int
  /// A client in the role of the desk for each tenant.
  let desks: [CalloutClient]

  var customers: Int { tenants * customersOfTenant }

  /// What an id is of, as the digits that begin it.
  enum Subject: String {
    case tenant = "01900000", agreement = "01910000", lot = "01920000", transfer = "01930000",
      account = "01940000", contact = "01950000", asset = "01960000"
  }

  /// An expression for the id that is made from a number.
  static func sql(_ subject: Subject, _ number: String) -> String {
    "('\(subject.rawValue)-0000-7000-8000-' || lpad(to_hex(\(number)), 12, '0'))::uuid"
  }

  /// The id's bytes.
  static func bytes(_ subject: Subject, _ number: Int) -> [UInt8] {
    bigEndian(UInt32(subject.rawValue, radix: 16) ?? 0) + [0, 0, 0x70, 0, 0x80, 0] + bigEndian(UInt64(number)).suffix(6)
  }

  static func tenant(_ number: Int) -> TenantID {
    let digits = String(number, radix: 16)
    guard let id = TenantID("01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
    else { preconditionFailure("an id has 12 digits for its number") }
    return id
  }

  /// The number of a tenant's customer, from which its ids are made. Both count from 0.
  func number(tenant: Int, customer: Int) -> Int { tenant * customersOfTenant + customer + 1 }

  /// The tenant's desk and the agreement of any customer, by its place among all.
  func customer(_ place: Int) -> (desk: CalloutClient, number: Int) {
    (desks[place / customersOfTenant], place + 1)
  }

  /// Signs one customer up and copies it.
  static func make(_ installation: Installation, isQuick: Bool) async throws -> Population {
    let (tenants, customers) = isQuick ? (4, 50) : (100, 1000)
    let pattern = try await Pattern.sign(installation)
    for service in ServiceName.allCases {
      let database = try PeerConnection(installation.conninfo, database: installation.database(service))
      try database.run("begin")
      for statement in pattern.copies(service, tenants: tenants, customers: customers) { try database.run(statement) }
      try database.run("commit")
      try database.run("vacuum analyze")
    }
    let desks = try (1...tenants).map { try installation.client("desk", of: tenant($0)) }
    return Population(tenants: tenants, customersOfTenant: customers, desks: desks)
  }
}

/// The customer that was signed up through the services.
private struct Pattern {
  let tenant: TenantID
  let account, agreement: String
  /// Credits granted, and what a copy is granted for each of them: enough for every charge of a long run.
  static let granted = 600_000
  static let multiple = 1000

  static func sign(_ installation: Installation) async throws -> Pattern {
    let authority = try installation.client("operator", tenant: nil)
    let tenant = try await authority.createTenant(name: "pattern")
    await authority.close()
    let (sales, admin) = (try installation.client("sales", of: tenant), try installation.client("admin", of: tenant))
    // The desk is always open, so that tickets are admitted whenever the benchmark runs.
    let plan = try String(contentsOfFile: "\(installation.root)/Shared/Plans/flexi-it.yaml", encoding: .utf8)
      .replacingOccurrences(of: "mon-fri: 09:00-18:00", with: "mon-sun: 00:00-24:00")
    let version = try await admin.publishPlan(Array(plan.utf8))
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
    return Pattern(tenant: tenant, account: uuid(account), agreement: uuid(agreement))
  }

  private static func uuid(_ bytes: Data) -> String {
    let hex = bytes.map { String(format: "%02x", $0) }.joined()
    var text = ""
    for (index, digit) in hex.enumerated() {
      if [8, 12, 16, 20].contains(index) { text += "-" }
      text.append(digit)
    }
    return text
  }

  /// The statements that copy the pattern's rows in a service's database.
  func copies(_ service: ServiceName, tenants: Int, customers: Int) -> [String] {
    typealias P = Population
    let t = "generate_series(1, \(tenants)) t"
    let both = "\(t), generate_series(1, \(customers)) c"
    let number = "((t - 1) * \(customers) + c)"
    func copy(_ table: String, from series: String, where condition: String = "true", _ cells: [(String, String)])
      -> String
    {
      let all = [("tenant_id", P.sql(.tenant, "t"))] + cells
      let object = all.map { "'\($0.0)', \($0.1)" }.joined(separator: ", ")
      return """
        insert into \(table) select p.* from \(table) r, \(series), lateral jsonb_populate_record(r, jsonb_build_object(\(object))) p
        where r.tenant_id = '\(tenant)' and \(condition)
        """
    }
    let ids = [
      ("account_id", P.sql(.account, number)), ("agreement_id", P.sql(.agreement, number)),
    ]
    var statements = [copy("tenants", from: t, [("name", "'tenant ' || t")]), copy("plans", from: t, [])]
    switch service {
    case .notifier:
      statements.append(copy("accounts", from: both, [ids[0]]))
    case .intake:
      statements.append(copy("accounts", from: both, ids))
      statements.append(copy("contacts", from: both, [ids[0], ("contact_id", P.sql(.contact, number))]))
      statements.append(copy("assets", from: both, [ids[0], ("asset_id", P.sql(.asset, number))]))
    case .ledger:
      let lot = ("lot_id", P.sql(.lot, number))
      func larger(_ column: String) -> (String, String) { (column, "r.\(column) * \(Self.multiple)") }
      /// A list with the copy's lot and amounts in place of the pattern's.
      func list(_ column: String) -> (String, String) {
        let lots = "(select l.lot_id from lots l where l.tenant_id = r.tenant_id)::text"
        let text =
          "replace(replace(r.\(column)::text, \(lots), \(lot.1)::text), '\(Self.granted)', '\(Self.granted * Self.multiple)')"
        return (column, "\(text)::jsonb")
      }
      statements.append(copy("accounts", from: both, [ids[0]]))
      statements.append(copy("agreements", from: both, ids))
      statements.append(
        copy(
          "wallets", from: both, where: "r.kind = 'customer'",
          [("wallet_id", P.sql(.agreement, number)), larger("balance"), larger("last_grant")]))
      statements.append(copy("lots", from: both, [ids[1], lot, larger("granted"), larger("remaining")]))
      statements.append(
        copy(
          "transfers", from: both,
          [
            ids[1], ("transfer_id", P.sql(.transfer, number)), larger("amount"), larger("balance"), list("lines"),
            list("draws"),
          ]))
      // The tenant's side sums up its customers'.
      let sum = ("balance", "r.balance * \(Self.multiple * customers)")
      statements.append(copy("wallets", from: t, where: "r.kind <> 'customer'", [sum]))
      statements.append(copy("entries", from: t, [sum, ("amount", "r.amount * \(Self.multiple * customers)")]))
    }
    return statements
  }
}
