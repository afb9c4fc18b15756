/// What one round did.
public struct Run: Sendable {
  /// Charges, tickets, reads: whatever the benchmark counts.
  public var operations: Int
  /// How long it took.
  public var seconds: Double
  /// Of each request, ascending; empty where the peer does not tell.
  public var milliseconds: [Float]

  /// A round; its times may come in any order.
  public init(operations: Int, seconds: Double, milliseconds: [Float] = []) {
    self.operations = operations
    self.seconds = seconds
    self.milliseconds = milliseconds.sorted()
  }
}

/// Processor time in seconds, by who used it.
public struct ProcessorTime: Sendable {
  /// The load's process, and the peers' clients that it ran (pgbench).
  public var client: Double
  /// The services, or what stands in their place.
  public var services: Double
  /// PostgreSQL with all its backends.
  public var postgres: Double

  /// Times as given.
  public init(client: Double, services: Double, postgres: Double) {
    self.client = client
    self.services = services
    self.postgres = postgres
  }

  /// What was used between two moments.
  public static func - (later: ProcessorTime, earlier: ProcessorTime) -> ProcessorTime {
    ProcessorTime(
      client: later.client - earlier.client, services: later.services - earlier.services,
      postgres: later.postgres - earlier.postgres)
  }
}

extension Array where Element: BinaryFloatingPoint {
  /// The smallest value of an ascending list that at least `share` of the values do not exceed; nil for an empty list.
  ///
  /// - Parameter share: 0 to 1; 0.5 gives the median, or the lower one of two.
  public func percentile(_ share: Double) -> Element? {
    guard !isEmpty else { return nil }
    let rank = Int((Double(count) * share).rounded(.up))
    return self[Swift.min(count, Swift.max(1, rank)) - 1]
  }
}
