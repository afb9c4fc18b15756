import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Wire

/// Tickets opened: admission, number, due time, first message, timer and news, in one commit.
enum TicketsBenchmark: Benchmark {
  static let name = "tickets"
  static let title = "tickets opened, with due times, first message and news"

  static func run(_ bench: Bench) async throws -> Report {
    let population = bench.population
    let inFlight = bench.settings.isQuick ? [16] : [1, 16, 256]
    let contestants = inFlight.map { count in
      Contestant(name: "\(count) in flight") { time in
        try await Load.closed(inFlight: count, for: time) { line, turn in
          let (desk, number) = population.customer(Load.scatter(line, turn, below: population.customers))
          _ = try await desk.intake.ticketOpen(request(number), options: CallOptions(deadline: .seconds(60)))
          return 1
        }
      }
    }
    let figures = try await bench.rounds(contestants)
    return Report(benchmark: name, title: title, figures: figures, targets: [])
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
}
