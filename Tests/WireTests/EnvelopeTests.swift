import Foundation
import NIOCore
import SwiftProtobuf
import Testing
import Wire

@Suite("Envelopes and messages") struct EnvelopeTests {
  @Test("W32, W33, W34, W35, W36: every vector is read or refused as it says", arguments: try RequestVector.all())
  func vectors(vector: RequestVector) throws {
    let input = try bytes(hex: vector.hex)
    do {
      let envelope = try RequestEnvelope(decoding: input)
      #expect(vector.refusal == nil)
      #expect(envelope.key == (try bytes(hex: vector.key)))
      #expect(envelope.timeoutMilliseconds == vector.timeout_ms)
      #expect(envelope.traceparent == vector.traceparent)
      #expect(envelope.tenant?.bytes ?? [] == Array(try bytes(hex: vector.tenant).readableBytesView))
      #expect(envelope.body == (try bytes(hex: vector.body)))
      #expect(envelope.credit == vector.credit)
    } catch let error as EnvelopeError {
      #expect(error.refusal.rawValue == vector.refusal)
    }
  }

  /// An envelope with each field there or not.
  private func random(using generator: inout SeededGenerator) -> RequestEnvelope {
    func some<Value>(_ value: Value, or none: Value) -> Value {
      Bool.random(using: &generator) ? value : none
    }
    let keyByteCount = Int.random(in: 8...64, using: &generator)
    let bodyByteCount = Int.random(in: 0...300, using: &generator)
    let empty = ByteBuffer()
    return RequestEnvelope(
      key: some(ByteBuffer(repeating: 7, count: keyByteCount), or: empty),
      timeoutMilliseconds: some(Int64.random(in: 0...300_000, using: &generator), or: 0),
      traceparent: some(String(repeating: "t", count: 55), or: ""),
      tenant: some(
        TenantBytes(high: .random(in: 0...(.max), using: &generator), low: .random(in: 0...(.max), using: &generator)),
        or: nil),
      body: some(ByteBuffer(repeating: 9, count: bodyByteCount), or: empty),
      credit: some(UInt32.random(in: 0...(.max), using: &generator), or: 0))
  }

  @Test("the envelope's own codec and the generated message write and read the same bytes", arguments: 0..<4)
  func generated(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let envelope = random(using: &generator)
      var message = Callout_V1_Request()
      message.key = Data(envelope.key.readableBytesView)
      message.timeoutMs = envelope.timeoutMilliseconds
      message.traceparent = envelope.traceparent
      message.tenant = Data(envelope.tenant?.bytes ?? [])
      message.body = Data(envelope.body.readableBytesView)
      message.credit = envelope.credit
      var written = ByteBuffer()
      envelope.write(into: &written)
      #expect(written == Payload.encode(message))
      #expect(written.readableBytes <= envelope.encodedByteCountMax)
      #expect(try RequestEnvelope(decoding: written) == envelope)
    }
  }

  @Test("the push's own codec and the generated message write and read the same bytes")
  func push() throws {
    for (cursor, body) in [
      ("", ""), ("c", ""), ("", "b"), (String(repeating: "c", count: 64), String(repeating: "b", count: 70_000)),
    ] {
      let push = PushPayload(cursor: ByteBuffer(string: cursor), body: ByteBuffer(string: body))
      var message = Callout_V1_Push()
      message.cursor = Data(cursor.utf8)
      message.body = Data(body.utf8)
      var written = ByteBuffer()
      push.write(into: &written)
      #expect(written == Payload.encode(message))
      #expect(written.readableBytes <= push.encodedByteCountMax)
      #expect(try PushPayload(decoding: written) == push)
    }
  }

  @Test("a cursor of 65 bytes is refused")
  func cursor() {
    var written = ByteBuffer()
    PushPayload(cursor: ByteBuffer(repeating: 1, count: 65), body: ByteBuffer()).write(into: &written)
    #expect(throws: MalformedMessage(message: "callout.v1.Push")) { try PushPayload(decoding: written) }
  }

  @Test("mutated envelopes are read or refused, and what the generated message refuses we refuse", arguments: 0..<4)
  func mutations(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      var written = ByteBuffer()
      random(using: &generator).write(into: &written)
      var mutant = Array(written.readableBytesView)
      guard !mutant.isEmpty else { continue }
      for _ in 0..<3 {
        mutant[Int.random(in: 0..<mutant.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      let envelope = try? RequestEnvelope(decoding: ByteBuffer(bytes: mutant))
      guard let message = try? Callout_V1_Request(serializedBytes: mutant) else {
        // Groups aside, whatever is malformed to one is malformed to the other.
        #expect(envelope == nil)
        continue
      }
      guard let envelope else { continue }
      #expect(Array(message.key) == Array(envelope.key.readableBytesView))
      #expect(message.timeoutMs == envelope.timeoutMilliseconds)
      #expect(message.traceparent == envelope.traceparent)
      #expect(Array(message.tenant) == envelope.tenant?.bytes ?? [])
      #expect(Array(message.body) == Array(envelope.body.readableBytesView))
      #expect(message.credit == envelope.credit)
    }
  }

  @Test("the messages of the vectors are what their text says", arguments: try MessageVector.all())
  func messages(vector: MessageVector) throws {
    func check<Message: SwiftProtobuf.Message & Equatable>(_ type: Message.Type) throws {
      let expected = try Message(textFormatString: vector.text)
      #expect(try Payload.decode(Message.self, from: bytes(hex: vector.hex)) == expected)
      #expect(Payload.encode(expected) == (try bytes(hex: vector.hex)))
    }
    switch vector.message {
    case "Hello": try check(Callout_V1_Hello.self)
    case "Welcome": try check(Callout_V1_Welcome.self)
    case "Refusal": try check(Callout_V1_Refusal.self)
    case "Push": try check(Callout_V1_Push.self)
    case "Credit": try check(Callout_V1_Credit.self)
    case "Goaway": try check(Callout_V1_Goaway.self)
    default: Issue.record("no check for \(vector.message)")
    }
  }

  @Test("W70: a field that the schema lacks does not disturb a message")
  func unknownField() throws {
    var bytes = Payload.encode(Callout_V1_Credit.with { $0.items = 3 })
    bytes.writeBytes([0x7A, 0x01, 0x41])
    #expect(try Payload.decode(Callout_V1_Credit.self, from: bytes).items == 3)
  }

  @Test("bytes that are no message are refused with the message's name")
  func malformed() {
    #expect(throws: MalformedMessage(message: "callout.v1.Hello")) {
      try Payload.decode(Callout_V1_Hello.self, from: ByteBuffer(bytes: [0x0A]))
    }
  }

  @Test("a tenant's text is canonical lower case and nothing else")
  func tenantText() throws {
    let text = "01901234-5678-7abc-8def-0123456789ab"
    let tenant = try #require(TenantBytes(text: text))
    #expect(tenant.text == text)
    #expect(TenantBytes(tenant.bytes) == tenant)
    for wrong in [
      text.uppercased(), "{\(text)}", text.replacing("-", with: ""), String(text.dropLast()), text + "0",
      "0190123-45678-7abc-8def-0123456789ab", "g1901234-5678-7abc-8def-0123456789ab", "",
    ] {
      #expect(TenantBytes(text: wrong) == nil)
    }
    #expect(TenantBytes([UInt8](repeating: 0, count: 15)) == nil)
    #expect(TenantBytes([UInt8](repeating: 0, count: 17)) == nil)
  }
}
