import Policy

/// What is kept of a mail's words, within the bounds of tickets and messages.
enum MailText {
  /// A ticket's subject.
  static func subject(_ written: String) -> String {
    let line = clean(written, lines: false).cut(Fields.nameByteCountMax)
    return line.utf8.contains { $0 != UInt8(ascii: " ") } ? line : "(no subject)"
  }

  /// A message's text: what was written, and what lies beside it.
  static func body(_ letter: DeliverMail.Letter) -> String {
    let names = letter.attachments.map { "[\($0.name.isEmpty ? $0.type : $0.name), \($0.byteCount) bytes]" }
    let listed = names.joined(separator: "\n").cut(Fields.messageByteCountMax / 4)
    let room = Fields.messageByteCountMax - listed.utf8.count - 2 - shortened.utf8.count
    var text = clean(letter.text, lines: true)
    if text.utf8.count > room { text = text.cut(room) + shortened }
    let parts = [text, clean(listed, lines: true)].filter { !$0.isEmpty }
    return parts.isEmpty ? "(no text)" : parts.joined(separator: "\n\n")
  }

  private static let shortened = "\n\n[The rest is in the original.]"

  private static func clean(_ text: String, lines: Bool) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: kept.append(lines ? scalar : " ")
      case 0x00...0x1F, 0x7F...0x9F: kept.append(" ")
      default: kept.append(scalar)
      }
    }
    return String(kept)
  }
}

extension String {
  /// At most `max` bytes of it, whole characters only.
  func cut(_ max: Int) -> String {
    guard utf8.count > max else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: Swift.max(0, max))
    while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}

/// The word by which people name a ticket in a subject, such as `[#17]`.
public enum TicketToken {
  /// The most digits of a number.
  private static let digitCountMax = 18

  /// The word of a number.
  public static func word(_ number: Int64) -> String { "[#\(number)]" }

  /// The number that a subject names first; nil: it names none.
  public static func number(in subject: String) -> Int64? {
    var rest = subject.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "[")) {
      rest = rest[rest.index(after: open)...]
      guard rest.first == UInt8(ascii: "#") else { continue }
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard (1...digitCountMax).contains(digits.count), rest[digits.endIndex...].first == UInt8(ascii: "]") else {
        continue
      }
      guard let number = Int64(String(Substring(digits))), number >= 1 else { continue }
      return number
    }
    return nil
  }
}
