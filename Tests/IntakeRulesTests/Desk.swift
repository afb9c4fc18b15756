import Foundation
import IntakeRules
import Policy
import Testing

/// A desk under the Flexi-IT plan with one customer, two contacts and three machines: what the tests of rules begin with.
struct Desk {
  var state: IntakeState
  var now: Instant
  var role = Role.desk
  private var ids = IdentifierSource(seed: 1)

  let plan: Plan
  let account: AccountID
  private(set) var mei: ContactID
  private(set) var ravi: ContactID
  private(set) var desktop: AssetID
  private(set) var server: AssetID

  /// The plan document that providers are shown as an example.
  static let flexi = shipped("flexi-it")

  /// The same with some of its words changed.
  static func flexi(replacing words: String, with others: String) -> Plan {
    shipped("flexi-it") { $0.replacing(words, with: others) }
  }

  /// A plan that is shipped, by its file's name.
  ///
  /// - Parameter edit: what is changed in its text.
  static func shipped(_ name: String, edit: (String) -> String = { $0 }) -> Plan {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/\(name).yaml")
    let read = Plan.read(edit((try? String(contentsOf: file, encoding: .utf8)) ?? "")) { name in
      Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(name)")))
    }
    switch read {
    case .success(let plan): return plan
    case .failure(let errors): preconditionFailure("\(errors)")
    }
  }

  /// Monday, 2 March 2026, 09:30 in Singapore: signed up, bought, registered.
  init(_ plan: Plan = Desk.flexi, hasMaintenancePlan: Bool = true, tier: String = "") throws {
    self.plan = plan
    state = IntakeState(tenant: TenantID(high: 1, low: 1))
    state.common.plans[plan.version] = plan
    state.common.numbers.load(IntakeState.ticketNumbers, block: 1..<1000)
    now = Desk.at("2026-03-02T09:30:00")
    account = AccountID(high: 2, low: 2)
    (mei, ravi) = (ContactID(high: 0, low: 0), ContactID(high: 0, low: 0))
    (desktop, server) = (AssetID(high: 0, low: 0), AssetID(high: 0, low: 0))
    var customer = Account(
      id: account, name: "Kopi Trading", region: "SG", hasMaintenancePlan: hasMaintenancePlan, createdAt: now)
    customer.agreement = AgreementView(
      id: AgreementID(high: 3, low: 3), planVersion: plan.version, signedAt: now, purchasedAt: now, tier: tier)
    state.accounts.insert(customer)
    state.hotlines.insert(Hotline(number: "+6531050142", accountID: account))
    let (first, second) = (person("Mei Tan"), person("Ravi Pillai"))
    mei = try run { AppointContact.decide(first, &$0, &$1) }.id
    ravi = try run { AppointContact.decide(second, &$0, &$1) }.id
    desktop = try asset("Reception PC", "desktop")
    server = try asset("File server", "server")
  }

  /// An instant by the clocks of Singapore.
  static func at(_ text: String) -> Instant { Instant(text + "+08:00") ?? .epoch }

  /// Moves the clock: a date and a time, or a time on the present day.
  mutating func at(_ text: String) { now = Desk.at(text) }

  /// Runs a rule as the desk's caller at the desk's time; a refusal is thrown and leaves no trace.
  @discardableResult
  mutating func run<Reply>(
    _ rule: (inout IntakeState, inout Context) -> Decision<Reply>
  ) throws(Refused) -> Reply {
    var context = Context(now: now, caller: Caller(role: role, name: "anna"), ids: ids)
    var next = state
    let decision = rule(&next, &context)
    ids = context.ids
    switch decision {
    case .accepted(let reply):
      state = next
      return reply
    case .refused(let refused): throw refused
    }
  }

  /// The refusal of a rule; nil if it accepts.
  mutating func refusal<Reply>(_ rule: (inout IntakeState, inout Context) -> Decision<Reply>) -> Refused? {
    do {
      _ = try run(rule)
      return nil
    } catch {
      return error
    }
  }

  func person(_ name: String) -> AppointContact.Request {
    AppointContact.Request(
      accountID: account, name: name, fixedPhone: "+6561230001", mobilePhone: "+6581230001", email: "p@kopi.example")
  }

  mutating func asset(
    _ name: String, _ category: String, platform: String = "windows", isPrivate: Bool = false, consent: String = "",
    isInventoried: Bool = true
  ) throws -> AssetID {
    let request = RegisterAsset.Request(
      accountID: account, name: name, category: category, platform: platform, isPrivate: isPrivate,
      consentDocument: consent, isInventoried: isInventoried)
    return try run { RegisterAsset.decide(request, &$0, &$1) }.id
  }

  /// A call by Mei Tan about the reception's desktop.
  func call(_ subject: String = "Mail does not open", incident: String = "mail") -> OpenTicket.Request {
    var request = OpenTicket.Request(accountID: account, subject: subject, channel: "telephone")
    request.contactID = mei
    request.assetID = desktop
    request.incident = incident
    return request
  }

  mutating func open(_ request: OpenTicket.Request? = nil) throws(Refused) -> Ticket {
    let request = request ?? call()
    return try run { OpenTicket.decide(request, &$0, &$1) }
  }

  /// The clauses for which a request is refused, in the plan's order.
  mutating func failed(_ request: OpenTicket.Request) -> [String] {
    refusal { OpenTicket.decide(request, &$0, &$1) }?.clauses.map(\.id) ?? []
  }

  mutating func resolve(_ id: TicketID, _ resolution: Ticket.Resolution = .fixed) throws(Refused) -> Ticket {
    try run { ResolveTicket.decide(.init(ticketID: id, resolution: resolution), &$0, &$1) }
  }

  mutating func close(_ id: TicketID) throws(Refused) -> Ticket { try run { CloseTicket.decide(id, &$0, &$1) } }

  mutating func dispatch(_ id: TicketID) throws(Refused) -> DispatchTicket.Reply {
    try run { DispatchTicket.decide(.init(ticketID: id, engineer: "Joon"), &$0, &$1) }
  }

  mutating func work(
    _ id: TicketID, _ mode: WorkRecord.Mode, from: String, to: String
  ) throws(Refused) -> RecordWork.Reply {
    let request = RecordWork.Request(
      ticketID: id, mode: mode, engineer: "Joon", from: Desk.at(from), to: Desk.at(to))
    return try run { RecordWork.decide(request, &$0, &$1) }
  }

  /// - Parameter at: when the contact answered; nil: now.
  mutating func consent(
    _ id: TicketID, _ gate: ConsentDecision.Gate, block: Int64 = 0, _ granted: Bool = true, at: String? = nil
  ) throws(Refused) -> Ticket {
    let request = RecordConsent.Request(
      ticketID: id, gate: gate, block: block, contactID: mei, isGranted: granted, at: at.map(Desk.at))
    return try run { RecordConsent.decide(request, &$0, &$1) }
  }

  /// What the ledger was told last of a ticket.
  func task(_ id: TicketID) throws -> TaskFacts { try told(id).task }

  /// The ticket as others were told of it last.
  func news(of id: TicketID) throws -> Ticket { try told(id).ticket }

  /// All that others were told of a ticket last.
  func told(_ id: TicketID) throws -> TicketNews {
    let told = state.common.events.elements.compactMap { event in
      if case .ticket(let news) = event, news.ticket.id == id { news } else { nil }
    }
    return try #require(told.last)
  }
}
