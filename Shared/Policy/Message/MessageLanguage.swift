/// The language of a message: a language tag (BCP 47), and how dates, times and numbers are written in it. English, German
/// and French have ways of their own; in every other language a date is `2026-03-31`, a time `2026-03-31 14:05`, and a
/// number `1 234.50`.
public struct MessageLanguage: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The longest tag, in bytes.
  public static let byteCountMax = 35

  /// What everything falls back on.
  public static let english = MessageLanguage(canonical: "en")
  /// The other language that has words built in.
  public static let german = MessageLanguage(canonical: "de")

  /// The tag, in the usual case: `de-AT`, `zh-Hant`.
  public let tag: String

  private init(canonical tag: String) { self.tag = tag }

  /// Nil for what is no language tag: letters and digits in subtags of at most eight, the first of two or three letters.
  public init?(_ text: String) {
    let subtags = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count <= Self.byteCountMax, let primary = subtags.first, (2...3).contains(primary.utf8.count),
      primary.utf8.allSatisfy(Self.isLetter),
      subtags.dropFirst().allSatisfy({ tag in
        (1...8).contains(tag.utf8.count)
          && tag.utf8.allSatisfy { Self.isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      })
    else { return nil }
    let rest = subtags.dropFirst().map { subtag in
      switch subtag.utf8.count {
      case 2: subtag.uppercased()
      case 4 where subtag.utf8.allSatisfy(Self.isLetter):
        subtag.prefix(1).uppercased() + subtag.dropFirst().lowercased()
      default: subtag.lowercased()
      }
    }
    tag = ([primary.lowercased()] + rest).joined(separator: "-")
  }

  public var description: String { tag }
  public static func < (a: MessageLanguage, b: MessageLanguage) -> Bool { a.tag < b.tag }

  /// This language and the wider ones that it belongs to: `de-AT`, `de`.
  public var widening: [MessageLanguage] {
    var all = [self]
    while let cut = all[all.count - 1].tag.lastIndex(of: "-") {
      all.append(MessageLanguage(canonical: String(all[all.count - 1].tag[..<cut])))
    }
    return all
  }

  /// Whether it is written from right to left.
  public var isRightToLeft: Bool { ["ar", "fa", "he", "ur", "yi"].contains(primary) }

  private var primary: Substring { tag.prefix { $0 != "-" } }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

// How values are written.
extension MessageLanguage {
  private var months: [String]? {
    switch primary {
    case "en":
      [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
      ]
    case "de":
      [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
      ]
    case "fr":
      [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
      ]
    default: nil
    }
  }

  /// The months, cut short where space is scarce.
  private var shortMonths: [String]? {
    switch primary {
    case "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    case "de": ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."]
    case "fr":
      ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
    default: nil
    }
  }

  /// `31 March 2026`, `31. März 2026`, `31 mars 2026`, `2026-03-31`.
  public func written(_ date: CivilDate) -> String { self.date(date, months) ?? date.description }

  /// `2 Sep 2026`, `2. Sept. 2026`, `2 sept. 2026`, `2026-09-02`: for tables.
  public func short(_ date: CivilDate) -> String { self.date(date, shortMonths) ?? date.description }

  /// The same without the year: `2 Sep`, `2. Sept.`; `09-02` in a language that has no months here.
  public func dayAndMonth(_ date: CivilDate) -> String {
    self.date(date, shortMonths, hasYear: false) ?? String(date.description.suffix(5))
  }

  /// `March 2026`, `März 2026`, `mars 2026`, `2026-03`.
  public func month(of date: CivilDate) -> String {
    guard let months else { return String(date.description.dropLast(3)) }
    return "\(months[date.parts.month - 1]) \(date.parts.year)"
  }

  private func date(_ date: CivilDate, _ months: [String]?, hasYear: Bool = true) -> String? {
    let parts = date.parts
    return months.map { months in
      "\(parts.day)\(primary == "de" ? "." : "") \(months[parts.month - 1])" + (hasYear ? " \(parts.year)" : "")
    }
  }

  /// `31 March 2026, 14:05`.
  func written(_ time: CivilDateTime) -> String {
    let clock = clock(time.time)
    switch primary {
    case "en", "de": return "\(written(time.date)), \(clock)"
    case "fr": return "\(written(time.date)) à \(clock)"
    default: return "\(time.date) \(clock)"
    }
  }

  /// `14:05`, `14:05 Uhr`.
  func clock(_ time: CivilTime) -> String {
    let minutes = CivilTime(millisecondOfDay: time.millisecondOfDay / 60_000 * 60_000).description
    return primary == "de" ? "\(minutes) Uhr" : minutes
  }

  /// `1,234`, `1.234`, `1 234`.
  public func written(_ number: Int64) -> String {
    (number < 0 ? "\u{2212}" : "") + grouped(String(number.magnitude))
  }

  /// `SGD 1,234.50`, `1.234,50 SGD`.
  func written(_ money: Money) -> String {
    switch primary {
    case "de", "fr": "\(number(money)) \(money.currency.code)"
    default: "\(money.currency.code) \(number(money))"
    }
  }

  /// The amount of money without its currency.
  func number(_ money: Money) -> String {
    let digits = String(money.minorUnits.magnitude)
    let decimals = money.currency.exponent
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
    let whole = grouped(String(padded.dropLast(decimals)))
    let sign = money.minorUnits < 0 ? "\u{2212}" : ""
    return decimals == 0 ? sign + whole : "\(sign)\(whole)\(decimalMark)\(padded.suffix(decimals))"
  }

  private var decimalMark: String { primary == "de" || primary == "fr" ? "," : "." }

  private var groupMark: String {
    switch primary {
    case "en": ","
    case "de": "."
    default: "\u{202f}"
    }
  }

  private func grouped(_ digits: String) -> String {
    var out = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index) % 3 == 0 { out += groupMark }
      out.append(digit)
    }
    return out
  }
}
