internal import Policy

/// The bounds of what callers write. Every check refuses with the name of the field that is wrong.
enum Fields {
  /// The most bytes of a name or a subject.
  static let nameByteCountMax = 200
  /// The most bytes of a text whose field states no other bound.
  static let noteByteCountMax = 1000
  /// The most bytes of a message.
  static let messageByteCountMax = 65_536
  /// The most bytes of a word that plans know, such as a category.
  static let wordByteCountMax = 64
  /// The most bytes of a mail address (RFC 5321).
  static let emailByteCountMax = 254
  /// The most bytes of a telephone number as dialled.
  static let phoneByteCountMax = 40

  /// One line that says something: 1 to `max` bytes, not blank.
  static func name(_ text: String, _ field: String, max: Int = nameByteCountMax) throws(Refused) {
    try line(text, field, max: max)
    guard text.utf8.contains(where: { $0 != UInt8(ascii: " ") }) else {
      throw invalid(field, "must not be empty")
    }
  }

  /// A language tag (BCP 47), or nothing.
  static func language(_ text: String) throws(Refused) -> MessageLanguage? {
    if text.isEmpty { return nil }
    guard let language = MessageLanguage(text) else {
      throw invalid("language", "is a tag such as de or de-AT, or empty")
    }
    return language
  }

  /// One line, which may be empty.
  static func line(_ text: String, _ field: String, max: Int = nameByteCountMax) throws(Refused) {
    try note(text, field, max: max)
    guard !text.utf8.contains(UInt8(ascii: "\n")) else { throw invalid(field, "must be one line") }
  }

  /// Text of several lines, which may be empty.
  static func note(_ text: String, _ field: String, max: Int = noteByteCountMax) throws(Refused) {
    guard text.utf8.count <= max else { throw invalid(field, "has at most \(max) bytes, not \(text.utf8.count)") }
    guard !text.unicodeScalars.contains(where: isControl) else {
      throw invalid(field, "must hold no control characters other than newlines")
    }
  }

  /// A message that says something.
  static func message(_ text: String, _ field: String) throws(Refused) {
    try note(text, field, max: messageByteCountMax)
    guard !text.isEmpty else { throw invalid(field, "must not be empty") }
  }

  /// A word by which plans know something; it may be empty.
  static func word(_ text: String, _ field: String) throws(Refused) {
    try line(text, field, max: wordByteCountMax)
    guard !text.utf8.contains(UInt8(ascii: " ")) else { throw invalid(field, "is one word, without spaces") }
  }

  /// A word that must be there.
  static func requiredWord(_ text: String, _ field: String) throws(Refused) {
    try word(text, field)
    guard !text.isEmpty else { throw invalid(field, "must not be empty") }
  }

  /// A mail address, or nothing: one `@` with something on both sides, no spaces.
  static func email(_ text: String, _ field: String) throws(Refused) {
    if text.isEmpty { return }
    try line(text, field, max: emailByteCountMax)
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.utf8.contains(UInt8(ascii: " ")) else {
      throw invalid(field, "is a mail address, such as name@example.com")
    }
  }

  /// A telephone number as people write it, or nothing: at least three digits; spaces, `+ - . ( ) /` between them.
  static func phone(_ text: String, _ field: String) throws(Refused) {
    if text.isEmpty { return }
    guard text.utf8.count <= phoneByteCountMax, text.utf8.allSatisfy({ isDigit($0) || isSeparator($0) }),
      text.utf8.count(where: isDigit) >= 3
    else { throw invalid(field, "is a telephone number, such as +65 6842 7600") }
  }

  /// A number in international form (E.164): `+`, then 3 to 15 digits of which the first is not 0. Separators that
  /// people write are dropped, so that a number has one spelling.
  static func hotline(_ text: String, _ field: String) throws(Refused) -> String {
    let bytes = Array(text.utf8)
    let digits = bytes.filter(isDigit)
    guard bytes.count <= phoneByteCountMax, bytes.first == UInt8(ascii: "+"),
      bytes.dropFirst().allSatisfy({ isDigit($0) || (isSeparator($0) && $0 != UInt8(ascii: "+")) }),
      (3...15).contains(digits.count), digits.first != UInt8(ascii: "0")
    else { throw invalid(field, "is a number in international form, such as +6568427600") }
    return "+" + String(decoding: digits, as: UTF8.self)
  }

  /// The refusal of a field.
  static func invalid(_ field: String, _ rule: String) -> Refused {
    Refused(.invalid(field: field), "\(field) \(rule).")
  }

  /// The characters that no text may hold: those that drive terminals, except the newline.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isSeparator(_ byte: UInt8) -> Bool { " +-.()/".utf8.contains(byte) }
}
