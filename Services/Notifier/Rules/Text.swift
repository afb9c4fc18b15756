import Policy

/// Bounds of the texts that requests bring, in bytes of UTF-8.
enum TextBound {
  /// Names of people, of rotas' overrides, of who acknowledges.
  static let name = 200
  /// Reasons.
  static let reason = 1000
  /// Addresses (RFC 5321, section 4.5.3.1.3, less the angle brackets).
  static let address = 254
  /// A rota's name.
  static let rotaName = 64
}

extension String {
  /// The text itself when it has `bounds` bytes and no control character; otherwise a refusal that names `field`.
  func checked(_ field: String, _ bounds: ClosedRange<Int>) throws(Refused) -> String {
    guard bounds.contains(utf8.count) else {
      throw Refused(.invalid(field: field), "\(field) must have \(bounds.lowerBound) to \(bounds.upperBound) bytes.")
    }
    guard !unicodeScalars.contains(where: \.isControl) else {
      throw Refused(.invalid(field: field), "\(field) must have no control characters.")
    }
    return self
  }

  /// The text on one line of at most `limit` bytes: every control character becomes a space, and what is too long ends
  /// in an ellipsis. For texts of other services, which are shown and never refused.
  func onOneLine(limit: Int) -> String {
    var line = ""
    for character in self {
      let shown = character.unicodeScalars.contains(where: \.isControl) ? " " : character
      if line.utf8.count + String(shown).utf8.count > limit - 3 { return line + "…" }
      line.append(shown)
    }
    return line
  }
}

extension Unicode.Scalar {
  /// A control character, or one of the two separators that count as line ends.
  var isControl: Bool {
    switch value {
    case 0...0x1f, 0x7f...0x9f, 0x2028, 0x2029: true
    default: false
    }
  }
}
