import Foundation
import Policy
import Synchronization
import Wire

@testable import ServiceKit

/// Runs of worlds by their recipes.
struct Trial: Sendable {
  /// How a run ended.
  struct Outcome: Sendable {
    let recipe: Recipe
    let report: Report
    /// What went wrong, for people; nil: nothing.
    let failure: String?
    /// The promises that were broken; empty too where something else went wrong.
    let broken: Set<Promise>
    /// What happened, one line each.
    let story: [String]
    /// Steps and crashes that the whole workload has.
    let size: (steps: Int, crashes: Int)
  }

  /// Ways to set up services, of which each seed takes one.
  var settings: [[ServiceName: ServiceSettings]]
  let planText: String
  /// The world of a seed.
  var plan: @Sendable (UInt64) -> World.Plan
  var size = Scenario.Size()

  /// Runs a world. Everything of it happens on the calling thread.
  func run(_ recipe: Recipe) -> Outcome { run(recipe, tells: false) }

  /// - Parameter tells: whether the story is told even if all is well.
  func run(_ recipe: Recipe, tells: Bool) -> Outcome {
    var plan = plan(recipe.seed)
    plan.recipe = recipe
    var (failure, broken): (String?, Set<Promise>) = (nil, [])
    var chance = Chance(seed: recipe.seed, stream: 1 << 48)
    let scenario: Scenario
    do {
      scenario = try Scenario(plan, size: size, planText: planText, settings: chance.pick(settings))
    } catch {
      return Outcome(
        recipe: recipe, report: Report(seed: recipe.seed), failure: "no world: \(error)", broken: [], story: [],
        size: (0, 0))
    }
    // Tasks that wait for ever keep their world; what is large of it goes.
    defer { scenario.world.discard() }
    do {
      try scenario.run()
    } catch let violations as Violations {
      (failure, broken) = ("\(violations)", violations.promises)
    } catch {
      failure = "\(error)"
    }
    return Outcome(
      recipe: recipe, report: scenario.report, failure: failure, broken: broken,
      story: tells || failure != nil ? scenario.world.story : [],
      size: (size.steps, plan.crashes))
  }

  /// Runs worlds side by side, one on each processor, until one fails.
  ///
  /// - Returns: what all told together, and the failed one with the lowest seed of those that failed.
  func run(_ recipes: [Recipe]) async -> (tally: Tally, failed: Outcome?) {
    let width = max(1, ProcessInfo.processInfo.activeProcessorCount)
    let line = Line(recipes)
    return await withTaskGroup(of: (Tally, Outcome?).self) { group in
      for _ in 0..<width {
        group.addTask {
          var (tally, failed): (Tally, Outcome?) = (Tally(), nil)
          while failed == nil, let recipe = line.next() {
            let outcome = self.run(recipe)
            tally.add(outcome.report)
            if outcome.failure != nil {
              failed = outcome
              line.close()
            }
          }
          return (tally, failed)
        }
      }
      var (tally, failed): (Tally, Outcome?) = (Tally(), nil)
      for await (part, outcome) in group {
        tally += part
        if let outcome, outcome.recipe.seed < failed?.recipe.seed ?? .max { failed = outcome }
      }
      return (tally, failed)
    }
  }
}

/// Recipes that wait for whoever is free.
private final class Line: Sendable {
  private let waiting: Mutex<[Recipe]>

  init(_ recipes: [Recipe]) { waiting = Mutex(recipes.reversed()) }

  func next() -> Recipe? { waiting.withLock { $0.popLast() } }
  func close() { waiting.withLock { $0 = [] } }
}
