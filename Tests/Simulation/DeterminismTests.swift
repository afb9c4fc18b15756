import Foundation
import Synchronization
import Testing

@Suite("A seed decides everything")
struct DeterminismTests {
  @Test("the generator is the one that is published")
  func chance() {
    // The first numbers of SplitMix64 from 1234567.
    var chance = Chance(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in chance.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  /// What is done with work that is ready or comes later, without any of Swift's own tasks in it.
  private static func order() throws -> [String] {
    let simulator = Simulator(seed: 42)
    let (alive, doomed) = (Lifetime(), Lifetime())
    let tasks = SimulatedExecutor(simulator, alive, "tasks")
    let lane = SimulatedExecutor(simulator, alive, "lane", isSerial: true)
    let gone = SimulatedExecutor(simulator, doomed, "gone")
    let order = Mutex<[String]>([])
    // However many jobs Swift makes of what waits for the end below, they draw nothing from what comes now.
    simulator.after(.zero) { simulator.random = Chance(seed: 43) }
    for number in 0..<40 {
      simulator.after(.milliseconds(simulator.random.below(8))) {
        for queue in [tasks, lane, gone] {
          simulator.enqueue(on: queue) { order.withLock { $0.append("\(queue.name) \(number)") } }
        }
      }
    }
    simulator.after(.milliseconds(4)) { doomed.isOver = true }
    try simulator.run { try await simulator.sleep(for: .seconds(1)) }
    return order.withLock { $0 }
  }

  @Test("jobs and time have the same order on every machine, for ever")
  func goldenOrder() throws {
    let order = try Self.order()
    var hash = TraceHash()
    for what in order { hash.add(what) }
    #expect(hash.value == 0x0c124d7d69f1db9e, "the order is another: \(order)")
    #expect(order.count { $0.hasPrefix("tasks") } == 40)
    #expect(order.count { $0.hasPrefix("gone") } < 40, "what has died did something")
  }

  @Test(
    "the same recipe gives the same run, step by step", arguments: ["3", "4", "5/steps=10-60/without=connection-cut"])
  func twice(text: String) async throws {
    let (trial, recipe) = (try await SimulationTests.trial(), try #require(Recipe(text)))
    #expect(trial.run(recipe).report.trace == trial.run(recipe).report.trace)
  }

  /// Another process has other seeds of Swift's hashes, other addresses, another environment, language and time zone.
  @Test("another process gives the same run", .enabled(if: SimulationTests.environmentRecipe == nil))
  func elsewhere() async throws {
    let recipe = Recipe(seed: 7)
    let here = try await SimulationTests.trial().run(recipe)
    let told = FileManager.default.temporaryDirectory.appending(path: "callout-trace-\(UUID())")
    defer { try? FileManager.default.removeItem(at: told) }
    let process = Process()
    process.executableURL = URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    process.arguments = ["--testing-library", "swift-testing", "--filter", "SimulationTests/repeated"]
    process.environment = [
      "CALLOUT_SIMULATION_RECIPE": "\(recipe)", "CALLOUT_SIMULATION_TRACE": told.path, "TZ": "Pacific/Chatham",
      "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "HOME": "/nowhere",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let there = try String(contentsOf: told, encoding: .utf8)
    #expect(there == "\(here.report.trace)")
  }
}
