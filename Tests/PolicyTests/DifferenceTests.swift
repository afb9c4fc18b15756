import Foundation
import Policy
import Testing

@Suite("What a new version of a plan changes")
struct DifferenceTests {
  func changes(_ name: String, _ old: String, _ new: String) throws -> [String] {
    try Samples.shipped(name).changes(to: try Samples.shipped(name, old, with: new)).map(\.description)
  }

  @Test("The same plan changes nothing, nor does a remark", arguments: Samples.shipped)
  func nothing(name: String) throws {
    let plan = try Samples.shipped(name)
    #expect(plan.changes(to: plan).isEmpty)
    #expect(plan.changes(to: try Samples.shipped(name, "zone:", with: "# A remark\nzone:")).isEmpty)
  }

  @Test(
    "Each change is told in words, with the clause and whom it concerns",
    arguments: [
      (
        "flexi-it", "blocks: {of: 3h, each: 50}", "blocks: {of: 3h, each: 60}",
        "rates onsite-desktop, changed for work with mode onsite and category desktop: costs 60 credits for each 3h begun instead of 50 credits for each 3h begun"
      ),
      (
        "flexi-it", "    by: 4h\n", "    by: 2h\n",
        "targets respond, changed for whoever opens a ticket: is due after 2h of office instead of 4h of office"
      ),
      (
        "flexi-it", "mon-fri: 09:00-18:00", "mon-thu: 09:00-18:00",
        "hours office, changed for whoever counts on these hours: no longer opens on fri 09:00-18:00"
      ),
      (
        "flexi-it", "      2026-12-25: Christmas Day\n", "      2026-12-25: Christmas Day\n      2026-12-28: Day off\n",
        "hours office, changed for whoever counts on these hours: now is closed on 2026-12-28 for Day off"
      ),
      (
        "flexi-it", "require: {region: SG}", "require: {region: [SG, MY]}",
        "admission mainland, changed for who asks for ticket: requires region SG or MY instead of region SG"
      ),
      (
        "flexi-it", "    lasts: 1 year  ", "    lasts: 2 years  ",
        "packages flexi-600, changed for who buys it from now on: lasts 2 years instead of 1 year"
      ),
      (
        "opmon", "    tiers: [pro, premium]", "    tiers: [premium]",
        "entitlements portal, changed for agreements of the tiers pro, premium before, agreements of the tiers premium now: is for the tiers premium instead of pro, premium"
      ),
      (
        "opmon",
        "  - {id: internet, about: internet, unless: own-defect, text: Access to the internet is not supported.}\n",
        "",
        "exclusions internet, removed for who asks about internet: excludes internet; is lifted by own-defect; says Access to the internet is not supported."
      ),
      (
        "opus-one", "id: urgent-phones, at: 10m", "id: urgent-phones, at: 5m",
        "ladders urgent, changed for the people it tells: step 2 (urgent-phones) tells group.hotline by voice after 5m, sooner for dialled 3,9 instead of group.hotline by voice after 10m, sooner for dialled 3,9"
      ),
      (
        "template", "contact_within: 30m", "contact_within: 20m",
        "ladders duty, changed for the people it tells: lets an acknowledgement without contact expire after 20m instead of 30m"
      ),
      (
        "template", "spare: [pager, voice]", "spare: pager",
        "quiet_hours nights, changed for the people it tells: spare pager instead of pager, voice"
      ),
      (
        "template", "within: 5m, at_most: 20", "within: 5m, at_most: 10",
        "merging one-mail, changed for the people it tells: makes one of at most 10 instead of 20"
      ),
      (
        "retained-support", "up_from: 7m", "up_from: 8m",
        "rounding rounding, changed for whoever pays by time: rounds up from 8m instead of 7m"
      ),
    ])
  func words(name: String, old: String, new: String, change: String) throws {
    #expect(try changes(name, old, new) == [change])
  }

  @Test("A clause that is new is told whole, and the order of rates counts")
  func addedAndMoved() throws {
    let old = try Samples.plan("rates: [{id: a, when: {visit: booked}, flat: 1}, {id: b, flat: 2}]")
    let new = try Samples.plan(
      "rates: [{id: b, flat: 2}, {id: a, when: {visit: booked}, flat: 1}, {id: c, when: {mode: onsite}, flat: 3}]")
    #expect(
      old.changes(to: new).map(\.description) == [
        "rates c, added for work with mode onsite: is for mode onsite; costs 3 credits; says c",
        "rates order, changed for everybody: the order is b, a instead of a, b",
      ])
  }

  /// Lines that say what holds without them.
  static let redundant: Set<String> = [
    "starts: missed", "id: overage", "id: first-assessment", "id: contacts", "id: mail", "id: end-of-life",
    "preliminary_reply: acknowledged",
  ]

  @Test("No line of a plan can go without a word about it", arguments: Samples.shipped)
  func everyLine(name: String) throws {
    let plan = try Samples.shipped(name)
    let lines = try Samples.text(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var tried = 0
    for index in lines.indices {
      // Every fourth line, and no holidays, which are all alike: reading a plan takes its time.
      let line = String(lines[index].drop { $0 == " " })
      guard index % 4 == 0, !line.isEmpty, !line.hasPrefix("#"), !line.hasPrefix("20"),
        !Self.redundant.contains(line.split(separator: "#")[0].trimmingCharacters(in: .whitespaces))
      else { continue }
      var fewer = lines
      fewer.remove(at: index)
      guard case .success(let less) = Plan.read(fewer.joined(separator: "\n"), zones: Samples.zones) else { continue }
      tried += 1
      #expect(!plan.changes(to: less).isEmpty, "line \(index + 1): \(line)")
    }
    #expect(tried > 3)
  }
}
