/// Reads the words of a structured field (RFC 5322, section 3.2): comments are skipped, quotes taken away.
struct FieldScanner {
  private let bytes: [UInt8]
  private var place = 0

  init(_ value: String) { bytes = Array(value.utf8) }

  var isAtEnd: Bool { place >= bytes.count }
  /// The byte that is next; nil at the end.
  var next: UInt8? { isAtEnd ? nil : bytes[place] }

  /// Takes the byte that is next.
  mutating func take() { place += 1 }

  /// Skips blanks, and comments, which may hold comments.
  mutating func skip() {
    var depth = 0
    while let byte = next {
      if byte == Byte.backslash, depth > 0 {
        place += 1
      } else if byte == Byte.open {
        depth += 1
      } else if byte == Byte.close, depth > 0 {
        depth -= 1
      } else if depth == 0, !Byte.isSpace(byte) {
        return
      }
      place += 1
    }
  }

  /// A quoted string that begins here, without its quotes; nil if none does. One that does not end goes to the end.
  mutating func quoted() -> String? {
    guard next == Byte.quote else { return nil }
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      if byte == Byte.quote { break }
      if byte == Byte.backslash, let escaped = next {
        text.append(escaped)
        place += 1
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes up to one of `ends`, a blank or a comment; empty if one of these is next.
  mutating func word(until ends: String) -> String {
    let start = place
    while let byte = next, !Byte.isSpace(byte), byte != Byte.open, byte != Byte.quote, !ends.utf8.contains(byte) {
      place += 1
    }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }
}

/// A value with parameters, such as a content's type (RFC 2045, section 5.1) with the continuations of RFC 2231.
struct ParameterizedField {
  /// In small letters, such as `text/plain`.
  let value: String
  /// By names in small letters, decoded.
  let parameters: [String: String]

  init(_ field: String) {
    var scanner = FieldScanner(field)
    scanner.skip()
    var value = ""
    while let next = scanner.next, next != 0x3B {
      value += scanner.word(until: ";\"")
      if let quoted = scanner.quoted() { value += quoted }
      if scanner.next == Byte.close { scanner.take() }
      scanner.skip()
    }
    self.value = value.asciiLowercased
    var segments: [Segment] = []
    while scanner.next == 0x3B, segments.count < MailLimits.parameterCountMax {
      scanner.take()
      scanner.skip()
      let name = scanner.word(until: "=;").asciiLowercased
      scanner.skip()
      guard scanner.next == 0x3D else {
        Self.skipToSemicolon(&scanner)
        continue
      }
      scanner.take()
      scanner.skip()
      let text = scanner.quoted() ?? scanner.word(until: ";")
      segments.append(Segment(name, text))
      Self.skipToSemicolon(&scanner)
    }
    parameters = Self.joined(segments)
  }

  private static func skipToSemicolon(_ scanner: inout FieldScanner) {
    scanner.skip()
    while let next = scanner.next, next != 0x3B {
      if scanner.quoted() == nil { scanner.take() }
      scanner.skip()
    }
  }

  /// `title*1*=…`: the name, the place of a continuation, and whether bytes stand as `%41`.
  private struct Segment {
    let name: String
    let index: Int?
    let isExtended: Bool
    let text: String

    init(_ written: String, _ text: String) {
      var pieces = written.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
      isExtended = pieces.count > 1 && pieces.last == ""
      if isExtended { pieces.removeLast() }
      name = pieces.first ?? ""
      index =
        pieces.count > 1 ? Int(pieces[1]).flatMap { (0..<MailLimits.parameterCountMax).contains($0) ? $0 : nil } : nil
      self.text = text
    }
  }

  /// Continuations are put together in the order of their numbers; the first of several parameters of a name counts, and
  /// one that names its character set before one that does not.
  private static func joined(_ segments: [Segment]) -> [String: String] {
    var parameters: [String: String] = [:]
    for (name, group) in Dictionary(grouping: segments, by: \.name) where !name.isEmpty {
      let continued = group.filter { $0.index != nil }.sorted { ($0.index ?? 0) < ($1.index ?? 0) }
      if let whole = group.first(where: { $0.index == nil && $0.isExtended }) {
        parameters[name] = decoded([whole])
      } else if let first = continued.first, first.index == 0 {
        parameters[name] = decoded(continued)
      } else if let plain = group.first(where: { $0.index == nil }) {
        parameters[name] = EncodedWords.decoded(plain.text)
      }
    }
    return parameters
  }

  private static func decoded(_ segments: [Segment]) -> String {
    var bytes: [UInt8] = []
    var charset: String?
    for (place, segment) in segments.enumerated() {
      var text = Array(segment.text.utf8)[...]
      if place == 0, segment.isExtended {
        let marks = text.indices.filter { text[$0] == 0x27 }
        if marks.count >= 2 {
          charset = String(decoding: text[..<marks[0]], as: UTF8.self)
          text = text[(marks[1] + 1)...]
        }
      }
      bytes += segment.isExtended ? unescaped(text) : Array(text)
    }
    return Charset.text(bytes, named: charset)
  }

  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var place = text.startIndex
    while place < text.endIndex {
      if text[place] == 0x25, place + 2 < text.endIndex, let high = Byte.hexadecimal(text[place + 1]),
        let low = Byte.hexadecimal(text[place + 2])
      {
        bytes.append(high << 4 | low)
        place += 3
      } else {
        bytes.append(text[place])
        place += 1
      }
    }
    return bytes
  }
}
