import Foundation
import Policy
import Testing

@testable import LedgerRules

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Statements as HTML and CSV")
struct StatementFormTests {
  /// What a hostile customer could write.
  private static let evil = "=SUM(A1) <script>alert('x')</script> & \"quoted\", \u{202e}turned"

  /// A half year: two packages, work of all kinds, a lot that lapses, and units by hand.
  static func busy() throws -> (Desk, AgreementID) {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.state.accounts.insert(CustomerAccount(id: desk.account, name: "Kopi & Söhne <Pte> Ltd"))
    desk.wait(until: "2026-03-03 11:00")
    desk.charge(agreement, Samples.helpdesk(), "Ticket 1: mail does not open")
    desk.charge(agreement, Samples.onsite(), Self.evil)
    desk.wait(until: "2026-03-20 11:00")
    desk.charge(agreement, Samples.onsite(minutes: 200, consented: 1), "Ticket 3: moving the office")
    let wrong = try #require(desk.charge(agreement, Samples.helpdesk(), "Ticket 4: by mistake").reply).transfer.id
    desk.reverse(wrong, "Entered twice")
    desk.adjust(agreement, 25, "+1 for patience")
    return (desk, agreement)
  }

  static func document(_ desk: Desk, _ agreement: AgreementID, from text: String) throws -> StatementDocument {
    let from = Samples.sgt(text)
    let statement = try #require(desk.state.statements[.init(agreement: agreement, from: from)])
    let before = desk.state.statements[Statement.before(from, of: agreement, desk.plan)]
    return StatementDocument(
      agreement: agreement, accountName: statement.accountName, plan: desk.plan, from: statement.from,
      to: statement.to, opening: statement.opening, lots: before?.lots ?? [],
      transfers: desk.state.transfers.members(of: agreement).filter { $0.period == statement.from }, isClosed: true)
  }

  @Test("F24: the page is well-formed, reaches for nothing outside, and says each line with its reason")
  func page() throws {
    var (desk, agreement) = try Self.busy()
    desk.wait(until: "2026-04-01 00:00")
    let document = try Self.document(desk, agreement, from: "2026-03-01 00:00")
    let html = document.html()
    let page = try Page(html)
    #expect(Set(page.elements).isSuperset(of: ["html", "style", "svg", "desc", "table", "caption", "tbody"]))
    #expect(Set(page.elements).isDisjoint(with: ["script", "img", "link", "iframe", "image", "use", "a"]))
    #expect(!html.contains("url(") && !html.contains("@import") && !html.contains("src="))
    for line in document.lines {
      #expect(page.text.contains(line.text) && page.text.contains(line.arithmetic), "\(line)")
    }
    #expect(page.text.contains("Kopi & Söhne <Pte> Ltd"))
    #expect(page.text.contains("=SUM(A1) <script>alert('x')</script> & \"quoted\", turned"))
    #expect(!html.contains("<script>"))
  }

  @Test(
    "F24: the page is in the words of its language, with its days and numbers; the records are the same in every one")
  func german() throws {
    var (desk, agreement) = try Self.busy()
    desk.buy(agreement, 2)
    desk.wait(until: "2026-04-01 00:00")
    let document = try Self.document(desk, agreement, from: "2026-03-01 00:00")
    let german = document.html(in: .nearest([try #require(MessageLanguage("de-AT"))]))
    let page = try Page(german)
    #expect(german.contains("<html lang=\"de\""))
    #expect(page.text.contains("Auszug für März 2026") && page.text.contains("2. März 2026"))
    #expect(page.text.contains("Zugänge") && page.text.contains("Endsaldo") && page.text.contains("+1.800"))
    #expect(
      page.text.contains("Danach, wenn nichts mehr verbraucht wird") && german.contains("\"Seite \" counter(page)"))
    for words in ["Opening balance", "Charges", "Packages", "Ahead", "Statement of", "Nothing was", "Page "] {
      #expect(!german.contains(words), "\(words)")
    }
    #expect(document.html().contains("<html lang=\"en\"") && document.html().contains("+1,800"))
    #expect(
      document.csv.hasPrefix("agreement,customer,record,day,unit,units,heading,text,clause,arithmetic,transfer\r\n"))
  }

  @Test("The words of a page are those of the first language that has some, a wider one included, or English")
  func nearest() throws {
    let tags = { (tags: [String]) in StatementWords.nearest(tags.compactMap { MessageLanguage($0) }).language.tag }
    #expect(tags(["de-CH", "en"]) == "de" && tags(["fr", "de"]) == "de" && tags(["en-GB", "de"]) == "en")
    #expect(tags(["fr"]) == "en" && tags([]) == "en")
    #expect(Set(StatementWords.all.keys) == Set(MessageKind.builtInLanguages))
  }

  @Test("F24: page and records stay the same when a renewal gives the lots another expiry and later months are added")
  func remade() throws {
    var (desk, agreement) = try Self.busy()
    desk.wait(until: "2026-04-01 00:00")
    let march = try Self.document(desk, agreement, from: "2026-03-01 00:00")
    let expiry = try #require(march.lotsLeft.first?.expiresAt)
    desk.wait(until: "2026-04-12 00:00")
    desk.buy(agreement)
    desk.charge(agreement, Samples.onsite())
    desk.wait(until: "2026-05-01 00:00")
    let again = try Self.document(desk, agreement, from: "2026-03-01 00:00")
    #expect(again.html() == march.html())
    #expect(again.csv == march.csv)
    let april = try Self.document(desk, agreement, from: "2026-04-01 00:00")
    let lots = april.lotCourses(in: nil)
    #expect(lots.allSatisfy { $0.lot.expiresAt ?? .earliest > expiry })
    #expect(lots.map(\.opening) == march.lotsLeft.map(\.remaining) + [0])
    #expect(lots.reduce(Amount.zero) { $0 + $1.lot.remaining } == april.closing)
    // What the statement leaves is what the lots have.
    #expect(april.lotsLeft.map(\.remaining) == april.lotsLeft.map { desk.state.lots[$0.id]?.remaining })
    #expect(april.lotsLeft.map(\.expiresAt) == april.lotsLeft.map { desk.state.lots[$0.id]?.expiresAt })
  }

  @Test("F26: each lot's course is followed to its end: what was used, what lapsed, and when")
  func courses() throws {
    var (desk, agreement) = try Self.busy()
    desk.wait(until: "2027-04-01 00:00")
    let last = try Self.document(desk, agreement, from: "2027-03-01 00:00")
    let courses = last.lotCourses(in: nil)
    #expect(courses.count == 2 && courses.allSatisfy { $0.lot.remaining == 0 && $0.lapsed == $0.opening })
    #expect(last.lotsLeft.isEmpty && last.closing == 0)
    let svg = last.chart(in: nil, courses, name: "c").svg
    #expect(svg.components(separatedBy: "class=\"mark\"").count == 3)
    #expect(!svg.contains("Ahead"))
    let first = try Self.document(desk, agreement, from: "2026-03-01 00:00")
    let ahead = first.chart(in: nil, first.lotCourses(in: nil), name: "c").svg
    #expect(ahead.contains("Ahead, if nothing more is used"))
    #expect(ahead.contains("lapse after 2 Mar 2027."))
  }

  @Test("At most 24 lots of a unit are shown, and the rest is summed up", arguments: [24, 25])
  func manyLots(count: Int) throws {
    let desk = try Desk()
    let lots = (1...count).map { number in
      StatementLot(
        id: LotID(high: 1, low: UInt64(number)), package: "p", furtherUnit: nil, granted: 10,
        grantedAt: Samples.sgt("2026-01-01 00:00"), expiresAt: Samples.sgt("2027-01-01 00:00"), remaining: 2)
    }
    let document = StatementDocument(
      agreement: AgreementID(high: 1, low: 1), accountName: "A", plan: desk.plan,
      from: Samples.sgt("2026-03-01 00:00"), to: Samples.sgt("2026-04-01 00:00"), opening: 2, lots: lots, transfers: [],
      isClosed: false)
    let html = document.html()
    let page = try Page(html)
    #expect(html.components(separatedBy: "class=\"mark\"").count - 1 == 24)
    #expect(page.text.contains("1 more") == (count == 25))
  }

  @Test("A used-up lot is kept for the next statement, the latest hundred of them", arguments: [100, 101])
  func usedUp(count: Int) {
    let courses = (1...count).map { number in
      LotCourse(
        lot: StatementLot(
          id: LotID(high: 1, low: UInt64(number)), package: "p", furtherUnit: nil, granted: 10, grantedAt: .epoch,
          expiresAt: nil, remaining: 0), opening: 0)
    }
    let left = StatementLot.left(by: courses, at: .epoch)
    #expect(left.count == StatementLot.usedUpCountMax && left.last?.id == courses.last?.lot.id)
  }

  @Test(
    "The scale has round steps and holds every value",
    arguments: [
      ([0, 0], [0, 1]), ([0, 4], [0, 1, 2, 3, 4]), ([0, 5], [0, 2, 4, 6]), ([0, 600], [0, 200, 400, 600]),
      ([-7, 12], [-10, -5, 0, 5, 10, 15]), ([-3, -1], [-3, -2, -1]), ([0, 47], [0, 10, 20, 30, 40, 50]),
    ])
  func scale(values: [Int64], ticks: [Int64]) {
    let scale = StatementChart.Scale(values: values.map { Amount($0) ?? 0 })
    #expect(scale.ticks == ticks)
  }

  @Test("The largest amounts and the longest times are drawn too")
  func extremes() throws {
    let desk = try Desk()
    let large = Amount(Amount.largest) ?? 0
    let chart = StatementChart(
      unit: "credit", zone: desk.plan.zone, from: Samples.sgt("2026-03-01 00:00"), to: Samples.sgt("2026-04-01 00:00"),
      opening: large, steps: [(.earliest, large), (.latest, -large)], closing: -large, isClosed: true,
      marks: [.init(number: 1, expiresAt: .latest, remaining: large)], name: "c")
    #expect(!chart.svg.isEmpty)
  }

  @Test("The records are read back by another reader, and no cell begins as a formula does")
  func records() throws {
    var (desk, agreement) = try Self.busy()
    desk.wait(until: "2026-04-01 00:00")
    let document = try Self.document(desk, agreement, from: "2026-03-01 00:00")
    let rows = try Python.csv(document.csv)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    #expect(rows[0][2] == "record" && rows.count == document.lines.count + 3)
    #expect(rows[1][2] == "opening balance" && rows.last?[2] == "closing balance")
    let units = rows.dropFirst().compactMap { Int64($0[5]) }
    #expect(units.dropLast().reduce(0, +) == units.last)
    #expect(rows.contains { $0[6] == "'" + Self.evil })
    for (index, cell) in rows.flatMap({ $0.enumerated() }) where index != 5 {
      #expect(!["=", "+", "-", "@", "\t", "\r"].contains { cell.hasPrefix($0) }, "\(cell)")
    }
    let lines = document.csv.components(separatedBy: "\r\n")
    #expect(lines.count == rows.count + 1 && lines.last == "")
  }
}

@Suite("Notices by their fields")
struct NoticeFactTests {
  /// The fields that a notice may lack.
  private static let optional: Set<String> = ["customer", "contact", "words", "price"]

  private func check(_ notice: Notice, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let kind = try #require(MessageKind(rawValue: notice.kind.rawValue), sourceLocation: sourceLocation)
    let names = Set(notice.facts.values.keys)
    let known = Set(kind.fields.map(\.name))
    #expect(
      names.isSubset(of: known) && known.subtracting(names).isSubset(of: Self.optional), sourceLocation: sourceLocation)
    for field in kind.fields {
      guard case .rows(let inner) = field.shape, case .rows(let rows)? = notice.facts[field.name] else { continue }
      for row in rows {
        #expect(Set(row.values.keys).isSubset(of: Set(inner.map(\.name))), sourceLocation: sourceLocation)
      }
    }
    let facts = notice.facts.with(["words": .text(notice.text), "contact": .text("Mei"), "customer": .text("Kopi")])
    for language in MessageKind.builtInLanguages {
      let message = kind.builtInTemplate(in: language)?.rendered(facts, in: language)
      #expect(message?.html != nil && message?.text.contains("  ,") == false, sourceLocation: sourceLocation)
    }
  }

  @Test("Every notice of the ledger says its fields, all of them and no other")
  func complete() throws {
    var (desk, agreement) = try StatementFormTests.busy()
    desk.wait(until: "2026-04-01 00:00")
    for _ in 0..<8 { desk.charge(agreement, Samples.onsite()) }
    let quote = try #require(desk.quote(agreement, Samples.onsite("server", minutes: 60)).reply)
    desk.acknowledge(quote.id)
    desk.capture(quote.id.as(), quote.total)
    desk.buy(agreement)
    desk.wait(until: "2027-05-01 00:00")
    for kind in [Notice.Kind.statement, .lowBalance, .expiry, .estimate, .invoice] {
      try check(try #require(desk.notices(kind).first, "\(kind)"))
    }
    #expect(desk.notices(.lowBalance)[0].facts["percent"] == .number(20))
    #expect(desk.notices(.expiry)[0].facts["last"] == .date(try #require(CivilDate("2027-04-01"))))
    #expect(desk.notices(.invoice)[0].facts["price"] == .money(try #require(Money("SGD 1.00"))))
  }

  @Test("The lines of a statement's message are the first 200, and no more than 48 KiB of text", arguments: [200, 201])
  func lines(count: Int) throws {
    var desk = try Desk()
    let agreement = try desk.signUp(packages: 20)
    for number in 1..<count { desk.charge(agreement, Samples.helpdesk(), "Ticket \(number)") }
    desk.wait(until: "2026-04-01 00:00")
    let document = try StatementFormTests.document(desk, agreement, from: "2026-03-01 00:00")
    #expect(document.lines.count == count)
    guard case .rows(let rows)? = document.facts["lines"] else { throw Page.NotWellFormed(text: "no lines") }
    #expect(rows.count == 200 && document.facts["left_out"] == .number(Int64(count - 200)))
  }

  @Test("Long texts leave lines out of the message")
  func longLines() throws {
    var desk = try Desk()
    let agreement = try desk.signUp(packages: 20)
    for _ in 0..<60 { desk.charge(agreement, Samples.helpdesk(), String(repeating: "x", count: 1_000)) }
    desk.wait(until: "2026-04-01 00:00")
    let document = try StatementFormTests.document(desk, agreement, from: "2026-03-01 00:00")
    guard case .rows(let rows)? = document.facts["lines"] else { throw Page.NotWellFormed(text: "no lines") }
    #expect(rows.count < 50 && document.facts["left_out"] == .number(Int64(61 - rows.count)))
  }
}

/// An XML document that was read: a reader that stops at the first thing that is not well-formed.
final class Page: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []
  private(set) var text = ""

  init(_ html: String) throws {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    guard parser.parse() else { throw NotWellFormed(text: "\(parser.parserError as Any), line \(parser.lineNumber)") }
  }

  struct NotWellFormed: Error { let text: String }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) { elements.append(name) }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

/// Python's standard library, as a reader that is not ours.
enum Python {
  static func csv(_ text: String) throws -> [[String]] {
    let program = """
      import csv, io, json, sys
      text = sys.stdin.buffer.read().decode("utf-8")
      json.dump(list(csv.reader(io.StringIO(text, newline=""), strict=True)), sys.stdout)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try input.fileHandleForWriting.close()
    let read = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([[String]].self, from: read)
  }
}
