internal import Policy
internal import Synchronization

/// Makes idempotency keys: UUIDs of version 7, in their 16 bytes.
final class KeySource: Sendable {
  private let source: Mutex<IdentifierSource>

  private let wallClock: @Sendable () -> Instant

  init(_ surroundings: Surroundings) {
    source = Mutex(IdentifierSource(seed: surroundings.seed))
    wallClock = surroundings.wallClock
  }

  /// A key that no other call has.
  func next() -> [UInt8] { nextID(RequestID.self).bytes }

  /// An identifier that nothing else has.
  func nextID<Tag>(_: ID<Tag>.Type) -> ID<Tag> {
    // The one clock that the library reads for its value: a key's date only helps those who look at a table.
    let now = wallClock()
    return source.withLock { $0.next(at: now) }
  }
}
