import IntakeRules
import Policy
import Testing

/// Which requests for help become tickets. The plan says it; these tests show that intake gives the plan the facts.
@Suite("Opening a ticket")
struct AdmissionRulesTests {
  @Test("F12: a call is taken, every other channel is refused", arguments: ["email", "portal", "fax", "voicemail"])
  func channels(channel: String) throws {
    var desk = try Desk()
    #expect(try desk.open().number == 1)
    var request = desk.call()
    request.channel = channel
    #expect(desk.failed(request) == ["telephone-only"])
    #expect(try desk.open().number == 2, "a refusal takes no number")
  }

  @Test(
    "F4 F6: the desk takes calls from 09:00 up to 18:00 on working days",
    arguments: [
      ("2026-03-03T09:00:00", true), ("2026-03-03T17:59:59", true), ("2026-03-03T18:00:00", false),
      ("2026-03-03T08:59:59", false), ("2026-03-07T10:00:00", false), ("2026-04-03T10:00:00", false),
    ])
  func hours(time: String, isOpen: Bool) throws {
    var desk = try Desk()
    desk.at(time)
    #expect(desk.failed(desk.call()) == (isOpen ? [] : ["office-hours"]))
  }

  @Test("F6: an appointment outside the hours is refused although the call comes within them")
  func appointmentOutsideHours() throws {
    var desk = try Desk()
    var request = desk.call()
    request.appointment = Desk.at("2026-03-07T10:00:00")
    #expect(desk.failed(request) == ["office-hours"])
  }

  @Test("F7: Unix and Solaris are out of scope, and the refusal refers to sales", arguments: ["unix", "solaris"])
  func platforms(platform: String) throws {
    var desk = try Desk()
    var request = desk.call()
    request.assetID = try desk.asset("Old host", "server", platform: platform)
    let refused = try #require(desk.refusal { OpenTicket.decide(request, &$0, &$1) })
    #expect(refused.reason == .admission)
    #expect(refused.clauses.map(\.id) == ["platforms"])
    #expect(refused.clauses.first?.referral == "sales")
  }

  @Test(
    "F8: a subsidiary added after the purchase is refused until the next one, which counts from its own instant on",
    arguments: [(Int64(-1), false), (0, true), (1, true)])
  func subsidiaries(millisecondsLater: Int64, isCovered: Bool) throws {
    var desk = try Desk()
    desk.at("2026-03-02T10:00:00")
    let account = desk.account
    let added = try desk.run {
      AddSubsidiary.decide(.init(accountID: account, name: "Kopi Beans", region: "SG"), &$0, &$1)
    }
    var request = desk.call()
    request.subsidiaryID = added.subsidiaryID
    #expect(desk.failed(request) == ["subsidiaries"])
    var agreement = try #require(desk.state.accounts[account]?.agreement)
    agreement.purchasedAt = desk.now + .milliseconds(millisecondsLater)
    let told = ApplyAgreement.Told(accountID: account, agreement: agreement)
    desk.at("2026-03-03T10:00:00")
    try desk.run { ApplyAgreement.decide(told, &$0, &$1) }
    #expect(desk.failed(request) == (isCovered ? [] : ["subsidiaries"]))
  }

  @Test("F9: only the covered region is served, wherever it comes from")
  func regions() throws {
    var desk = try Desk()
    var request = desk.call()
    request.region = "MY"
    #expect(desk.failed(request) == ["mainland"])
    let account = desk.account
    try desk.run { UpdateAccount.decide(.init(accountID: account, region: "MY"), &$0, &$1) }
    #expect(desk.failed(desk.call()) == ["mainland"])
  }

  @Test("F15: the dialled hotline finds the account, however it is written")
  func hotline() throws {
    var desk = try Desk()
    var request = desk.call()
    request.accountID = nil
    request.dialled = "+65 3105-0142"
    #expect(try desk.open(request).accountID == desk.account)
    request.dialled = "+65 3105 0143"
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .notFound("hotline"))
    request.dialled = ""
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .invalid(field: "account_id"))
  }

  @Test("F15: a hotline belongs to one account")
  func exclusiveHotline() throws {
    var desk = try Desk()
    let request = CreateAccount.Request(
      name: "Other", region: "SG", hasMaintenancePlan: true, hotlines: ["+65 3105 0142"])
    #expect(desk.refusal { CreateAccount.decide(request, &$0, &$1) }?.reason == .alreadyExists("hotline"))
    let other = try desk.run {
      CreateAccount.decide(
        .init(name: "Other", region: "SG", hasMaintenancePlan: true, hotlines: ["+6531050199"]), &$0, &$1)
    }
    #expect(other.hotlines.map(\.number) == ["+6531050199"])
    var call = desk.call()
    call.dialled = "+6531050199"
    #expect(desk.refusal { OpenTicket.decide(call, &$0, &$1) }?.reason == .invalid(field: "dialled"))
  }

  @Test("F18: without a maintenance plan a ticket is opened with a warning")
  func maintenancePlan() throws {
    var desk = try Desk(hasMaintenancePlan: false)
    #expect(try desk.open().warnings.map(\.id) == ["maintenance"])
    var told = desk.call()
    told.facts[.has] = ["maintenance-plan"]
    #expect(try desk.open(told).warnings.map(\.id) == ["maintenance"], "a caller cannot claim what intake knows")
  }

  @Test("F21: a faster response is another plan")
  func fasterResponse() throws {
    var desk = try Desk()
    var request = desk.call()
    request.facts[.wants] = ["faster-response"]
    #expect(desk.failed(request) == ["one-speed"])
  }

  @Test(
    "F27: a private device needs the written consent and the inventory",
    arguments: [("", false, false), ("folder 7", false, false), ("", true, false), ("folder 7", true, true)])
  func privateDevice(consent: String, isInventoried: Bool, isAdmitted: Bool) throws {
    var desk = try Desk()
    var request = desk.call()
    request.assetID = try desk.asset(
      "Own laptop", "desktop", isPrivate: true, consent: consent, isInventoried: isInventoried)
    #expect(desk.failed(request) == (isAdmitted ? [] : ["private-device"]))
  }

  @Test("F27: a consent withdrawn mid-ticket lets the ticket end and starts nothing new")
  func consentWithdrawn() throws {
    var desk = try Desk()
    let laptop = try desk.asset("Own laptop", "desktop", isPrivate: true, consent: "folder 7")
    var request = desk.call()
    request.assetID = laptop
    let ticket = try desk.open(request)
    let updated = try desk.run { UpdateAsset.decide(.init(assetID: laptop, withdrawsConsent: true), &$0, &$1) }
    #expect(updated.consentWithdrawnAt == desk.now)
    #expect(desk.failed(request) == ["private-device"])
    #expect(try desk.resolve(ticket.id).state == .resolved)
    try desk.run { UpdateAsset.decide(.init(assetID: laptop, consentDocument: "folder 8"), &$0, &$1) }
    #expect(desk.failed(request) == [], "a new consent ends the withdrawal")
  }

  @Test("F30: only an appointed contact may call")
  func thirdCaller() throws {
    var desk = try Desk()
    var request = desk.call()
    request.contactID = nil
    request.caller = "A trainee"
    #expect(desk.failed(request) == ["authorised-callers"])
  }

  @Test("F30: there are exactly two contacts, each with every field, and a substitution keeps both on record")
  func contacts() throws {
    var desk = try Desk()
    let third = desk.person("Third")
    let refused = try #require(desk.refusal { AppointContact.decide(third, &$0, &$1) })
    #expect(refused.clauses.map(\.id) == ["authorised-contacts"])
    var substitute = desk.person("Substitute")
    substitute.replaces = desk.mei
    let (complete, mei) = (substitute, desk.mei)
    for (field, change) in [
      ("fixed_phone", { (r: inout AppointContact.Request) in r.fixedPhone = "" }),
      ("mobile_phone", { $0.mobilePhone = "" }),
      ("email", { $0.email = "" }), ("name", { $0.name = "" }),
    ] {
      var incomplete = substitute
      change(&incomplete)
      #expect(desk.refusal { AppointContact.decide(incomplete, &$0, &$1) }?.reason == .invalid(field: field))
    }
    let appointed = try desk.run { AppointContact.decide(complete, &$0, &$1) }
    #expect(appointed.replaces == mei)
    #expect(desk.state.contacts[mei]?.endedAt == desk.now)
    #expect(desk.failed(desk.call()) == ["authorised-callers"], "who was replaced may no longer call")
    #expect(desk.refusal { AppointContact.decide(complete, &$0, &$1) }?.reason == .conflict(state: "ended"))
  }

  @Test("F30: as long as one of the two contacts is missing, a ticket carries a warning")
  func oneContact() throws {
    var desk = try Desk()
    desk.state.contacts.update(desk.ravi) { $0.endedAt = desk.now }
    #expect(try desk.open().warnings.map(\.id) == ["authorised-contacts"])
  }

  @Test("A refusal names every clause that failed, and is kept as an attempt")
  func everyClause() throws {
    var desk = try Desk()
    desk.at("2026-03-07T10:00:00")
    var request = desk.call()
    request.channel = "email"
    request.region = "MY"
    let refused = try #require(desk.refusal { OpenTicket.decide(request, &$0, &$1) })
    #expect(refused.clauses.map(\.id) == ["telephone-only", "office-hours", "mainland"])
    let asked = request
    try desk.run {
      RecordAttempt.record(asked, refused, &$0, &$1)
      return Decision<Void>.accepted(())
    }
    let attempt = try #require(desk.state.attempts.elements.last)
    #expect(attempt.accountID == desk.account)
    #expect(attempt.caller == "Mei Tan")
    #expect(attempt.findings == refused.clauses)
  }

  @Test("What is no refusal by the plan is no attempt")
  func noAttempt() throws {
    var desk = try Desk()
    var request = desk.call()
    request.subject = ""
    let asked = request
    let refused = try #require(desk.refusal { OpenTicket.decide(asked, &$0, &$1) })
    try desk.run {
      RecordAttempt.record(asked, refused, &$0, &$1)
      return Decision<Void>.accepted(())
    }
    #expect(desk.state.attempts.isEmpty)
  }

  @Test("Without an agreement a request is refused with a referral to sales")
  func noAgreement() throws {
    var desk = try Desk()
    let account = desk.account
    desk.state.accounts.update(account) { $0.agreement = nil }
    #expect(desk.failed(desk.call()) == ["agreement"])
  }

  @Test("A plan that the service does not have is named as the reason")
  func planUnknown() throws {
    var desk = try Desk()
    desk.state.common.plans = [:]
    let call = desk.call()
    #expect(desk.refusal { OpenTicket.decide(call, &$0, &$1) }?.reason == .planUnknown)
  }

  @Test("What the request names must be the account's own")
  func strangers() throws {
    var desk = try Desk()
    var request = desk.call()
    request.assetID = AssetID(high: 9, low: 9)
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .notFound("asset"))
    request = desk.call()
    request.contactID = ContactID(high: 9, low: 9)
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .notFound("contact"))
    request = desk.call()
    request.subsidiaryID = SubsidiaryID(high: 9, low: 9)
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .notFound("subsidiary"))
    request = desk.call()
    request.class = "III"
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .clauseUnknown("III"))
    try desk.run { [desktop = desk.desktop] in UpdateAsset.decide(.init(assetID: desktop, retires: true), &$0, &$1) }
    let call = desk.call()
    #expect(desk.refusal { OpenTicket.decide(call, &$0, &$1) }?.reason == .conflict(state: "retired"))
  }
}
