import NIOCore
import Testing
import Wire

@Suite("Frames") struct FrameDecoderTests {
  /// What a decoder makes of bytes that come in pieces of `size`.
  private func decode(_ bytes: ByteBuffer, limit: Int, pieces size: Int) -> (
    frames: [Frame], error: FrameError?, pending: Int
  ) {
    var decoder = FrameDecoder(lengthLimit: limit)
    var bytes = bytes
    var frames: [Frame] = []
    do {
      while let piece = bytes.readSlice(length: min(size, bytes.readableBytes)), piece.readableBytes > 0 {
        decoder.append(piece)
        while let frame = try decoder.next() { frames.append(frame) }
      }
    } catch {
      return (frames, error, decoder.pendingByteCount)
    }
    return (frames, nil, decoder.pendingByteCount)
  }

  @Test(
    "W10, W11, W12, W13, W14, W15, W16, W17: every vector gives its frames and its refusal, however it is cut",
    arguments: try FrameVector.all())
  func vectors(vector: FrameVector) throws {
    let input = try bytes(hex: vector.hex)
    for size in [1, 2, 3, 5, 11, 12, 13, 64, 1_000_000] {
      let result = decode(input, limit: vector.limit, pieces: size)
      #expect(result.frames.count == vector.frames.count)
      for (frame, expected) in zip(result.frames, vector.frames) {
        #expect("\(frame.kind)" == expected.kind)
        #expect(frame.method == expected.method)
        #expect(frame.stream == expected.stream)
        #expect(frame.payload == (try bytes(hex: expected.payload)))
      }
      #expect(result.error?.refusal.rawValue == vector.refusal)
      #expect(result.pending == vector.pending)
    }
  }

  @Test("the frames of the vectors are written as they are read", arguments: try FrameVector.all())
  func written(vector: FrameVector) throws {
    guard vector.refusal == nil, vector.pending == 0 else { return }
    var output = ByteBuffer()
    for frame in decode(try bytes(hex: vector.hex), limit: vector.limit, pieces: 1_000_000).frames {
      frame.write(into: &output)
    }
    #expect(output == (try bytes(hex: vector.hex)))
  }

  @Test("W11: a length at the limit is taken, one more is refused when its four bytes are there")
  func limit() throws {
    for limit in [16_384, 1_048_576, 4_194_304] {
      var decoder = FrameDecoder()
      decoder.accept(lengthsUpTo: limit)
      decoder.append(ByteBuffer(integer: UInt32(limit)))
      #expect(try decoder.next() == nil)
      decoder = FrameDecoder(lengthLimit: limit)
      decoder.append(ByteBuffer(integer: UInt32(limit + 1)))
      #expect(throws: FrameError.tooLong(byteCount: UInt32(limit + 1), limit: limit)) { try decoder.next() }
      #expect(decoder.pendingByteCount == 0)
    }
  }

  @Test("W11: no limit is raised over 4 MiB")
  func limitMax() {
    var decoder = FrameDecoder(lengthLimit: .max)
    #expect(decoder.lengthLimit == 4_194_304)
    decoder.accept(lengthsUpTo: .max)
    #expect(decoder.lengthLimit == 4_194_304)
  }

  @Test("after an error the decoder repeats it and keeps no bytes")
  func sticky() {
    var decoder = FrameDecoder()
    decoder.append(ByteBuffer(integer: UInt32(0)))
    #expect(throws: FrameError.tooShort(byteCount: 0)) { try decoder.next() }
    var good = ByteBuffer()
    Frame(.ping).write(into: &good)
    decoder.append(good)
    #expect(throws: FrameError.tooShort(byteCount: 0)) { try decoder.next() }
    #expect(decoder.pendingByteCount == 0)
  }

  @Test("whoever reads may read into the same memory again while frames of the last read are held")
  func readAgain() throws {
    func address(_ buffer: ByteBuffer) -> Int { buffer.withVeryUnsafeBytes { Int(bitPattern: $0.baseAddress) } }
    var written = ByteBuffer()
    for stream: UInt32 in 1...3 {
      Frame(.request, method: 1, stream: stream, payload: ByteBuffer(string: "hello")).write(into: &written)
    }
    var decoder = FrameDecoder()
    var buffer = ByteBufferAllocator().buffer(capacity: 65_536)
    let place = address(buffer)
    var held: [Frame] = []
    // Whole frames, then a read that ends within one, then its rest.
    for part in [written.readableBytes, written.readableBytes - 3, 3] {
      buffer.clear()
      var rest = written.getSlice(at: part == 3 ? written.writerIndex - 3 : 0, length: part) ?? ByteBuffer()
      buffer.writeBuffer(&rest)
      #expect(address(buffer) == place, "nobody else holds the buffer")
      decoder.append(buffer)
      while let frame = try decoder.next() { held.append(frame) }
    }
    #expect(held.map(\.stream) == [1, 2, 3, 1, 2, 3])
    #expect(held.allSatisfy { $0.payload == ByteBuffer(string: "hello") })
  }

  @Test("a payload written in place has the length that follows")
  func inPlace() throws {
    var output = ByteBuffer(string: "before")
    Frame.write(.push, stream: 9, into: &output) { $0.writeString("payload") }
    output.moveReaderIndex(forwardBy: 6)
    var expected = ByteBuffer()
    Frame(.push, stream: 9, payload: ByteBuffer(string: "payload")).write(into: &expected)
    #expect(output == expected)
  }

  @Test(
    "mutated bytes never trap, never make frames over the limit, and cut the same way in any pieces", arguments: 0..<8)
  func mutations(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let vectors = try FrameVector.all().map { Array(try bytes(hex: $0.hex).readableBytesView) }
    for _ in 0..<2_000 {
      var mutant = vectors.randomElement(using: &generator) ?? []
      mutant += vectors.randomElement(using: &generator) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !mutant.isEmpty {
        let index = Int.random(in: 0..<mutant.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: mutant[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: mutant.remove(at: index)
        default: mutant.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        }
      }
      let whole = decode(ByteBuffer(bytes: mutant), limit: 16_384, pieces: 1_000_000)
      let cut = decode(
        ByteBuffer(bytes: mutant), limit: 16_384, pieces: Int.random(in: 1...40, using: &generator))
      #expect(whole.frames == cut.frames)
      #expect(whole.error == cut.error)
      #expect(whole.pending == cut.pending)
      #expect(whole.frames.allSatisfy { $0.payload.readableBytes <= 16_384 - 8 })
    }
  }
}
