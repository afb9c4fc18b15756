/// Looks for the smallest part of a failed run that still breaks the same promise: fewer steps, crashes and kinds of faults.
struct Shrinker {
  /// The most runs that a search takes.
  static let runsMax = 300
  /// How often something is tried with other luck before it is given up.
  static let otherLuckMax: UInt64 = 2

  private let trial: (Recipe) -> Trial.Outcome
  private let wanted: Trial.Outcome
  private let runsMax: Int
  private(set) var smallest: Trial.Outcome
  private(set) var runCount = 0

  /// - Parameter trial: runs a recipe.
  init(_ failed: Trial.Outcome, runsMax: Int = Self.runsMax, trial: @escaping (Recipe) -> Trial.Outcome) {
    self.trial = trial
    self.runsMax = runsMax
    wanted = failed
    smallest = failed
  }

  /// Searches, and returns the smallest that was found: the failed run itself if nothing can be left out.
  mutating func search() -> Trial.Outcome {
    for kind in wanted.report.faults.counts.keys.sorted() {
      var recipe = smallest.recipe
      recipe.without.insert(kind)
      _ = fails(recipe)
    }
    shrink(count: wanted.size.crashes, from: wanted.recipe.crashes) { $0.crashes = $1 }
    shrink(count: wanted.size.steps, from: wanted.recipe.steps) { $0.steps = $1 }
    return smallest
  }

  /// Whether a recipe breaks the same promise; if so it is the smallest from now on. What is left out changes the order of
  /// all that follows, so it is tried with some other luck, too.
  private mutating func fails(_ recipe: Recipe) -> Bool {
    for luck in [recipe.luck] + (1...Self.otherLuckMax).map({ recipe.luck &+ $0 }) {
      guard runCount < runsMax else { return false }
      runCount += 1
      var recipe = recipe
      recipe.luck = luck
      let outcome = trial(recipe)
      if outcome.failure != nil, wanted.broken.isEmpty || !outcome.broken.isDisjoint(with: wanted.broken) {
        smallest = outcome
        return true
      }
    }
    return false
  }

  /// Delta debugging (Zeller and Hildebrandt 2002): leaves out pieces, smaller and smaller ones.
  private mutating func shrink(count: Int, from given: [Int]?, _ set: (inout Recipe, [Int]) -> Void) {
    var left = given ?? Array(0..<count)
    var recipe = smallest.recipe
    set(&recipe, [])
    if left.isEmpty || fails(recipe) { return }
    var length = (left.count + 1) / 2
    while runCount < runsMax {
      var (start, isSmaller) = (0, false)
      while start < left.count, runCount < runsMax {
        var rest = left
        rest.removeSubrange(start..<min(start + length, left.count))
        var recipe = smallest.recipe
        set(&recipe, rest)
        if !rest.isEmpty, fails(recipe) {
          (left, isSmaller) = (rest, true)
        } else {
          start += length
        }
      }
      if length > 1 { length = (length + 1) / 2 } else if !isSmaller { return }
    }
  }
}

extension Trial {
  /// What people should know of a failed run: one command that repeats it, and the few steps that are left of it.
  func explain(_ failed: Outcome) -> String {
    var shrinker = Shrinker(failed, trial: run)
    let smallest = shrinker.search()
    let steps = smallest.recipe.steps.map { "\($0.count) of \(failed.size.steps)" } ?? "all \(failed.size.steps)"
    return """
      \(failed.failure ?? "")
      repeat it with: \(failed.recipe.command)
      shrunken to \(steps) steps in \(shrinker.runCount) runs: \(smallest.recipe.command)
      \(smallest.failure ?? "")
      \(smallest.story.suffix(Self.storyLinesMax).joined(separator: "\n"))
      """
  }

  /// The most lines of a story that are printed: its end.
  static let storyLinesMax = 60
}
