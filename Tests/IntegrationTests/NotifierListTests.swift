import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import NotifierService

@Suite("Notifier's lists, people and tables on PostgreSQL")
struct NotifierListTests {
  private static let opened = NotifierDesk.start
  private static let due = NotifierDesk.start + .hours(4)

  @Test("Another tenant's people, rotas, escalations and deliveries are as if they did not exist")
  func isolation() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      let other = try await NotifierDesk(service, folder: folder)
      try await desk.ticket()
      try await service.advance(desk.tenant, to: Self.due + .minutes(1))
      #expect(try await other.deliveries().isEmpty)
      #expect(try await service.ask(.escalationList, as: other.anna, .init()).escalations.isEmpty)
      #expect(try await service.ask(.personList, as: other.anna, .init()).people.count == 1)
      let escalation = try #require(
        try await service.ask(.escalationList, as: desk.anna, .init()).escalations.first)
      do {
        _ = try await service.ask(
          .escalationAcknowledge, as: other.anna,
          .with {
            $0.escalationID = escalation.id
            $0.by = "Eve"
          })
        Issue.record("another tenant's escalation was acknowledged")
      } catch {
        #expect((error as? CommandRefused)?.refusal.code == .notFound)
      }
    }
  }

  @Test("Who is on duty is told for any instant, and an override counts from the moment it is added")
  func whoIsOnDuty() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      let anna = try #require(try await service.ask(.personList, as: desk.anna, .init()).people.first)
      let bob = try await service.ask(.personSet, as: desk.anna, .with { $0.name = "Bob" }).person
      let added = try await service.ask(
        .overrideAdd, as: desk.anna,
        .with {
          $0.rota = "duty.primary"
          $0.personID = bob.id
          $0.time.fromMs = (Self.opened + .hours(1)).milliseconds
          $0.time.toMs = (Self.opened + .hours(2)).milliseconds
          $0.reason = "dentist"
        }
      ).override
      func who(_ at: Instant) async throws -> Callout_V1_RotaWhoReply {
        try await service.ask(
          .rotaWho, as: desk.anna,
          .with {
            $0.name = "duty.primary"
            $0.atMs = at.milliseconds
          })
      }
      let now = try await who(.epoch)
      #expect(now.person.id == anna.id && now.untilMs == added.time.fromMs)
      let then = try await who(Self.opened + .minutes(90))
      #expect(then.person.id == bob.id && then.byOverride && then.untilMs == added.time.toMs)
      #expect(
        try await service.ask(.overrideList, as: desk.anna, .with { $0.rota = "duty.primary" }).overrides == [added])
      _ = try await service.ask(.overrideRemove, as: desk.anna, .with { $0.overrideID = added.id })
      #expect(try await who(Self.opened + .minutes(90)).person.id == anna.id)
    }
  }

  @Test("Lists are answered page by page")
  func pages() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      for number in 0..<6 {
        _ = try await service.ask(.personSet, as: desk.anna, .with { $0.name = "Person \(number)" })
      }
      var names: [String] = []
      var page = Callout_V1_Page.with { $0.size = 3 }
      repeat {
        let reply = try await service.ask(.personList, as: desk.anna, .with { $0.page = page })
        names += reply.people.map(\.name)
        page.after = reply.next
      } while !page.after.isEmpty
      #expect(names.count == 7 && Set(names).count == 7)
    }
  }

  @Test("Every table of notifier keeps the rules of the schema, and what is recorded cannot be changed")
  func schema() async throws {
    let database = try TestDatabase()
    try await database.migrate(NotifierDefinition.self)
    #expect(try database.schemaViolations() == [])
    for table in ["escalation_steps", "delivery_attempts"] {
      let grants = try database.number(
        """
        SELECT count(*) FROM information_schema.role_table_grants
        WHERE grantee = '\(database.serviceRole)' AND table_name = '\(table)' AND privilege_type IN ('UPDATE', 'DELETE')
        """)
      #expect(grants == 0, "\(table)")
    }
  }
}
