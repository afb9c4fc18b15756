/// A message in words: what a template makes of facts.
public struct RenderedMessage: Hashable, Sendable {
  /// The longest text, in bytes of UTF-8.
  public static let textByteCountMax = 16 * 1024
  /// The longest HTML, in bytes of UTF-8.
  public static let htmlByteCountMax = 128 * 1024
  /// The longest subject, in bytes of UTF-8; what is longer is cut.
  public static let subjectByteCountMax = 200

  /// One line.
  public let subject: String
  public let text: String
  /// A whole document; nil: the template has none, or it became longer than ``htmlByteCountMax``.
  public let html: String?
}

extension RenderedMessage {
  /// Documents as templates make them, as one: what each says after the other, below the first one's head. Nil if there is none, one
  /// of them is no such document, or it became longer than ``htmlByteCountMax``.
  public static func joined(_ documents: [String]) -> String? {
    var joined = ""
    for document in documents {
      guard let begin = document.firstRange(of: "<body>\n"), let end = document.ranges(of: "\n</body>").last,
        begin.upperBound <= end.lowerBound
      else { return nil }
      joined += joined.isEmpty ? document[..<begin.upperBound] : "\n<hr/>\n"
      joined += document[begin.upperBound..<end.lowerBound]
    }
    joined += "\n</body>\n</html>\n"
    return documents.isEmpty || joined.utf8.count > htmlByteCountMax ? nil : joined
  }
}

extension MessageTemplate {
  /// The message in words; nil if the text becomes longer than ``RenderedMessage/textByteCountMax``. A field that the facts
  /// do not have is empty.
  public func rendered(_ facts: MessageFacts, in language: MessageLanguage) -> RenderedMessage? {
    var subject = TemplateWriter(language, byteCountMax: RenderedMessage.textByteCountMax)
    var text = TemplateWriter(language, byteCountMax: RenderedMessage.textByteCountMax)
    guard subject.write(self.subject, [facts]), text.write(self.text, [facts]) else { return nil }
    return RenderedMessage(
      subject: Self.oneLine(subject.out), text: text.out, html: document(facts, language, title: subject.out))
  }

  private func document(_ facts: MessageFacts, _ language: MessageLanguage, title: String) -> String? {
    guard !html.isEmpty else { return nil }
    let direction = language.isRightToLeft ? " dir=\"rtl\"" : ""
    let head = """
      <!DOCTYPE html>
      <html lang="\(language)"\(direction)>
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(Markup.escaped(Self.oneLine(title)))</title>
      <style>\(Self.style)</style>
      </head>
      <body>

      """
    var body = TemplateWriter(language, byteCountMax: RenderedMessage.htmlByteCountMax - head.utf8.count - 32)
    guard body.write(html, [facts]) else { return nil }
    return "\(head)\(body.out)\n</body>\n</html>\n"
  }

  /// Control characters become blanks, and what is too long ends in an ellipsis.
  private static func oneLine(_ text: String) -> String {
    var line = ""
    for character in text {
      let isShown = !character.isNewline && character.unicodeScalars.allSatisfy { Markup.isAllowed($0) && $0 != "\t" }
      let shown = isShown ? String(character) : " "
      if line.utf8.count + shown.utf8.count > RenderedMessage.subjectByteCountMax - 3 { return line + "…" }
      line += shown
    }
    return line
  }

  /// How a message looks where its mail program shows styles.
  private static let style = """

    body { font: 15px/1.5 "Helvetica Neue", Helvetica, Arial, sans-serif; color: #1b1f24; background: #fff; max-width: 640px; margin: 0 auto; padding: 20px; font-variant-numeric: tabular-nums }
    h1 { font-size: 22px; font-weight: 400; color: #1f4e8c; margin: 0 0 14px }
    h2 { font-size: 16px; margin: 22px 0 6px }
    table { border-collapse: collapse; width: 100%; margin: 12px 0 }
    th { text-align: left; font-weight: 400; color: #555; font-size: 13px; border-bottom: 1px solid #1b1f24; padding: 3px 10px 3px 0 }
    td { border-bottom: 1px solid #e3e7ed; padding: 5px 10px 5px 0; vertical-align: top }
    small, .quiet { color: #555; font-size: 13px }
    .units { text-align: right; white-space: nowrap; padding-right: 0 }
    .big { font-size: 20px; font-weight: 700; color: #1f4e8c }
    .warn { border-left: 4px solid #a3271c; padding-left: 12px }
    a { color: #1f4e8c }
    @media print { body { max-width: none; padding: 0 } tr { break-inside: avoid } }

    """
}

/// Writes nodes with the facts of a message, up to a bound.
struct TemplateWriter {
  private let language: MessageLanguage
  private let byteCountMax: Int
  private(set) var out = ""

  init(_ language: MessageLanguage, byteCountMax: Int) {
    self.language = language
    self.byteCountMax = byteCountMax
  }

  /// Writes the nodes.
  ///
  /// - Parameter scopes: the message's facts, and those of the row that is shown, the innermost last.
  /// - Returns: whether everything was written; false once the bound is reached.
  mutating func write(_ nodes: [TemplateNode], _ scopes: [MessageFacts]) -> Bool {
    for node in nodes {
      switch node {
      case .literal(let text, _): out += text
      case .field(let path, _, let escape):
        if let value = value(path.name, scopes) { out += escaped(written(value, path.part), escape) }
      case .section(let name, let isInverted, let inner, _):
        guard section(value(name, scopes), isInverted, inner, scopes) else { return false }
      }
      if out.utf8.count > byteCountMax { return false }
    }
    return true
  }

  private mutating func section(
    _ value: MessageFacts.Value?, _ isInverted: Bool, _ inner: [TemplateNode], _ scopes: [MessageFacts]
  ) -> Bool {
    guard (value?.isShown ?? false) != isInverted else { return true }
    guard case .rows(let rows) = value, !isInverted else { return write(inner, scopes) }
    for row in rows {
      guard write(inner, scopes + [row]) else { return false }
    }
    return true
  }

  private func value(_ name: String, _ scopes: [MessageFacts]) -> MessageFacts.Value? {
    for scope in scopes.reversed() {
      if let value = scope[name] { return value }
    }
    return nil
  }

  private func written(_ value: MessageFacts.Value, _ part: String?) -> String {
    switch (value, part) {
    case (.text(let text), _): text
    case (.number(let number), _): language.written(number)
    case (.units(let units, _), "number"): language.written(units)
    case (.units(let units, let unit), "unit"): plural(unit, units)
    case (.units(let units, let unit), _): "\(language.written(units)) \(plural(unit, units))"
    case (.money(let money), "number"): language.number(money)
    case (.money(let money), "currency"): money.currency.code
    case (.money(let money), _): language.written(money)
    case (.date(let date), "iso"): date.description
    case (.date(let date), _): language.written(date)
    case (.time(let time, _), "date"): language.written(time.date)
    case (.time(let time, _), "clock"): language.clock(time.time)
    case (.time(let time, _), "iso"): time.description
    case (.time(_, let zone), "zone"): zone
    case (.time(let time, let zone), _): "\(language.written(time)) (\(zone))"
    case (.flag(let flag), _): flag ? "yes" : "no"
    case (.rows(let rows), _): language.written(Int64(rows.count))
    }
  }

  private func plural(_ unit: String, _ units: Int64) -> String { units.magnitude == 1 ? unit : unit + "s" }

  private func escaped(_ text: String, _ escape: TemplateEscape) -> String {
    switch escape {
    case .none: text
    case .markup: Markup.escaped(text)
    case .link: Self.percentEncoded(text)
    }
  }

  /// What is not unreserved (RFC 3986, section 2.3) becomes `%` and two digits.
  private static func percentEncoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        out.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        out += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
      }
    }
    return out
  }
}
