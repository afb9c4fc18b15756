import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire
@testable import IntakeService

extension IntakeTests {
  @Test("A ticket's life is kept: contact, dispatch, visit, work, consent, resolution, closure, reopening")
  func life() async throws {
    try await withDesk { desk in
      let id = try await desk.open().id
      let (service, anna) = (desk.service, desk.peer(.desk))
      _ = try await service.ask(.ticketAcknowledge, as: anna, .with { $0.ticketID = id })
      _ = try await service.ask(
        .ticketContact, as: anna,
        .with {
          $0.ticketID = id
          $0.note = "Spoke to Mei"
        })
      let sent = try await service.ask(
        .ticketDispatch, as: anna,
        .with {
          $0.ticketID = id
          $0.engineer = "Joon"
        })
      #expect(sent.ticket.state == "dispatched")
      _ = try await service.ask(.visitArrive, as: anna, .with { $0.visitID = sent.visit.id })
      try await service.advance(desk.tenant, to: Self.morning + .hours(2))
      let work = try await service.ask(
        .workRecord, as: anna,
        .with {
          $0.ticketID = id
          $0.mode = "onsite"
          $0.engineer = "Joon"
          $0.time.fromMs = Self.morning.milliseconds
          $0.time.toMs = (Self.morning + .hours(1)).milliseconds
        })
      #expect(work.ticket.workBegunMs == Self.morning.milliseconds)
      _ = try await service.ask(
        .consentRecord, as: anna,
        .with {
          $0.ticketID = id
          $0.decision.gate = "block"
          $0.decision.block = 1
          $0.decision.contactID = desk.contacts[0]
          $0.decision.granted = true
        })
      _ = try await service.ask(.visitDepart, as: anna, .with { $0.visitID = sent.visit.id })
      _ = try await service.ask(
        .ticketResolve, as: anna,
        .with {
          $0.ticketID = id
          $0.resolution = "fixed"
        })
      _ = try await service.ask(.ticketClose, as: anna, .with { $0.ticketID = id })
      let read = try await service.ask(.ticketGet, as: anna, .with { $0.ticketID = id })
      #expect(read.ticket.state == "closed")
      #expect(read.ticket.consents.map(\.block) == [1])
      #expect(read.ticket.targets.allSatisfy { $0.metMs == Self.morning.milliseconds && !$0.missed })
      #expect(read.work.count == 1)
      #expect(read.visits.map(\.kind) == ["dispatch"])
      #expect(read.messages.map(\.direction) == ["from-customer", "internal"])
      let portal = try await service.ask(.ticketGet, as: desk.peer(.portal), .with { $0.ticketID = id })
      #expect(portal.messages.map(\.direction) == ["from-customer"], "a portal sees no internal message")
      let again = try await service.ask(
        .ticketReopen, as: desk.peer(.portal),
        .with {
          $0.ticketID = id
          $0.reason = "Still broken"
        })
      #expect(again.ticket.reopened == 1)
      try await service.settle(desk.tenant)
      let last = service.told.events.filter { $0.subject == id }.max { $0.version < $1.version }
      #expect(last?.ticket.task.work.isEmpty == true)
      #expect(last?.ticket.task.earlierClosedMs == read.ticket.closedMs)
      #expect(last?.ticket.work.count == 1)
    }
  }

  @Test("F5: the clock of a test tenant misses a target at its instant, and the others are told")
  func missed() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open()
      try await desk.service.advance(desk.tenant, to: Self.morning + .hours(5))
      let read = try await desk.service.ask(.ticketGet, as: desk.peer(.desk), .with { $0.ticketID = ticket.id })
      #expect(read.ticket.targets.map(\.missed) == [true])
      let told = desk.service.told.events.filter { $0.subject == ticket.id && $0.version == 2 }
      #expect(told.count == 2)
      #expect(told.first?.atMs == (Self.morning + .hours(4)).milliseconds + 1)
      let why = try await desk.service.ask(
        .ticketWhy, as: desk.peer(.desk),
        .with {
          $0.ticketID = ticket.id
          $0.target = "respond"
        })
      #expect(why.lines.last == "missed")
      #expect(why.lines.contains { $0.contains("counted") })
    }
  }

  @Test("F22: a repeat is found among closed tickets of the same machine and incident")
  func repeated() async throws {
    try await withDesk { desk in
      let first = try await desk.open().id
      let (service, anna) = (desk.service, desk.peer(.desk))
      _ = try await service.ask(
        .ticketResolve, as: anna,
        .with {
          $0.ticketID = first
          $0.resolution = "fixed"
        })
      #expect(try await desk.open().earlierTicketID.isEmpty)
      _ = try await service.ask(.ticketClose, as: anna, .with { $0.ticketID = first })
      #expect(try await desk.open().earlierTicketID == first)
    }
  }

  @Test("F19 F14: maintenance and appointments are listed, and what is reported meanwhile belongs to the maintenance")
  func visits() async throws {
    try await withDesk { desk in
      let (service, anna) = (desk.service, desk.peer(.desk))
      let visit = try await service.ask(
        .visitSchedule, as: anna,
        .with {
          $0.accountID = desk.account
          $0.kind = "maintenance"
          $0.plannedMs = Self.morning.milliseconds
        }
      ).visit.id
      _ = try await service.ask(.visitArrive, as: anna, .with { $0.visitID = visit })
      var request = desk.call()
      request.channel = "engineer"
      #expect(try await desk.open(request).maintenanceVisitID == visit)
      _ = try await service.ask(.visitDepart, as: anna, .with { $0.visitID = visit })
      request = desk.call("Please come tomorrow")
      request.incident = "keyboard"
      request.appointmentMs = (Self.morning + .days(1)).milliseconds
      let booked = try await desk.open(request)
      #expect(booked.maintenanceVisitID.isEmpty)
      #expect(booked.targets.map(\.dueMs) == [request.appointmentMs])
      let all = try await service.ask(.visitList, as: anna, .with { $0.accountID = desk.account })
      #expect(all.visits.map(\.kind) == ["appointment", "maintenance"])
      let ofTicket = try await service.ask(.visitList, as: anna, .with { $0.ticketID = booked.id })
      #expect(ofTicket.visits.map(\.kind) == ["appointment"])
    }
  }

  @Test("What the ledger and the notifier tell is shown with the ticket")
  func news() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open()
      try await desk.service.tell(
        desk.tenant, from: "ledger",
        .with {
          $0.source = "ledger"
          $0.subject = ticket.id
          $0.version = 1
          $0.charges.ticketID = ticket.id
          $0.charges.charges.charged = 10
          $0.charges.charges.lines = [
            .with {
              $0.clause = "helpdesk"
              $0.kind = "rate"
              $0.amount = 10
              $0.text = "Resolved by the helpdesk"
            }
          ]
        })
      let escalation = EscalationID(high: 8, low: 8).data
      try await desk.service.tell(
        desk.tenant, from: "notifier",
        .with {
          $0.source = "notifier"
          $0.subject = escalation
          $0.version = 2
          $0.escalation.escalation = .with {
            $0.id = escalation
            $0.ticketID = ticket.id
            $0.target = "respond"
            $0.state = "acknowledged"
            $0.acknowledgedMs = Self.morning.milliseconds
            $0.acknowledgedBy = "Joon Park"
          }
        })
      let read = try await desk.service.ask(.ticketGet, as: desk.peer(.desk), .with { $0.ticketID = ticket.id })
      #expect(read.ticket.charges.charged == 10)
      #expect(read.ticket.charges.lines.map(\.clause) == ["helpdesk"])
      #expect(read.ticket.acknowledgedMs == Self.morning.milliseconds)
      #expect(read.messages.last?.author == "notifier")
      let account = try await desk.service.ask(.accountGet, as: desk.peer(.desk), .with { $0.accountID = desk.account })
      #expect(account.account.planVersion == desk.version)
      #expect(account.account.hotlines == ["+6531050142"])
      #expect(account.contacts.map(\.name) == ["Mei Tan", "Ravi Pillai"])
    }
  }

  @Test("F30 F8 F27: contacts, subsidiaries and assets are kept with their history")
  func customers() async throws {
    try await withDesk { desk in
      let (service, admin) = (desk.service, desk.peer(.admin))
      let third = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(
          .contactAppoint, as: admin,
          .with {
            $0.accountID = desk.account
            $0.name = "Third"
            $0.fixedPhone = "+6561230003"
            $0.mobilePhone = "+6581230003"
            $0.email = "third@kopi.example"
          })
      }
      #expect(third?.code == .admission)
      #expect(third?.clauses.map(\.id) == ["authorised-contacts"])
      let substitute = try await service.ask(
        .contactAppoint, as: admin,
        .with {
          $0.accountID = desk.account
          $0.name = "Substitute"
          $0.fixedPhone = "+6561230003"
          $0.mobilePhone = "+6581230003"
          $0.email = "third@kopi.example"
          $0.replaces = desk.contacts[0]
        })
      #expect(substitute.contact.replaces == desk.contacts[0])
      let present = try await service.ask(.contactList, as: admin, .with { $0.accountID = desk.account })
      #expect(present.contacts.map(\.name) == ["Ravi Pillai", "Substitute"])
      let all = try await service.ask(
        .contactList, as: admin,
        .with {
          $0.accountID = desk.account
          $0.ended = true
        })
      #expect(all.contacts.count == 3)
      let added = try await service.ask(
        .subsidiaryAdd, as: admin,
        .with {
          $0.accountID = desk.account
          $0.name = "Kopi Beans"
          $0.region = "SG"
        })
      #expect(added.account.subsidiaries.map(\.id) == [added.subsidiaryID])
      let list = try await service.ask(.accountList, as: admin, .init())
      #expect(list.accounts.map(\.subsidiaries.count) == [1])
      #expect(list.accounts.first == added.account)
      let updated = try await service.ask(
        .assetUpdate, as: desk.peer(.portal),
        .with {
          $0.assetID = desk.asset
          $0.consentDocument = "folder 7"
        })
      let assets = try await service.ask(.assetList, as: admin, .with { $0.accountID = desk.account })
      #expect(assets.assets == [updated.asset])
      let assessed = try await service.ask(
        .assessmentRecord, as: admin,
        .with {
          $0.accountID = desk.account
          $0.items = ["site", "machines"]
        })
      #expect(assessed.account.assessment == ["site", "machines"])
    }
  }
}
