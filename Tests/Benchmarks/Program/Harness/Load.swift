import BenchmarkReport
import Synchronization

/// Keeps requests in flight and times each.
enum Load {
  /// Keeps `inFlight` requests under way until `time` is over. `body` makes one request and returns how many operations
  /// it was; it is given the number of its line and of the request in it.
  static func closed(
    inFlight: Int, for time: Duration, _ body: @escaping @Sendable (_ line: Int, _ turn: Int) async throws -> Int
  ) async throws -> Run {
    let start = ContinuousClock.now
    let end = start + time
    return try await withThrowingTaskGroup(of: (Int, [Float]).self) { group in
      for line in 0..<inFlight {
        group.addTask {
          var (count, milliseconds, turn) = (0, [Float](), 0)
          var now = ContinuousClock.now
          while now < end {
            count += try await body(line, turn)
            let done = ContinuousClock.now
            milliseconds.append((done - now).milliseconds)
            now = done
            turn += 1
          }
          return (count, milliseconds)
        }
      }
      var (operations, times) = (0, [Float]())
      for try await (count, milliseconds) in group {
        operations += count
        times += milliseconds
      }
      return Run(operations: operations, seconds: start.secondsSince, milliseconds: times)
    }
  }

  /// Starts `rate` requests a second for `time`, however long the answers take. A request's time counts from when it was
  /// due, so that a service that falls behind is not spared.
  static func open(
    rate: Double, for time: Duration, _ body: @escaping @Sendable (_ line: Int, _ turn: Int) async throws -> Int
  ) async throws -> Run {
    let start = ContinuousClock.now
    let done = Mutex((operations: 0, milliseconds: [Float]()))
    done.withLock { $0.milliseconds.reserveCapacity(Int(rate * time.seconds)) }
    // A group that keeps no results: a task that has ended would stay in memory until its own is taken.
    try await withThrowingDiscardingTaskGroup { group in
      var started = 0
      while ContinuousClock.now < start + time {
        let due = Int(rate * (ContinuousClock.now - start).seconds)
        while started < due {
          let number = started
          let dueAt = start + .seconds(Double(number) / rate)
          group.addTask { @Sendable in
            let count = try await body(number, 0)
            let took = (ContinuousClock.now - dueAt).milliseconds
            done.withLock { done in
              done.operations += count
              done.milliseconds.append(took)
            }
          }
          started += 1
        }
        try await Task.sleep(for: .milliseconds(1))
      }
    }
    return done.withLock { done in
      Run(operations: done.operations, seconds: start.secondsSince, milliseconds: done.milliseconds)
    }
  }

  /// A number from 0 up to `limit` that looks like chance and is the same in every run.
  static func scatter(_ line: Int, _ turn: Int, below limit: Int) -> Int {
    var x = UInt64(truncatingIfNeeded: line) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(truncatingIfNeeded: turn)
    x = (x ^ (x >> 30)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((x ^ (x >> 31)) % UInt64(limit))
  }
}

extension Duration {
  /// In seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

  /// To a microsecond and less.
  var milliseconds: Float {
    Float(Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15)
  }
}

extension ContinuousClock.Instant {
  /// How long ago it was.
  var secondsSince: Double { (ContinuousClock.now - self).seconds }
}
