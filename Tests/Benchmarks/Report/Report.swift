/// All that a benchmark found.
public struct Report: Codable, Sendable {
  /// What `scripts/bench` calls it by.
  public let benchmark: String
  /// What is measured, in one line.
  public let title: String
  /// Where and with what it was measured.
  public var machine: Machine?
  /// What has a rate.
  public var figures: [Figure]
  /// What has none.
  public var values: [Value]
  /// Where they must arrive.
  public var targets: [Target]

  /// A report as given.
  public init(
    benchmark: String, title: String, figures: [Figure] = [], values: [Value] = [], targets: [Target] = []
  ) {
    self.benchmark = benchmark
    self.title = title
    self.figures = figures
    self.values = values
    self.targets = targets
  }

  /// The figure with a name; nil if there is none.
  public func figure(_ name: String) -> Figure? { figures.first { $0.name == name } }
}

/// Where and with what was measured.
public struct Machine: Codable, Sendable, Equatable {
  /// The processor's name, and how many of its cores there are.
  public let processor: String
  /// Cores that client, services and PostgreSQL share.
  public let cores: Int
  /// Of the machine.
  public let memoryMiB: Int
  /// The operating system's kernel.
  public let kernel: String
  /// How many processes wanted a core in the minute before; above that of a quiet machine, others had their share.
  public let loadBefore: Double
  /// `release` or `debug`.
  public let configuration: String
  /// What was measured, as the repository names it; with `changed` behind it if files differ from that.
  public let commit: String
  /// When, in UTC.
  public let date: String
  /// PostgreSQL's version, and its settings that matter here, by name.
  public let postgres: [String: String]

  /// A machine as given.
  public init(
    processor: String, cores: Int, memoryMiB: Int, kernel: String, loadBefore: Double, configuration: String,
    commit: String, date: String, postgres: [String: String]
  ) {
    self.processor = processor
    self.cores = cores
    self.memoryMiB = memoryMiB
    self.kernel = kernel
    self.loadBefore = loadBefore
    self.configuration = configuration
    self.commit = commit
    self.date = date
    self.postgres = postgres
  }
}
