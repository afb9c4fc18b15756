import NotifierRules
import Policy

/// A message in the form of RFC 5322, with its text as MIME (RFC 2045), and beside it the same in HTML where there is one
/// (`multipart/alternative`, RFC 2046). The same delivery always gives the same bytes.
///
/// Nothing that comes from outside can begin a header field: fields hold visible ASCII only, everything else is written
/// in encoded words (RFC 2047), and an address that is not visible ASCII is refused.
struct MailMessage {
  /// The field names and values, in order; a value may be folded over several lines.
  private(set) var fields: [(name: String, value: String)] = []
  private let body: String

  /// - Parameters:
  ///   - sender: the address that messages come from.
  ///   - isSevenBit: whether everything is written in ASCII, for servers that take nothing else.
  init(_ message: OutgoingMessage, from sender: String, isSevenBit: Bool = false) throws(DeliveryFailure) {
    let delivery = message.delivery
    let text = BodyPart("text/plain", delivery.text, isSevenBit)
    let parts = [text] + (delivery.html.map { [BodyPart("text/html", $0, isSevenBit)] } ?? [])
    let boundary = MailMessage.boundary(delivery.id, parts)
    body = parts.count == 1 ? text.body : MailMessage.multipart(parts, boundary)
    for address in [delivery.address, sender] + delivery.references where !HeaderText.isAddress(address) {
      throw DeliveryFailure(text: "an address that a header cannot hold", isFinal: true)
    }
    if delivery.isAnswer { add("Return-Path", "<>") }
    add("Date", MailDate.text(delivery.createdAt))
    add("From", "Callout <\(sender)>")
    add("To", MailMessage.recipient(delivery))
    add("Subject", HeaderText.encoded(delivery.subject))
    add("Message-ID", delivery.messageID)
    if let answered = delivery.references.last {
      add("In-Reply-To", "<\(answered)>")
      add("References", delivery.references.map { "<\($0)>" }.joined(separator: "\n "))
    }
    add("Auto-Submitted", delivery.isAnswer ? "auto-replied" : "auto-generated")
    add("X-Callout-Method", delivery.method.rawValue)
    add("X-Callout-Address", delivery.address)
    add("X-Callout-Tenant", message.tenant.description)
    switch delivery.cause {
    case .escalation(let id): add("X-Callout-Escalation", id.description)
    case .notice(let id): add("X-Callout-Notice", id.description)
    case .bundle(let id): add("X-Callout-Bundle", id.description)
    case .answer(let id): add("X-Callout-Answer", id.description)
    }
    if !delivery.template.isEmpty { add("X-Callout-Template", HeaderText.encoded(delivery.template)) }
    add("MIME-Version", "1.0")
    for field in parts.count == 1 ? text.fields : MailMessage.alternative(parts, boundary) {
      add(field.name, field.value)
    }
  }

  /// The message with lines that end in LF, as files on Unix have it.
  var bytes: [UInt8] {
    var text = ""
    for field in fields { text += "\(field.name): \(field.value)\n" }
    return Array((text + "\n" + body).utf8)
  }

  /// The fields of a message of several parts, the plainest first. What it holds says how it must be carried.
  private static func alternative(_ parts: [BodyPart], _ boundary: String) -> [(name: String, value: String)] {
    let form: BodyForm = parts.contains { $0.form == .utf8 } ? .utf8 : .plain
    return [
      ("Content-Type", "multipart/alternative;\n boundary=\"\(boundary)\""),
      ("Content-Transfer-Encoding", form.rawValue),
    ]
  }

  private static func multipart(_ parts: [BodyPart], _ boundary: String) -> String {
    var text = ""
    for part in parts {
      text += "--\(boundary)\n"
      for field in part.fields { text += "\(field.name): \(field.value)\n" }
      text += "\n\(part.body)"
      if !part.body.hasSuffix("\n") { text += "\n" }
    }
    return text + "--\(boundary)--\n"
  }

  /// What stands between the parts: made of the delivery, whose id nobody knows who writes a text, and still longer where
  /// a part has the same in it; at most the 70 characters that RFC 2046 allows.
  private static func boundary(_ delivery: DeliveryID, _ parts: [BodyPart]) -> String {
    var boundary = "=_\(delivery)"
    while boundary.utf8.count < 70, parts.contains(where: { $0.body.contains("--\(boundary)") }) { boundary += "_" }
    return boundary
  }

  private mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

  /// Mail goes to its address; a number stands in a field of its own, and the recipient is an empty group.
  private static func recipient(_ delivery: Delivery) -> String {
    guard delivery.address.utf8.contains(UInt8(ascii: "@")), !delivery.address.hasPrefix("https://") else {
      return "undisclosed-recipients:;"
    }
    let name = HeaderText.phrase(delivery.recipient)
    return name.isEmpty ? "<\(delivery.address)>" : "\(name)\n <\(delivery.address)>"
  }
}

/// A text of a message, with the fields that say how to read it.
private struct BodyPart {
  let form: BodyForm
  let body: String
  let type: String

  /// - Parameter type: its media type, such as `text/html`.
  init(_ type: String, _ text: String, _ isSevenBit: Bool) {
    self.type = type
    let natural = BodyForm(text)
    form = isSevenBit && natural == .utf8 ? .quotedPrintable : natural
    body = form == .quotedPrintable ? QuotedPrintable.encoded(text) : BodyForm.closed(text)
  }

  var fields: [(name: String, value: String)] {
    [("Content-Type", "\(type); charset=utf-8"), ("Content-Transfer-Encoding", form.rawValue)]
  }
}

/// How a text stands in a message; the raw value is the field's (RFC 2045, section 6). A text is written as it is where
/// that is allowed, so that people and programs can read the file.
enum BodyForm: String {
  /// ASCII in lines of allowed length.
  case plain = "7bit"
  /// UTF-8 in lines of allowed length.
  case utf8 = "8bit"
  /// A line is too long, or there are control characters.
  case quotedPrintable = "quoted-printable"

  /// The longest line that is allowed, in bytes (RFC 5322, section 2.1.1).
  private static let lineMax = 998

  init(_ text: String) {
    var (width, widest, isPlain) = (0, 0, true)
    for byte in text.utf8 {
      if byte == 0x0a {
        width = 0
      } else {
        width += 1
        widest = max(widest, width)
        if byte >= 0x80 { isPlain = false }
      }
      if byte == 0x7f || (byte < 0x20 && byte != 0x0a && byte != 0x09) {
        self = .quotedPrintable
        return
      }
    }
    self = widest > Self.lineMax ? .quotedPrintable : isPlain ? .plain : .utf8
  }

  /// The text with its last line ended.
  static func closed(_ text: String) -> String { text.isEmpty || text.hasSuffix("\n") ? text : text + "\n" }
}

/// Text in header fields.
enum HeaderText {
  /// The longest value that is written as it is, in bytes; a longer one is written in encoded words, which fold anywhere.
  private static let plainMax = 60
  /// The most bytes of text in one encoded word: 56 characters of base64 and 12 around them, so that a line with the
  /// field's name stays below 78.
  private static let wordMax = 42

  /// An unstructured value: as it is if it is short and plain, otherwise encoded words, one a line.
  static func encoded(_ text: String) -> String {
    isPlain(text) ? text : words(text)
  }

  /// The name before an address: as it is, quoted, or encoded.
  static func phrase(_ text: String) -> String {
    guard isPlain(text) else { return words(text) }
    let isAtoms = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x20
    }
    if isAtoms { return text }
    let quoted = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"\(String(quoted))\""
  }

  /// Whether an address can stand in a header: visible ASCII, no brackets.
  static func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x3c && $0 != 0x3e }
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.count <= plainMax && text.utf8.allSatisfy { (0x20...0x7e).contains($0) } && !text.contains("=?")
      && !text.hasPrefix(" ") && !text.hasSuffix(" ")
  }

  /// Encoded words never break a character in two (RFC 2047, section 5). A control character becomes a space.
  private static func words(_ text: String) -> String {
    var words: [String] = []
    var chunk: [UInt8] = []
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
      let bytes = isControl ? [0x20] : Array(String(scalar).utf8)
      if chunk.count + bytes.count > wordMax {
        words.append("=?utf-8?B?\(Base64.encoded(chunk))?=")
        chunk.removeAll(keepingCapacity: true)
      }
      chunk += bytes
    }
    if !chunk.isEmpty { words.append("=?utf-8?B?\(Base64.encoded(chunk))?=") }
    return words.joined(separator: "\n ")
  }
}

/// Base64 (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let padded = group + repeatElement(0, count: 3 - group.count)
      let value = padded.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(value >> UInt32(18 - 6 * place) & 0x3f)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// Quoted-printable (RFC 2045, section 6.7), with lines that end in LF.
enum QuotedPrintable {
  /// The longest line, less the `=` that continues it.
  private static let lineMax = 75

  static func encoded(_ text: String) -> String {
    var encoded = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      encoded += lines(Array(line.utf8)) + "\n"
    }
    // A text that ends in a newline has no further line.
    return text.hasSuffix("\n") ? String(encoded.dropLast()) : encoded
  }

  private static func lines(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    var width = 0
    for (index, byte) in bytes.enumerated() {
      let isLast = index == bytes.count - 1
      let isPlain = (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "=")
      let isBlank = (byte == 0x20 || byte == 0x09) && !isLast
      // `From ` at the start of a line is changed by mailboxes of the mbox kind.
      let isFrom = width == 0 && byte == UInt8(ascii: "F")
      let written = (isPlain || isBlank) && !isFrom ? [byte] : escape(byte)
      if width + written.count > lineMax {
        result += [UInt8(ascii: "="), 0x0a]
        width = 0
      }
      result += written
      width += written.count
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 0xf)]]
  }
}

/// The date of a message (RFC 5322, section 3.3), in UTC.
enum MailDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// Such as `Wed, 11 Mar 2026 05:00:00 +0000`.
  static func text(_ instant: Instant) -> String {
    let civil = TimeZoneRules.utc.civil(instant)
    let date = civil.date.parts
    let second = civil.time.millisecondOfDay / 1000
    func two(_ value: Int64) -> String { (value < 10 ? "0" : "") + String(value) }
    let time = "\(two(second / 3600)):\(two(second % 3600 / 60)):\(two(second % 60))"
    let year = String(repeating: "0", count: max(0, 4 - String(date.year).utf8.count)) + String(date.year)
    return "\(days[civil.date.weekday.index]), \(date.day) \(months[date.month - 1]) \(year) \(time) +0000"
  }
}
