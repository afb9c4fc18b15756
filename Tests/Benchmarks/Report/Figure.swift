/// The figures of a contestant's median round.
public struct Figure: Codable, Sendable, Equatable {
  /// What was measured.
  public let name: String
  /// Operations a second.
  public let rate: Double
  /// The rates of all rounds, ascending.
  public let rates: [Double]
  /// Milliseconds; nil where the peer does not tell.
  public let p50, p99: Double?
  /// Microseconds of processor time for each operation.
  public let client, services, postgres: Double

  /// The figures of one round.
  public init(name: String, run: Run, used: ProcessorTime) {
    let count = Double(max(run.operations, 1))
    let rate = run.seconds > 0 ? Double(run.operations) / run.seconds : 0
    self.init(
      name: name, rate: rate, rates: [rate], p50: run.milliseconds.percentile(0.5).map { Double($0) },
      p99: run.milliseconds.percentile(0.99).map { Double($0) }, client: used.client * 1e6 / count,
      services: used.services * 1e6 / count, postgres: used.postgres * 1e6 / count)
  }

  /// The median of rounds by rate: one of them, so that its figures belong together. Of two in the middle the slower one.
  ///
  /// - Parameter rounds: At least one, all of the same contestant.
  public init(medianOf rounds: [Figure]) {
    precondition(!rounds.isEmpty, "there is no median of nothing")
    let ordered = rounds.sorted { $0.rate < $1.rate }
    let median = ordered[(ordered.count - 1) / 2]
    self.init(
      name: median.name, rate: median.rate, rates: ordered.map(\.rate), p50: median.p50, p99: median.p99,
      client: median.client, services: median.services, postgres: median.postgres)
  }

  private init(
    name: String, rate: Double, rates: [Double], p50: Double?, p99: Double?, client: Double, services: Double,
    postgres: Double
  ) {
    self.name = name
    self.rate = rate
    self.rates = rates
    self.p50 = p50
    self.p99 = p99
    self.client = client
    self.services = services
    self.postgres = postgres
  }
}

/// A figure that is no rate: memory, a delay, a size.
public struct Value: Codable, Sendable, Equatable {
  /// What was measured.
  public let name: String
  /// How much, in `unit`.
  public let value: Double
  /// Such as `KiB` or `ms`.
  public let unit: String

  /// A figure as given.
  public init(_ name: String, _ value: Double, _ unit: String) {
    self.name = name
    self.value = value
    self.unit = unit
  }
}

/// Where a figure must arrive: a ratio between two figures of one run, or an amount.
public struct Target: Codable, Sendable, Equatable {
  /// On which side of the goal the figure must be.
  public enum Bound: String, Codable, Sendable {
    case atLeast = "at least"
    case atMost = "at most"
  }

  /// What is asked.
  public let name: String
  /// The figure; nil where one of the two that it is made of is missing, which meets nothing.
  public let reached: Double?
  /// The side.
  public let bound: Bound
  /// Where it must arrive.
  public let goal: Double
  /// Of an amount, such as `ms`; empty for a ratio.
  public let unit: String

  /// An amount and its goal.
  public init(_ name: String, _ reached: Double?, _ bound: Bound, _ goal: Double, _ unit: String) {
    self.name = name
    self.reached = reached
    self.bound = bound
    self.goal = goal
    self.unit = unit
  }

  /// The ratio of `figure` to `other` and its goal.
  public init(_ name: String, _ figure: Double?, of other: Double?, _ bound: Bound, _ goal: Double) {
    var ratio: Double?
    if let figure, let other, other > 0 { ratio = figure / other }
    self.init(name, ratio, bound, goal, "")
  }

  /// Whether it has arrived; exactly at the goal it has.
  public var isMet: Bool {
    guard let reached else { return false }
    return bound == .atLeast ? reached >= goal : reached <= goal
  }
}
