import Testing

@Suite("A failed run is made small")
struct ShrinkerTests {
  /// A run that fails when it takes some steps and crashes, and meets some fault.
  private static func outcome(_ recipe: Recipe, steps: Set<Int>, crash: Int?, fault: String?) -> Trial.Outcome {
    let isWhole =
      steps.allSatisfy { recipe.takes(step: $0) } && crash.map { recipe.takes(crash: $0) } ?? true
      && fault.map { !recipe.without.contains($0) } ?? true
    var report = Report(seed: recipe.seed)
    for kind in ["connection cut", "database away"] where !recipe.without.contains(kind) { report.faults.count(kind) }
    return Trial.Outcome(
      recipe: recipe, report: report, failure: isWhole ? "I4: a hold ended twice" : nil,
      broken: isWhole ? [.hold] : [], story: [], size: (84, 3))
  }

  @Test("what is left is what the failure needs, and no more")
  func minimal() {
    let run = { Self.outcome($0, steps: [17, 60, 61], crash: 2, fault: "database away") }
    var shrinker = Shrinker(run(Recipe(seed: 5)), trial: run)
    #expect(shrinker.search().recipe.description == "5/steps=17,60-61/crashes=2/without=connection-cut")
    #expect(shrinker.runCount <= Shrinker.runsMax)
  }

  @Test("a failure that needs nothing is shrunken to nothing")
  func nothing() {
    let run = { Self.outcome($0, steps: [], crash: nil, fault: nil) }
    var shrinker = Shrinker(run(Recipe(seed: 5)), trial: run)
    #expect(
      shrinker.search().recipe.description == "5/steps=none/crashes=none/without=connection-cut,database-away")
  }

  @Test("another failure does not count")
  func other() {
    let whole = Self.outcome(Recipe(seed: 5), steps: [], crash: nil, fault: nil)
    var shrinker = Shrinker(whole) { recipe in
      Trial.Outcome(
        recipe: recipe, report: Report(seed: 5), failure: "I2: a wrong balance", broken: [.balance], story: [],
        size: (84, 3))
    }
    #expect(shrinker.search().recipe == Recipe(seed: 5))
    #expect(shrinker.runCount <= Shrinker.runsMax)
  }

  @Test("a mutant's run becomes a few steps, which its one command repeats exactly")
  func mutant() async throws {
    let trial = try await SimulationTests.trial()
    // Without faults, so that all that is left out are steps.
    let calm = (1...UInt64(100)).filter { SimulationTests.plan($0).faults.cut == 0 }
    let failed = try #require(
      calm.lazy.map { trial.run(Recipe(seed: $0, mutant: .roundedTwice)) }.first { $0.broken.contains(.zeroSum) })
    var shrinker = Shrinker(failed, runsMax: 150, trial: trial.run)
    let smallest = shrinker.search()
    let steps = try #require(smallest.recipe.steps)
    #expect(steps.count <= failed.size.steps / 4, "of \(failed.size.steps) steps \(steps) are left")
    #expect(smallest.broken.contains(.zeroSum))
    let text = try #require(smallest.recipe.command.split(separator: " ").last)
    let again = trial.run(try #require(Recipe(String(text))))
    #expect(again.report.trace == smallest.report.trace)
    #expect(again.failure == smallest.failure)
    // What is left is told in words: who asked what, and what came of it.
    #expect(again.story.contains { $0.contains("desk") && $0.contains("→") })
  }

  @Test(
    "a recipe is read as it is written",
    arguments: [
      "17", "0/mutant=earlyReply", "18446744073709551615/steps=none", "3/steps=0,2-4,90/crashes=1",
      "9/steps=5/crashes=none/without=commit-unanswered,database-away/luck=2/mutant=staleEvent",
    ])
  func recipes(text: String) throws {
    #expect(try #require(Recipe(text)).description == text)
  }

  @Test(
    "what is no recipe is refused",
    arguments: [
      "", "x", "1/", "1/steps", "1/steps=", "1/steps=4-2", "1/steps=a", "1/mutant=none", "1/luck=x", "1/pace=3", "-1",
    ])
  func noRecipes(text: String) {
    #expect(Recipe(text) == nil)
  }
}
