import Policy
import Testing

@Suite("Admission to the prepaid plan")
struct AdmissionTests {
  let plan: Plan
  static let good: Facts = [
    .channel: "telephone", .contact: "authorised", .region: "SG", .account: "main", .has: ["maintenance-plan"],
  ]
  static let open = Samples.sgt("2026-03-05 10:00")
  static let night = Samples.sgt("2026-03-05 23:00")

  init() throws { plan = try Samples.flexi() }

  func failed(_ change: Facts, at: Instant = open) -> [String] {
    plan.admit(Self.good.merging(change), at: at).failed.map(\.id)
  }

  @Test("A call by an authorised contact in office hours is taken")
  func good() {
    let admission = plan.admit(Self.good, at: Self.open)
    #expect(admission.isAllowed)
    #expect(admission.warnings.isEmpty)
  }

  @Test(
    "F4 F6: the desk is open from 09:00:00 to 17:59:59 on working days",
    arguments: [
      ("2026-03-05 08:59:59", false), ("2026-03-05 09:00:00", true), ("2026-03-05 17:59:59", true),
      ("2026-03-05 18:00:00", false), ("2026-03-05 18:30:00", false), ("2026-03-06 17:59:59", true),
      ("2026-03-07 10:00:00", false), ("2026-03-08 10:00:00", false), ("2026-03-09 09:00:00", true),
      ("2026-04-03 10:00:00", false), ("2026-08-10 10:00:00", false), ("2027-02-08 10:00:00", false),
      ("2027-02-09 10:00:00", true),
    ])
  func hours(at: String, open: Bool) {
    #expect(failed([:], at: Samples.sgt(at)) == (open ? [] : ["office-hours"]))
  }

  @Test(
    "F7 F8 F9 F12 F21 F27 F30: each clause refuses what it names",
    arguments: [
      ("F12", [.channel: "email"], ["telephone-only"]), ("F12", [.channel: "fax"], ["telephone-only"]),
      ("F12", [.channel: "engineer"], []),
      ("F30", [.contact: "unknown"], ["authorised-callers"]),
      ("F9", [.region: "MY"], ["mainland"]),
      ("F7", [.platform: "solaris"], ["platforms"]), ("F7", [.platform: "unix"], ["platforms"]),
      ("F7", [.platform: "windows"], []), ("F7", [.platform: "linux"], []),
      ("F8", [.account: "registered-later"], ["subsidiaries"]), ("F8", [.account: "unregistered"], ["subsidiaries"]),
      ("F8", [.account: "registered-at-purchase"], []),
      ("F27", [.device: "private"], ["private-device"]),
      ("F27", [.device: "private", .documents: ["inventory"]], ["private-device"]),
      ("F27", [.device: "private", .documents: ["written-consent"]], ["private-device"]),
      ("F27", [.device: "private", .documents: ["inventory", "written-consent"]], []),
      ("F27", [.device: "company"], []),
      ("F21", [.wants: ["faster-response"]], ["one-speed"]),
    ] as [(String, Facts, [String])])
  func clauses(rule: String, change: Facts, clauses: [String]) {
    #expect(failed(change) == clauses, "\(rule)")
  }

  @Test("F21: a ticket that is open is not made faster either, at any hour", arguments: [Self.open, Self.night])
  func override(at: Instant) {
    let asked = plan.admit([.wants: ["faster-response"]], at: at, subject: .change)
    #expect(asked.failed.map(\.id) == ["one-speed"])
    #expect(asked.failed.first?.referral == "sales")
    #expect(plan.admit([:], at: at, subject: .change).isAllowed)
  }

  @Test("A refusal names every clause that failed, what was looked at, and what would make it acceptable")
  func everything() throws {
    let facts: Facts = [.channel: "email", .contact: "unknown", .region: "MY", .account: "main"]
    let admission = plan.admit(facts, at: Samples.sgt("2026-03-05 18:30"))
    #expect(
      admission.failed.map(\.id) == ["telephone-only", "office-hours", "authorised-callers", "mainland"])
    let mainland = try #require(admission.failed.last)
    #expect(mainland.referral == "sales")
    #expect(mainland.looked == ["region: MY"])
    #expect(mainland.remedy.hasPrefix("region must be SG; or turn to our sales managers"))
    #expect(admission.failed[1].remedy.contains("mon 09:00-18:00"))
    #expect(admission.failed[1].looked == ["at: thu 2026-03-05 18:30"])
  }

  @Test("F18: a missing maintenance plan warns and does not refuse")
  func warning() {
    let admission = plan.admit(Self.good.merging([.has: []]), at: Self.open)
    #expect(admission.isAllowed)
    #expect(admission.warnings.map(\.id) == ["maintenance"])
  }

  @Test("F3: only sales signs a customer up, at any hour")
  func signUp() {
    for role in Role.allCases {
      let admission = plan.admit([.role: .text(role.rawValue)], at: Self.night, subject: .signUp)
      #expect(admission.failed.map(\.id) == (role == .sales ? [] : ["sign-up"]))
      #expect(admission.failed.allSatisfy { $0.referral == "sales" })
    }
  }

  @Test("F30: exactly two contacts, each with name, both numbers and mail address")
  func contacts() {
    let whole = ContactDetails(fields: [
      .name: "Mei Tan", .fixedPhone: "+65 6100 0001", .mobilePhone: "+65 8100 0001", .email: "mei@example.com",
    ])
    #expect(plan.check(contacts: [whole, whole]).isEmpty)
    #expect(plan.check(contacts: [whole]).map(\.id) == ["authorised-contacts"])
    #expect(plan.check(contacts: [whole, whole, whole]).map(\.id) == ["authorised-contacts"])
    for field in ContactField.allCases {
      var less = whole
      less.fields[field] = " "
      let refusals = plan.check(contacts: [whole, less])
      #expect(refusals.first?.remedy == "contact 2 must have \(field.rawValue)")
    }
  }
}
