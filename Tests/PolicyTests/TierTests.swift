import Policy
import Testing

@Suite("Tiers, entitlements and exclusions of the plan with tiers")
struct TierTests {
  let plan: Plan
  let day: Instant
  static let incident: Facts = [
    .channel: "web", .contact: "authorised", .tier: "pro", .agreement: "active", .class: "incident",
    .request: "incident", .symptom: "outage", .problems: "one", .release: "9.4",
  ]

  init() throws {
    plan = try Samples.shipped("opmon")
    day = Samples.civil("2026-05-05 10:00", plan)
  }

  func failed(_ change: Facts) -> [FailedClause] { plan.admit(Self.incident.merging(change), at: day).failed }

  @Test(
    "P1 P5: only PRO and PREMIUM agreements that run register tickets",
    arguments: [
      ("free", "active", ["portal"]), ("pro", "active", []), ("premium", "active", []), ("pro", "lapsed", ["portal"]),
      ("premium", "none", ["portal"]),
    ])
  func portal(tier: String, agreement: String, clauses: [String]) {
    let failed = failed([.tier: .text(tier), .agreement: .text(agreement)])
    #expect(failed.map(\.id) == clauses)
    #expect(failed.allSatisfy { $0.referral == "sales" })
    if tier == "free" { #expect(failed.first?.remedy.hasPrefix("tier must be pro or premium") == true) }
  }

  @Test("P1: the targets of the class are the SLA that a ticket's answer carries")
  func promises() {
    let due = plan.targets(class: "critical", openedAt: day).map { ($0.target.id, $0.due) }
    #expect(due.map(\.0) == ["contact", "begin"])
    #expect(due.map(\.1) == [Samples.civil("2026-05-05 12:00", plan), Samples.civil("2026-05-05 14:00", plan)])
  }

  @Test(
    "P2: each way of helping is for what it is for",
    arguments: [
      ([.mode: "remote", .access: "vpn-client", .help: "investigation"], []),
      ([.mode: "remote", .access: "vpn-site-to-site", .help: "evidence"], []),
      ([.mode: "remote", .access: "nat", .help: "diagnosis"], []),
      ([.mode: "remote", .access: "nat", .help: "guidance"], ["remote-help"]),
      ([.mode: "remote", .help: "diagnosis"], ["remote-help"]),
      ([.mode: "telephone", .help: "clarification"], []), ([.mode: "telephone", .help: "guidance"], []),
      ([.mode: "telephone", .help: "investigation"], ["telephone-help"]),
      ([.mode: "helpdesk", .help: "information"], []), ([.mode: "helpdesk", .help: "diagnosis"], ["ticket-help"]),
    ] as [(Facts, [String])])
  func help(facts: Facts, clauses: [String]) {
    #expect(plan.admit(facts, at: day, subject: .work).failed.map(\.id) == clauses)
  }

  @Test(
    "P3: messages go from the customer and to the customer, and to nobody else",
    arguments: [("from-customer", true), ("to-customer", true), ("third-party", false)])
  func directions(direction: String, taken: Bool) {
    let admission = plan.admit([.direction: .text(direction)], at: day, subject: .message)
    #expect(admission.isAllowed == taken)
    #expect(admission.failed.map(\.id) == (taken ? [] : ["two-parties"]))
  }

  @Test("P4: articles, forum and courses are for every tier, and stay open to a lapsed agreement")
  func community() {
    for service in ["articles", "forum", "courses"] {
      for tier in plan.tiers {
        for agreement in ["active", "lapsed", "none"] {
          let use = plan.use(service, [.tier: .text(tier), .agreement: .text(agreement)])
          #expect(use == .granted(entitlement: "community", draws: nil))
        }
      }
      guard case .refused = plan.use(service, [.agreement: "active"]) else {
        Issue.record("no tier")
        continue
      }
    }
  }

  @Test(
    "P6: an incident is an interruption, an outage or a degradation; how to do something is a question",
    arguments: [
      ("interruption", []), ("outage", []), ("degradation", []), ("how-to", ["incident"]),
    ] as [(String, [String])])
  func incidents(symptom: String, clauses: [String]) {
    #expect(failed([.symptom: .text(symptom)]).map(\.id) == clauses)
    let question = failed([.symptom: .text(symptom), .request: "question", .class: "question"])
    #expect(question.isEmpty)
    #expect(failed([.request: "question"]).map(\.id) == ["incident-classes"])
  }

  @Test("P7: a defect comes first once it is qualified; its times count from the opening of the ticket")
  func qualified() {
    #expect(failed([.class: "critical", .defect: "qualified"]).isEmpty)
    for defect in ["none", "suspected"] {
      #expect(failed([.class: "critical", .defect: .text(defect)]).map(\.id) == ["qualified"])
    }
    let later = plan.targets(class: "critical", openedAt: day).map(\.due)
    let before = plan.targets(class: "incident", openedAt: day).map(\.due)
    #expect(later.allSatisfy { $0 < before[0] })
    #expect(plan.classes.last?.id == "critical")
  }

  @Test("P8: only contacts whom the client appointed register tickets, and each is known by name and mail")
  func appointed() {
    #expect(failed([.contact: "unknown"]).map(\.id) == ["appointed-callers"])
    let whole = ContactDetails(fields: [.name: "Ana", .email: "ana@client.example"])
    #expect(plan.check(contacts: [whole]).isEmpty)
    #expect(plan.check(contacts: []).map(\.id) == ["appointed-contacts"])
    #expect(plan.check(contacts: [ContactDetails(fields: [.name: "Ana"])]).map(\.id) == ["appointed-contacts"])
  }

  @Test("P9: one problem an incident, and neither service requests nor consulting")
  func oneProblem() {
    #expect(failed([.problems: "several"]).map(\.id) == ["one-problem"])
    for request in ["request", "change", "project"] {
      #expect(failed([.request: .text(request)]).map(\.id) == ["no-consulting", "incident-classes"])
    }
  }

  @Test("P10: an incident that is paid for itself costs one incident, others nothing")
  func payPerIncident() {
    func rate(_ facts: Facts) -> Rating {
      plan.rate(WorkTask(facts: facts, work: .minutes(600), assessment: .notAsked))
    }
    let paid = rate([.service: "ticket", .request: "incident", .has: ["pay-per-incident"]])
    #expect(paid.total == 1)
    #expect(plan.unit(of: paid) == "incident")
    #expect(rate([.service: "ticket", .request: "incident", .has: []]).total == 0)
    #expect(rate([.service: "ticket", .request: "question", .has: ["pay-per-incident"]]).total == 0)
    #expect(plan.package("one-incident")?.unit == "incident")
  }

  static let advisor = [
    "fine-tuning", "approval-environment", "high-availability-environment", "load-balanced-environment",
    "environment-updates", "exclusive-consultant", "installation-fast-track", "hotline-support", "24x7-incident",
    "proactive-monitoring", "service-requests", "msp-support", "on-site-visit", "webinar-release",
  ]

  @Test("P11: each of the fourteen packages is for PREMIUM, and for who bought that one", arguments: advisor)
  func advisorPackage(service: String) {
    func refusals(_ tier: String, _ bought: [String]) -> [FailedClause] {
      switch plan.use(service, [.tier: .text(tier), .agreement: "active", .has: .list(bought)]) {
      case .granted: []
      case .refused(let failed): failed
      }
    }
    #expect(refusals("premium", [service]).isEmpty)
    #expect(refusals("premium", []).first?.remedy.hasPrefix("buy \(service)") == true)
    #expect(refusals("premium", Self.advisor.filter { $0 != service }).map(\.id) == ["advisor"])
    #expect(refusals("pro", [service]).first?.remedy.hasPrefix("tier must be premium") == true)
    #expect(refusals("free", [service]).map(\.id) == ["advisor"])
  }

  @Test("P11: there are fourteen packages, and nine kinds of consulting (P12)")
  func counts() {
    #expect(plan.entitlements.first { $0.id == "advisor" }?.eachBought == Self.advisor)
    #expect(plan.entitlements.first { $0.id == "consultancy" }?.grants == Self.consulting)
  }

  @Test(
    "P11: without round-the-clock incidents bought, the normal hours count",
    arguments: [
      ("premium", ["24x7-incident"], "incident", "2026-05-09 18:00"), ("premium", [], "incident", "2026-05-11 17:00"),
      ("pro", ["24x7-incident"], "incident", "2026-05-11 17:00"),
      ("premium", ["24x7-incident"], "question", "2026-05-12 16:00"),
    ])
  func roundTheClock(tier: String, bought: [String], name: String, due: String) {
    let facts: Facts = [.tier: .text(tier), .agreement: "active", .has: .list(bought)]
    let saturday = Samples.civil("2026-05-09 10:00", plan)
    let targets = plan.targets(class: name, openedAt: saturday, facts: facts)
    #expect(targets.map(\.due) == [Samples.civil(due, plan)])
  }

  static let consulting = [
    "development", "disaster-recovery", "fast-track", "hands-on", "health-check", "project-plan", "proof-of-concept",
    "turn-key", "workshop",
  ]

  @Test("P12: each of the nine kinds is for PREMIUM and draws consulting hours, never incidents", arguments: consulting)
  func consultingKind(service: String) {
    let premium: Facts = [.tier: "premium", .agreement: "active"]
    #expect(plan.use(service, premium) == .granted(entitlement: "consultancy", draws: "consulting-hour"))
    for tier in ["free", "pro"] {
      guard case .refused(let failed) = plan.use(service, [.tier: .text(tier), .agreement: "active"]) else {
        Issue.record("granted")
        continue
      }
      #expect(failed.map(\.id) == ["consultancy"])
    }
    for (minutes, hours) in [(60, 1), (61, 2), (1, 1), (0, 0)] as [(Int64, Int64)] {
      let rating = plan.rate(
        WorkTask(facts: [.service: .text(service)], work: .minutes(minutes), assessment: .notAsked))
      #expect(rating.total.units == hours)
      #expect(plan.unit(of: rating) == "consulting-hour")
    }
  }

  static let excluded = [
    ("other-software", "other-software"), ("other-software-use", "other-software-use"),
    ("other-software-settings", "other-software-settings"), ("other-software-changes", "other-software-changes"),
    ("operating-system", "operating-systems"), ("network-protocol", "network-protocols"), ("internet", "internet"),
    ("antivirus", "antivirus"), ("hardware", "hardware"), ("server", "servers"), ("infrastructure", "infrastructure"),
    ("printer", "printers"), ("workstation", "workstations"), ("third-party-code", "third-party-code"),
  ]

  @Test(
    "P13: each of the fourteen exclusions is refused, and covered where the product itself is wrong",
    arguments: excluded)
  func exclusion(about: String, clause: String) {
    let refused = failed([.about: .text(about)])
    #expect(refused.map(\.id) == [clause])
    #expect(refused.first?.remedy.hasPrefix("circumstances must be own-defect") == true)
    #expect(failed([.about: .text(about), .circumstances: ["own-defect"]]).isEmpty)
    #expect(plan.exclusions.count == Self.excluded.count)
  }

  @Test("P13: what no clause is about is not excluded")
  func notExcluded() {
    #expect(failed([.about: "dashboards"]).isEmpty)
  }

  @Test("P14: the customer hears every eight working hours, and is asked once for each closure")
  func informed() {
    #expect(
      plan.nextUpdate(after: Samples.civil("2026-05-08 15:00", plan)) == Samples.civil("2026-05-11 14:00", plan))
    let (first, second) = (Samples.civil("2026-05-05 10:00", plan), Samples.civil("2026-05-07 10:00", plan))
    #expect(plan.surveys(closures: [first, second, first], asked: []).map(\.closure) == [first, second])
    #expect(plan.surveys(closures: [first, second], asked: [first]).map(\.closure) == [second])
    #expect(plan.surveys(closures: [first], asked: []).map(\.at) == [Samples.civil("2026-05-06 10:00", plan)])
    #expect(plan.surveys(closures: [first], asked: [first]).isEmpty)
  }

  @Test("P14: nothing is promised where the plan says nothing")
  func notPromised() throws {
    let plan = try Samples.plan("statement: monthly")
    #expect(plan.nextUpdate(after: .epoch) == nil)
    #expect(plan.surveys(closures: [.epoch], asked: []).isEmpty)
  }

  @Test("P15: not cooperating pauses the clocks with the reason, a changed product is refused, the rest warns")
  func obligations() {
    for obligation in plan.obligations {
      let facts = Self.incident.merging([.unkept: .list([obligation.id])])
      let admission = plan.admit(facts, at: day)
      #expect(admission.failed.map(\.id) == (obligation.otherwise == .refuse ? [obligation.id] : []))
      #expect(admission.warnings.map(\.id) == (obligation.otherwise == .refuse ? [] : [obligation.id]))
      #expect(plan.pauses(facts).map(\.id) == (obligation.otherwise == .pause ? [obligation.id] : []))
    }
    #expect(plan.pauses([.unkept: ["cooperation", "data-safety"]]).map(\.id) == ["cooperation"])
    #expect(plan.pauses([:]).isEmpty)
    #expect(plan.obligations.count == 9)
  }
}
