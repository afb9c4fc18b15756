public import NIOCore

/// The items of a stream, in order. One task reads them.
///
/// The sequence ends when the server ends the stream; it throws ``TransportError`` (``TransportError/Reason/refused(_:)``
/// where the server refused). Leaving the loop cancels the stream.
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
    /// The next item, or nil at the stream's end.
    public mutating func next() async throws -> Element? { fatalError("unfinished") }
  }

  /// The stream's only reader.
  public func makeAsyncIterator() -> AsyncIterator { fatalError("unfinished") }
}
