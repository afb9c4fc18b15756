import BenchmarkReport
import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Wire

/// Tickets opened: admission, number, due time, first message, timer and news, in one commit; then the ledger holds what it
/// may cost, the notifier starts its clock, and intake is told. A run ends when all the news has been taken.
enum TicketsBenchmark: Benchmark {
  static let name = "tickets"
  static let title = "tickets opened, with due times, first message and news, until all services know them"

  static func run(_ bench: Bench) async throws -> Report {
    let population = try await bench.population()
    let (installation, settings) = (bench.installation, bench.settings)
    let direct = DirectTickets(
      installation: installation, population: population, patterns: try await patterns(installation, population))
    let inFlight = settings.pick(quick: [16], whole: [1, 16, 256])
    let contestants = inFlight.map { count in
      Contestant(name: "\(count) in flight") { time in
        let start = ContinuousClock.now
        let run = try await Load.closed(inFlight: count, for: time) { line, turn in
          _ = try await open(population, Load.scatter(line, turn, below: population.customers))
          return 1
        }
        try await settle(installation)
        return Run(operations: run.operations, seconds: start.secondsSince, milliseconds: run.milliseconds)
      }
    }
    let peers = [
      Contestant(name: "same rows by libpq") { try await direct.run(ServiceName.allCases, for: $0) },
      Contestant(name: "intake's rows by libpq") { try await direct.run([.intake], for: $0) },
    ]
    let figures = try await bench.rounds(contestants + peers)
    var report = Report(benchmark: name, title: title, figures: figures)
    report.values = direct.patterns.map {
      Value("rows of \($0.service.rawValue)", Double($0.rows.count), "for a ticket")
    }
    report.targets = [
      Target(
        "best to the same rows by libpq", figures.prefix(inFlight.count).map(\.rate).max(),
        of: report.figure("same rows by libpq")?.rate, .atLeast, 0.5)
    ]
    return report
  }

  /// Opens a ticket of a customer.
  static func open(_ population: Population, _ place: Int) async throws -> Data {
    let customer = population.customer(place)
    return try await customer.desk.intake.ticketOpen(request(customer.number), options: customer.options).ticket.id
  }

  /// A call by telephone from the customer's contact.
  static func request(_ number: Int) -> TicketOpenRequest {
    .with {
      $0.accountID = Data(Population.bytes(.account, number))
      $0.contactID = Data(Population.bytes(.contact, number))
      $0.assetID = Data(Population.bytes(.asset, number))
      $0.subject = "Mail does not open"
      $0.text = "Since this morning."
      $0.channel = "telephone"
      $0.category = "desktop"
    }
  }

  /// Waits until no news is under way between the services.
  static func settle(_ installation: Installation) async throws {
    let databases = try ServiceName.allCases.map {
      try PeerConnection(installation.conninfo, database: installation.database($0))
    }
    let deadline = ContinuousClock.now + .seconds(300)
    // One service's news may cause another's: all have to be without any twice in a row.
    var calm = 0
    while calm < 2 {
      guard ContinuousClock.now < deadline else {
        throw BenchError.late("the services do not come to an end of their news")
      }
      let isBusy = try databases.contains { try $0.number("select count(*) from (select from outbox limit 1) x") > 0 }
      calm = isBusy ? 0 : calm + 1
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  /// Opens a ticket of the first customer and finds what the services wrote for it. While the others are stopped, intake's
  /// news for them stays where it can be seen. Then copies all databases for the peers.
  private static func patterns(_ installation: Installation, _ population: Population) async throws -> [RowsOfOperation]
  {
    // What comes once, such as a tenant's first number, is no part of what every ticket costs.
    _ = try await open(population, 0)
    try await settle(installation)
    let others: [ServiceName] = [.ledger, .notifier]
    try installation.stop(others)
    func databases() throws -> [(ServiceName, PeerConnection)] {
      try ServiceName.allCases.map {
        ($0, try PeerConnection(installation.conninfo, database: installation.database($0)))
      }
    }
    let marks = try databases().map { try RowsOfOperation.mark($0.1) }
    _ = try await open(population, 0)
    let news = try RowsOfOperation(.intake, in: databases()[0].1, since: marks[0], onlyOf: ["outbox"])
    try installation.start(others)
    try await settle(installation)
    var patterns = try zip(databases(), marks).map { try RowsOfOperation($0.0, in: $0.1, since: $1) }
    if let intake = patterns.firstIndex(where: { $0.service == .intake }) {
      patterns[intake] = patterns[intake].adding(news)
    }
    try installation.stop()
    for service in ServiceName.allCases { try installation.copy(service, as: DirectTickets.database(service)) }
    try installation.start()
    return patterns
  }
}
