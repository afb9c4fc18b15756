import Policy
import Testing

@Suite("Releases and the end of a product's life")
struct ProductLifeTests {
  let plan: Plan
  let ending: Plan

  init() throws {
    plan = try Samples.shipped("opmon")
    ending = try Samples.shipped(
      "opmon", "    notice: 12 months\n", with: "    on: 2028-07-01\n    notice: 12 months\n")
  }

  @Test(
    "P5: the latest release is supported, the one before it through its grace days",
    arguments: [
      ("9.4", "2026-03-15 23:59:59", false), ("9.4", "2026-03-16 00:00", true), ("9.4.7", "2026-03-16 00:00", true),
      ("9.3", "2026-03-15 23:59:59", true), ("9.3", "2026-04-15 23:59:59", true), ("9.3", "2026-04-16 00:00", false),
      ("9.2", "2025-10-15 23:59:59", true), ("9.2", "2025-10-16 00:00", false), ("9.5", "2026-06-01 00:00", false),
      ("10.0", "2026-06-01 00:00", false), ("latest", "2026-06-01 00:00", false),
    ])
  func releases(release: String, at: String, supported: Bool) {
    let refusal = plan.refusal(release: release, at: Samples.civil(at, plan))
    #expect((refusal == nil) == supported)
    if !supported { #expect(refusal?.id == "supported-releases") }
  }

  @Test("P5: a refusal names the releases that are supported then")
  func remedy() {
    let during = plan.refusal(release: nil, at: Samples.civil("2026-04-01 09:00", plan))
    #expect(during?.remedy == "release must be 9.3 or 9.4")
    #expect(during?.looked == ["release: missing", "at: 2026-04-01 09:00"])
    #expect(plan.refusal(release: "9.3", at: Samples.civil("2026-05-01 09:00", plan))?.remedy == "release must be 9.4")
  }

  @Test("P5: a ticket that was taken outlives the release: only opening one asks for it")
  func outlives() {
    let late = Samples.civil("2026-06-01 09:00", plan)
    let facts = TierTests.incident.merging([.release: "9.3"])
    #expect(plan.admit(facts, at: late).failed.map(\.id) == ["supported-releases"])
    let work: Facts = [.release: "9.3", .mode: "telephone", .help: "guidance"]
    #expect(plan.admit(work, at: late, subject: .work).isAllowed)
  }

  @Test("P5: without grace a release ends when the next one comes out; releases are numbers, not decimals")
  func noGrace() throws {
    let plan = try Samples.plan(
      "product: {releases: [{version: \"9.9\", on: 2026-01-01}, {version: \"9.10\", on: 2026-02-01}]}")
    #expect(plan.refusal(release: "9.9", at: Samples.civil("2026-01-31 23:59:59", plan)) == nil)
    #expect(plan.refusal(release: "9.9", at: Samples.civil("2026-02-01 00:00", plan)) != nil)
    #expect(plan.refusal(release: "9.10", at: Samples.civil("2026-02-01 00:00", plan)) == nil)
  }

  @Test(
    "P16: support ends with the product's life; an agreement made before is honoured to the end of its term",
    arguments: [
      ("2028-06-30 23:59:59", nil, nil, true), ("2028-07-01 00:00", nil, nil, false),
      ("2028-07-01 00:00", "2028-06-30 23:59:59", "2029-01-01 00:00", true),
      ("2028-12-31 23:59:59", "2027-01-01 00:00", "2029-01-01 00:00", true),
      ("2029-01-01 00:00", "2027-01-01 00:00", "2029-01-01 00:00", false),
      ("2028-07-01 00:00", "2028-07-01 00:00", "2029-07-01 00:00", false),
      // Without a term there is no end to which it could be honoured.
      ("2028-07-01 00:00", "2027-01-01 00:00", nil, false),
    ] as [(String, String?, String?, Bool)])
  func endOfLife(at: String, agreed: String?, ends: String?, supported: Bool) {
    var facts = TierTests.incident
    facts[.agreed] = agreed.map { .instant(Samples.civil($0, ending)) }
    facts[.ends] = ends.map { .instant(Samples.civil($0, ending)) }
    let failed = ending.admit(facts, at: Samples.civil(at, ending)).failed
    #expect(failed.map(\.id) == (supported ? [] : ["end-of-life"]))
  }

  @Test(
    "P16: nothing is signed or renewed after the end of life, whatever was agreed; the record names the clause",
    arguments: [("2028-06-30 23:59:59", true), ("2028-07-01 00:00", false)], [AdmissionSubject.signUp, .renewal])
  func renewal(at: (time: String, taken: Bool), subject: AdmissionSubject) {
    let facts: Facts = [
      .agreed: .instant(Samples.civil("2027-01-01 00:00", ending)),
      .ends: .instant(Samples.civil("2029-01-01 00:00", ending)),
    ]
    let admission = ending.admit(facts, at: Samples.civil(at.time, ending), subject: subject)
    #expect(admission.considered.contains("end-of-life"))
    #expect(admission.failed.map(\.id) == (at.taken ? [] : ["end-of-life"]))
    #expect(admission.failed.allSatisfy { $0.remedy.contains("move to the product that we suggest instead") })
  }

  @Test(
    "P17: the notice is in time up to twelve calendar months before the end; a later one is sent and marked late",
    arguments: [("2027-07-01 23:59:59", false), ("2027-07-02 00:00", true), ("2027-01-01 09:00", false)])
  func notice(told: String, late: Bool) {
    let notice = ending.endOfLifeNotice(toldAt: Samples.civil(told, ending))
    #expect(notice?.isLate == late)
    #expect(notice?.clause == "end-of-life")
    #expect(notice?.wayOn.hasPrefix("upgrade to the release") == true)
    #expect(ending.noticeDay?.description == "2027-07-01")
  }

  @Test("P17: as long as no end is set there is nothing to tell")
  func noEnd() {
    #expect(plan.endOfLifeNotice(toldAt: Samples.civil("2027-07-01 09:00", plan)) == nil)
    #expect(plan.endOfLife == nil)
  }

  @Test("P18: an alternative is suggested, and help with the migration is paid by a rate")
  func alternative() throws {
    let refusal = try #require(
      ending.refusal(endOfLifeAt: Samples.civil("2028-07-01 00:00", ending), agreed: nil, ends: nil))
    #expect(refusal.remedy.contains("move to the product that we suggest instead"))
    #expect(refusal.remedy.hasSuffix("help with the migration is charged by consulting"))
    let work = WorkTask(facts: [.service: "project-plan"], work: .minutes(90), assessment: .notAsked)
    #expect(ending.rate(work).total == 2)
    let free =
      "product: {releases: [{version: \"1.0\", on: 2026-01-01}], end_of_life: {notice: 1 year, alternative: {product: B, migration: m}}}\nrates: [{id: m, flat: 0}]"
    #expect(try Samples.plan(free).lint().filter(\.isError).map(\.path) == ["rates[0]"])
  }
}
