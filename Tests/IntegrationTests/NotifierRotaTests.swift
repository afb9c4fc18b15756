import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Wire

@testable import NotifierService

extension NotifierDutyTests {
  private func who(_ desk: NotifierDesk, _ at: Instant) async throws -> Callout_V1_RotaWhoReply {
    try await desk.service.ask(
      .rotaWho, as: desk.anna,
      .with {
        $0.name = "duty.primary"
        $0.atMs = at.milliseconds
      })
  }

  @Test("A rota that was set anew still answers as it was for the time before, layer by layer")
  func versions() async throws {
    try await Self.withDesk { desk in
      let bob = try await desk.person("Bob", "email:bob@desk.example")
      try await desk.advance(to: Self.start + Self.day)
      let anna = try #require(try await desk.service.ask(.rotaList, as: desk.anna, .init()).rotas.first?.people.first)
      let set = try await desk.service.ask(
        .rotaSet, as: desk.anna,
        .with {
          $0.name = "duty.primary"
          $0.zone = "Asia/Singapore"
          $0.handover = "09:00"
          $0.turnDays = 7
          $0.startsMs = Self.start.milliseconds
          $0.people = [bob]
          $0.layers = [
            .with {
              $0.name = "weekends"
              $0.zone = "Europe/Berlin"
              $0.handover = "09:00"
              $0.turnDays = 7
              $0.startsMs = Self.start.milliseconds
              $0.people = [anna]
              $0.hours = ["sat-sun 00:00-24:00"]
            }
          ]
        }
      ).rota
      #expect(set.version == 2 && set.sinceMs == (Self.start + Self.day).milliseconds)
      #expect(set.people == [bob] && set.layers.map(\.name) == ["weekends"])
      #expect(set.layers.map(\.hours) == [["sat-sun 00:00-24:00"]])
      let before = try await who(desk, Self.start + Self.day - .milliseconds(1))
      #expect(before.person.name == "Anna Ångström" && before.version == 1)
      #expect(before.untilMs == set.sinceMs)
      let after = try await who(desk, Self.start + Self.day)
      #expect(after.person.name == "Bob" && after.version == 2 && after.layer == 1)
      // Saturday, 7 March 2026, begins at 07:00 in Singapore when it begins in Berlin.
      let saturday = Self.start + .days(4) + .hours(21)
      #expect(after.untilMs == saturday.milliseconds)
      #expect(try await who(desk, saturday).layer == 2)
      #expect(try await who(desk, Self.start - .days(2)).version == 0, "nothing held then")
    }
  }

  @Test("A forecast names what nobody covers, rotas that a plan names and that are missing too, and the feed warns")
  func forecast() async throws {
    try await Self.withDesk { desk in
      let bob = try await desk.person("Bob", "email:bob@desk.example")
      _ = try await desk.service.ask(
        .rotaSet, as: desk.anna,
        .with {
          $0.name = "duty.primary"
          $0.zone = "Asia/Singapore"
          $0.handover = "09:00"
          $0.turnDays = 1
          $0.endsMs = (Self.start + .days(3)).milliseconds
          $0.people = [bob]
        })
      let all = try await desk.service.ask(.rotaForecast, as: desk.anna, .with { $0.days = 7 })
      #expect(all.rotas.map(\.name) == ["duty.primary", "group.managers"])
      let primary = try #require(all.rotas.first)
      #expect(primary.spans.map(\.person) == ["Bob", ""])
      #expect(primary.uncovered.map(\.fromMs) == [(Self.start + .days(3)).milliseconds])
      #expect(primary.uncovered.map(\.toMs) == [(Self.start + .days(7)).milliseconds])
      #expect(all.rotas.last?.uncovered == [])
      let named = try await desk.service.ask(.rotaForecast, as: desk.anna, .with { $0.planVersion = desk.version })
      #expect(named.rotas.filter(\.missing).map(\.name) == ["duty.second"])
      #expect(named.rotas.first { $0.missing }?.uncovered.first?.toMs == (Self.start + .days(28)).milliseconds)
      for days: UInt32 in [366, 367] {
        let code = await refusal(desk, .rotaForecast, .with { $0.days = days })
        #expect((code == nil) == (days == 366))
      }
      let past = await refusal(desk, .rotaForecast, .with { $0.fromMs = (Self.start - .hours(1)).milliseconds })
      #expect(past == .invalidField)
      let nobody = await refusal(desk, .rotaForecast, .with { $0.name = "duty.nobody" })
      #expect(nobody == .notFound)
    }
  }

  @Test("The desk gets a mail of what nobody covers, in its own words; a rota that is missing is told of a day later")
  func coverage() async throws {
    try await Self.withDesk { desk in
      let lea = try await desk.person("Lea", "email:lea@desk.example")
      try await desk.rota("group.desk", lea)
      _ = try await desk.service.ask(
        .templateSet, as: desk.anna,
        .with {
          ($0.kind, $0.language, $0.subject) = ("coverage", "en", "{{customer}}: {{rota}}")
          $0.text = "{{#gaps}}{{from.iso}}{{/gaps}}{{#missing}}{{plan}}{{/missing}}"
        })
      _ = try await desk.service.ask(
        .templatePublish, as: desk.anna, .with { ($0.kind, $0.language) = ("coverage", "en") })
      try await desk.rota("duty.primary")
      try await desk.service.settle(desk.tenant)
      let told = try await desk.notices()
      #expect(told.map(\.kind) == ["coverage"] && told.first?.accountID == Data() && told.first?.deliveries == 1)
      let first = try #require(try await desk.deliveries().first)
      #expect(first.address == "lea@desk.example" && first.subject == "Test: duty.primary")
      #expect(first.text.hasPrefix("2026-03-02 10:00") && first.template == "coverage en 1" && first.state == "sent")
      try await desk.advance(to: Self.start + Self.day)
      let second = try #require(try await desk.deliveries().first)
      #expect(second.subject == "Test: duty.second" && second.text.hasPrefix("Night watch"))
      try await desk.advance(to: Self.start + .days(40))
      #expect(try await desk.notices().count == 3, "the missing one is told of again, and nothing every day")
    }
  }

  @Test("A warning that found nobody with a mail address is told within a day of when somebody has one, and once")
  func coverageLater() async throws {
    try await Self.withDesk { desk in
      try await desk.rota("duty.primary")
      try await desk.service.settle(desk.tenant)
      func told() async throws -> [UInt32] {
        try await desk.notices().filter { $0.subject.hasPrefix("Nobody is on duty.primary") }.map(\.deliveries)
      }
      #expect(try await told() == [0])
      try await desk.rota("group.desk", try await desk.person("Lea", "email:lea@desk.example"))
      try await desk.advance(to: Self.start + Self.day - .milliseconds(1))
      #expect(try await told() == [0])
      try await desk.advance(to: Self.start + .days(10))
      #expect(try await told() == [1, 0], "newest first: one message, and no more of them")
    }
  }
}
