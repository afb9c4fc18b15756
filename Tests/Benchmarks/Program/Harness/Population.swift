import CalloutClient
import Foundation
import Policy
import Wire

/// The tenants, customers and wallets that are there before anything is measured.
///
/// One customer is signed up through the services; the others are copies of its rows, so that they are what the services
/// would have written. Ids are made from numbers: tenants from 1, customers of a tenant from 1.
struct Population: Sendable {
  let tenants: Int
  let customersOfTenant: Int
  /// The installation's desk, which acts for all tenants on one connection; and once more on four.
  let desk, wideDesk: CalloutClient
  /// Each tenant's own desk, with a connection of its own; none where that is not asked for.
  let desks: [CalloutClient]
  let pattern: Pattern

  var customers: Int { tenants * customersOfTenant }

  /// What an id is of, as the digits that begin it.
  enum Subject: String, CaseIterable {
    case tenant = "01900000", agreement = "01910000", lot = "01920000", transfer = "01930000",
      account = "01940000", contact = "01950000", asset = "01960000", ticket = "01970000", clock = "01980000"
  }

  /// An expression for the id that is made from a number.
  static func sql(_ subject: Subject, _ number: String) -> String {
    "('\(subject.rawValue)-0000-7000-8000-' || lpad(to_hex(\(number)), 12, '0'))::uuid"
  }

  /// The id's bytes.
  static func bytes(_ subject: Subject, _ number: Int) -> [UInt8] {
    bigEndian(UInt32(subject.rawValue, radix: 16) ?? 0) + [0, 0, 0x70, 0, 0x80, 0] + bigEndian(UInt64(number)).suffix(6)
  }

  /// The number that an id was made from; nil for an id that was not.
  static func number(_ subject: Subject, _ id: some Sequence<UInt8>) -> Int? {
    let bytes = Array(id)
    guard bytes.count == 16 else { return nil }
    let number = bytes.suffix(6).reduce(0) { $0 << 8 | Int($1) }
    return Self.bytes(subject, number) == bytes ? number : nil
  }

  static func tenant(_ number: Int) -> TenantID {
    let digits = String(number, radix: 16)
    guard let id = TenantID("01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits)
    else { preconditionFailure("an id has 12 digits for its number") }
    return id
  }

  /// The number of a tenant's customer, from which its ids are made. Both count from 0.
  func number(tenant: Int, customer: Int) -> Int { tenant * customersOfTenant + customer + 1 }

  /// Who asks for customers.
  enum Caller: Sendable {
    /// The installation's desk, on one connection.
    case installation
    /// The same on four: a service lets a connection have 1,024 requests under way.
    case installationOnFour
    /// The tenant's own desk.
    case tenant

    /// The installation's desk, on as many connections as let all requests be under way.
    init(inFlight: Int) { self = inFlight > 1024 ? .installationOnFour : .installation }
  }

  /// A customer, by its place among all, and who acts for it.
  struct Customer: Sendable {
    /// What its ids are made from.
    let number: Int
    let desk: CalloutClient
    /// How the desk calls: for the customer's tenant, with a minute's patience.
    let options: CallOptions
  }

  /// Any customer, by its place among all.
  func customer(_ place: Int, by caller: Caller = .installation) -> Customer {
    let tenant = place / customersOfTenant
    let desk =
      switch caller {
      case .installation: desk
      case .installationOnFour: wideDesk
      case .tenant: desks[tenant]
      }
    return Customer(
      number: place + 1, desk: desk,
      options: CallOptions(deadline: .seconds(60), tenant: Self.tenant(tenant + 1)))
  }

  /// Signs one customer up and copies it.
  static func make(
    _ installation: Installation, tenants: Int, customersOfTenant customers: Int
  ) async throws -> Population {
    let pattern = try await Pattern.sign(installation)
    try installation.stop()
    try installation.copy(.ledger, as: Pattern.ledger)
    try installation.start()
    for service in ServiceName.allCases {
      let database = try PeerConnection(installation.conninfo, database: installation.database(service))
      try pattern.copy(service, in: database, tenants: tenants, customers: customers)
    }
    return try Population(pattern, installation, tenants: tenants, customersOfTenant: customers)
  }

  /// Tenants and customers that were copied already.
  init(
    _ pattern: Pattern, _ installation: Installation, tenants: Int, customersOfTenant: Int, ownDesks: Bool = true
  ) throws {
    let issuer = try Issuer(folder: "\(installation.folder)/certs")
    let identity = try issuer.identity(ofService: "desk")
    desk = try installation.client(identity, tenant: nil)
    wideDesk = try installation.client(identity, tenant: nil, connections: 4)
    desks = try (0..<(ownDesks ? tenants : 0)).map { place in
      let tenant = Self.tenant(place + 1)
      return try installation.client(try issuer.identity(of: tenant, role: "desk"), tenant: tenant)
    }
    self.pattern = pattern
    self.tenants = tenants
    self.customersOfTenant = customersOfTenant
  }
}
