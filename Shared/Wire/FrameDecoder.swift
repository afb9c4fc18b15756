public import NIOCore

/// Cuts bytes into frames, incrementally. Bytes are copied once, when they are appended; payloads are parts of that copy.
///
/// A header is judged as soon as its 12 bytes are there: nothing is allocated for a length that is refused. After an
/// error the decoder repeats that error and takes no more bytes.
public struct FrameDecoder: Sendable {
  /// The largest length field that is taken, in bytes.
  public private(set) var lengthLimit: Int

  private var bytes = ByteBuffer()
  private var failure: FrameError?

  /// A decoder that takes length fields up to `lengthLimit` bytes, at most ``Frame/lengthByteCountMax``.
  public init(lengthLimit: Int = Frame.firstLengthByteCountMax) {
    self.lengthLimit = min(lengthLimit, Frame.lengthByteCountMax)
  }

  /// Takes length fields up to `limit` bytes from now on (never over ``Frame/lengthByteCountMax``): the hello is
  /// accepted.
  public mutating func accept(lengthsUpTo limit: Int) {
    lengthLimit = min(limit, Frame.lengthByteCountMax)
  }

  /// Adds bytes that were read. Bytes after an error are dropped.
  ///
  /// Nothing of `received` is kept: whoever reads into one buffer again and again, as TLS does, would otherwise copy all of its
  /// capacity before each read, which grows to what the largest burst took.
  public mutating func append(_ received: ByteBuffer) {
    guard failure == nil else { return }
    if bytes.readableBytes == 0 {
      bytes = ByteBuffer(buffer: received)
    } else {
      var received = received
      bytes.discardReadBytes()
      bytes.writeBuffer(&received)
    }
  }

  /// The bytes that wait for the rest of their frame; at most one frame's once ``next()`` has returned nil.
  public var pendingByteCount: Int { bytes.readableBytes }

  /// The next whole frame, or nil if more bytes are needed.
  public mutating func next() throws(FrameError) -> Frame? {
    if let failure { throw failure }
    do {
      return try cut()
    } catch {
      failure = error
      bytes = ByteBuffer()
      throw error
    }
  }

  private mutating func cut() throws(FrameError) -> Frame? {
    let start = bytes.readerIndex
    guard let length = bytes.getInteger(at: start, as: UInt32.self) else { return nil }
    // The length is judged on its own four bytes: a peer that sends no more is refused all the same.
    guard length >= Frame.countedHeaderByteCount else { throw .tooShort(byteCount: length) }
    guard length <= lengthLimit else { throw .tooLong(byteCount: length, limit: lengthLimit) }
    guard
      let (rawKind, flags, method, stream) = bytes.getMultipleIntegers(
        at: start + 4, as: (UInt8, UInt8, UInt16, UInt32).self)
    else { return nil }

    guard let kind = FrameKind(rawValue: rawKind) else { throw .unknownKind(rawKind) }
    guard flags == 0 else { throw .reservedBits(flags) }
    if kind == .request {
      guard method != 0 else { throw .requestWithoutMethod }
    } else {
      guard method == 0 else { throw .methodOutsideRequest(kind, method) }
    }
    switch kind.belongsToStream {
    case .some(true): guard stream != 0 else { throw .streamMissing(kind) }
    case .some(false): guard stream == 0 else { throw .streamOutsideStream(kind, stream) }
    case .none: break
    }
    let payloadByteCount = Int(length) - Frame.countedHeaderByteCount
    switch kind {
    case .cancel: guard payloadByteCount == 0 else { throw .payloadTooLong(kind, byteCount: payloadByteCount) }
    case .ping, .pong:
      guard payloadByteCount <= Frame.pingByteCountMax else { throw .payloadTooLong(kind, byteCount: payloadByteCount) }
    case .hello, .welcome, .request, .reply, .refusal, .push, .credit, .goaway: break
    }

    guard bytes.readableBytes >= Frame.headerByteCount + payloadByteCount else { return nil }
    bytes.moveReaderIndex(forwardBy: Frame.headerByteCount)
    guard let payload = bytes.readSlice(length: payloadByteCount) else { return nil }
    return Frame(kind, method: method, stream: stream, payload: payload)
  }
}
