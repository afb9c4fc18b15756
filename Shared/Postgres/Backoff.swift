/// Waits between attempts that grow exponentially, with jitter, so that many who lost the same server do not come back
/// in step. Pure: the same seed gives the same waits.
public struct Backoff: Sendable {
  /// The first wait, before jitter.
  public let minimum: Duration
  /// The longest wait.
  public let maximum: Duration
  /// By how much each wait is longer than the last, before jitter.
  public let factor: Double
  /// How many waits have been handed out since the last reset.
  public private(set) var attempts = 0
  private var state: UInt64
  private var current: Double

  /// Waits of `minimum`, `minimum * factor`, … up to `maximum`, each cut at random to between its half and its whole.
  ///
  /// A minimum under a millisecond counts as one, a maximum under the minimum as the minimum, a factor under 1 as 1.
  public init(
    minimum: Duration = .milliseconds(100), maximum: Duration = .seconds(10), factor: Double = 2, seed: UInt64
  ) {
    self.minimum = max(minimum, .milliseconds(1))
    self.maximum = max(maximum, self.minimum)
    self.factor = factor.isFinite ? max(factor, 1) : 1
    state = seed
    current = self.minimum.seconds
  }

  /// The next wait, from half of `minimum` to `maximum`.
  public mutating func next() -> Duration {
    attempts += 1
    let whole = current
    current = min(current * factor, maximum.seconds)
    let fraction = Double(random() >> 11) * 0x1p-53
    return .seconds(whole * (0.5 + 0.5 * fraction))
  }

  /// Begins again with the shortest wait, after a success.
  public mutating func reset() {
    attempts = 0
    current = minimum.seconds
  }

  /// SplitMix64 (Steele, Lea, Flood 2014): a small generator whose whole state is the seed.
  private mutating func random() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension Duration {
  /// In seconds, as precise as a double is.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
