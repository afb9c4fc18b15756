import Policy
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("The simulated network")
struct NetworkTests {
  /// Seeds of which one has to notice what is wrong.
  private static let seeds: ClosedRange<UInt64> = 1...40

  @Test("what a watcher has seen is compared with the feed")
  func watching() {
    let feed = (1...4).map { number in
      SeenChange(
        cursor: ChangeCursor(transaction: number, seen: 1), kind: "ticket.opened", version: number,
        text: "")
    }
    func isGood(_ seen: [SeenChange], fromBeginning: Bool = true) -> Bool {
      Watching.fault(of: seen, in: feed, fromBeginning: fromBeginning) == nil
    }
    #expect(isGood(feed))
    #expect(!isGood(Array(feed.dropLast())))
    #expect(!isGood(Array(feed.dropFirst())))
    #expect(!isGood(feed + [feed[3]]))
    #expect(!isGood([feed[0], feed[0], feed[1], feed[2], feed[3]]))
    #expect(!isGood([feed[0], feed[2], feed[1], feed[3]]))
    #expect(!isGood([]))
    #expect(isGood(Array(feed.dropFirst(2)), fromBeginning: false))
    #expect(isGood([], fromBeginning: false))
    #expect(!isGood([feed[2]], fromBeginning: false))
  }

  @Test("a stream that loses, repeats or swaps changes is noticed", arguments: StreamMutant.allCases)
  func streams(_ mutant: StreamMutant) async throws {
    var trial = try await SimulationTests.trial()
    trial.plan = { seed in
      var plan = SimulationTests.plan(seed)
      plan.streamMutant = mutant
      return plan
    }
    #expect(Self.seeds.contains { trial.run(Recipe(seed: $0)).broken.contains(.feed) })
  }

  @Test("a server that does not find half-open connections is noticed")
  func silence() async throws {
    var trial = try await SimulationTests.trial()
    for way in trial.settings.indices {
      for service in ServiceName.allCases { trial.settings[way][service]?.server.idleTimeout = .seconds(3_600) }
    }
    #expect(Self.seeds.contains { trial.run(Recipe(seed: $0)).broken.contains(.connection) })
  }
}
