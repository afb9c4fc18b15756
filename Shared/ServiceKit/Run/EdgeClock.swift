#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import Policy

/// The only clock of a service. Everything inside gets instants as arguments.
public protocol EdgeClock: Sendable {
  /// The present instant.
  var now: Instant { get }
}

/// The machine's wall clock.
public struct SystemClock: EdgeClock {
  /// The machine's wall clock.
  public init() {}

  /// The present instant, to the millisecond.
  public var now: Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
