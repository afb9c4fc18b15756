import Testing

@testable import ServiceKit

/// What the simulator has found once, and must not find again.
@Suite("What was found before")
struct RegressionTests {
  /// The seeds that found something, as the workload was then. They go on being tried, whatever they draw today.
  static let recipes: [(recipe: String, found: String)] = [
    ("19", "a process that was told to end waited for a turn that nobody gave it"),
    (
      "19/steps=2,6-10,15-20,30-33,40-41/crashes=1/without=answer-no-longer-wanted,bytes-for-a-closed-end,change-watched,connection-cut-in-the-midst-of-what-was-sent,packet-arrived-in-pieces,packet-overtaken-on-another-connection,process-crashed,request-delivered-again,stream-out-of-credit,watcher-came-back/luck=1",
      "the same, made small"
    ),
    ("148", "a balance was described otherwise than it is"),
    ("1795569931109", "a target that was missed became cancelled"),
  ]

  @Test("the seeds that found something find nothing now", arguments: recipes.map(\.recipe))
  func seeds(text: String) async throws {
    let outcome = try await SimulationTests.trial().run(try #require(Recipe(text)), tells: true)
    #expect(outcome.failure == nil, "\(outcome.story.joined(separator: "\n"))")
  }

  /// An actor whose session suspends.
  private actor Patient {
    private let executor: SimulatedExecutor
    private let turns = Turns()
    private(set) var count = 0
    private var isTaken = false
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(on executor: SimulatedExecutor) { self.executor = executor }

    func take(_ simulator: Simulator) async throws {
      await turns.begin()
      defer { turns.end() }
      #expect(!isTaken)
      isTaken = true
      if simulator.random.once(in: 2) { try await simulator.sleep(for: .milliseconds(simulator.random.below(3))) }
      isTaken = false
      count += 1
    }
  }

  @Test("Whoever waits for a turn gets it, in whatever order jobs run", arguments: 1...100 as ClosedRange<UInt64>)
  func turns(seed: UInt64) throws {
    let simulator = Simulator(seed: seed)
    let tasks = SimulatedTaskExecutor(SimulatedExecutor(simulator, Lifetime(), "tasks"))
    let patient = Patient(on: SimulatedExecutor(simulator, Lifetime(), "patient", isSerial: true))
    try simulator.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<8 { group.addTask(executorPreference: tasks) { try await patient.take(simulator) } }
        try await group.waitForAll()
      }
      #expect(await patient.count == 8)
    }
  }
}
