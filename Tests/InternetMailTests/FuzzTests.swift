import Foundation
import InternetMail
import Testing

@Suite("Damaged messages are read or refused, never trapped on")
struct FuzzTests {
  /// How many damaged messages the short run reads.
  static let roundCount = 4_000
  /// Words out of which trouble is made.
  static let words: [[UInt8]] = [
    "=?utf-8?B?", "?=", "=?x?q?=E", "--outer", "--inner--", "\r\n", "\n\n", "\r", "boundary=", "boundary=\"\"", "; ;=",
    "filename*0*=utf-8''%", "filename*99=", "\"", "\\", "(((", ")", "<", ">", "<!--", "-->", "<script", "</script>",
    "&#x110000;", "&#xD800;", "&amp", "=", "==", "=\n", "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    "Content-Transfer-Encoding: base64\n", "charset=utf-16\n", "\u{0}", "\u{85}", "From:", ":", ";", ",", "@", "%",
  ].map { Array($0.utf8) }

  /// The seeds of a run: those of the short one, or as many as minutes allow from one that was not tried before.
  private static var minutes: Int? { ProcessInfo.processInfo.environment["CALLOUT_FUZZ_MINUTES"].flatMap { Int($0) } }

  @Test("A message of the corpus, damaged by the seed")
  func damaged() throws {
    let corpus = try Corpus.all()
    try #require(corpus.count >= 10)
    guard let minutes = Self.minutes else {
      for seed in 0..<UInt64(Self.roundCount) { try read(seed, corpus) }
      return
    }
    let end = ContinuousClock.now + .seconds(60 * minutes)
    var seed = UInt64(Date().timeIntervalSince1970) << 24
    let first = seed
    while ContinuousClock.now < end {
      for _ in 0..<100 {
        try read(seed, corpus)
        seed += 1
      }
    }
    print("\(seed - first) damaged messages were read, from seed \(first)")
  }

  private func read(_ seed: UInt64, _ corpus: [[UInt8]]) throws {
    var chance = Seeded(seed)
    let bytes = Self.damage(corpus, &chance)
    let read: InternetMessage
    do throws(MailError) {
      read = try InternetMessage(bytes)
    } catch {
      return
    }
    let comment = Comment(rawValue: "seed \(seed)")
    #expect(read.text.utf8.count <= MailLimits.textByteCountMax, comment)
    #expect(read.attachments.count <= MailLimits.partCountMax, comment)
    #expect(Self.isClean(read.text, lines: true), comment)
    #expect(Self.isClean(read.subject, lines: false), comment)
    for attachment in read.attachments {
      #expect(Self.isClean(attachment.name, lines: false), comment)
      #expect(!attachment.name.contains("/") && !attachment.name.contains("\\"), comment)
      #expect(attachment.byteCount <= bytes.count, comment)
    }
    for address in read.recipients + [read.from].compactMap(\.self) {
      #expect(MailAddress.isAddress(address.address), comment)
      #expect(Self.isClean(address.name, lines: false), comment)
    }
    if let reason = AutomaticMail.reason(read, sender: nil, ownDomain: "callout.invalid") {
      #expect((1...200).contains(reason.utf8.count), comment)
    }
  }

  private static func isClean(_ text: String, lines: Bool) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x0A: lines
      case 0x00...0x1F, 0x7F...0x9F: false
      default: true
      }
    }
  }

  private static func damage(_ corpus: [[UInt8]], _ chance: inout Seeded) -> [UInt8] {
    var bytes = corpus.randomElement(using: &chance) ?? []
    for _ in 0..<Int.random(in: 1...12, using: &chance) {
      let place = Int.random(in: 0...bytes.count, using: &chance)
      let length = Int.random(in: 0...min(40, bytes.count - place), using: &chance)
      switch Int.random(in: 0..<6, using: &chance) {
      case 0: bytes.replaceSubrange(place..<(place + length), with: [])
      case 1: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
      case 2: bytes.insert(contentsOf: words.randomElement(using: &chance) ?? [], at: place)
      case 3: for index in place..<(place + length) { bytes[index] = UInt8.random(in: 0...255, using: &chance) }
      case 4: bytes.removeLast(bytes.count - place)
      default:
        let other = corpus.randomElement(using: &chance) ?? []
        bytes.insert(contentsOf: other.suffix(Int.random(in: 0...other.count, using: &chance)), at: place)
      }
    }
    return bytes
  }
}
