public import NIOCore
public import SwiftProtobuf

/// Reads and writes the Protocol Buffers messages that stand in payloads.
public enum Payload {
  /// The message that is encoded in all of `bytes`.
  ///
  /// - Throws: ``MalformedMessage`` if the bytes are no such message. Fields that the schema lacks are kept as unknown.
  public static func decode<Message: SwiftProtobuf.Message>(
    _ type: Message.Type = Message.self, from bytes: ByteBuffer
  ) throws(MalformedMessage) -> Message {
    do {
      return try Message(serializedBytes: Bytes(bytes))
    } catch {
      throw MalformedMessage(message: Message.protoMessageName)
    }
  }

  /// The encoding of a message.
  public static func encode(_ message: some SwiftProtobuf.Message) -> ByteBuffer {
    // Encoding fails only for a required field of proto2 or an `Any` of unknown type; the schema has neither.
    guard let bytes: Bytes = try? message.serializedBytes() else { return ByteBuffer() }
    return bytes.buffer
  }

  /// A buffer in the form that SwiftProtobuf reads and writes without a copy in between.
  private struct Bytes: SwiftProtobufContiguousBytes {
    var buffer: ByteBuffer

    init(_ buffer: ByteBuffer) { self.buffer = buffer }

    init(repeating byte: UInt8, count: Int) {
      buffer = ByteBuffer(repeating: byte, count: count)
    }

    init(_ sequence: some Sequence<UInt8>) {
      buffer = ByteBuffer(bytes: sequence)
    }

    var count: Int { buffer.readableBytes }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
      try buffer.withUnsafeReadableBytes(body)
    }

    mutating func withUnsafeMutableBytes<Result>(
      _ body: (UnsafeMutableRawBufferPointer) throws -> Result
    ) rethrows -> Result {
      try buffer.withUnsafeMutableReadableBytes(body)
    }
  }
}

/// Bytes that are not the message that they should be.
public struct MalformedMessage: Error, Sendable, Hashable {
  /// The message's name in the schema.
  public let message: String

  /// An error about the message with this name.
  public init(message: String) { self.message = message }
}
