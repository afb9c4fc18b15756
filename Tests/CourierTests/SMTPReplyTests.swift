import Testing

@testable import Courier

@Suite("Replies of mail servers")
struct SMTPReplyTests {
  private static func read(_ text: String) throws(SMTPReplyError) -> SMTPReply? {
    var reader = SMTPReplyReader()
    reader.append(text.utf8)
    return try reader.next()
  }

  @Test("A reply of several lines is one reply, however its bytes arrive")
  func lines() throws {
    let text = "250-mx.example greets\r\n250-SIZE 1000\r\n250-\r\n250 HELP\r\n"
    for cut in 0...text.utf8.count {
      var reader = SMTPReplyReader()
      var replies: [SMTPReply] = []
      for part in [text.utf8.prefix(cut), text.utf8.dropFirst(cut)] {
        reader.append(part)
        while let reply = try reader.next() { replies.append(reply) }
      }
      #expect(replies == [SMTPReply(code: 250, lines: ["mx.example greets", "SIZE 1000", "", "HELP"])])
      #expect(!reader.hasRest)
    }
  }

  @Test("A code alone, and a line that ends in LF alone, are replies")
  func lenient() throws {
    #expect(try Self.read("354\r\n") == SMTPReply(code: 354, lines: [""]))
    #expect(try Self.read("220 hello\n") == SMTPReply(code: 220, lines: ["hello"]))
    #expect(try Self.read("250 part of") == nil)
  }

  @Test(
    "What is no reply is an error",
    arguments: [
      "hello\r\n", "25\r\n", "25x no\r\n", "2500 no\r\n", "150 no\r\n", "600 no\r\n", "099 no\r\n", "\r\n",
      "250_no\r\n",
      "250-a\r\n251 b\r\n", "250-a\r\nb\r\n", "\u{ff}\u{0}\r\n",
    ])
  func malformed(text: String) { #expect(throws: SMTPReplyError.malformed) { try Self.read(text) } }

  @Test("A line has at most 1,024 bytes, ended or not", arguments: [0, 1])
  func longLine(more: Int) throws {
    let text = "250 " + String(repeating: "x", count: SMTPReplyReader.lineByteCountMax - 6 + more)
    if more == 0 {
      #expect(try Self.read(text + "\r\n") != nil)
      #expect(try Self.read(text) == nil)
    } else {
      #expect(throws: SMTPReplyError.longLine) { try Self.read(text + "\r\n") }
      #expect(throws: SMTPReplyError.longLine) { try Self.read(text + "xx") }
    }
  }

  @Test("A reply has at most a hundred lines", arguments: [100, 101])
  func manyLines(count: Int) throws {
    let text = String(repeating: "250-x\r\n", count: count - 1) + "250 x\r\n"
    if count == 100 {
      #expect(try Self.read(text)?.lines.count == 100)
    } else {
      #expect(throws: SMTPReplyError.manyLines) { try Self.read(text) }
    }
  }

  @Test(
    "An enhanced code is three numbers of the reply's own class",
    arguments: [
      ("550 5.1.1 no such user", "5.1.1"), ("450 4.2.2", "4.2.2"), ("250 2.0.0 ok", "2.0.0"), ("550 4.1.1 no", nil),
      ("550 no such user", nil), ("550 5.1 no", nil), ("550 5.1.1.1 no", nil), ("550 5.1234.1 no", nil),
      ("550 5..1 no", nil), ("550", nil),
    ] as [(String, String?)])
  func enhanced(line: String, code: String?) throws { #expect(try Self.read(line + "\r\n")?.enhanced == code) }

  @Test("Whatever bytes come, in whatever pieces, the reader answers or refuses, and keeps little", arguments: 0..<200)
  func anything(seed: Int) {
    var random = Bytes(seed: UInt64(seed))
    var reader = SMTPReplyReader()
    do {
      for _ in 0..<50 {
        reader.append(random.replyish())
        while try reader.next() != nil {}
      }
    } catch {
      // The connection is closed; nothing is read from it any more.
    }
  }
}

/// Bytes from a seed, many of which look like replies.
struct Bytes {
  private var state: UInt64

  init(seed: UInt64) { state = seed &+ 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func replyish() -> [UInt8] {
    let pieces = ["250", "-", " ", "\r\n", "\r", "\n", "5.1.1", "354", "xyz", "\u{0}", "é", "999", "220 ", "250-"]
    var bytes: [UInt8] = []
    for _ in 0..<(1 + next() % 12) {
      if next() % 5 == 0 {
        bytes.append(UInt8(truncatingIfNeeded: next()))
      } else {
        bytes += Array(pieces[Int(next() % UInt64(pieces.count))].utf8)
      }
    }
    return bytes
  }
}
