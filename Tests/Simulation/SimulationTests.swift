import Foundation
import Policy
import Testing
import Wire

@testable import IntakeService
@testable import LedgerService
@testable import NotifierService
@testable import ServiceKit

@Suite("The simulator")
struct SimulationTests {
  static let plan: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/flexi-it.yaml")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  /// The settings of a service in a world: what matters is set in a process's environment like anywhere else.
  static func settings() async throws -> [ServiceName: ServiceSettings] {
    var all: [ServiceName: ServiceSettings] = [:]
    for service in ServiceName.allCases {
      var environment = [
        "CALLOUT_DOMAIN": "callout.test", "CALLOUT_TLS_CERTIFICATE": "none", "CALLOUT_TLS_KEY": "none",
        "CALLOUT_TLS_TRUST": "none", "CALLOUT_DATABASE_CONNINFO": "none",
      ]
      for peer in ServiceName.allCases { environment["CALLOUT_PEERS_\(peer.rawValue.uppercased())"] = "127.0.0.1:1" }
      let reader = try await SettingsReader(file: nil, environment: environment)
      all[service] = ServiceSettings(reader, service: service, extra: [])
      try reader.finish()
    }
    return all
  }

  /// The world of a seed: half of them quiet, the others with faults of all kinds, one or two processes of each service.
  static func plan(_ seed: UInt64) -> World.Plan {
    var chance = Chance(seed: seed)
    var plan = World.Plan(seed: seed, processes: 1 + chance.below(2))
    if !chance.once(in: 4) {
      plan.faults = Faults(
        cut: 20 + chance.below(200), stall: 400 + chance.below(400), unreachable: 10 + chance.below(50),
        databaseAway: 30 + chance.below(200), databaseLost: 30 + chance.below(200),
        commitUnknown: 20 + chance.below(200),
        delay: .milliseconds(1 + chance.below(40)))
      plan.crashes = chance.below(4)
      plan.faults.troubleNetwork(&chance)
      plan.restarts = chance.below(4)
    }
    return plan
  }

  /// Seeds that a short run tries; `CALLOUT_SIMULATION_SEEDS` says otherwise, and `CALLOUT_SIMULATION_FIRST` where to begin.
  static let seedCount: UInt64 = 40

  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
  }

  @Test("whatever happens, every promise holds")
  func seeds() async throws {
    let settings = try await Self.settings()
    let first = Self.number("CALLOUT_SIMULATION_FIRST") ?? 1
    let count = Self.number("CALLOUT_SIMULATION_SEEDS") ?? Self.seedCount
    var (replies, refusals): ([String: Int], [String: Int]) = ([:], [:])
    var (calls, commits, unknown, simulated, faults) = (0, 0, 0, Duration.zero, FaultCounts())
    for seed in first..<first + count {
      let scenario = try Scenario(Self.plan(seed), desks: 2, callsPerDesk: 45, settings: settings)
      do {
        _ = try scenario.run(Self.plan)
      } catch {
        Issue.record(
          "seed \(seed): \(error)\nrepeat it with: CALLOUT_SIMULATION_FIRST=\(seed) CALLOUT_SIMULATION_SEEDS=1 scripts/test --filter SimulationTests"
        )
      }
      let report = scenario.report
      replies.merge(report.replies, uniquingKeysWith: +)
      refusals.merge(report.refusals, uniquingKeysWith: +)
      (calls, commits, unknown) = (calls + report.calls, commits + report.commits, unknown + report.unknown)
      simulated += report.simulated
      faults += report.faults
    }
    print(
      "simulated \(count) seeds, \(simulated.components.seconds) s of \(calls) calls and \(commits) commits, \(unknown) unknown"
    )
    print("faults: \(faults.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", "))")
    let missing = OperationShape.all.map(\.method.name).filter {
      replies[$0] == nil && !Scenario.notDrawn.contains($0) && !Scenario.seldomAccepted.contains($0)
    }
    let reasons = refusals.keys.filter { reason in
      missing.contains { reason.hasPrefix($0 + " ") || reason.hasPrefix($0 + ":") }
    }
    if count >= Self.seedCount { #expect(missing.isEmpty, "never accepted, only refused: \(reasons.sorted())") }
  }

  @Test("a bug put in on purpose is noticed", arguments: Mutant.allCases)
  func mutant(_ mutant: Mutant) async throws {
    let settings = try await Self.settings()
    for seed in 1...Self.seedCount {
      var plan = Self.plan(seed)
      plan.mutant = mutant
      do {
        _ = try Scenario(plan, desks: 2, callsPerDesk: 45, settings: settings).run(Self.plan)
      } catch {
        return
      }
    }
    Issue.record("\(mutant.rawValue) passed \(Self.seedCount) seeds")
  }

  @Test("the same seed gives the same run, step by step", arguments: [3, 4] as [UInt64])
  func deterministic(seed: UInt64) async throws {
    let settings = try await Self.settings()
    let traces = try (0..<2).map { _ in
      try Scenario(Self.plan(seed), desks: 2, callsPerDesk: 45, settings: settings).run(Self.plan).trace
    }
    #expect(traces[0] == traces[1])
  }
}
