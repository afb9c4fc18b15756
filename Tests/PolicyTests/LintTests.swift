import Policy
import Testing

@Suite("What a plan cannot mean")
struct LintTests {
  /// The errors of a plan, whether the reader finds them or the check does: each with line and path.
  static func errors(_ body: String) -> [String] {
    let document = Samples.document(body)
    switch Plan.read(document, zones: Samples.zones) {
    case .failure(let errors): return errors.problems.map(\.description)
    case .success(let plan): return plan.lint().filter(\.isError).map(\.located)
    }
  }

  static let step = "tell: duty.primary, by: email"

  @Test(
    "Each is refused with its line and path",
    arguments: [
      (
        "targets: [{id: t, by: 15m, in: always, met_by: contacted, ladder: l, starts: opened}]\nladders: {l: [{at: 15m, \(step)}]}",
        "line 7: targets[0]: the ladder 'l' tells nobody before 15m, too late to meet 't' by 15m"
      ),
      (
        "targets: [{id: t, by: 4h, in: always, met_by: contacted, ladder: l, starts: 30m before}]\nladders: {l: [{at: 30m, \(step)}]}",
        "line 7: targets[0]: the ladder 'l' tells nobody before 30m, too late to meet 't', 30m later"
      ),
      (
        "default_class: I\nclasses:\n  I:\n    targets: [{id: t, by: 15m, in: always, met_by: contacted, ladder: l, starts: opened}]\nladders: {l: [{at: 20m, \(step)}]}",
        "line 10: classes.I.targets[0]: the ladder 'l' tells nobody before 20m, too late to meet 't' by 15m"
      ),
      (
        "default_class: I\nclasses:\n  I:\n    ladder: l\n    targets: [{id: t, by: 15m, in: always, met_by: contacted}]\nladders: {l: [{at: 15m, \(step)}]}",
        "line 9: classes.I: the ladder 'l' tells nobody before 15m, too late to meet 't' by 15m"
      ),
      (
        "targets: [{id: t, by: 15m, in: always, met_by: contacted, ladder: l, starts: opened}]\nladders:\n  l: [{when: {answer: none}, \(step)}]",
        "line 9: ladders.l: every step waits for something: give it one that always runs"
      ),
      (
        "targets: [{id: t, by: 4h, in: always, met_by: contacted, ladder: l, starts: 4h before}]\nladders: {l: [{\(step)}]}",
        "line 7: targets[0]: its ladder would start 4h before it is due, but it is due after 4h"
      ),
      (
        "rates:\n  - {id: a, when: {mode: [onsite, remote]}, flat: 1}\n  - {id: b, when: {mode: onsite}, flat: 2}\n  - {id: c, flat: 0}",
        "line 9: rates[1] (b): never matches, since 'a' above it always does: put the narrower one first"
      ),
      (
        "rates:\n  - {id: a, when: {mode: onsite}, flat: 1}\n  - {id: b, when: {visit: booked}, flat: 2}\n  - {id: c, flat: 0}",
        "line 9: rates[1] (b): overlaps 'a' above it, for work with mode: onsite, visit: booked: make one of them the narrower, or exclude it"
      ),
      (
        "rates:\n  - {id: a, when: {mode: onsite}, flat: 1}\n  - {id: b, when: {mode: [remote, telephone]}, flat: 2}",
        "line 8: rates: no rate is for work with mode: helpdesk: add one, at 0 if it is free, or say in values that it does not occur"
      ),
      (
        "values: {category: [desktop, server]}\nrates:\n  - {id: a, when: {category: desktop, resolved: true}, flat: 1}\n  - {id: b, when: {category: server}, flat: 2}",
        "line 9: rates: no rate is for work with category: desktop, resolved: false: add one, at 0 if it is free, or say in values that it does not occur"
      ),
      (
        "packages:\n  - {id: p, grants: 1}\nrates: [{id: a, flat: 0}]",
        "line 8: packages[0]: no rate draws these credits: give the plan rates that cost some"
      ),
      (
        "units: hour\npackages:\n  - {id: p, grants: 1 hour}\nrates: [{id: a, flat: 1}]",
        "line 9: packages[0]: no rate draws these hours: give the plan rates that cost some"
      ),
      (
        "units: hour\ntiers: a\nentitlements:\n  - {id: e, grants: x, tiers: a, draws: hour}",
        "line 10: entitlements[0] (e): draws hours, but no rate says how many: give it a rate"
      ),
      (
        "units: hour\ntiers: a\nentitlements:\n  - {id: e, grants: x, tiers: a, draws: hour}\nrates: [{id: a, flat: 1, unit: hour}]",
        "line 10: entitlements[0] (e): draws hours, which no package grants: sell some"
      ),
      (
        "waivers:\n  - {id: w, when: {region: SG}, waive: first-block}\nrates: [{id: a, per: 15m, each: 1}]",
        "line 8: waivers[0]: no rate has a first block to waive"
      ),
    ])
  func contradictions(body: String, problem: String) {
    #expect(Self.errors(body).contains(problem), "\(Self.errors(body))")
  }

  @Test("A narrower rate before a wider one, rates that cannot meet, and a rate for all the rest are sound")
  func sound() {
    let narrower =
      "rates: [{id: a, when: {mode: onsite, visit: booked}, flat: 1}, {id: b, when: {mode: onsite}, flat: 2}, {id: c, flat: 0}]"
    #expect(Self.errors(narrower) == [])
    let apart = "rates: [{id: a, when: {resolved: true}, flat: 1}, {id: b, when: {resolved: false}, flat: 2}]"
    #expect(Self.errors(apart) == [])
    let bought = "rates: [{id: a, when: {has: x}, flat: 1}, {id: b, flat: 2}]"
    #expect(Self.errors(bought) == [])
    let fewer = "values: {mode: [onsite, remote]}\nrates: [{id: a, when: {mode: [onsite, remote]}, flat: 1}]"
    #expect(Self.errors(fewer) == [])
  }

  @Test("A ladder that tells somebody one second before the target is due can meet it")
  func justInTime() {
    let body =
      "targets: [{id: t, by: 15m, in: always, met_by: contacted, ladder: l, starts: opened}]\nladders: {l: [{at: 14m59s, \(Self.step)}]}"
    #expect(Self.errors(body) == [])
  }

  @Test("What may be meant is only warned of: a class that no mail opens, misuse without a rate")
  func warnings() throws {
    let plan = try Samples.plan(
      "default_class: I\nclasses: {I: {}, III: {misuse: {reviewed_by: desk, bills: x}}}\nmail: {addresses: {a@: I}}")
    let texts = plan.lint().map(\.description)
    #expect(texts.contains("warning: class.III: no mail address opens it"))
    #expect(texts.contains("warning: III-misuse: 'x' is no rate: misuse is not charged"))
  }
}
