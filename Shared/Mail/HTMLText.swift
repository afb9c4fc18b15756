/// The text of HTML, for people who are to read what was said: no element, script, style, comment or address is kept.
enum HTMLText {
  /// Elements of which nothing is shown, each up to its end.
  private static let hidden: Set<String> = ["script", "style", "head", "title", "template", "noscript", "svg", "math"]
  /// Elements that begin a line of their own.
  private static let blocks: Set<String> = [
    "p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
    "section", "article", "header", "footer", "dt", "dd", "address", "center", "form",
  ]

  static func text(_ html: String) -> String {
    let bytes = Array(html.utf8)
    var writer = Writer()
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == Byte.less, let markup = Markup(bytes, place) {
        place = markup.end
        if hidden.contains(markup.name), !markup.isEnd, !markup.isEmpty {
          place = end(of: markup.name, bytes, place)
        } else if blocks.contains(markup.name) {
          writer.breakLine(markup.name == "p" ? 2 : 1)
        } else if markup.name == "td" || markup.name == "th" {
          writer.blank()
        }
      } else if byte == 0x26, let (text, next) = Entities.read(bytes, place) {
        writer.write(Array(text.utf8))
        place = next
      } else {
        writer.write(byte)
        place += 1
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self).trimmed
  }

  /// Where what follows the end of an element starts; the end of everything if it has none. Inside such an element nothing
  /// is markup but its end.
  private static func end(of name: String, _ bytes: [UInt8], _ start: Int) -> Int {
    let mark = Array("</\(name)".utf8)
    var place = start
    while place + mark.count <= bytes.count {
      if bytes[place] == Byte.less, isEqual(bytes[place..<(place + mark.count)], mark) {
        return Markup(bytes, place)?.end ?? bytes.count
      }
      place += 1
    }
    return bytes.count
  }

  private static func isEqual(_ bytes: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
    zip(bytes, mark).allSatisfy { ((0x41...0x5A).contains($0) ? $0 + 0x20 : $0) == $1 }
  }

  /// `<…>`: an element's start or end, a comment, or a declaration.
  private struct Markup {
    var name = ""
    var isEnd = false
    var isEmpty = false
    let end: Int

    init?(_ bytes: [UInt8], _ start: Int) {
      guard start + 1 < bytes.count else { return nil }
      let first = bytes[start + 1]
      if bytes[start...].starts(with: "<!--".utf8) {
        end = Markup.find("-->", bytes, start + 4)
        return
      }
      isEnd = first == 0x2F
      let nameStart = start + (isEnd ? 2 : 1)
      let isName =
        nameStart < bytes.count
        && ((0x41...0x5A).contains(bytes[nameStart]) || (0x61...0x7A).contains(bytes[nameStart]))
      guard isName || first == 0x21 || first == 0x3F else { return nil }
      var place = nameStart
      while place < bytes.count, !Byte.isSpace(bytes[place]), bytes[place] != Byte.greater, bytes[place] != 0x2F,
        place - nameStart < Markup.nameByteCountMax
      {
        place += 1
      }
      name = String(decoding: bytes[nameStart..<place], as: UTF8.self).asciiLowercased
      var quote: UInt8?
      while place < bytes.count {
        let byte = bytes[place]
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == Byte.quote || byte == 0x27 {
          quote = byte
        } else if byte == Byte.greater {
          break
        }
        place += 1
      }
      isEmpty = place < bytes.count && bytes[place - 1] == 0x2F
      end = min(place + 1, bytes.count)
    }

    private static let nameByteCountMax = 64

    private static func find(_ text: String, _ bytes: [UInt8], _ start: Int) -> Int {
      let mark = Array(text.utf8)
      var place = start
      while place < bytes.count {
        if bytes[place...].starts(with: mark) { return place + mark.count }
        place += 1
      }
      return bytes.count
    }
  }

  /// Writes text with single blanks and at most one empty line.
  private struct Writer {
    var bytes: [UInt8] = []
    private var newlines = 2
    private var isBlankDue = false

    mutating func write(_ text: [UInt8]) { for byte in text { write(byte) } }

    mutating func write(_ byte: UInt8) {
      if Byte.isSpace(byte) { return blank() }
      if isBlankDue, newlines == 0 { bytes.append(Byte.space) }
      isBlankDue = false
      newlines = 0
      bytes.append(byte)
    }

    mutating func blank() { isBlankDue = true }

    mutating func breakLine(_ count: Int) {
      isBlankDue = false
      while newlines < count {
        bytes.append(Byte.lineFeed)
        newlines += 1
      }
    }
  }
}

/// Characters that HTML writes by name or number.
enum Entities {
  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "copy": "©", "reg": "®", "trade": "™",
    "euro": "€", "pound": "£", "cent": "¢", "yen": "¥", "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘",
    "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "deg": "°",
    "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é",
    "egrave": "è", "ecirc": "ê", "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "ccedil": "ç",
    "iacute": "í",
    "oacute": "ó", "ocirc": "ô", "otilde": "õ", "uacute": "ú", "ntilde": "ñ", "aring": "å", "oslash": "ø", "aelig": "æ",
    "times": "×", "zwnj": "", "zwj": "", "shy": "",
  ]
  /// The longest that is known, in bytes.
  private static let byteCountMax = 12

  /// The text of what begins with the `&` at `start`, and what follows it; nil: it is no entity that is known.
  static func read(_ bytes: [UInt8], _ start: Int) -> (String, next: Int)? {
    let limit = min(bytes.count, start + byteCountMax)
    guard let end = bytes[start..<limit].firstIndex(of: 0x3B) else { return nil }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    if let text = named[name] { return (text, end + 1) }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
    let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let number, let scalar = Unicode.Scalar(number) else { return nil }
    return (String(scalar), end + 1)
  }
}
