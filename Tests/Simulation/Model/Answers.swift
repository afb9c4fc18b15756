import Wire

/// What must be true of the answers under each key.
enum Answers {
  /// The same key is answered the same for ever (I6), whatever was unknown in between.
  static func check(_ calls: [CallRecord]) throws {
    for call in calls where call.method.kind == .write {
      var known: CallOutcome?
      for outcome in call.outcomes {
        switch outcome {
        case .unknown, .nothing: continue
        case .refused(let number) where RefusalCode(rawValue: number).map { $0.isPassing } ?? false: continue
        case .reply, .refused:
          if let known, known != outcome {
            throw Violation(.key, "\(call.name) under one key: first \(known), then \(outcome)")
          }
          known = outcome
        }
      }
    }
  }
}

extension RefusalCode {
  /// Whether the refusal says nothing of the request itself: it was not decided.
  var isPassing: Bool {
    switch self {
    case .unavailable, .overloaded, .draining, .deadlineExceeded, .outcomeUnknown, .cancelled, .tenantUnknown: true
    default: false
    }
  }
}

/// Something that a reply tells of a thing that changes by numbered steps.
struct Sighting {
  /// The step's number: a ticket's version, an entry's number.
  let number: Int64
  let call: CallRecord
  let attempt: CallRecord.Attempt
  /// Whether the call made that step, so that it happened while the call was under way.
  let isOwn: Bool
}

extension [Sighting] {
  /// What was known before something was asked is not older than what is answered: steps go one way for everybody.
  ///
  /// - Parameter thing: what it is, for people.
  func checkOrder(_ thing: @autoclosure () -> String) throws {
    let ends = sorted { ($0.attempt.ended, $0.number) < ($1.attempt.ended, $1.number) }
    var (place, latest): (Int, Sighting?) = (0, nil)
    for sighting in sorted(by: { ($0.attempt.began, $0.number) < ($1.attempt.began, $1.number) }) {
      while place < ends.count, ends[place].attempt.ended < sighting.attempt.began {
        if ends[place].number > latest?.number ?? .min { latest = ends[place] }
        place += 1
      }
      guard let latest, latest.call !== sighting.call else { continue }
      let isBehind = sighting.number < latest.number || (sighting.isOwn && sighting.number == latest.number)
      if isBehind {
        throw Violation(
          .history,
          "\(thing()): \(sighting.call.name) was told \(sighting.number) after \(latest.call.name) was told \(latest.number)"
        )
      }
    }
  }
}
