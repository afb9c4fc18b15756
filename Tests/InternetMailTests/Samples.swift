import Foundation
import InternetMail

/// Messages that were written for these tests.
enum Corpus {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "\(name).eml")))
  }

  static func message(_ name: String) throws -> InternetMessage { try InternetMessage(bytes(name)) }

  static func all() throws -> [[UInt8]] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".eml") }.sorted()
      .map { [UInt8](try Data(contentsOf: folder.appending(path: $0))) }
  }
}

/// Chance that is the same for the same seed (SplitMix64).
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// A message of lines.
func message(_ lines: String...) throws(MailError) -> InternetMessage {
  try InternetMessage(Array(lines.joined(separator: "\r\n").utf8))
}
