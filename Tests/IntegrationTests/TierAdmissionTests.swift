import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

/// What the plan of three tiers takes and refuses, asked through the service.
@Suite("Admission by the plan of three tiers, over the wire")
struct TierAdmissionTests {
  /// Tuesday, 24 March 2026, 16:00 in São Paulo.
  private static let start = "2026-03-24T16:00:00-03:00"
  private static let outage: KeyValuePairs = [
    "request": "incident", "symptom": "outage", "problems": "one", "release": "9.4",
  ]

  private func withDesk(
    tier: String = "pro", bought: [String] = [], ends: String? = nil, at start: String = Self.start,
    edit: (String) -> String = { $0 }, _ body: (PlanDesk) async throws -> Void
  ) async throws {
    try await PlanDesk.with("opmon", at: start, tier: tier, bought: bought, ends: ends, edit: edit, body)
  }

  @Test("P1: the free tier registers no tickets", arguments: ["free", ""])
  func free(tier: String) async throws {
    try await withDesk(tier: tier) { desk in
      let failed = await desk.failed(desk.call("web", class: "incident", Self.outage))
      #expect(failed.map(\.id) == ["portal"])
      #expect(failed.first?.referral == "sales")
      #expect(failed.first?.acceptIf.contains("tier must be pro or premium") == true)
      #expect(failed.first?.looked.contains("tier: \(tier.isEmpty ? "missing" : tier)") == true)
    }
  }

  @Test(
    "P1: PRO and PREMIUM do, the answer carries the promise and a number, and a retry has the same one",
    arguments: ["pro", "premium"])
  func tickets(tier: String) async throws {
    try await withDesk(tier: tier) { desk in
      let key = Array("incident-0001".utf8)
      let request = desk.call("web", class: "incident", Self.outage)
      let ticket = try await desk.open(request, as: .portal, key: key)
      #expect(ticket.number == 1)
      #expect(ticket.targets.map(\.id) == ["contact"])
      // 16:00 and eight office hours: two today, six tomorrow.
      #expect(ticket.targets.map(\.dueMs) == [Instant("2026-03-25T15:00:00-03:00")?.milliseconds])
      #expect(try await desk.open(request, as: .portal, key: key) == ticket)
      #expect(try await desk.open(request, as: .portal).number == 2)
    }
  }

  @Test("P2: each way of helping is for what the plan says")
  func help() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open(desk.call("web", class: "incident", Self.outage)).id
      try await desk.advance(to: "2026-03-24T17:00:00-03:00")
      func work(_ mode: String, _ words: KeyValuePairs<String, String>) async -> [String]? {
        await desk.refusal { () async throws(CommandRefused) in
          _ = try await desk.ask(
            .workRecord,
            .with {
              $0.ticketID = ticket
              $0.mode = mode
              $0.engineer = "Joon"
              $0.time.fromMs = Instant(Self.start)?.milliseconds ?? 0
              $0.time.toMs = $0.time.fromMs + 60_000
              $0.facts = PlanDesk.facts(words)
            })
        }?.clauses.map(\.id)
      }
      for access in ["vpn-client", "vpn-site-to-site", "nat"] {
        #expect(await work("remote", ["access": access, "help": "investigation"]) == nil)
      }
      #expect(await work("remote", ["access": "dial-in", "help": "investigation"]) == ["remote-help"])
      #expect(await work("remote", ["access": "nat", "help": "guidance"]) == ["remote-help"])
      #expect(await work("telephone", ["help": "guidance"]) == nil)
      #expect(await work("telephone", ["help": "investigation"]) == ["telephone-help"])
      #expect(await work("helpdesk", ["help": "clarification"]) == nil)
      #expect(await work("helpdesk", [:]) == ["ticket-help"])
      let read = try await desk.ask(.ticketGet, .with { $0.ticketID = ticket })
      #expect(read.work.map(\.mode).sorted() == ["helpdesk", "remote", "remote", "remote", "telephone"])
    }
  }

  @Test("P3: messages go from the customer and to the customer, and nobody else takes part")
  func messages() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open(desk.call("web", class: "incident", Self.outage)).id
      func post(_ direction: String, as role: TenantRole = .desk) async -> Callout_V1_Refusal? {
        await desk.refusal { () async throws(CommandRefused) in
          _ = try await desk.ask(
            .messagePost, as: role,
            .with {
              $0.ticketID = ticket
              $0.direction = direction
              $0.channel = "web"
              $0.text = direction
            })
        }
      }
      #expect(await post("from-customer", as: .portal) == nil)
      #expect(await post("to-customer") == nil)
      #expect(await post("internal") == nil)
      let third = await post("third-party")
      #expect(third?.code == .admission)
      #expect(third?.clauses.map(\.id) == ["two-parties"])
      #expect(await post("sideways")?.code == .invalidField)
      let read = try await desk.ask(.messageList, as: .portal, .with { $0.ticketID = ticket })
      #expect(read.messages.map(\.direction).sorted() == ["from-customer", "to-customer"])
    }
  }

  @Test("P5: the latest release is supported, the one before it for thirty days more; a ticket outlives its release")
  func releases() async throws {
    try await withDesk { desk in
      let call = { (release: String) in
        desk.call("web", ["request": "question", "release": release])
      }
      #expect(try await desk.open(call("9.4.1")).class == "question")
      let old = try await desk.open(call("9.3")).id
      #expect(await desk.failed(call("9.2")).map(\.id) == ["supported-releases"])
      #expect(await desk.failed(call("9.5")).map(\.id) == ["supported-releases"], "it is not out")
      #expect(await desk.failed(desk.call("web", ["request": "question"])).map(\.id) == ["supported-releases"])
      try await desk.advance(to: "2026-04-15T23:59:59-03:00")
      #expect(await desk.failed(call("9.3")).isEmpty)
      try await desk.advance(to: "2026-04-16T00:00:00-03:00")
      let failed = await desk.failed(call("9.3"))
      #expect(failed.map(\.id) == ["supported-releases"])
      #expect(failed.first?.acceptIf == "release must be 9.4")
      let begun = try await desk.ask(.ticketBegin, .with { $0.ticketID = old }).ticket
      #expect(begun.workBegunMs > 0)
    }
  }

  @Test("P6 P9: an incident is one interruption, outage or degradation; a how-to is a question, a project neither")
  func incidents() async throws {
    try await withDesk { desk in
      func failed(_ name: String, _ words: KeyValuePairs<String, String>) async -> [String] {
        await desk.failed(desk.call("web", class: name, words)).map(\.id)
      }
      for symptom in ["interruption", "outage", "degradation"] {
        let words: KeyValuePairs = ["request": "incident", "symptom": symptom, "problems": "one", "release": "9.4"]
        #expect(await failed("incident", words) == [])
      }
      #expect(
        await failed(
          "incident", ["request": "incident", "symptom": "how-to", "problems": "one", "release": "9.4"])
          == ["incident"])
      #expect(await failed("", ["request": "question", "symptom": "how-to", "release": "9.4"]) == [])
      #expect(
        await failed("incident", ["request": "question", "symptom": "how-to", "release": "9.4"])
          == ["incident-classes"])
      #expect(
        await failed(
          "incident", ["request": "incident", "symptom": "outage", "problems": "several", "release": "9.4"])
          == ["one-problem"])
      for request in ["request", "project", "change"] {
        #expect(await failed("", ["request": request, "release": "9.4"]) == ["no-consulting"])
      }
    }
  }

  @Test("P8: only contacts whom the client appointed register tickets")
  func contacts() async throws {
    try await withDesk { desk in
      var request = desk.call("web", class: "incident", Self.outage)
      request.contactID = Data()
      request.caller = "A trainee"
      #expect(await desk.failed(request).map(\.id) == ["appointed-callers"])
      let successor = try await desk.ask(
        .contactAppoint,
        .with {
          $0.accountID = desk.account
          $0.name = "Ravi Pillai"
          $0.email = "ravi@kopi.example"
          $0.replaces = desk.contact
        }
      ).contact.id
      request.contactID = desk.contact
      #expect(await desk.failed(request).map(\.id) == ["appointed-callers"], "another took the place")
      request.contactID = successor
      #expect(try await desk.open(request).number == 1)
    }
  }

  @Test("P11: bought hours count for incidents of PREMIUM; without them, and in PRO, the normal hours do")
  func aroundTheClock() async throws {
    for (tier, bought, due) in [
      ("premium", ["24x7-incident"], "2026-03-25T00:00:00-03:00"), ("premium", [], "2026-03-25T15:00:00-03:00"),
      ("pro", ["24x7-incident"], "2026-03-25T15:00:00-03:00"),
    ] {
      try await withDesk(tier: tier, bought: bought) { desk in
        let ticket = try await desk.open(desk.call("web", class: "incident", Self.outage))
        #expect(ticket.targets.map(\.dueMs) == [Instant(due)?.milliseconds], "\(tier) \(bought)")
        let question = try await desk.open(desk.call("web", ["request": "question", "release": "9.4"]))
        #expect(question.targets.map(\.dueMs) == [Instant("2026-03-26T14:00:00-03:00")?.milliseconds])
        let why = try await desk.ask(
          .ticketWhy,
          .with {
            $0.ticketID = ticket.id
            $0.target = "contact"
          })
        #expect(why.lines.last == "not met yet")
        #expect(!why.lines.contains { $0.contains("visit") })
      }
    }
  }

  @Test("P11: a package may be used once it was bought, and by PREMIUM alone")
  func packages() async throws {
    let call = { (desk: PlanDesk) in
      desk.call("web", ["service": "fine-tuning", "release": "9.4"])
    }
    try await withDesk(tier: "premium", bought: ["fine-tuning"]) { desk in
      #expect(await desk.failed(call(desk)).isEmpty)
      let other = await desk.failed(desk.call("web", ["service": "msp-support", "release": "9.4"]))
      #expect(other.map(\.id) == ["advisor"])
      #expect(other.first?.acceptIf.contains("buy msp-support") == true)
    }
    try await withDesk(tier: "pro", bought: ["fine-tuning"]) { desk in
      #expect(await desk.failed(call(desk)).first?.acceptIf.contains("tier must be premium") == true)
    }
  }

  @Test("P12: nine kinds of consulting, for PREMIUM alone, and each draws consulting hours")
  func consulting() async throws {
    let kinds = [
      "development", "disaster-recovery", "fast-track", "hands-on", "health-check", "project-plan", "proof-of-concept",
      "turn-key", "workshop",
    ]
    try await withDesk(tier: "premium") { desk in
      for kind in kinds {
        let ticket = try await desk.open(desk.call("web", ["service": kind, "release": "9.4"]))
        #expect(try await desk.record(ticket.id).draws == "consulting-hour")
        try await desk.service.settle(desk.tenant)
        let told = desk.service.told.events.first { $0.subject == ticket.id }
        #expect(told?.ticket.task.facts.contains { $0.name == "service" && $0.text == kind } == true)
      }
      let incident = try await desk.open(desk.call("web", class: "incident", Self.outage))
      #expect(try await desk.record(incident.id).draws.isEmpty)
    }
    try await withDesk(tier: "pro") { desk in
      let failed = await desk.failed(desk.call("web", ["service": "health-check", "release": "9.4"]))
      #expect(failed.map(\.id) == ["consultancy"])
      #expect(failed.first?.acceptIf.contains("tier must be premium") == true)
    }
  }

  @Test("P13: fourteen exclusions, each lifted by the provider's own defect")
  func exclusions() async throws {
    let clauses = [
      "other-software": "other-software", "other-software-use": "other-software-use",
      "other-software-settings": "other-software-settings", "other-software-changes": "other-software-changes",
      "operating-system": "operating-systems", "network-protocol": "network-protocols", "internet": "internet",
      "antivirus": "antivirus", "hardware": "hardware", "server": "servers", "infrastructure": "infrastructure",
      "printer": "printers", "workstation": "workstations", "third-party-code": "third-party-code",
    ]
    #expect(clauses.count == 14)
    try await withDesk { desk in
      for (about, clause) in clauses.sorted(by: { $0.key < $1.key }) {
        let failed = await desk.failed(
          desk.call("web", ["request": "question", "release": "9.4", "about": about]))
        #expect(failed.map(\.id) == [clause])
        #expect(failed.first?.acceptIf.contains("circumstances must be own-defect") == true)
        let ours = desk.call(
          "web", ["request": "question", "release": "9.4", "about": about, "circumstances": "own-defect"])
        #expect(await desk.failed(ours).isEmpty, "\(about)")
      }
    }
  }

  @Test(
    "P16 P18: after the end of life a contract is honoured to its end, nothing is renewed, and an alternative is told")
  func endOfLife() async throws {
    let edit = { (plan: String) in
      plan.replacing("    notice: 12 months\n", with: "    on: 2026-06-01\n    notice: 12 months\n")
    }
    try await withDesk(ends: "2026-07-01T00:00:00-03:00", edit: edit) { desk in
      let call = desk.call("web", class: "incident", Self.outage)
      func renew(_ subject: String = "renewal") async -> [Callout_V1_FailedClause]? {
        let refused = await desk.refusal { () async throws(CommandRefused) in
          _ = try await desk.ask(
            .admissionAsk, as: .sales,
            .with {
              $0.subject = subject
              $0.accountID = desk.account
              $0.text = "Another year"
            })
        }
        return refused?.clauses
      }
      try await desk.advance(to: "2026-05-31T23:59:59-03:00")
      #expect(await desk.failed(call).isEmpty)
      #expect(await renew() == nil)
      #expect(await renew("sign-up") == nil)
      try await desk.advance(to: "2026-06-01T00:00:00-03:00")
      #expect(await desk.failed(call).isEmpty, "agreed before")
      let renewal = await renew()
      #expect(renewal?.map(\.id) == ["end-of-life"])
      #expect(await renew("sign-up")?.map(\.id) == ["end-of-life"], "though no clause of the sign-up says so")
      #expect(renewal?.first?.acceptIf.contains("move to the product that we suggest instead") == true)
      #expect(renewal?.first?.acceptIf.contains("charged by consulting") == true)
      let agreed = try #require(Instant("2026-06-02T00:00:00-03:00"))
      try await desk.advance(to: "2026-06-02T00:00:00-03:00")
      try await desk.sign(.init(tier: "pro", agreed: agreed, ends: agreed + .days(90)), version: 2)
      let later = await desk.failed(call)
      #expect(later.map(\.id) == ["end-of-life"], "agreed after it")
      #expect(later.first?.acceptIf.contains("upgrade to the release") == true)
    }
  }
}
