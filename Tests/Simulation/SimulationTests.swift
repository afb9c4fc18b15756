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
  /// Prepaid credits, with a further unit for servers from afar and a standing order.
  static let plan: String = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/flexi-it.yaml")
    return ((try? String(contentsOf: file, encoding: .utf8)) ?? "")
      .replacing("channel: [telephone, engineer]", with: "channel: [telephone, engineer, email]")
      // Who takes a ladder has to reach the customer.
      .replacing("every: 1h, times: 8}", with: "every: 1h, times: 8}\n    - {contact_within: 1h}")
      // A customer's call brings the second step forward.
      .replacing("- {at: 15m, tell:", with: "- {at: 15m, or_when: {dialled: \"9\"}, tell:")
      .replacing("\nhotline:", with: "\nunits: [server-hour]\nhotline:")
      .replacing(
        "\npackages:\n",
        with: """

          packages:
            - {id: server-hours, grants: 40 server-hours}
            - {id: flexi-monthly, grants: 600 credits, price: SGD 600.00, lasts: 1 year, standing_order: monthly}

          """
      )
      .replacing(
        "\nrates:\n",
        with: """

          rates:
            - {id: servers-from-afar, when: {mode: remote, category: server}, per: 60m, each: 1, unit: server-hour}

          """
      ) + extras
  }()

  /// What operations look for in a plan and this one lacks.
  private static let extras = """

    obligations:
      - {id: cooperation, else: pause, text: You take part in finding the cause.}
    classes:
      normal: {title: Normal, misuse: {id: false-alarm, reviewed_by: desk, text: It was not urgent.}}
    default_class: normal
    updates: {every: 4h, in: office}
    survey: {after: 2h, text: How was it?}
    quiet_hours: {outside: office, spare: pager}
    merging: {within: 20m, at_most: 3}

    """

  /// Ways in which services are set up: as usual, with lanes that forget nearly everything, with small batches of one tenant.
  private static let ways: [[String: String]] = [
    [:], ["LANES_ROWS_KEPT": "15", "LANES_COUNT": "1"],
    ["LANES_ONE_TENANT_A_BATCH": "true", "LANES_BATCH_MAX": "3", "RELAY_BATCH_MAX": "2", "READERS_BATCH_MAX": "2"],
  ]

  /// The settings of the services in worlds, one for each way: they are set in a process's environment like anywhere else.
  static func settings() async throws -> [[ServiceName: ServiceSettings]] {
    var all: [[ServiceName: ServiceSettings]] = []
    for way in ways {
      var settings: [ServiceName: ServiceSettings] = [:]
      for service in ServiceName.allCases {
        var environment = [
          "CALLOUT_DOMAIN": "callout.test", "CALLOUT_TLS_CERTIFICATE": "none", "CALLOUT_TLS_KEY": "none",
          "CALLOUT_TLS_TRUST": "none", "CALLOUT_DATABASE_CONNINFO": "none",
        ]
        for peer in ServiceName.allCases { environment["CALLOUT_PEERS_\(peer.rawValue.uppercased())"] = "127.0.0.1:1" }
        for (name, value) in way { environment["CALLOUT_\(name)"] = value }
        // The world's channel takes messages of every method, as a Maildir does.
        if service == .notifier { environment["CALLOUT_MAILDIR"] = "none" }
        let reader = try await SettingsReader(file: nil, environment: environment)
        settings[service] = ServiceSettings(
          reader, service: service, extra: service == .notifier ? NotifierDefinition.settings : [])
        try reader.finish()
      }
      all.append(settings)
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
  static let seedCount: UInt64 = 200

  static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
  }

  static func trial() async throws -> Trial {
    Trial(settings: try await settings(), planText: plan, plan: { plan($0) })
  }

  @Test("whatever happens, every promise holds")
  func seeds() async throws {
    let trial = try await Self.trial()
    let first = Self.number("CALLOUT_SIMULATION_FIRST") ?? 1
    let count = Self.number("CALLOUT_SIMULATION_SEEDS") ?? Self.seedCount
    let (tally, failed) = await trial.run((first..<first + count).map { Recipe(seed: $0) })
    if let failed { Issue.record("seed \(failed.recipe.seed): \(trial.explain(failed))") }
    print(tally.line)
    if let path = ProcessInfo.processInfo.environment["CALLOUT_SIMULATION_FIGURES"] {
      try tally.figures.write(toFile: path, atomically: true, encoding: .utf8)
    }
    guard failed == nil, count >= Self.seedCount else { return }
    #expect(Network.troubles.filter { tally.faults.counts[$0] == nil }.isEmpty)
    let missing = OperationShape.all.map(\.method.name).filter {
      tally.replies[$0] == nil && !Scenario.ofServices.contains($0)
    }
    let reasons = tally.refusals.keys.filter { reason in
      missing.contains { reason.hasPrefix($0 + " ") || reason.hasPrefix($0 + ":") }
    }
    #expect(missing.isEmpty, "never accepted, only refused: \(reasons.sorted())")
  }

  @Test("a recipe is repeated, with its story", .enabled(if: environmentRecipe != nil))
  func repeated() async throws {
    let recipe = try #require(Self.environmentRecipe.flatMap { Recipe($0) }, "this is no recipe")
    let outcome = try await Self.trial().run(recipe, tells: true)
    if let path = ProcessInfo.processInfo.environment["CALLOUT_SIMULATION_TRACE"] {
      try "\(outcome.report.trace)".write(toFile: path, atomically: true, encoding: .utf8)
    }
    print(outcome.story.joined(separator: "\n"))
    #expect(outcome.failure == nil, "\(recipe): \(outcome.failure ?? "")")
  }

  static var environmentRecipe: String? { ProcessInfo.processInfo.environment["CALLOUT_SIMULATION_RECIPE"] }

  @Test("a bug put in on purpose is noticed, by the promise that it breaks", arguments: Mutant.allCases)
  func mutant(_ mutant: Mutant) async throws {
    let trial = try await Self.trial()
    var others: [String] = []
    // With two processes of each service there is most that can go wrong.
    let seeds = (1...1_000 as ClosedRange<UInt64>).filter { Self.plan($0).processes == 2 }.prefix(Self.mutantSeedCount)
    for seed in seeds {
      let outcome = trial.run(Recipe(seed: seed, mutant: mutant))
      if !outcome.broken.isDisjoint(with: mutant.broken) {
        print("\(mutant.rawValue) is noticed by seed \(seed): \(outcome.failure ?? "")")
        return
      }
      if let failure = outcome.failure { others.append("seed \(seed): \(failure)") }
    }
    Issue.record("\(mutant.rawValue) passed \(seeds.count) seeds, or broke other promises: \(others)")
  }

  /// Seeds of which one has to notice a mutant.
  static let mutantSeedCount = 150
}
