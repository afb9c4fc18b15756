import Foundation
import NIOCore
import SwiftProtobuf
import Testing
import Wire

@Suite("Messages written field by field") struct MessageWriterTests {
  private static let high: UInt64 = 0x0102_0304_0506_0708
  private static let low: UInt64 = 0x8000_0000_0000_00ff
  private static let id = Data([1, 2, 3, 4, 5, 6, 7, 8, 0x80, 0, 0, 0, 0, 0, 0, 0xff])

  @Test(
    "they have the bytes that the generated types make, whatever the lengths and signs",
    arguments: [0, 1, 105, 106, 107, 108, 127, 128, 129, 16_361, 16_380, 16_383, 16_384, 70_000] as [Int],
    [0, 1, -1, 127, 128, 1_000_000_000_000_000, .min, .max] as [Int64])
  func equal(textByteCount: Int, number: Int64) throws {
    let text = String(repeating: "x", count: textByteCount)
    let generated = Callout_V1_Transfer.with {
      $0.id = Self.id
      $0.text = text
      $0.lines = [
        .with {
          $0.clause = "clause"
          $0.amount = number
          $0.text = text
        }, Callout_V1_ChargeLine(),
      ]
      $0.atMs = number
      $0.planVersion = Self.id
    }
    var writer = MessageWriter(reserving: 16)
    writer.identifier(1, high: Self.high, low: Self.low)
    writer.text(7, text)
    writer.message(8) { line in
      line.text(1, "clause")
      line.integer(3, number)
      line.text(4, text)
    }
    writer.message(8) { _ in }
    writer.integer(10, number)
    Self.id.withUnsafeBytes { writer.data(12, $0) }
    #expect(writer.message.bytes == Payload.encode(generated))
  }

  @Test("a message that is encoded already stands where another would")
  func encoded() throws {
    let reply = Callout_V1_ChargePostReply.with {
      $0.transfer = .with { $0.text = String(repeating: "y", count: 200) }
      $0.balance = 7
    }
    var writer = MessageWriter(reserving: 0)
    writer.message(1, encoded: EncodedMessage(reply.transfer))
    writer.integer(2, 7)
    #expect(writer.message.bytes == Payload.encode(reply))
  }
}
