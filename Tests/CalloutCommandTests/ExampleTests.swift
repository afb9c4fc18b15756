import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient

/// The examples that the library's documentation gives, as they stand there.
@Suite("The documentation's examples")
struct ExampleTests {
  @Test("A ticket is read by its number")
  func ticket() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_TicketGetReply.with { $0.ticket.subject = "Mail" }) }
    let client = makeClient(service)
    var request = TicketGetRequest()
    request.number = 17
    let ticket = try await client.intake.ticketGet(request).ticket
    #expect(ticket.subject == "Mail")
    await client.close()
  }

  @Test("A test tenant is created in all three services under one key")
  func tenant() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_TenantCreateReply()) }
    let client = makeClient(service)
    let tenant = try await client.createTenant(name: "Example", testClock: Instant("2026-08-03T00:00:00Z"))
    #expect(service.requests.count == 3)
    #expect(Set(service.requests.map(\.key)).count == 1)
    #expect(service.requests.allSatisfy { $0.tenant?.bytes == tenant.bytes })
  }

  @Test("A tenant's language is changed in all three services")
  func language() async throws {
    let service = FakeService { _, body in
      reply(Callout_V1_TenantUpdateReply.with { $0.tenant.language = "de-AT" })
    }
    let client = makeClient(service)
    let tenant = try await client.updateTenant(language: "de-AT")
    #expect(tenant.language == "de-AT" && service.requests.count == 3)
  }

  @Test("Changes are watched")
  func changes() async throws {
    let client = makeClient(FakeService { _, _ in refusal(.internalError) })
    for try await change in client.intake.changes(kinds: ["ticket.resolved"]) {
      #expect(change.text == "change 1")
      break
    }
  }
}
