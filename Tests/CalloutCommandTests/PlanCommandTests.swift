import CalloutClient
import Foundation
import NIOCore
import SwiftProtobuf
import Testing
import Transport

@testable import CalloutCommand

@Suite("Plans without a service")
struct PlanCommandTests {
  @Test("The shipped plan has no error")
  func check() async {
    let outcome = await callout(["plan", "check", shippedPlan])
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.out.contains("flexi-it"))
  }

  @Test("A plan's mistakes are listed with file, line and path")
  func mistakes() async throws {
    let folder = try Folder()
    let text = try String(contentsOfFile: shippedPlan, encoding: .utf8)
    let line = try #require(
      text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasPrefix("unit:") })
    let path = try folder.file(
      "p.yaml", text.replacingOccurrences(of: "unit: credit", with: "colour: red\nunit: credit"))
    let outcome = await callout(["plan", "check", path])
    #expect(outcome.status == CommandStatus.refused.rawValue)
    #expect(outcome.err.contains("p.yaml:\(line + 1): "), "\(outcome.err)")
    #expect(outcome.err.contains("colour"))
    let json = try JSONValue(parsing: await callout(["plan", "check", path, "-o", "json"]).out)
    #expect(json.value(at: "errors[0].line") == .integer(Int64(line + 1)))
  }

  @Test("F17c: a server job of 3 h 01 with consent is rated line by line")
  func rate() async throws {
    let facts =
      #"{"facts": {"mode": "onsite", "category": "server"}, "minutes": 181, "blocks_consented": 1, "assessed": true}"#
    let outcome = await callout(["plan", "rate", shippedPlan, "--facts", "-", "-o", "json"], input: facts)
    #expect(outcome.status == 0, "\(outcome.err)")
    let json = try JSONValue(parsing: outcome.out)
    #expect(json["total"] == 300)
    #expect(json.value(at: "lines[0].clause") == "onsite-server")
    let table = await callout(["plan", "rate", shippedPlan, "--facts", "-"], input: facts)
    #expect(table.out.contains("160 + 140"))
    #expect(table.out.contains("total: 300 credit(s) for 181 min by onsite-server"))
  }

  @Test("F11: intervals in civil time are rated like minutes")
  func intervals() async throws {
    let facts =
      #"{"facts": {"mode": "onsite", "category": "desktop"}, "work": ["2026-03-03 10:00/2026-03-03 10:20"]}"#
    let outcome = await callout(["plan", "rate", shippedPlan, "--facts", "-", "-o", "json"], input: facts)
    let json = try JSONValue(parsing: outcome.out)
    #expect(json["total"] == 50)
    #expect(json["minutes"] == 20)
  }

  @Test(
    "Facts that are wrong are refused with their place",
    arguments: [
      (#"{"facts": {"mood": "glad"}}"#, "facts.mood"), (#"{"minutes": -1}"#, "minutes"), ("{", "line 1"),
      (#"{"work": ["yesterday/today"]}"#, "work[0].from"),
    ])
  func wrongFacts(input: String, place: String) async {
    let outcome = await callout(["plan", "rate", shippedPlan, "--facts", "-"], input: input)
    #expect(outcome.status == CommandStatus.usage.rawValue)
    #expect(outcome.err.contains(place), "\(outcome.err)")
  }

  @Test("P12: work of another unit is totalled in it")
  func otherUnit() async throws {
    let opmon = shippedPlan.replacingOccurrences(of: "flexi-it.yaml", with: "opmon.yaml")
    let outcome = await callout(
      ["plan", "rate", opmon, "--facts", "-"], input: #"{"facts": {"service": "workshop"}, "minutes": 121}"#)
    #expect(outcome.out.contains("total: 3 consulting-hour(s) for 121 min by consulting"), "\(outcome.out)")
  }

  @Test("F12 F30: a request is admitted or not, with every clause that fails and what would be acceptable")
  func admit() async throws {
    let request = [
      "plan", "admit", shippedPlan, "--at", "2026-05-07 10:00", "--fact", "region=SG", "--fact", "account=main",
      "--fact", "platform=windows",
    ]
    let refused = await callout(request + ["--fact", "channel=email", "--fact", "contact=unknown"])
    #expect(refused.status == CommandStatus.refused.rawValue)
    #expect(refused.out.hasPrefix("refused\n"))
    #expect(refused.out.contains("telephone-only refuses: "))
    #expect(refused.out.contains("acceptable: contact must be authorised"))
    #expect(refused.out.contains("maintenance warns: "))
    #expect(refused.err.contains("does not admit this: telephone-only, authorised-callers"))

    let wanted = ["--fact", "channel=telephone", "--fact", "contact=authorised", "--fact", "has=maintenance-plan"]
    let taken = await callout(request + wanted)
    #expect(taken.status == 0, "\(taken.err)")
    #expect(taken.out.hasPrefix("taken\nlooked at channel: telephone"), "\(taken.out)")
    let json = try JSONValue(parsing: await callout(request + wanted + ["-o", "json"]).out)
    #expect(json["allowed"] == true && json["failed"] == [] && json["warnings"] == [])
  }

  @Test(
    "A question about admission that is wrong is refused",
    arguments: [
      (["--at", "soon"], "soon"), (["--at", "2026-05-07 10:00", "--subject", "party"], "sign-up"),
      (["--at", "2026-05-07 10:00", "--fact", "mood=glad"], "mood"),
      (["--at", "2026-05-07 10:00", "--fact", "x"], "x"),
    ])
  func wrongQuestions(options: [String], words: String) async {
    let outcome = await callout(["plan", "admit", shippedPlan] + options)
    #expect(outcome.status == CommandStatus.usage.rawValue)
    #expect(outcome.err.contains(words), "\(outcome.err)")
  }

  @Test("F4: a target that runs over Good Friday falls due on Monday, and why says so")
  func due() async throws {
    let question = ["--from", "2026-04-02 16:00", "--target", "respond"]
    let due = await callout(["plan", "due", shippedPlan, "-o", "json"] + question)
    #expect(try JSONValue(parsing: due.out).value(at: "[0].due") == "2026-04-06T11:00:00+08:00")
    let why = await callout(["plan", "why", shippedPlan] + question)
    #expect(why.out.contains("Good Friday"))
    #expect(why.out.contains("2h counted"))
    let none = await callout(["plan", "due", shippedPlan, "--from", "2026-04-02 16:00", "--target", "nothing"])
    #expect(none.status == CommandStatus.usage.rawValue)
    #expect(none.err.contains("respond"))
  }

  @Test("A plan is shown with its clauses")
  func show() async throws {
    let json = try JSONValue(parsing: await callout(["plan", "show", shippedPlan, "-o", "json"]).out)
    #expect(json["currency"] == "SGD")
    #expect(json.value(at: "packages[0].price") == "SGD 600.00")
  }

  @Test("A missing zone file is told", arguments: ["/nonexistent"])
  func zones(folder: String) async {
    let outcome = await callout(["plan", "check", shippedPlan, "--zoneinfo", folder])
    #expect(outcome.status == CommandStatus.refused.rawValue)
    #expect(outcome.err.contains("Asia/Singapore"))
  }

  /// The folder of the plans of the repository.
  static let plans = URL(fileURLWithPath: shippedPlan).deletingLastPathComponent()

  @Test(
    "Every plan of the repository passes the check",
    arguments: ["flexi-it", "opus-one", "opmon", "retained-support", "template"])
  func everyPlan(name: String) async {
    let outcome = await callout(["plan", "check", Self.plans.appending(path: "\(name).yaml").path])
    #expect(outcome.status == 0, "\(outcome.err)")
  }

  @Test("What a plan cannot do is refused with file, line and path, as what cannot be read is")
  func contradiction() async throws {
    let text = try String(contentsOfFile: shippedPlan, encoding: .utf8)
    let path = try Folder().file(
      "p.yaml", text.replacingOccurrences(of: "{mode: onsite, category: desktop}", with: "{mode: onsite}"))
    let outcome = await callout(["plan", "check", path, "-o", "json"])
    #expect(outcome.status == CommandStatus.refused.rawValue)
    #expect(outcome.err.contains(": rates[3]: never matches, since 'onsite-desktop' above it always does"))
    let json = try JSONValue(parsing: outcome.out)
    #expect(json.value(at: "errors[0].path") == "rates[3]")
  }

  @Test("A new version is told in words, with the clause and whom it concerns")
  func diff() async throws {
    let text = try String(contentsOfFile: shippedPlan, encoding: .utf8)
    let path = try Folder().file("new.yaml", text.replacingOccurrences(of: "each: 50}", with: "each: 60}"))
    let table = await callout(["plan", "diff", shippedPlan, path])
    #expect(table.status == 0, "\(table.err)")
    #expect(
      table.out == """
        rates onsite-desktop: changed for work with mode onsite and category desktop
          costs 60 credits for each 3h begun instead of 50 credits for each 3h begun
        1 change(s); open tickets keep the old version.

        """)
    let json = try JSONValue(parsing: await callout(["plan", "diff", shippedPlan, path, "-o", "json"]).out)
    #expect(json.value(at: "changes[0].clause") == "onsite-desktop")
    #expect(await callout(["plan", "diff", path, path]).out == "The documents are the same.\n")
    let remark = try Folder().file("remark.yaml", text + "# A remark\n")
    #expect(
      await callout(["plan", "diff", shippedPlan, remark]).out == "Nothing changes but how the document is written.\n")
    let wrong = try Folder().file("wrong.yaml", "plan: x\n")
    #expect(await callout(["plan", "diff", shippedPlan, wrong]).status == CommandStatus.refused.rawValue)
  }

  @Test("The fields of the language and its JSON Schema are printed as the repository has them")
  func language() async throws {
    let page = try String(contentsOf: Self.plans.appending(path: "LANGUAGE.md"), encoding: .utf8)
    let tables = await callout(["plan", "language"])
    #expect(tables.status == 0)
    #expect(page.contains(tables.out))
    let schema = try String(contentsOf: Self.plans.appending(path: "plan.schema.json"), encoding: .utf8)
    #expect(await callout(["plan", "language", "--schema"]).out == schema)
  }

  @Test("A word that no work of the plan can have is told with those that it knows, and one that it knows is rated")
  func unknownWords() async throws {
    func rate(_ facts: String) async -> Outcome {
      await callout(["plan", "rate", shippedPlan, "--facts", "-"], input: "{\"facts\": {\(facts)}, \"minutes\": 20}")
    }
    let wrong = await rate(#""mode": "onsite", "category": "laptop""#)
    #expect(wrong.status == CommandStatus.usage.rawValue && wrong.out.isEmpty)
    #expect(wrong.err.contains("facts.category: laptop is none of what the plan knows: "), "\(wrong.err)")
    #expect(wrong.err.contains("desktop"))
    #expect(await rate(#""mode": "on-site""#).err.contains("facts.mode: on-site is none of what the plan knows"))
    #expect(await rate(#""mode": "onsite", "category": "desktop""#).status == 0)
  }
}
