import ArgumentParser
import BenchmarkReport
import Foundation

@main
struct CalloutBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "callout-bench", abstract: "Run Callout beside its peers on the same PostgreSQL.",
    subcommands: [RunBenchmarks.self, ServeEcho.self], defaultSubcommand: RunBenchmarks.self)
}

/// Runs benchmarks against the stack that `scripts/bench` made.
struct RunBenchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run benchmarks against the stack that scripts/bench made.")

  /// In the order in which they run.
  static let all: [any Benchmark.Type] = [
    ChargesBenchmark.self, HotBenchmark.self, TicketsBenchmark.self, ReadsBenchmark.self, FlowBenchmark.self,
    WireBenchmark.self, WeightBenchmark.self, TimersBenchmark.self, GrowthBenchmark.self,
  ]

  @Flag(help: "Only try that everything runs: short, with little data, without judging.")
  var quick = false
  @Flag(help: "Let the journal grow to 20 million entries too, which takes long to make.")
  var long = false
  @Option(help: "The stack's folder.")
  var stack: String
  @Option(help: "Port of the stack's first service.")
  var port: Int
  @Option(help: "conninfo of PostgreSQL's superuser, without a database.")
  var conninfo: String
  @Option(help: "Process id of PostgreSQL's first process.")
  var postmaster: Int
  @Option(help: "The checkout.")
  var root: String
  @Option(help: "Folder with the services' programs.")
  var binaries: String
  @Option(help: "Folder for the figures as JSON, a file for each benchmark.")
  var results: String
  @Argument(help: "Which benchmarks; all, if none is named.")
  var names: [String] = []

  func validate() throws {
    for name in names where !Self.all.contains(where: { $0.name == name }) {
      throw ValidationError(
        "There is no benchmark \(name). There are \(Self.all.map { $0.name }.joined(separator: ", ")).")
    }
  }

  func run() async throws {
    let installation = Installation(
      folder: stack, firstPort: port, conninfo: conninfo, postmaster: postmaster, root: root, binaries: binaries)
    let bench = Bench(installation: installation, settings: Bench.Settings(isQuick: quick, isLong: long))
    let machine = try Machine.now(installation, configuration: quick ? "debug" : "release")
    bench.say("\(machine.cores) cores of \(machine.processor), load \(machine.loadBefore), \(machine.commit)")
    try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: true)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    var reports: [Report] = []
    for benchmark in Self.all where names.isEmpty || names.contains(benchmark.name) {
      let start = ContinuousClock.now
      var report = try await benchmark.run(bench)
      report.machine = machine
      print(report.table(judges: !quick))
      fflush(nil)
      bench.say("\(benchmark.name) took \(Int(start.secondsSince)) s")
      try encoder.encode(report).write(to: URL(fileURLWithPath: "\(results)/\(benchmark.name).json"))
      reports.append(report)
    }
    print("\nWhere it must arrive")
    for report in reports {
      for target in report.targets { print("  \(report.benchmark), \(target.line(judges: !quick))") }
    }
  }
}
