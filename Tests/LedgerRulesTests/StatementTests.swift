import LedgerRules
import Policy
import Testing

@Suite("Statements")
struct StatementTests {
  /// A March with a bit of everything.
  func march() throws -> (Desk, AgreementID) {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let news = AccountNews(account: CustomerAccount(id: desk.account, name: "Kopi Trading Pte Ltd"))
    desk.run(as: .service) { state, context in AccountNews.apply(news, &state, &context) }
    desk.wait(until: "2026-03-03 10:00")
    let wrong = try #require(desk.charge(agreement, Samples.helpdesk(), "Ticket 1: mail does not open").reply)
    desk.wait(until: "2026-03-06 13:01")
    desk.charge(
      agreement, Samples.onsite("server", minutes: 181, consented: 1),
      "Ticket 2: the shares of the file server in the back office are gone since this morning")
    desk.wait(until: "2026-03-09 15:00")
    desk.charge(agreement, Samples.onsite("desktop", [.missed: ["respond"]]), "Ticket 3: printer is silent")
    desk.reverse(wrong.transfer.id, "The fault was the desk's own")
    desk.adjust(agreement, -550 + 300)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server")).reply)
    desk.acknowledge(quote.id)
    desk.capture(quote.id.as(), 160)
    return (desk, agreement)
  }

  @Test("F24 F29: the month is closed at its end in the plan's zone, once, and the customer is told")
  func closes() throws {
    var (desk, agreement) = try march()
    desk.wait(until: "2026-03-31 23:59:59")
    #expect(desk.state.statements.isEmpty)
    desk.wait(until: "2026-04-01 00:00")
    let statement = try #require(desk.state.statements.all.first)
    #expect(statement.from == Samples.sgt("2026-03-01 00:00"))
    #expect(statement.opening == 0)
    #expect(statement.closing == desk.balance(agreement))
    #expect(desk.notices(.statement).map(\.text) == [statement.text])
    #expect(statement.digest == Digest.sha256(Array(statement.text.utf8)))
    desk.wait(until: "2026-06-01 00:00")
    #expect(desk.state.statements.all.map(\.opening).dropFirst().allSatisfy { $0 == statement.closing })
    #expect(desk.state.statements.count == 3)
    desk.expectInvariants()
  }

  @Test("F24: opening and lines make the closing balance, and every line of a charge names its rule and arithmetic")
  func addsUp() throws {
    var (desk, agreement) = try march()
    desk.wait(until: "2026-04-01 00:00")
    let document = try self.document(desk, agreement)
    let sum = document.lines.reduce(document.opening) { $0 + $1.amount }
    #expect(sum == document.closing)
    #expect(document.closing == desk.balance(agreement))
    for line in document.lines where line.kind == .charge {
      #expect(!line.clause.isEmpty)
      #expect(!line.arithmetic.isEmpty)
    }
  }

  @Test("F24: made again from the journal's transfers, a statement is the same byte for byte")
  func rebuilds() throws {
    var (desk, agreement) = try march()
    desk.wait(until: "2026-04-01 00:00")
    let statement = try #require(desk.state.statements.all.first)
    desk.charge(agreement, Samples.helpdesk())
    let text = try document(desk, agreement).text
    #expect(text == statement.text)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 88 })
    #expect(text.contains("Closing balance"))
  }

  @Test("F24: a late entry goes onto the next statement as an adjustment; the closed one stays")
  func lateEntry() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.wait(until: "2026-04-02 09:00")
    let before = try #require(desk.state.statements.all.first)
    desk.charge(agreement, Samples.onsite(), completed: Samples.sgt("2026-03-30 16:00"), "Visit of 30 March")
    desk.wait(until: "2026-05-01 00:00")
    #expect(desk.state.statements.all.first == before)
    let april = try #require(desk.state.statements.all.last)
    #expect(april.opening == 600)
    #expect(april.closing == 550)
    #expect(april.text.contains("ADJUSTMENTS AND LATE ENTRIES"))
    #expect(april.text.contains("(work of 30 Mar 2026)"))
  }

  @Test("A quiet month has a statement too")
  func quiet() throws {
    var desk = try Desk()
    try _ = desk.signUp(packages: 0)
    desk.wait(until: "2026-04-01 00:00")
    #expect(desk.state.statements.all.first?.text.contains("Nothing was added or used.") == true)
  }

  @Test("The text says what happened in columns, with the unit, dates and money as people write them")
  func looks() throws {
    var (desk, agreement) = try march()
    desk.wait(until: "2026-04-01 00:00")
    let text = try document(desk, agreement).text
    let wanted = [
      "Flexi-IT Services                                                Statement of March 2026",
      "Customer     Kopi Trading Pte Ltd",
      "Period       1 Mar 2026 to 31 Mar 2026, time of Asia/Singapore",
      "2 Mar 2026   Package flexi-600 bought for SGD 600.00",
      "               600 credits, valid to 2 Mar 2027                                     +600",
      "                 flexi-600: 1 x 600 = 600",
      "3 Mar 2026   Ticket 1: mail does not open",
      "               Incident resolved by the helpdesk                                     -10",
      "               We came later than four working hours                                 +50",
    ]
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for line in wanted { #expect(lines.contains(line), "\(line)\nis missing in\n\(text)") }
  }

  private func document(_ desk: Desk, _ agreement: AgreementID) throws -> StatementDocument {
    let statement = try #require(desk.state.statements.all.first)
    return StatementDocument(
      agreement: agreement, accountName: statement.accountName, plan: desk.plan, from: statement.from,
      to: statement.to, opening: statement.opening,
      transfers: desk.state.transfers.members(of: agreement).filter { $0.period == statement.from }, isClosed: true)
  }
}
