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
  /// Time since some fixed point, never going back, for measuring and waiting.
  var uptime: Duration { get }
  /// Returns when the time has passed; throws at once when the task is cancelled.
  func sleep(for duration: Duration) async throws
}

/// The machine's wall clock.
public struct SystemClock: EdgeClock {
  private let start = ContinuousClock.now

  /// The machine's wall clock.
  public init() {}

  /// Time since this clock was made.
  public var uptime: Duration { start.duration(to: .now) }

  /// Returns when the time has passed; throws at once when the task is cancelled.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }

  /// The present instant, to the millisecond.
  public var now: Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
  }
}
