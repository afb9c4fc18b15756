public import NIOCore

/// The items of a stream, in order. One task reads them.
///
/// The sequence ends when the server ends the stream; it throws ``TransportError`` (``TransportError/Reason/refused(_:)``
/// where the server refused). Leaving the loop cancels the stream. Credit bounds how many items wait here.
public struct PushStream: AsyncSequence, Sendable {
  /// One item.
  public struct Element: Sendable, Equatable {
    /// Where the stream stands after this item.
    public let cursor: ByteBuffer
    /// The method's item message, encoded.
    public let body: ByteBuffer
  }

  /// Reads the items.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var items: AsyncThrowingStream<Element, any Error>.Iterator
    fileprivate let credit: UInt32
    fileprivate let grant: @Sendable (UInt32) -> Void
    private var takenCount: UInt32 = 0

    fileprivate init(_ stream: PushStream) {
      items = stream.items.makeAsyncIterator()
      credit = stream.credit
      grant = stream.grant
    }

    /// The next item, or nil at the stream's end.
    public mutating func next() async throws -> Element? {
      let element = try await items.next()
      guard element != nil else { return nil }
      takenCount += 1
      // Half at a time: the server never runs dry, and a credit frame serves many items.
      if takenCount >= Swift.max(1, credit / 2) {
        grant(takenCount)
        takenCount = 0
      }
      return element
    }
  }

  let items: AsyncThrowingStream<Element, any Error>
  let credit: UInt32
  let grant: @Sendable (UInt32) -> Void

  /// The stream's only reader.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
