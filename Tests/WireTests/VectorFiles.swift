import Foundation
import NIOCore
import Testing

/// The project's folder, from where this file stands.
let projectFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Reads a file of the wire's folder.
func wireFile(_ path: String) throws -> String {
  try String(contentsOf: projectFolder.appendingPathComponent("Shared/Wire/\(path)"), encoding: .utf8)
}

/// A frame of `frames.json`.
struct FrameVector: Codable, Sendable, CustomTestStringConvertible {
  struct Expected: Codable, Sendable {
    let kind: String
    let method: UInt16
    let stream: UInt32
    let payload: String
  }

  let name: String
  let limit: Int
  let hex: String
  let frames: [Expected]
  let refusal: UInt32?
  let pending: Int

  var testDescription: String { name }

  static func all() throws -> [FrameVector] {
    try JSONDecoder().decode([FrameVector].self, from: Data(wireFile("Vectors/frames.json").utf8))
  }
}

/// An envelope of `requests.json`.
struct RequestVector: Codable, Sendable, CustomTestStringConvertible {
  let name: String
  let hex: String
  let refusal: UInt32?
  let key: String
  let timeout_ms: Int64
  let traceparent: String
  let tenant: String
  let body: String
  let credit: UInt32

  var testDescription: String { name }

  static func all() throws -> [RequestVector] {
    try JSONDecoder().decode([RequestVector].self, from: Data(wireFile("Vectors/requests.json").utf8))
  }
}

/// A message of `messages.json`: its bytes, and the same in Protocol Buffers' text format.
struct MessageVector: Codable, Sendable, CustomTestStringConvertible {
  let message: String
  let text: String
  let hex: String

  var testDescription: String { "\(message) \(text)" }

  static func all() throws -> [MessageVector] {
    try JSONDecoder().decode([MessageVector].self, from: Data(wireFile("Vectors/messages.json").utf8))
  }
}

/// The bytes that hexadecimal digits write.
func bytes(hex: String) throws -> ByteBuffer {
  let digits = Array(hex.utf8)
  var buffer = ByteBuffer()
  for index in stride(from: 0, to: digits.count, by: 2) {
    let pair = String(decoding: digits[index..<min(index + 2, digits.count)], as: UTF8.self)
    buffer.writeInteger(try #require(UInt8(pair, radix: 16)))
  }
  return buffer
}

/// A generator whose numbers a seed determines (SplitMix64, public domain algorithm by Sebastiano Vigna).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
