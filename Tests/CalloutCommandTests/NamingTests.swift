import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutCommand

@Suite("How commands name things")
struct NamingTests {
  private static let id = Data(TenantID(tenantText)?.bytes ?? [])

  @Test(
    "A ticket is named by its number wherever by its id",
    arguments: [
      ["ticket", "get", "12"], ["ticket", "close", "12"], ["ticket", "reopen", "--ticket", "12", "--reason", "Again"],
      ["escalation", "list", "--ticket", "12"], ["ticketcharge", "get", "--ticket", "12"],
      ["ticket", "merge", tenantText, "--into-ticket", "12", "--reason", "One"],
    ])
  func numbers(arguments: [String]) async throws {
    let service = FakeService { request, _ in
      request.method == .ticketGet ? reply(TicketGetReply.with { $0.ticket.id = Self.id }) : reply(TicketCloseReply())
    }
    let config = try Folder().contexts(["desk"])
    let outcome = await callout(arguments + ["--key", "a key of mine"], config: config, service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    let requests = service.requests
    #expect(requests.count == 2 && requests[0].method == .ticketGet)
    #expect(try Payload.decode(TicketGetRequest.self, from: requests[0].body).number == 12)
    // Afterwards it is what goes out with the id.
    let byID = await callout(
      arguments.map { $0 == "12" ? tenantText : $0 } + ["--key", "a key of mine"], config: config, service: service)
    #expect(byID.status == 0 && service.requests.count == 3)
    #expect(service.requests[2].method == requests[1].method && service.requests[2].body == requests[1].body)
  }

  @Test("A number that no ticket has is told, and nothing is changed; what is neither goes nowhere")
  func noTicket() async throws {
    let service = FakeService { _, _ in refusal(.notFound, text: "There is no ticket 99.") }
    let config = try Folder().contexts(["desk"])
    let outcome = await callout(["ticket", "close", "99"], config: config, service: service)
    #expect(outcome.status == CommandStatus.refused.rawValue && outcome.err.contains("There is no ticket 99."))
    #expect(service.requests.map(\.method) == [.ticketGet])
    let wrong = await callout(["ticket", "close", "-o", "json", "twelve"], config: config, service: service)
    #expect(wrong.status == CommandStatus.usage.rawValue && service.requests.count == 1)
  }

  @Test(
    "What is no version of a plan is told where versions are listed",
    arguments: ["flexi-it", String(repeating: "a", count: 63)])
  func versions(text: String) async throws {
    let service = FakeService { _, _ in reply(AgreementSignReply()) }
    func sign(_ version: String) async throws -> Outcome {
      await callout(
        ["agreement", "sign", "--account", tenantText, "--plan-version", version],
        config: try Folder().contexts(["sales"]), service: service)
    }
    let outcome = try await sign(text)
    #expect(outcome.status == CommandStatus.usage.rawValue && service.requests.isEmpty)
    #expect(outcome.err.contains("\(text) is no version of a plan") && outcome.err.contains("`callout plan list`"))
    #expect(try await sign(String(repeating: "a", count: 64)).status == 0)
  }

  @Test("A refusal of a field whose flag is called otherwise names the flag")
  func flags() async throws {
    let service = FakeService { _, _ in
      var refused = Callout_V1_Refusal(.invalidField, clauses: [])
      (refused.field, refused.text) = ("zone", "The zone must be one of the IANA database.")
      return .success(.refusal(refused))
    }
    let outcome = await callout(
      ["rota", "set", "--name", "duty.primary"], config: try Folder().contexts(["admin"]), service: service)
    #expect(outcome.status == CommandStatus.usage.rawValue)
    #expect(outcome.err.contains("[zone] (the flag is --rota-zone)"), "\(outcome.err)")
  }

  @Test("Whoever names a context everywhere may do so for the fields of templates")
  func templateFields() async {
    let plain = await callout(["template", "fields"])
    #expect(plain.status == 0 && !plain.out.isEmpty)
    #expect(await callout(["template", "fields", "--context", "desk"]).out == plain.out)
    #expect(await callout(["--context", "desk", "template", "fields"]).out == plain.out)
  }
}
