import Policy
import Testing

@Suite("Classes, channels and mail of the plan with classes")
struct ClassTests {
  let plan: Plan
  let day: Instant

  init() throws {
    plan = try Samples.shipped("opus-one")
    day = Samples.civil("2026-03-05 10:00", plan)
  }

  func admit(_ facts: Facts, at: Instant? = nil) -> Admission {
    plan.admit(facts.merging([:]), at: at ?? day)
  }

  @Test("E1: a request that names no class has class I, never the most urgent one")
  func defaultClass() {
    #expect(admit([.channel: "email"]).facts.text(.class) == "I")
    #expect(admit([.channel: "email", .class: "III"]).facts.text(.class) == "III")
    #expect(plan.read(mailTo: ["support@desk.example"]) == .ticket(class: "I"))
    #expect(plan.read(mailTo: ["urgent@desk.example"]) == .ticket(class: "III"))
  }

  @Test(
    "E2: contact and work are due within 72 hours, 8 hours and 15 minutes, round the clock",
    arguments: [("I", "2026-03-08 23:00"), ("II", "2026-03-06 07:00"), ("III", "2026-03-05 23:15")])
  func targets(name: String, due: String) {
    let targets = plan.targets(class: name, openedAt: Samples.civil("2026-03-05 23:00", plan))
    #expect(targets.map(\.target.id) == ["contact", "begin"])
    #expect(targets.map(\.target.metBy) == [.contacted, .workBegun])
    #expect(targets.map(\.due) == [Samples.civil(due, plan), Samples.civil(due, plan)])
  }

  @Test(
    "E2 E5: what happens counts for what it is: both contact and work are needed, and a program's answer is neither")
  func events() {
    #expect(plan.milestones(of: .automaticReply).isEmpty)
    #expect(plan.milestones(of: .acknowledgement) == [.acknowledged])
    #expect(plan.milestones(of: .preliminaryReply) == [.acknowledged, .contacted])
    #expect(plan.milestones(of: .reply) == [.acknowledged, .contacted])
    #expect(plan.milestones(of: .work) == [.acknowledged, .workBegun])
    #expect(plan.milestones(of: .arrival) == [.acknowledged, .contacted, .attended])
  }

  @Test("E5: without such a clause a preliminary reply is no contact")
  func preliminaryByDefault() throws {
    #expect(try Samples.plan("statement: monthly").milestones(of: .preliminaryReply) == [.acknowledged])
  }

  @Test(
    "E3 E5: mail is followed up; calls, voicemail and fax are refused politely, but for calls about questions by day",
    arguments: [
      ([.channel: "email"], "2026-03-05 03:00", [], .tracked),
      ([.channel: "voicemail"], "2026-03-05 10:00", ["voicemail-and-fax"], .tracked),
      ([.channel: "fax"], "2026-03-05 10:00", ["voicemail-and-fax"], .tracked),
      ([.channel: "telephone"], "2026-03-05 08:59:59", ["question-calls"], .bestEffort),
      ([.channel: "telephone"], "2026-03-05 09:00:00", [], .bestEffort),
      ([.channel: "telephone"], "2026-03-05 16:59:59", [], .bestEffort),
      ([.channel: "telephone"], "2026-03-05 17:00:00", ["question-calls"], .bestEffort),
      ([.channel: "telephone"], "2026-03-07 10:00", ["question-calls"], .bestEffort),
      ([.channel: "telephone"], "2026-11-26 10:00", ["question-calls"], .bestEffort),
      ([.channel: "telephone", .class: "II"], "2026-03-05 10:00", ["other-calls"], .tracked),
      ([.channel: "portal"], "2026-03-05 10:00", ["channels"], .tracked),
      ([:], "2026-03-05 10:00", ["channels"], .tracked),
    ] as [(Facts, String, [String], ChannelRule.Handling)])
  func channels(facts: Facts, at: String, failed: [String], handling: ChannelRule.Handling) {
    let admission = admit(facts, at: Samples.civil(at, plan))
    #expect(admission.failed.map(\.id) == failed)
    #expect(admission.handling == handling)
    if failed != ["question-calls"] {
      #expect(admission.failed.allSatisfy { $0.remedy == "channel must be email" })
    } else {
      #expect(admission.failed.allSatisfy { $0.remedy.contains("09:00-17:00") && $0.remedy.hasSuffix("must be email") })
    }
  }

  @Test("E3: the same Message-ID twice is one ticket, however it is written")
  func sameMessage() {
    let seen: Set<String> = ["a1@mail.example"]
    func read(_ id: String) -> MailOutcome? {
      plan.read(mailTo: ["support@desk.example"], messageID: id, isSeen: { seen.contains($0) })
    }
    #expect(read("<a1@mail.example>") == .seen(messageID: "a1@mail.example"))
    #expect(read(" a1@mail.example ") == .seen(messageID: "a1@mail.example"))
    #expect(read("<a2@mail.example>") == .ticket(class: "I"))
    #expect(read("") == .ticket(class: "I"))
  }

  @Test("E4: a mail that only asks for a call gets an answer and no call; at the urgent address it still pages")
  func callMe() throws {
    for (address, pages) in [("support@desk.example", nil), ("urgent@desk.example", "III")] as [(String, String?)] {
      guard case .answered(let clause, let paged) = plan.read(mailTo: [address], content: "call-me-only") else {
        Issue.record("not answered")
        continue
      }
      #expect(clause.id == "call-me-only")
      #expect(clause.remedy == "say what the problem is")
      #expect(paged == pages)
    }
    #expect(plan.read(mailTo: ["support@desk.example"], content: "problem") == .ticket(class: "I"))
  }

  @Test(
    "E4: a mail is call-me-only by the plan's phrases, if it says nothing else",
    arguments: [
      ("", "Please call me", true), ("", "CALL ME at +1 (520) 555-1212 asap!", true), ("Call me", "", true),
      ("Re: call me", "Thanks,\nMei Tan", true), ("", "call  me\n-- \nAll our services are down", true),
      ("", "call\nme", true), ("", "Recall men", false), ("", "Please", false), ("", "", false),
      ("", "Mail is slow. Please call me.", false), ("Mail", "Please call me.", false),
      ("", "Please call me. Joe", false), ("", "call me\n--\nMail is slow", false), ("", "call it, me", false),
    ])
  func callMeWords(subject: String, text: String, isOne: Bool) {
    #expect(plan.content(ofMail: subject, text, writer: "Mei Tan") == (isOne ? "call-me-only" : "problem"))
  }

  @Test("E4: as many words are looked at as may be; one more says something; a plan without phrases knows none")
  func callMeBounds() throws {
    let most = "call me" + String(repeating: " please", count: 198)
    #expect(plan.content(ofMail: "", most) == "call-me-only")
    #expect(plan.content(ofMail: "", most + " please") == "problem")
    #expect(plan.content(ofMail: "", "call me don't it's I'd", writer: "Dont Its Id") == "call-me-only")
    let silent = try Samples.plan(
      "mail: {addresses: {}, ignore: [{id: i, content: call-me-only, text: Say more.}]}")
    #expect(silent.content(ofMail: "call me", "") == "problem")
    func problems(_ fields: String) -> [String] {
      Samples.problems(
        Samples.document("mail: {addresses: {}, ignore: [{id: i, content: call-me-only, text: Say., \(fields)}]}"))
    }
    #expect(problems("besides: please").count == 1)
    #expect(problems("says: \"555\"").first?.contains("has no word") == true)
    #expect(problems("says: \(String(repeating: "x", count: 101))").first?.contains("longer than 100 bytes") == true)
    #expect(problems("says: [call me], besides: [please]") == [])
  }

  @Test("E7: mail goes to the group's address, even when a main contact exists")
  func groupAddress() {
    guard case .refused(let clause) = plan.read(mailTo: ["anna@desk.example"]) else {
      Issue.record("taken")
      return
    }
    #expect(clause.id == "group-address")
    #expect(clause.remedy.hasPrefix("write to support@ or urgent@"))
    #expect(plan.read(mailTo: ["anna@desk.example", "Support@desk.example"]) == .ticket(class: "I"))
  }

  @Test("E1 E7: a mail opens the classes of its address; of two addresses the more urgent one's counts")
  func addresses() {
    #expect(plan.read(mailTo: ["support@x"], class: "II") == .ticket(class: "II"))
    #expect(plan.read(mailTo: ["support@x", "urgent@x"]) == .ticket(class: "III"))
    #expect(plan.read(mailTo: ["support@x", "urgent@x"], class: "II") == .ticket(class: "II"))
    guard case .refused(let clause) = plan.read(mailTo: ["support@x"], class: "III") else {
      Issue.record("taken")
      return
    }
    #expect(clause.remedy == "write to urgent@")
  }

  @Test(
    "E6: no guide through the customer's own upgrade or disk crash, unless a covered service is down",
    arguments: [
      ("own-upgrade", [], ["own-upgrade"]), ("disk-crash", [], ["disk-crash"]),
      ("own-upgrade", ["covered-service-down"], []), ("disk-crash", ["covered-service-down"], []),
    ] as [(String, [String], [String])])
  func exclusions(about: String, circumstances: [String], failed: [String]) {
    let admission = admit([.channel: "email", .about: .text(about), .circumstances: .list(circumstances)])
    #expect(admission.failed.map(\.id) == failed)
    #expect(admission.failed.allSatisfy { $0.remedy == "circumstances must be covered-service-down" })
  }

  @Test("E8: class II tells both on duty by mail; a call needs the mail all the same")
  func classTwo() throws {
    let ladder = try #require(plan.ticketClass("II")?.ladder.flatMap { plan.ladder($0) })
    #expect(ladder.steps.map(\.tell) == [[.duty("primary"), .duty("secondary")]])
    #expect(ladder.steps.map(\.by) == [[.email]])
    #expect(admit([.channel: "telephone", .class: "II"]).failed.map(\.id) == ["other-calls"])
    #expect(admit([.channel: "email", .class: "II"]).isAllowed)
  }

  @Test("E9 E10: class III pages both by mail and pager, then ten minutes later many phones, then more, then again")
  func urgentLadder() throws {
    let ladder = try #require(plan.ticketClass("III")?.ladder.flatMap { plan.ladder($0) })
    #expect(ladder.step(0)?.at == .zero)
    #expect(ladder.step(0)?.step.by == [.email, .pager])
    #expect(ladder.step(0)?.step.tell == [.duty("primary"), .duty("secondary")])
    #expect(ladder.step(1)?.at == .minutes(10))
    #expect(ladder.step(1)?.step.by == [.voice])
    #expect(ladder.step(2)?.step.tell == [.group("everyone")])
    #expect(ladder.step(3)?.repetition == 1)
    #expect(ladder.step(1000)?.step.id == "urgent-everyone")
  }

  @Test(
    "E10: the customer's own call with 3, then 9, brings the phones forward, once",
    arguments: [("3,9", 0, 1), ("3,9", 1, nil), ("3,9", 2, nil), ("3", 0, nil), ("9,3", 0, nil)]
      as [(String, Int, Int?)])
  func jump(dialled: String, after: Int, step: Int?) throws {
    let ladder = try #require(plan.ladder("urgent"))
    #expect(plan.jump(ladder, after: after, facts: [.dialled: .text(dialled)]) == step)
  }

  @Test(
    "E10: a step that asks what became of the one before is taken after these answers and no others",
    arguments: [
      ("none", nil), ("voicemail", nil), ("person", "answer must be none or voicemail (answer: person)"),
      ("refused", "answer must be none or voicemail (answer: refused)"),
    ] as [(String, String?)])
  func hindrance(answer: String, words: String?) throws {
    let ladder = try #require(plan.ladder("urgent"))
    #expect(plan.hindrance(of: ladder.steps[2], facts: [.answer: .text(answer)]) == words)
    #expect(plan.hindrance(of: ladder.steps[1], facts: [.answer: .text(answer)]) == nil)
  }

  @Test("E10: a step that asks what nobody told is not taken")
  func hindranceUnknown() throws {
    let ladder = try #require(plan.ladder("urgent"))
    #expect(
      plan.hindrance(of: ladder.steps[2], facts: [:]) == "answer must be none or voicemail (answer: missing)")
  }

  @Test("E11: a false class III is what the reviewer says; without a rate there is no charge")
  func misuse() throws {
    let task = WorkTask(facts: [:], work: .minutes(50), assessment: .notAsked)
    let ruling = try #require(plan.rule(misuseOf: "III", reviewer: .desk, task: task))
    #expect(ruling.rating == nil)
    #expect(ruling.clause.id == "false-urgency")
    #expect(ruling.clause.remedy == "no charge")
    #expect(plan.rule(misuseOf: "III", reviewer: .portal, task: task) == nil)
    #expect(plan.rule(misuseOf: "II", reviewer: .desk, task: task) == nil)
    let priced = try Samples.shipped(
      "opus-one", "rates: [{id: included,",
      with: "rates: [{id: panic-mode, flat: 3, when: {class: III}}, {id: included,")
    #expect(priced.rule(misuseOf: "III", reviewer: .desk, task: task)?.rating?.total == 3)
  }

  @Test("E11: with a rate, misuse is billed by it and cites both clauses")
  func billedMisuse() throws {
    let plan = try Samples.shipped("template")
    let task = WorkTask(facts: [:], work: .minutes(50), assessment: .notAsked)
    let ruling = try #require(plan.rule(misuseOf: "urgent", reviewer: .admin, task: task))
    #expect(ruling.rating?.total == 20)
    #expect(ruling.rating?.lines.map(\.clause) == ["false-alarm-rate"])
    #expect(ruling.clause.remedy == "charged by false-alarm-rate")
    #expect(plan.rate(task).rate == "rest")
  }

  @Test("A decision's record tells the plan, what was looked at, and every clause that applied")
  func record() {
    let admission = admit([.channel: "fax", .about: "disk-crash"])
    #expect(admission.plan == plan.version)
    #expect(admission.subject == .ticket)
    #expect(admission.at == day)
    #expect(admission.considered == ["voicemail-and-fax", "disk-crash"])
    #expect(admission.failed.map(\.id) == ["voicemail-and-fax", "disk-crash"])
    #expect(admission.looked == ["channel: fax", "about: disk-crash", "circumstances: missing"])
  }
}
