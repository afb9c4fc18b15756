import Policy
import Testing

@Suite("Reading plan documents")
struct ReaderTests {
  static let rates = "rates: [{id: work, per: 15m, each: 1}]"

  @Test("A version is the hash of the document's bytes")
  func version() throws {
    let text = try Samples.text("flexi-it")
    let plan = try Samples.flexi()
    #expect(PlanVersion(plan.version.description) == plan.version)
    let other = try Plan.read(text + "# a remark\n", zones: Samples.zones).get()
    #expect(other.version != plan.version)
    #expect(other.id == plan.id)
  }

  @Test(
    "Each mistake is told with its line, its path and what to do",
    arguments: [
      (
        "rates:\n  - id: a\n    blocks: {of: 3h, ech: 50}",
        "line 9: rates[0].blocks.ech: unknown field 'ech'; did you mean 'each'?"
      ),
      ("rates:\n  - id: a\n    blocks: {of: 3h}", "line 9: rates[0].blocks: the field 'each' is missing"),
      (
        "rates:\n  - id: a\n    blocks: {of: 3 hours, each: 1}",
        "line 9: rates[0].blocks.of: '3 hours' is no length of time: write it as 3h, 90m or 2h30m"
      ),
      (
        "packages: [{id: p, grants: 600 tokens}]\nrates: [{id: a, flat: 1}]",
        "line 7: packages[0].grants: the plan's unit is credit, not 'tokens'"
      ),
      (
        "packages: [{id: p, grants: 6.5}]\nrates: [{id: a, flat: 1}]",
        "line 7: packages[0].grants: '6.5' is no whole amount from 1 to 1000000000 credits"
      ),
      (
        "packages: [{id: p, grants: 6, price: USD 1.00}]\nrates: [{id: a, flat: 1}]",
        "line 7: packages[0].price: the plan's currency is SGD, not USD"
      ),
      (
        "packages: [{id: p, grants: 6, lasts: 4h}]\nrates: [{id: a, flat: 1}]",
        "line 7: packages[0].lasts: credits live for days, months or years"
      ),
      (
        "packages: [{id: p, grants: 6}]\nrates: [{id: a, flat: 0}]",
        "line 7: packages[0]: no rate draws these credits: give the plan rates that cost some"
      ),
      (
        "rates:\n  - {id: a, flat: 1}\n  - {id: a, flat: 2}",
        "line 9: rates[1].id: the id 'a' is used on line 8 already: give this clause another"
      ),
      (
        "rates: [{id: a, when: {chanel: email}, flat: 1}]",
        "line 7: rates[0].when.chanel: unknown fact 'chanel'; did you mean 'channel'?"
      ),
      (
        "rates: [{id: a, when: {mode: onsight}, flat: 1}]",
        "line 7: rates[0].when.mode: unknown mode 'onsight'; did you mean 'onsite'?"
      ),
      (
        "values: {category: [desktop]}\nrates: [{id: a, when: {category: server}, flat: 1}]",
        "line 8: rates[0].when.category: unknown category 'server': there are desktop"
      ),
      ("rates: [{id: a, in: office, flat: 1}]", "line 7: rates[0].in: unknown calendar 'office': there are always"),
      (
        "rates: [{id: a, when: {resolved: yes}, flat: 1}]",
        "line 7: rates[0].when.resolved: 'yes' is neither true nor false"
      ),
      (
        "rates: [{id: a, flat: 1, gates: [{at: 1h, needs: consent}]}]",
        "line 7: rates[0].gates[0]: only rates with blocks can need consent"
      ),
      (
        "rates: [{id: a, blocks: {of: 3h, each: 1}, gates: [{at: 2h, needs: consent}]}]",
        "line 7: rates[0].gates[0]: consent is needed where a block ends, at 3h: the customer pays for whole blocks"
      ),
      (
        "waivers: [{id: w, when: {missed: respnd}, waive: all}]",
        "line 7: waivers[0].when.missed: unknown target 'respnd': there are none"
      ),
      (
        "admission: [{id: x, require: {region: SG}, text: No., refer: sales}]",
        "line 7: admission[0].refer: unknown referral 'sales': there are none; define it under referrals"
      ),
      (
        "overage: {needs: nothing, price: SGD 1.00 per credit, invoice: 7 days after completion}",
        "line 7: overage.needs: overage is never silent: write acknowledgement"
      ),
      (
        "overage: {needs: acknowledgement, price: SGD 1.00 per token, invoice: 7 days after completion}",
        "line 7: overage.price: the plan's unit is credit, not 'token'"
      ),
      ("statement: montly", "line 7: statement: unknown value 'montly'; did you mean 'monthly'?"),
      (
        "ladders: {l: [{at: 5m, tell: [duty.primary], by: [email]}, {at: 1m, tell: [duty.primary], by: [email]}]}",
        "line 7: ladders.l[1]: 1m is before the step above it, at 5m: put the steps in order"
      ),
      (
        "ladders: {l: [{at: 5m, tell: [everyone], by: [email]}]}",
        "line 7: ladders.l[0].tell[0]: 'everyone' is nobody: write duty.primary, everyone.primary, group.hotline, person.anna, webhook.chat or customer"
      ),
      (
        "targets: [{id: t, by: 15m, in: always, met_by: contacted, ladder: l, starts: opened}]\nladders: {l: [{at: 15m, tell: [duty.primary], by: [email]}]}",
        "line 7: targets[0]: the ladder 'l' tells nobody before 15m, too late to meet 't' by 15m"
      ),
      (
        "rounding: {increment: 15m, up_from: 16m}\n\(rates)", "line 7: rounding.up_from: more than the increment of 15m"
      ),
      (
        "rounding: {increment: 10m}\n\(rates)",
        "line 8: rates[0].per: the plan rounds to 10m, so time is counted per 10m"
      ),
      ("a: &x {b: 1}\nc: *x", "line 8: aliases are not read: write the clause out"),
      ("statement: monthly\nstatement: monthly", "line 7: the key 'statement' stands twice in one map: keep one"),
      ("statement: [", "line 8: not YAML: did not find expected node content"),
      ("classes: {I: {}}", "line 1: default_class: is missing: say which class a ticket has that names none"),
    ])
  func mistakes(body: String, problem: String) {
    #expect(Samples.problems(Samples.document(body)).contains(problem), "\(Samples.problems(Samples.document(body)))")
  }

  @Test(
    "Impossible calendars are told",
    arguments: [
      (
        "hours: {office: {mon: 18:00-09:00}}",
        "line 6: hours.office.mon: closes before it opens: 18:00-09:00; hours past midnight are two entries, up to 24:00 and from 00:00"
      ),
      (
        "hours: {office: {mon: 09:00-25:00}}",
        "line 6: hours.office.mon: '09:00-25:00' are no hours: write them as 09:00-18:00, up to 24:00"
      ),
      (
        "hours: {office: {mon-fri: 09:00-18:00, fri: 17:00-20:00}}",
        "line 6: hours.office: on fri, 09:00-18:00 and 17:00-20:00 overlap: join them"
      ),
      (
        "hours: {office: {holidays: {2026-01-01: New Year}}}",
        "line 6: hours.office: the calendar is never open: give it hours"
      ),
      (
        "hours: {office: {mon: 09:00-18:00, holidays: {2026-02-30: None}}}",
        "line 6: hours.office.holidays.2026-02-30: '2026-02-30' is no day from 2000 to 2099: write it as 2026-12-25"
      ),
      (
        "hours: {office: {monday: 09:00-18:00}}",
        "line 6: hours.office.monday: unknown field 'monday': there are mon, tue, wed, thu, fri, sat, sun, holidays; ranges are written mon-fri"
      ),
      (
        "hours: {office: always}",
        "line 6: hours.office: write 24x7, or weekdays with hours such as mon-fri: 09:00-18:00"
      ),
    ])
  func calendars(hours: String, problem: String) {
    let problems = Samples.problems(Samples.document("", hours: hours))
    #expect(problems == [problem])
  }

  @Test("All mistakes are reported at once, in the order of their lines")
  func everything() {
    let problems = Samples.problems(
      "plan: a b\ntitle: x\nzone: Mars/Base\ncurrency: CREDITS\nunit: credit\nrates: [{flat: x}]\nfoo: 1\n")
    #expect(problems.count == 7)
    #expect(problems.map { String($0.prefix(7)) } == problems.map { String($0.prefix(7)) }.sorted())
    #expect(
      problems.contains(
        "line 3: zone: this system knows no time zone 'Mars/Base': write it as Asia/Singapore, or install the zone files"
      ))
    #expect(problems.contains("line 4: currency: 'CREDITS' is no ISO 4217 currency: write three capitals, such as SGD"))
    #expect(problems.contains { $0.hasPrefix("line 7: foo: unknown field 'foo'") })
    #expect(problems.contains("line 6: rates[0]: the field 'id' is missing"))
  }

  @Test("A zone name that could leave the zone folder is never asked for")
  func zoneName() {
    let problems = Plan.read(
      Samples.document("").replacing("Asia/Singapore", with: "../../etc/passwd"),
      zones: { name in
        Issue.record("asked for \(name)")
        return []
      })
    #expect(throws: PlanErrors.self) { try problems.get() }
  }

  @Test("Size, depth and number of values are bounded")
  func limits() {
    func refused(_ text: String) -> String { Samples.problems(text).first ?? "" }
    #expect(refused(String(repeating: "#", count: 256 * 1024 + 1)).contains("longer than"))
    #expect(refused("a: " + String(repeating: "[", count: 5000)).contains("nested deeper"))
    #expect(refused("a: " + String(repeating: "{b: ", count: 5000)).contains("nested deeper"))
    #expect(refused(String(repeating: "- ", count: 5000) + "x").contains("nested deeper"))
    let staircase = (0..<200).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    #expect(refused(staircase).contains("nested deeper"))
    #expect(refused("a: [" + String(repeating: "1,", count: 30_000) + "1]").contains("values"))
    #expect(refused("") == "line 1: the document is empty")
    #expect(!refused("a\u{0}b").isEmpty)
  }

  @Test("Damaged documents are read or refused, never trapped on", arguments: [1, 2, 3] as [UInt64])
  func damaged(seed: UInt64) throws {
    var seeded = Seeded(seed)
    let zone = try Samples.zones("Asia/Singapore")
    let text = Array(Self.everyWord.utf8)
    for _ in 0..<300 {
      let changed = String(decoding: seeded.mutated(text), as: UTF8.self)
      if case .failure(let errors) = Plan.read(changed, zones: { _ in zone }) { #expect(!errors.problems.isEmpty) }
      _ = Facts.read(changed)
    }
  }

  /// The rest of the language: classes, ladders, mail, tiers, entitlements, exclusions, product life, standing orders.
  static let everyWord = """
    plan: every-word
    title: Every word
    zone: Asia/Singapore
    currency: SGD
    unit: incident
    hours: {always: 24x7}
    classes:
      I: {title: Question, targets: [{id: contact, by: 72h, in: always, met_by: contacted}]}
      III:
        targets:
          - {id: contact, by: 15m, in: always, met_by: contacted}
          - {id: begin, by: 15m, in: always, met_by: work-begun}
        ladder: urgent
        misuse: {reviewed_by: desk, bills: panic-mode}
    default_class: I
    ladders:
      urgent:
        - {at: 0m, tell: [duty.primary, duty.secondary], by: [email, pager]}
        - {at: 10m, tell: [group.hotline], by: [voice], or_when: {dialled: "3,9"}}
        - {when: {answer: voicemail}, tell: [group.everyone], by: [voice]}
        - {repeat: last, every: 2m}
    mail: {addresses: {support@: [I], urgent@: [III]}, ignore: [{id: call-me-only, content: call-me-only, text: Say more.}]}
    tiers: [free, pro, premium]
    entitlements:
      - {id: portal, grants: ticket, tiers: [pro, premium]}
      - {id: advisor, grants: advisor, tiers: [premium], each_bought: [fine-tuning, on-site-visit]}
      - {id: knowledge, grants: [articles, forum], tiers: [free, pro, premium], lapsed: allowed}
    exclusions: [{id: operating-systems, about: operating-system, unless: own-defect, text: Not the system itself.}]
    product: {releases: [{version: "9.4", on: 2026-03-16}], grace: 30 days, end_of_life: {notice: 12 months}}
    packages: [{id: day, grants: 28 incidents, standing_order: quarterly}]
    rounding: {increment: 15m, up_from: 7m, minimum: 1, of: task}
    rates: [{id: any-work, when: {mode: [telephone, remote, onsite]}, per: 15m, each: 1}]

    """

  @Test("Classes, ladders, mail, tiers, entitlements, exclusions and product life are read")
  func everyWord() throws {
    let plan = try Plan.read(Self.everyWord, zones: Samples.zones).get()
    #expect(plan.classes.map(\.id) == ["I", "III"])
    #expect(plan.ticketClass("III")?.ladder == "urgent")
    let opened = Samples.sgt("2026-03-07 12:00")
    #expect(plan.targets(openedAt: opened).map(\.target.id) == ["contact"])
    #expect(plan.targets(class: "III", openedAt: opened).map(\.due) == [opened + .minutes(15), opened + .minutes(15)])
    #expect(plan.ladder("urgent")?.step(4)?.at == .minutes(14))
    #expect(plan.mail?.addresses["urgent@"] == ["III"])
    #expect(plan.entitlements.last?.lapsedAllowed == true)
    #expect(plan.exclusions.first?.unless == ["own-defect"])
    #expect(plan.product?.releases.first?.version.minor == 4)
    #expect(plan.packages.first?.standingOrder == .quarterly)
  }

  @Test("A class whose ladder tells nobody in time is refused")
  func lateLadder() {
    let late = Self.everyWord.replacing("at: 0m", with: "at: 15m").replacing("at: 10m", with: "at: 20m")
    #expect(Samples.problems(late).contains { $0.contains("too late to meet 'contact' by 15m") })
  }

  @Test("A rate that an earlier one always hides is found")
  func shadowed() throws {
    let plan = try Samples.plan(
      "rates: [{id: a, when: {mode: [onsite, remote]}, flat: 1}, {id: b, when: {mode: onsite, visit: booked}, flat: 2}]\nvalues: {mode: [onsite, remote]}"
    )
    #expect(plan.lint().filter(\.isError).map(\.clause) == ["b"])
  }

  @Test("Facts and tasks are read from JSON, and mistakes in them told")
  func task() throws {
    let text = """
      {"facts": {"mode": "onsite", "category": "server", "missed": ["respond"], "reported": "2026-03-05T10:00:00+08:00"},
       "work": [{"from": "2026-03-05T10:00:00+08:00", "to": "2026-03-05T13:01:00+08:00"}],
       "consented_blocks": 1, "parts": [{"text": "Disk", "agreed": 12}]}
      """
    let task = try WorkTask.read(text).get()
    #expect(task.assessment == .notAsked)
    #expect(try Samples.flexi().rate(task).lines.map(\.units.units) == [300, -160, 12])
    let wrong = """
      {"facts": {"mode": "onsight", "resolved": "maybe"}, "minutes": -1, "blocks": 2}
      """
    guard case .failure(let errors) = WorkTask.read(wrong) else {
      Issue.record("read")
      return
    }
    #expect(errors.problems.map(\.path) == ["blocks", "facts.mode", "facts.resolved", "minutes"])
  }
}
