import Policy
import Testing

private struct Row: Record {
  var key: Int
  var group: String
  var value: Int
}

@Suite("Tracked records")
struct RecordsTests {
  private static func loaded() -> Records<Row> {
    Records(loaded: [
      Row(key: 3, group: "a", value: 3), Row(key: 1, group: "a", value: 1), Row(key: 2, group: "b", value: 2),
    ])
  }

  @Test("What was loaded is no change, and lists by group in key order")
  func loading() {
    let records = Self.loaded()
    #expect(!records.isChanged)
    #expect(records.members(of: "a").map(\.key) == [1, 3])
    #expect(records.members(of: "none").isEmpty)
    #expect(records.all.map(\.key) == [1, 2, 3])
    #expect(records[2]?.value == 2)
  }

  @Test("Insertions, updates and removals are told apart, and cancel out")
  func tracking() {
    var records = Self.loaded()
    let (first, second) = (Row(key: 4, group: "b", value: 4), Row(key: 4, group: "b", value: 5))
    let isNew = records.insert(first)
    let isNewAgain = records.insert(second)
    #expect(isNew && !isNewAgain)
    let isThere = records.update(1) { $0.value = 10 }
    let isElsewhere = records.update(Row(key: 9, group: "a", value: 0))
    #expect(isThere && !isElsewhere)
    let removed = records.remove(3)
    #expect(removed?.value == 3)
    #expect(records.changes.inserted.map(\.key) == [4])
    #expect(records.changes.updated.map(\.value) == [10])
    #expect(records.changes.removed.map(\.key) == [3])
    records.remove(4)
    records.update(1) { $0.value = 1 }
    records.insert(Row(key: 3, group: "a", value: 3))
    #expect(!records.isChanged)
    #expect(records.changes.inserted.isEmpty && records.changes.updated.isEmpty && records.changes.removed.isEmpty)
  }

  @Test("A row that moves to another group is listed there alone")
  func moving() {
    var records = Self.loaded()
    records.update(3) { $0.group = "b" }
    #expect(records.members(of: "a").map(\.key) == [1])
    #expect(records.members(of: "b").map(\.key) == [2, 3])
  }

  @Test("A row loaded again keeps what the rules made of it")
  func loadingAgain() {
    var records = Self.loaded()
    records.update(1) { $0.value = 10 }
    records.remove(2)
    records.load([Row(key: 1, group: "a", value: 1), Row(key: 2, group: "b", value: 2)])
    #expect(records[1]?.value == 10)
    #expect(records[2] == nil)
  }

  @Test("A rollback leaves no trace, whatever was done since the mark", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func rollback(seed: UInt64) {
    var seeded = Seeded(seed)
    var records = Self.loaded()
    for _ in 0..<200 {
      let before = records
      let mark = records.mark()
      for _ in 0..<seeded.below(8) {
        let key = seeded.below(6)
        let row = Row(key: key, group: ["a", "b", "c"][seeded.below(3)], value: seeded.below(5))
        switch seeded.below(3) {
        case 0: records.insert(row)
        case 1: records.update(row)
        default: records.remove(key)
        }
      }
      guard seeded.below(2) == 0 else { continue }
      records.rollback(to: mark)
      #expect(records.all == before.all)
      #expect(records.changes.inserted == before.changes.inserted)
      #expect(records.changes.updated == before.changes.updated)
      #expect(records.changes.removed == before.changes.removed)
      for group in ["a", "b", "c"] { #expect(records.members(of: group) == before.members(of: group)) }
    }
  }

  @Test("What a store has written is no change any more, and keys of rows that are gone are let go")
  func settling() {
    var records = Self.loaded()
    records.update(1) { $0.value = 10 }
    records.remove(2)
    records.insert(Row(key: 4, group: "b", value: 4))
    let present = records.all
    records.settle()
    #expect(!records.isChanged && !records.isTouched)
    #expect(records.all == present)
    #expect(records.members(of: "b").map(\.key) == [4])
    records.remove(4)
    #expect(records.changes.removed.map(\.key) == [4])
    for key in 100..<200 {
      records.insert(Row(key: key, group: "c", value: 0))
      records.settle()
      records.remove(key)
      records.settle()
    }
    #expect(records.all.map(\.key) == [1, 3])
    #expect(!records.isChanged)
  }

  @Test("Appended rows roll back to the mark")
  func appends() {
    var journal = Appends<Int>()
    journal.append(1)
    let mark = journal.mark()
    journal.append(2)
    journal.rollback(to: mark)
    #expect(journal.elements == [1])
    journal.rollback(to: 5)
    #expect(journal.elements == [1])
  }

  @Test("A refusal thrown by a helper becomes the decision")
  func decision() {
    func need(_ isThere: Bool) throws(Refused) { if !isThere { throw Refused(.notFound("ticket"), "No such ticket.") } }
    let refused = Decision<Int> { () throws(Refused) in
      try need(false)
      return 1
    }
    #expect(refused.refusal?.reason.code == .notFound)
    #expect(Decision<Int>.accepted(2).map { $0 + 1 } == .accepted(3))
  }

  @Test("Reasons have codes that never change")
  func codes() {
    #expect(
      Refused.Code.allCases.map(\.rawValue) == [
        "not_found", "invalid", "not_allowed", "already_exists", "conflict", "admission", "insufficient_credits",
        "plan_unknown", "clause_unknown", "needs_consent", "needs_acknowledgement", "needs_assessment", "needs_quote",
        "needs_reason", "closed_statement", "expired", "limit", "plan_invalid", "live_tenant",
      ])
  }
}
