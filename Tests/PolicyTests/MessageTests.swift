import Foundation
import Testing

@testable import Policy

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Business messages by templates")
struct MessageTests {
  private static let english = MessageLanguage.english
  private static let facts: MessageFacts = [
    "customer": .text("Kopi <Pte> & \"Sons\""), "contact": .text("Mei"), "plan": .text("Flexi"),
    "left": .units(1_234, unit: "credit"), "grant": .units(1, unit: "credit"), "percent": .number(20),
  ]

  private static func template(
    _ kind: MessageKind = .lowBalance, subject: String = "s", text: String = "t", html: String = ""
  ) throws(TemplateProblem) -> MessageTemplate {
    try MessageTemplate(kind, subject: subject, text: text, html: html)
  }

  /// The body of the HTML.
  private static func body(_ html: String) throws -> String {
    let message = try #require(try template(html: html).rendered(facts, in: english)?.html)
    _ = try WellFormed(message)
    let body = try #require(message.components(separatedBy: "<body>\n").last)
    return String(body.dropLast("\n</body>\n</html>\n".count))
  }

  private static func problem(_ kind: MessageKind = .lowBalance, text: String = "t", html: String = "") -> String? {
    do {
      _ = try template(kind, text: text, html: html)
      return nil
    } catch {
      return error.description
    }
  }

  // MARK: Reading

  @Test(
    "A text is written with its fields, sections and comments",
    arguments: [
      ("{{left}}", "1,234 credits"), ("{{ left }}", "1,234 credits"), ("{{grant}}", "1 credit"),
      ("{{left.number}}|{{left.unit}}", "1,234|credits"), ("a{{! b }}c", "ac"),
      ("{{customer}}", "Kopi <Pte> & \"Sons\""),
      ("{{#left}}yes{{/left}}{{^left}}no{{/left}}", "yes"), ("a\n{{#left}}\nb\n{{/left}}\nc", "a\nb\nc"),
      ("a\r\n  {{#left}}  \r\nx {{/left}}", "a\r\nx "), ("{{words}}|", "|"), ("} } {", "} } {"),
      ("{{#left}}{{#grant}}x{{/grant}}{{/left}}\n", "x\n"), ("a {{! c }}\nb", "a \nb"), ("{{! c }}\nb", "b"),
      ("b\n {{! c }} ", "b\n"), ("{{! c\nd }}\nb", "\nb"),
    ])
  func texts(template: String, wanted: String) throws {
    #expect(try Self.template(text: template).rendered(Self.facts, in: Self.english)?.text == wanted)
  }

  @Test("Rows are shown one after the other, with their own fields and the message's")
  func rows() throws {
    let text = """
      {{#lines}}
      {{day.iso}} {{customer}} {{units.number}}
      {{/lines}}
      {{^lots}}
      no lots
      {{/lots}}
      """
    let facts: MessageFacts = [
      "customer": .text("K"),
      "lines": .rows([
        ["day": .date(try #require(CivilDate("2026-03-01"))), "units": .units(5, unit: "credit")],
        ["day": .date(try #require(CivilDate("2026-03-02"))), "units": .units(-5, unit: "credit")],
      ]),
    ]
    let message = try Self.template(.statement, text: text).rendered(facts, in: Self.english)
    #expect(message?.text == "2026-03-01 K 5\n2026-03-02 K \u{2212}5\nno lots\n")
  }

  @Test(
    "What is wrong is refused with its line and with what exists",
    arguments: [
      ("a\n{{lef}}", "text, line 2: lef is not known: there is customer, contact, plan, words, left, grant, percent."),
      ("{{left.cents}}", "text, line 1: left.cents is not known: there is left.number, left.unit."),
      ("{{customer.name}}", "text, line 1: customer.name is not known: there is customer alone."),
      ("\n\n{{#left}}\n", "text, line 3: {{#left}} is never closed: write {{/left}}."),
      ("{{#left}}\n{{/grant}}", "text, line 2: {{/grant}} closes {{#left}} of line 1: write {{/left}} first."),
      ("{{/left}}", "text, line 1: {{/left}} closes nothing."),
      ("a\n{{left", "text, line 2: {{ is never closed: write }}."),
      (
        "{{}}",
        "text, line 1: a tag without a name is not known: there is customer, contact, plan, words, left, grant, percent."
      ),
      ("", "text, line 1: must not be empty."),
    ])
  func problems(text: String, wanted: String) {
    #expect(Self.problem(text: text) == wanted)
  }

  @Test(
    "There are no partials, lambdas, other delimiters, and nothing that turns escaping off",
    arguments: [
      "{{{left}}}", "{{&left}}", "{{>left}}", "{{=<% %>=}}", "{{<left}}", "{{$left}}", "{{%left}}", "{{*left}}",
    ])
  func tags(text: String) {
    #expect(Self.problem(text: text)?.contains("is not known: a tag is") == true)
  }

  @Test("Rows within rows, and rows without a section, are refused")
  func rowsOfRows() {
    let nested = "{{#lines}}{{#lines}}x{{/lines}}{{/lines}}"
    #expect(Self.problem(.statement, text: nested)?.hasPrefix("text, line 1: lines is not known") == true)
    #expect(Self.problem(.statement, text: "{{#lines}}{{#lots}}x{{/lots}}{{/lines}}") != nil)
    #expect(Self.problem(.statement, text: "{{lines}}") == "text, line 1: lines has rows: write {{#lines}}…{{/lines}}.")
  }

  @Test("Sections stand in each other at most 8 deep", arguments: [8, 9])
  func depth(count: Int) {
    let text = String(repeating: "{{#left}}", count: count) + String(repeating: "{{/left}}", count: count)
    #expect((Self.problem(text: text) == nil) == (count == 8))
  }

  @Test("A hostile template of the largest size is refused at once, or rendered within its bound")
  func hostile() throws {
    let deep = String(repeating: "{{#left}}", count: 1_800)
    #expect(Self.problem(text: deep) == "text, line 1: sections stand in each other at most 8 deep.")
    let rows = MessageFacts.Value.rows(
      Array(repeating: ["text": .text(String(repeating: "x", count: 1_000))], count: 500))
    let many = String(repeating: "{{#lines}}{{text}}{{/lines}}", count: 580)
    let template = try Self.template(.statement, text: many)
    #expect(template.rendered(["lines": rows], in: Self.english) == nil)
    let nothing = try Self.template(.statement, text: String(repeating: "{{#lines}}{{/lines}}", count: 800))
    #expect(nothing.rendered(["lines": rows], in: Self.english)?.text == "")
    for start in ["<", "<a href=\"https://", "<p title=\"", "</", "&", "<p class"] {
      #expect(Self.problem(html: start + String(repeating: "a", count: 60_000)) != nil)
    }
    #expect(Self.problem(html: String(repeating: "<b>", count: 20_000)) != nil)
  }

  @Test(
    "Each part has at most so many bytes",
    arguments: [("subject", 500), ("text", 16_384), ("html", 65_536)], [0, 1])
  func sizes(part: (String, Int), more: Int) {
    let long = String(repeating: "x", count: part.1 + more)
    let parts = ["subject": "s", "text": "t", "html": ""].merging([part.0: long]) { $1 }
    var found: TemplateProblem?
    do throws(TemplateProblem) {
      _ = try Self.template(subject: parts["subject"] ?? "", text: parts["text"] ?? "", html: parts["html"] ?? "")
    } catch { found = error }
    #expect(found?.part == (more == 0 ? nil : part.0))
  }

  @Test("A text may become 16 KiB and no more; HTML that becomes too long is left out", arguments: [0, 1])
  func rendered(more: Int) throws {
    let words = String(repeating: "x", count: RenderedMessage.textByteCountMax + more)
    let message = try Self.template(text: "{{words}}", html: "<p>{{words}}</p>")
      .rendered(["words": .text(words)], in: Self.english)
    #expect((message == nil) == (more == 1))
    let long = String(repeating: "x", count: RenderedMessage.htmlByteCountMax)
    let html = try Self.template(text: "t", html: "<p>{{words}}</p>").rendered(["words": .text(long)], in: Self.english)
    #expect(html?.text == "t" && html?.html == nil)
  }

  // MARK: Escaping

  @Test(
    "Values are escaped where they stand, and what comes out is well-formed",
    arguments: [
      ("<p>{{customer}}</p>", "<p>Kopi &lt;Pte&gt; &amp; &quot;Sons&quot;</p>"),
      ("<p title=\"{{customer}}\">x</p>", "<p title=\"Kopi &lt;Pte&gt; &amp; &quot;Sons&quot;\">x</p>"),
      (
        "<a href=\"https://a.example/?c={{customer}}&amp;l={{left.number}}\">x</a>",
        "<a href=\"https://a.example/?c=Kopi%20%3CPte%3E%20%26%20%22Sons%22&amp;l=1%2C234\">x</a>"
      ),
      ("<a href=\"mailto:{{contact}}@a.example\">x</a>", "<a href=\"mailto:Mei@a.example\">x</a>"),
      ("a &amp; b &#160;<br/><hr/>", "a &amp; b &#160;<br/><hr/>"),
      (
        "<p style=\"color: #fff; margin: 1px 2.5%\" class=\"units\">x > y</p>",
        "<p style=\"color: #fff; margin: 1px 2.5%\" class=\"units\">x > y</p>"
      ),
    ])
  func escaping(html: String, wanted: String) throws {
    #expect(try Self.body(html) == wanted)
  }

  @Test(
    "HTML that could do harm, or that is not well-formed whatever is shown, is refused",
    arguments: [
      "<script>x</script>", "<img src=\"https://a.example/x\"/>", "<p onclick=\"x\">x</p>",
      "<a href=\"javascript:x\">x</a>",
      "<a href=\"http://a.example/\">x</a>", "<a href=\"https://{{contact}}/\">x</a>", "<a href=\"{{contact}}\">x</a>",
      "<a href=\"https://a{{contact}}/\">x</a>", "<a href=\"https://a@{{contact}}/\">x</a>",
      "<a href='https://a/'>x</a>",
      "<a href=https://a/>x</a>", "<p href=\"https://a/\">x</p>", "<p style=\"background: url(x)\">x</p>",
      "<p style=\"{{contact}}\">x</p>", "<p class=\"{{contact}}\">x</p>", "<{{contact}}>", "<p {{contact}}>x</p>",
      "<p>x", "x</p>", "<p><b>x</p></b>", "<br>", "<p/>", "<!-- x -->", "<!DOCTYPE html>", "a & b", "&nbsp;", "&#0;",
      "&#x41;", "a < b", "<P>x</P>", "{{#left}}<p>{{/left}}x</p>", "<p>{{#left}}x</p>{{/left}}",
      "<p {{#left}}class=\"a\"{{/left}}>x</p>",
      "<p title=\"{{#left}}a{{/left}}\">x</p>", "<p class=\"a\"title=\"b\">x</p>",
      "<a href=\"https://a/?x=1&y=2\">x</a>",
      "<a href=\"https://a/\nb\">x</a>", "<p>\u{1}</p>", "<p", "<p title=\"x", "<svg></svg>", "<iframe></iframe>",
      "<p>&amp",
    ])
  func harmful(html: String) {
    #expect(Self.problem(html: html)?.hasPrefix("html, line ") == true, "\(html)")
  }

  @Test("Elements stand in each other at most 32 deep, and a value has at most 2,000 bytes", arguments: [0, 1])
  func markupBounds(more: Int) {
    let count = MarkupCheck.depthMax + more
    let deep = String(repeating: "<b>", count: count) + String(repeating: "</b>", count: count)
    #expect((Self.problem(html: deep) == nil) == (more == 0))
    let value = String(repeating: "x", count: MarkupCheck.valueByteCountMax + more)
    #expect((Self.problem(html: "<p title=\"\(value)\">x</p>") == nil) == (more == 0))
  }

  @Test(
    "A subject stays one line, whatever a fact has",
    arguments: ["a\nBcc: x", "a\r\nb", "a\u{2028}b", "a\u{0}b", "a\tb"])
  func subject(evil: String) throws {
    let message = try Self.template(subject: "Hello {{contact}}").rendered(["contact": .text(evil)], in: Self.english)
    let subject = try #require(message?.subject)
    #expect(!subject.contains(where: \.isNewline) && subject.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    let long = try Self.template(subject: "{{contact}}")
      .rendered(["contact": .text(String(repeating: "ä", count: 300))], in: Self.english)
    #expect(long.map { $0.subject.utf8.count <= 200 && $0.subject.hasSuffix("…") } == true)
  }

  // MARK: Languages

  @Test(
    "Each language writes dates, times, numbers and money in its way",
    arguments: [
      ("en", "31 March 2026|31 March 2026, 14:05 (Asia/Singapore)|1,234,567|SGD 1,234.50|14:05"),
      ("de", "31. März 2026|31. März 2026, 14:05 Uhr (Asia/Singapore)|1.234.567|1.234,50 SGD|14:05 Uhr"),
      ("de-AT", "31. März 2026|31. März 2026, 14:05 Uhr (Asia/Singapore)|1.234.567|1.234,50 SGD|14:05 Uhr"),
      ("fr", "31 mars 2026|31 mars 2026 à 14:05 (Asia/Singapore)|1\u{202f}234\u{202f}567|1\u{202f}234,50 SGD|14:05"),
      ("ja", "2026-03-31|2026-03-31 14:05 (Asia/Singapore)|1\u{202f}234\u{202f}567|SGD 1\u{202f}234.50|14:05"),
    ])
  func languages(tag: String, wanted: String) throws {
    let date = try #require(CivilDate("2026-03-31"))
    let clock = try #require(CivilTime("14:05:59"))
    let time = MessageFacts.Value.time(CivilDateTime(date: date, time: clock), zone: "Asia/Singapore")
    var writer = TemplateWriter(try #require(MessageLanguage(tag)), byteCountMax: 1_000)
    let named: MessageFacts = [
      "a": .date(date), "b": time, "c": .number(1_234_567), "d": .money(try #require(Money("SGD 1234.50"))), "e": time,
    ]
    let names = [("a", nil), ("b", nil), ("c", nil), ("d", nil), ("e", "clock")]
    let nodes = names.map { TemplateNode.field(TemplatePath(name: $0.0, part: $0.1), line: 1, escape: .none) }
    let bars = nodes.flatMap { [$0, TemplateNode.literal("|", line: 1)] }.dropLast()
    let isWhole = writer.write(Array(bars), [named])
    #expect(isWhole && writer.out == wanted)
  }

  @Test(
    "Money has the decimals of its currency",
    arguments: [
      ("JPY 1234", "JPY 1,234"), ("KWD 0.005", "KWD 0.005"), ("SGD 0.05", "SGD 0.05"), ("SGD 100.00", "SGD 100.00"),
    ])
  func money(text: String, wanted: String) throws {
    #expect(Self.english.written(try #require(Money(text))) == wanted)
  }

  @Test(
    "A language tag is read in its usual case, or refused",
    arguments: [
      ("de", "de"), ("DE-at", "de-AT"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("", nil), ("e", nil),
      ("english", nil),
      ("de_AT", nil), ("de-", nil), ("de--AT", nil), ("1e", nil), ("de-abcdefghi", nil), ("de-ä", nil),
      ("en-12345678-12345678-12345678-123", "en-12345678-12345678-12345678-123"),
      ("en-12345678-12345678-12345678-12345678", nil),
    ])
  func tags(text: String, wanted: String?) {
    #expect(MessageLanguage(text)?.tag == wanted)
  }

  @Test("A language widens to those that it belongs to, and Hebrew is written from right to left")
  func widening() throws {
    #expect(try #require(MessageLanguage("zh-Hant-TW")).widening.map(\.tag) == ["zh-Hant-TW", "zh-Hant", "zh"])
    let hebrew = try #require(MessageLanguage("he"))
    let html = try Self.template(html: "<p>x</p>").rendered(Self.facts, in: hebrew)?.html
    #expect(html?.contains("<html lang=\"he\" dir=\"rtl\">") == true)
  }

  // MARK: Kinds

  @Test(
    "Every kind has words in English and German that are read, and that say something with its sample in every part",
    arguments: MessageKind.allCases, MessageKind.builtInLanguages)
  func builtIns(kind: MessageKind, language: MessageLanguage) throws {
    let template = try #require(kind.builtInTemplate(in: language))
    let message = try #require(template.rendered(kind.sample, in: language))
    #expect(!message.subject.isEmpty && message.text.count > 20 && !message.text.contains("{{"))
    let html = try #require(message.html)
    let page = try WellFormed(html)
    #expect(!page.text.contains("{{") && page.text.count > 20)
    // With nothing known it says less, and is well-formed still.
    _ = try WellFormed(try #require(template.rendered([:], in: language)?.html))
    #expect(html.contains("<html lang=\"\(language)\""))
    #expect(kind.builtIn(in: language) != kind.builtIn(in: language == .english ? .german : .english))
    #expect(MessageLanguage("fr").map { kind.builtIn(in: $0) == nil } == true)
  }

  @Test("Every field of a kind has a sample of its shape, and the page tells them all", arguments: MessageKind.allCases)
  func fields(kind: MessageKind) throws {
    let names = kind.fields.map(\.name)
    #expect(Set(names).count == names.count && kind.sample.values.count == names.count)
    for field in kind.fields {
      #expect(
        MessageKind.page.contains("| `\(field.name)` | \(field.shape.word) | \(field.meaning) |"), "\(field.name)")
      guard case .rows(let inner) = field.shape, case .rows(let samples) = field.sample else { continue }
      for row in samples { #expect(Set(row.values.keys) == Set(inner.map(\.name)), "\(field.name)") }
    }
  }

  @Test("The page of fields is what the description makes: callout template fields")
  func page() throws {
    let file = Samples.root.appending(path: "Shared/Plans/MESSAGES.md")
    #expect(try String(contentsOf: file, encoding: .utf8) == MessageKind.page)
  }
}

@Suite("Text in HTML and in records")
struct MarkupTests {
  @Test(
    "What has a meaning in HTML is written as a reference, and what no document may hold is left out",
    arguments: [
      ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("plain\n", "plain\n"),
      ("\u{0}\u{1b}\u{7f}\u{85}x\u{202e}\u{2066}", "x"),
      ("é📟\t", "é📟\t"), ("\u{ffff}\u{fffe}", ""),
    ])
  func escaped(text: String, wanted: String) { #expect(Markup.escaped(text) == wanted) }

  @Test(
    "A text that a spreadsheet would take for a formula gets an apostrophe; a number stays one",
    arguments: [
      ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1"), (" =1", "' =1"),
      ("\u{ff1d}1", "'\u{ff1d}1"),
      ("a=1", "a=1"), ("1-1", "1-1"), ("", ""), ("'=1", "'=1"),
    ])
  func harmless(text: String, wanted: String) { #expect(CSV.harmless(text) == wanted) }

  @Test("Cells are quoted where they must be, and records end in CR and LF")
  func records() {
    #expect(
      CSV.record([.text("a"), .text("b,c"), .text("d\"e"), .text("f\ng"), .number(-5), .text(""), .text("-5")])
        == "a,\"b,c\",\"d\"\"e\",\"f\ng\",-5,,'-5\r\n")
  }
}

/// A document that was read as XML.
private final class WellFormed: NSObject, XMLParserDelegate {
  private(set) var text = ""

  init(_ html: String) throws {
    super.init()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = self
    guard parser.parse() else { throw NotWellFormed(text: "\(parser.parserError as Any) in \(html)") }
  }

  struct NotWellFormed: Error { let text: String }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
