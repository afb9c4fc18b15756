import Policy

/// When the steps of a ladder are taken.
enum LadderPace {
  /// When the step after `run` is due, if `run` is taken at `now`: at once if it is empty, which is to find nobody. Where its
  /// messages are held, the time counts from when the first of them goes.
  ///
  /// - Parameter taken: how many steps were taken with this one.
  static func next(
    after run: LadderRun, isEmpty: Bool, _ taken: Int, _ ladder: Ladder, now: Instant, goesAt: Instant
  ) -> Instant {
    guard let following = ladder.step(taken) else { return isEmpty ? now : goesAt + EscalationRun.finalWait }
    // A repetition keeps its distance even if it finds nobody: it must not spin.
    if following.repetition > 0 { return goesAt + max(following.at - run.at, .seconds(1)) }
    return isEmpty ? now : goesAt + (following.at - run.at)
  }
}

extension Ladder {
  /// The place of a run's step, from 1.
  func place(of run: LadderRun) -> Int { (steps.firstIndex { $0.id == run.step.id } ?? 0) + 1 }
}
