internal import Foundation
internal import Policy
internal import Synchronization

/// Makes idempotency keys: UUIDs of version 7, in their 16 bytes.
final class KeySource: Sendable {
  private let source: Mutex<IdentifierSource>

  init(seed: UInt64 = UInt64.random(in: .min ... .max)) {
    source = Mutex(IdentifierSource(seed: seed))
  }

  /// A key that no other call has.
  func next() -> [UInt8] { nextID(RequestID.self).bytes }

  /// An identifier that nothing else has.
  func nextID<Tag>(_: ID<Tag>.Type) -> ID<Tag> {
    // The one clock that the library reads for its value: a key's date only helps those who look at a table.
    let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    return source.withLock { $0.next(at: now) }
  }
}
