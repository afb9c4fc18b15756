/// A server's reply to a command (RFC 5321, section 4.2).
struct SMTPReply: Sendable, Equatable {
  /// 200 to 599.
  let code: Int
  /// What stands behind the code, line by line.
  let lines: [String]

  /// Whether the command was carried out.
  var isPositive: Bool { code / 100 == 2 }
  /// Whether the command failed, and may succeed later.
  var isTransient: Bool { code / 100 == 4 }
  /// Whether the command failed, and will fail again.
  var isPermanent: Bool { code / 100 == 5 }

  /// The enhanced status code (RFC 3463), such as `5.1.1`; nil if there is none, or it is of another class than the code.
  var enhanced: String? {
    guard let first = lines.first?.split(separator: " ", maxSplits: 1).first else { return nil }
    let parts = first.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "\(code / 100)",
      parts.allSatisfy({ (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    return String(first)
  }

  /// The server's words on one line, for people.
  var words: String { "\(code) " + lines.joined(separator: " ") }
}

/// Why bytes are no reply.
enum SMTPReplyError: Error, Equatable {
  /// A line has more than ``SMTPReplyReader/lineByteCountMax`` bytes.
  case longLine
  /// A reply has more than ``SMTPReplyReader/lineCountMax`` lines.
  case manyLines
  /// A line does not begin with a code, or with another one than the line before.
  case malformed
}

/// Cuts what a server sends into replies. Its memory is bounded whatever the server does.
struct SMTPReplyReader: Sendable {
  /// The longest line, its end included; the standard says 512 bytes, and some servers say more.
  static let lineByteCountMax = 1_024
  /// The most lines of one reply.
  static let lineCountMax = 100

  private var buffer: [UInt8] = []
  private var code: Int?
  private var lines: [String] = []

  /// Whether there is something that belongs to no reply yet.
  var hasRest: Bool { !buffer.isEmpty || code != nil }

  mutating func append(_ bytes: some Sequence<UInt8>) { buffer += bytes }

  /// The next whole reply; nil if more bytes must come first. After an error the connection is of no more use.
  mutating func next() throws(SMTPReplyError) -> SMTPReply? {
    var start = 0
    defer { buffer.removeFirst(start) }
    while let end = buffer[start...].firstIndex(of: 0x0a) {
      guard end - start < Self.lineByteCountMax else { throw .longLine }
      let line = buffer[start..<end]
      start = end + 1
      if let reply = try take(line.last == 0x0d ? line.dropLast() : line) { return reply }
    }
    guard buffer.count - start < Self.lineByteCountMax else { throw .longLine }
    return nil
  }

  private mutating func take(_ line: ArraySlice<UInt8>) throws(SMTPReplyError) -> SMTPReply? {
    let digits = line.prefix(3)
    guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .malformed }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    let separator = line.dropFirst(3).first
    guard (200...599).contains(number), code == nil || code == number,
      separator == nil || separator == UInt8(ascii: " ") || separator == UInt8(ascii: "-")
    else { throw .malformed }
    guard lines.count < Self.lineCountMax else { throw .manyLines }
    lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
    guard separator != UInt8(ascii: "-") else {
      code = number
      return nil
    }
    defer { (code, lines) = (nil, []) }
    return SMTPReply(code: number, lines: lines)
  }
}
