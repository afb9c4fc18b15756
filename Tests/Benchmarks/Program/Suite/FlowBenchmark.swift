import BenchmarkReport
import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Synchronization
import Wire

/// Work recorded in intake until the ledger has charged it and a watcher there has seen it.
enum FlowBenchmark: Benchmark {
  static let name = "flow"
  static let title = "work recorded and resolved in intake until its charge is pushed by the ledger"
  private static let tenantsWatched = 4
  /// Between the opening of a ticket and the work on it at light load: by then all services have taken the news of it.
  private static let pause = Duration.milliseconds(50)

  static func run(_ bench: Bench) async throws -> Report {
    let population = try await bench.population()
    let sightings = Sightings()
    let pgbench = try Pgbench.make(bench)
    let watchers = (0..<tenantsWatched).map { tenant in
      Task {
        for try await change in population.desks[tenant].ledger.changes(kinds: ["charge.posted"]) {
          sightings.saw(change.text)
        }
      }
    }
    defer { for watcher in watchers { watcher.cancel() } }
    let figures = try await bench.rounds([
      flows("one at a time, at light load", inFlight: 1, after: pause, population, sightings),
      flows("one after the other", inFlight: 1, population, sightings),
      flows("many at once", inFlight: bench.settings.pick(quick: 8, whole: 64), population, sightings),
      pgbench.contestant("pgbench -N, 1 client", clients: 1, ["-N"]),
    ])
    let target = Target("one at a time, p50, to pgbench -N with 1", figures[0].p50, of: figures[3].p50, .atMost, 6)
    return Report(benchmark: name, title: title, figures: figures, targets: [target])
  }

  private static func flows(
    _ name: String, inFlight: Int, after pause: Duration? = nil, _ population: Population, _ sightings: Sightings
  ) -> Contestant {
    Contestant(name: name) { time in
      let timed = Mutex<[Float]>([])
      var run = try await Load.closed(inFlight: inFlight, for: time) { line, turn in
        let tenant = line % tenantsWatched
        let customer = Load.scatter(line, turn, below: population.customersOfTenant)
        let number = population.number(tenant: tenant, customer: customer)
        let took = try await flow(population.desks[tenant], number, after: pause, sightings)
        timed.withLock { $0.append(took.milliseconds) }
        return 1
      }
      // A flow's time begins with its work; that its ticket is opened first counts for the rate alone.
      run.milliseconds = timed.withLock { $0.sorted() }
      return run
    }
  }

  private static func flow(
    _ desk: CalloutClient, _ number: Int, after pause: Duration?, _ sightings: Sightings
  ) async throws -> Duration {
    let mark = sightings.makeMark()
    var opening = TicketsBenchmark.request(number)
    opening.subject = "Mail does not open \(mark)"
    let options = CallOptions(deadline: .seconds(60))
    let ticket = try await desk.intake.ticketOpen(opening, options: options).ticket.id
    if let pause { try await Task.sleep(for: pause) }
    let start = ContinuousClock.now
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    _ = try await desk.intake.workRecord(
      .with {
        $0.ticketID = ticket
        $0.mode = "helpdesk"
        $0.engineer = "Farah"
        $0.time.fromMs = now - 1000
        $0.time.toMs = now
      }, options: options)
    _ = try await desk.intake.ticketResolve(
      .with {
        $0.ticketID = ticket
        $0.resolution = "fixed"
      }, options: options)
    await sightings.wait(for: mark)
    return ContinuousClock.now - start
  }
}

/// Who waits for which charge: each is known by a mark in its text.
private final class Sightings: Sendable {
  private struct State {
    var count = 0
    var seen: Set<String> = []
    var waiting: [String: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// A mark that no other charge has.
  func makeMark() -> String {
    state.withLock {
      $0.count += 1
      return "<\($0.count)>"
    }
  }

  func saw(_ text: String) {
    guard let open = text.firstIndex(of: "<"), let close = text.firstIndex(of: ">"), open < close else { return }
    let mark = String(text[open...close])
    let waiter = state.withLock { state in
      let waiter = state.waiting.removeValue(forKey: mark)
      if waiter == nil { state.seen.insert(mark) }
      return waiter
    }
    waiter?.resume()
  }

  func wait(for mark: String) async {
    await withCheckedContinuation { continuation in
      let wasSeen = state.withLock { state in
        if state.seen.remove(mark) != nil { return true }
        state.waiting[mark] = continuation
        return false
      }
      if wasSeen { continuation.resume() }
    }
  }
}
