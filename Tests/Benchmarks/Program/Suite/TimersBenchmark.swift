import BenchmarkReport
import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Synchronization
import Wire

/// The notifier with many armed clocks: what they weigh, how late they fire, and how fast it catches up.
enum TimersBenchmark: Benchmark {
  static let name = "timers"
  static let title = "clocks of the notifier: memory, delay from due to seen by a watcher, catching up"
  /// Due in a second while the delay is measured.
  private static let dueOfSecond = 1000
  /// How long the notifier was away, in seconds: what is worked off fell due evenly in that time.
  private static let outage = 3600

  static func run(_ bench: Bench) async throws -> Report {
    let (installation, settings) = (bench.installation, bench.settings)
    let population = try await bench.population()
    let count = settings.pick(quick: 2_000, whole: 1_000_000)
    let watched = settings.pick(quick: 500, whole: 15_000)
    let late = settings.pick(quick: 500, whole: 50_000)
    let paging = settings.pick(quick: 100, whole: 5_000)
    let clocks = try await Clocks.make(count, paging: paging, bench, population)

    // At rest, then with all armed and those that are watched about to fall due.
    try installation.restart([.notifier])
    try await Task.sleep(for: .seconds(settings.pick(quick: 1, whole: 4)))
    let before = try memory(installation)
    try installation.stop([.notifier])
    try clocks.arm()
    let first = Date(timeIntervalSinceNow: settings.pick(quick: 4, whole: 15))
    try clocks.set(1...watched, dueFrom: first, milliseconds: 1000 / Double(dueOfSecond))
    try installation.start([.notifier])
    let delays = try await delays(1...watched, dueFrom: first, population) {
      try memory(installation)
    }

    var rounds: [Figure] = []
    for round in 0..<settings.rounds {
      let numbers = (watched + 1 + round * late)...(watched + (round + 1) * late)
      rounds.append(try await outage(numbers, clocks, named: "worked off after an hour's outage"))
      bench.say("after an hour's outage: \(Int(rounds.last?.rate ?? 0)) a second")
    }
    let caughtUp = Figure(medianOf: rounds)
    let paged = try await outage((count - paging + 1)...count, clocks, named: "the same with a ladder for each clock")
    let pages = try clocks.pages()
    bench.say("with ladders: \(Int(paged.rate)) a second, \(pages) pages")
    guard pages >= paging else { throw BenchError.late("\(pages) pages were made for \(paging) ladders") }
    func mb(_ kib: Double) -> Double { kib * 1024 / 1e6 }
    let p99 = delays.milliseconds.percentile(0.99).map { Double($0) }
    return Report(
      benchmark: name, title: title, figures: [caughtUp, paged],
      values: [
        Value("notifier at rest", mb(before), "MB"),
        Value("with \(count) armed", mb(delays.memory), "MB"),
        Value("delay p50", Double(delays.milliseconds.percentile(0.5) ?? .nan), "ms"),
        Value("pages of \(paging) ladders", Double(pages), "messages"),
        Value("delay p99", p99 ?? .nan, "ms"), Value("delay max", Double(delays.milliseconds.last ?? .nan), "ms"),
      ],
      targets: [
        Target("memory with \(count) armed", mb(delays.memory), .atMost, 200, "MB"),
        Target("delay p99 at \(dueOfSecond) due a second", p99, .atMost, 1000, "ms"),
        Target("worked off a second after an hour's outage", caughtUp.rate, .atLeast, 10_000, "timers"),
      ])
  }

  /// Lets some clocks fall due while the notifier is away, and measures how fast it works them off when it is back.
  private static func outage(
    _ numbers: ClosedRange<Int>, _ clocks: Clocks, named name: String
  ) async throws -> Figure {
    try clocks.installation.stop([.notifier])
    try clocks.set(
      numbers, dueFrom: Date(timeIntervalSinceNow: -Double(outage)),
      milliseconds: Double(outage) * 1000 / Double(numbers.count))
    return try await clocks.catchUp(numbers, named: name)
  }

  private static func memory(_ installation: Installation) throws -> Double {
    guard let pid = installation.pid(.notifier) else { throw BenchError.process("the notifier does not run") }
    return try ProcessMemory(of: pid).resident
  }

  /// Watches clocks being missed.
  ///
  /// - Parameters:
  ///   - numbers: Those that are waited for.
  ///   - first: When the first is due; the others follow, one after the other.
  ///   - measure: What is measured just before the first is due.
  /// - Returns: How long after its due instant each was seen, ascending, and what was measured.
  private static func delays(
    _ numbers: ClosedRange<Int>, dueFrom first: Date, _ population: Population, _ measure: () throws -> Double
  ) async throws -> (milliseconds: [Float], memory: Double) {
    let seen = SeenClocks()
    let watchers = population.desks.map { desk in
      Task {
        for try await change in desk.notifier.changes(kinds: ["slaclock.missed"]) {
          let now = Date()
          guard let number = Population.number(.clock, change.subject), numbers.contains(number) else { continue }
          let due = first.addingTimeInterval(Double(number - numbers.lowerBound) / Double(dueOfSecond))
          seen.saw(number, milliseconds: Float(now.timeIntervalSince(due) * 1000))
        }
      }
    }
    defer { for watcher in watchers { watcher.cancel() } }
    try await Task.sleep(for: .seconds(max(0, first.timeIntervalSinceNow - 0.5)))
    let memory = try measure()
    let patience = first.addingTimeInterval(Double(numbers.count) / Double(dueOfSecond) + 120)
    while seen.milliseconds.count < numbers.count {
      guard Date() < patience else {
        throw BenchError.late("\(seen.milliseconds.count) of \(numbers.count) clocks were seen to fire")
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    return (seen.milliseconds.sorted(), memory)
  }
}

/// How late each clock was seen to be missed; the first time counts.
private final class SeenClocks: Sendable {
  private let delays = Mutex<[Int: Float]>([:])

  func saw(_ number: Int, milliseconds: Float) {
    delays.withLock { if $0[number] == nil { $0[number] = milliseconds } }
  }

  /// In no order.
  var milliseconds: [Float] { delays.withLock { Array($0.values) } }
}

/// Running clocks of tickets that the notifier was told of, which are copies of one that it made. Their numbers count from 1.
private struct Clocks {
  let count: Int
  /// How many of them, the last ones, have a ladder.
  let paging: Int
  let installation: Installation
  /// The pattern's ticket, and the plan that has no ladder: what fires there is the clock alone.
  let ticket, plan: String
  let population: Population

  /// Opens a ticket, so that the notifier starts a clock for it, gives the tenants a plan without a ladder, and puts someone on
  /// duty whom the ladder of the other plan tells.
  static func make(
    _ count: Int, paging: Int, _ bench: Bench, _ population: Population
  ) async throws -> Clocks {
    let installation = bench.installation
    let identity = try Issuer(folder: "\(installation.folder)/certs").identity(
      of: population.pattern.tenant, role: "admin")
    let admin = try installation.client(identity, tenant: population.pattern.tenant)
    let text = try Pattern.plan(installation).replacingOccurrences(
      of: "    ladder: duty\n    starts: missed\n", with: "")
    let version = try await admin.publishPlan(Array(text.utf8)).version
    let person = try await admin.notifier.personSet(
      .with {
        $0.name = "Farah"
        $0.methods = [.with { ($0.kind, $0.address) = ("email", "farah@desk.example") }]
      }
    ).person.id
    _ = try await admin.notifier.rotaSet(
      .with {
        ($0.name, $0.zone, $0.handover) = ("duty.primary", "Asia/Singapore", "09:00")
        $0.turnDays = 7
        $0.startsMs = Int64(Date(timeIntervalSinceNow: -86_400).timeIntervalSince1970 * 1000)
        $0.people = [person]
      })
    await admin.close()
    let ticket = try await TicketsBenchmark.open(population, 0)
    try await TicketsBenchmark.settle(installation)
    func hex(_ bytes: Data) -> String { bytes.map { String(format: "%02x", $0) }.joined() }
    return Clocks(
      count: count, paging: paging, installation: installation, ticket: hex(ticket),
      plan: "'\\x\(hex(version))'::bytea",
      population: population)
  }

  private func database() throws -> PeerConnection {
    try PeerConnection(installation.conninfo, database: installation.database(.notifier))
  }

  /// Starts all clocks, which are due in a month. The notifier must not run.
  func arm() throws {
    let database = try database()
    let tenant = Population.sql(.tenant, "(1 + n % \(population.tenants))")
    let account =
      "(n % \(population.tenants) * \(population.customersOfTenant) + 1 + n / \(population.tenants) % \(population.customersOfTenant))"
    let due = "now() + interval '30 days' + n * interval '1 ms'"
    let (ticketID, clockID) = (Population.sql(.ticket, "n"), Population.sql(.clock, "n"))
    let series = "generate_series(1, \(count)) n"
    try database.run("begin")
    // The copies refer to each other as their patterns do; checking each of them takes longer than writing it.
    try database.run("set local session_replication_role = replica")
    try database.copyRows(
      of: "plans", where: "r.tenant_id = '\(population.pattern.tenant)' and r.version = \(plan)",
      across: "generate_series(1, \(population.tenants)) t", ["tenant_id": Population.sql(.tenant, "t")])
    try database.copyRows(
      of: "tickets", where: "r.ticket_id = '\(ticket)'", across: series,
      [
        "tenant_id": tenant, "ticket_id": ticketID, "number": "1000000000 + n",
        "account_id": Population.sql(.account, account),
        "plan_version": "case when n > \(count - paging) then r.plan_version else \(plan) end",
      ])
    for table in ["people", "rotas"] {
      try database.copyRows(
        of: table, where: "r.tenant_id = '\(population.pattern.tenant)'",
        across: "generate_series(1, \(population.tenants)) t", ["tenant_id": Population.sql(.tenant, "t")])
    }
    try database.copyRows(
      of: "sla_clocks", where: "r.ticket_id = '\(ticket)'", across: series,
      [
        "tenant_id": tenant, "clock_id": clockID, "ticket_id": ticketID, "ticket_number": "1000000000 + n",
        "due_at": due, "ladder_at": "null",
      ])
    try database.copyRows(
      of: "timers", where: "r.subject_id = '\(ticket)'", across: series,
      ["tenant_id": tenant, "subject_id": ticketID, "due_at": "\(due) + interval '1 ms'"])
    try database.run("commit")
    try database.run("vacuum analyze")
  }

  /// Moves the instants at which some clocks are due. The notifier must not run.
  func set(_ numbers: ClosedRange<Int>, dueFrom first: Date, milliseconds: Double) throws {
    let database = try database()
    let series =
      "generate_series(\(numbers.lowerBound), \(numbers.upperBound)) n, lateral (select \(Population.sql(.tenant, "(1 + n % \(population.tenants))")) tenant, \(Population.sql(.ticket, "n")) ticket, to_timestamp(\(first.timeIntervalSince1970)) + (n - \(numbers.lowerBound)) * \(milliseconds) * interval '1 ms' due) k"
    try database.run("set enable_hashjoin = off; set enable_mergejoin = off")
    // A clock that is due exactly now is met yet: its timer fires a millisecond later.
    for change in ["sla_clocks r set due_at = k.due", "timers r set due_at = k.due + interval '1 ms'"] {
      let subject = change.hasPrefix("timers") ? "subject_id" : "ticket_id"
      try database.run("update \(change) from \(series) where r.tenant_id = k.tenant and r.\(subject) = k.ticket")
    }
  }

  /// How many messages ladders have made.
  func pages() throws -> Int {
    try database().number("select count(*) from deliveries where cause_kind = 'escalation'")
  }

  /// Starts the notifier and waits until it has fired what was due in the meantime.
  ///
  /// - Returns: How many clocks it fired a second, its start included.
  func catchUp(_ numbers: ClosedRange<Int>, named name: String) async throws -> Figure {
    let database = try database()
    let waiting = """
      select count(*) from tenants t where exists (
        select from timers m where m.tenant_id = t.tenant_id and m.due_at <= now() - interval '50 ms')
      """
    let before = ProcessorTime.now(of: installation, services: [])
    let start = ContinuousClock.now
    try installation.start([.notifier])
    while try database.number(waiting) > 0 {
      guard start.secondsSince < 300 else { throw BenchError.late("the notifier does not catch up") }
      try await Task.sleep(for: .milliseconds(20))
    }
    let seconds = start.secondsSince
    let missed = try database.number(
      """
      select count(*) from generate_series(\(numbers.lowerBound), \(numbers.upperBound)) n join sla_clocks c
        on c.tenant_id = \(Population.sql(.tenant, "(1 + n % \(population.tenants))")) and c.clock_id = \(Population.sql(.clock, "n"))
        and c.state = 'missed'
      """)
    guard missed == numbers.count else { throw BenchError.late("\(missed) of \(numbers.count) clocks have fired") }
    // The notifier is a new process: all of its time is of this.
    var used = ProcessorTime.now(of: installation, services: installation.pid(.notifier).map { [$0] }) - before
    used.client = 0
    return Figure(name: name, run: Run(operations: missed, seconds: seconds), used: used)
  }
}
