import Foundation
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

@Suite("callout mail deliver, as an MTA runs it")
struct MailDeliverTests {
  private func deliver(
    _ arguments: [String] = ["--sender", "mei@kopi.example", "--recipient", "a@b", "--recipient", "c@d"],
    input: String = "From: x@y\n\ntext\n", answer: Result<Reply, TransportError>? = nil,
    environment: [String: String] = [:]
  ) async throws -> (Outcome, FakeService) {
    let service = FakeService { request, _ in
      if let answer { return answer }
      guard request.method == .mailDeliver else { return reply(Callout_V1_MailStageReply()) }
      return reply(Callout_V1_MailDeliverReply.with { $0.outcome = "opened" })
    }
    let config = try Folder().contexts(["mail"])
    let outcome = await callout(
      ["mail", "deliver"] + arguments, input: input, config: config, service: service, environment: environment)
    return (outcome, service)
  }

  @Test("What it read goes over with the envelope, and nothing is printed where an MTA would show it")
  func taken() async throws {
    let (outcome, service) = try await deliver()
    #expect(outcome.status == 0)
    #expect(outcome.out.isEmpty)
    let request = try #require(service.requests.first)
    #expect(request.method == .mailDeliver)
    let sent = try Payload.decode(Callout_V1_MailDeliverRequest.self, from: request.body)
    #expect(sent.sender == "mei@kopi.example")
    #expect(sent.recipients == ["a@b", "c@d"])
    #expect(String(decoding: sent.original, as: UTF8.self) == "From: x@y\n\ntext\n")
  }

  @Test("The null sender may be given in one word, as Postfix does")
  func nullSender() async throws {
    let (outcome, service) = try await deliver(
      ["--sender=<>", "--recipient=a@b"], environment: ["SENDER": "mei@kopi.example"])
    #expect(outcome.status == 0)
    let sent = try Payload.decode(Callout_V1_MailDeliverRequest.self, from: try #require(service.requests.first).body)
    #expect(sent.sender == "<>" && sent.recipients == ["a@b"])
  }

  @Test("What is not given is taken from the environment, as Exim sets it")
  func environment() async throws {
    let given = ["SENDER": "mei@kopi.example", "RECIPIENT": "support@desk.example"]
    for (arguments, recipients) in [([], ["support@desk.example"]), (["--recipient", "a@b"], ["a@b"])] {
      let (outcome, service) = try await deliver(arguments, environment: given)
      #expect(outcome.status == 0)
      let sent = try Payload.decode(
        Callout_V1_MailDeliverRequest.self, from: try #require(service.requests.first).body)
      #expect(sent.sender == "mei@kopi.example")
      #expect(sent.recipients == recipients)
    }
  }

  @Test(
    "Refused politely and ignored are taken too", arguments: ["refused", "ignored", "seen", "answered", "continued"])
  func outcomes(word: String) async throws {
    let answer = reply(Callout_V1_MailDeliverReply.with { $0.outcome = word })
    #expect(try await deliver(answer: answer).0.status == 0)
  }

  @Test(
    "What a service refuses ends as sysexits.h has it",
    arguments: [
      (RefusalCode.notFound, 67), (.unknownMethod, 69), (.notAllowed, 77), (.planUnknown, 75), (.tenantUnknown, 75),
      (.overloaded, 75), (.unavailable, 75), (.internalError, 75), (.invalidField, 75), (.limit, 75),
    ] as [(RefusalCode, Int32)])
  func refusals(code: RefusalCode, status: Int32) async throws {
    #expect(try await deliver(answer: refusal(code)).0.status == status)
  }

  @Test("What is no mail is 65; what could not be handed over is 75")
  func others() async throws {
    let garbage = Callout_V1_Refusal(.invalidField, text: "original", field: "original")
    #expect(try await deliver(answer: .success(.refusal(garbage))).0.status == 65)
    #expect(try await deliver(answer: .failure(TransportError(.unreachable("a:1")))).0.status == 75)
  }

  private static func letter(_ byteCount: Int) -> String {
    "X: y\n\n" + String(repeating: "0123456789abcdef", count: byteCount / 16 + 1).prefix(byteCount - 6)
  }

  @Test("A message that is longer than a request goes in parts before it, up to what LMTP takes")
  func parts() async throws {
    let (short, direct) = try await deliver(input: Self.letter(MailDeliverCommand.requestByteCountMax))
    #expect(short.status == 0 && direct.requests.count == 1)
    for byteCount in [MailDeliverCommand.requestByteCountMax + 1, MailDeliverCommand.byteCountMax] {
      let letter = Self.letter(byteCount)
      let (outcome, service) = try await deliver(input: letter)
      #expect(outcome.status == 0)
      let staged = try service.requests.dropLast().map {
        #expect($0.method == .mailStage)
        return try Payload.decode(Callout_V1_MailStageRequest.self, from: $0.body)
      }
      #expect(staged.map(\.place) == (1...UInt32(staged.count)).map(\.self))
      #expect(staged.allSatisfy { $0.original.count <= MailDeliverCommand.partByteCount })
      let together = staged.reduce(into: Data()) { $0 += $1.original }
      #expect(together == Data(letter.utf8))
      let sent = try Payload.decode(
        Callout_V1_MailDeliverRequest.self, from: try #require(service.requests.last).body)
      #expect(Set(staged.map(\.uploadID)) == [sent.uploadID] && sent.uploadID.count == 16)
      #expect(sent.parts == UInt32(staged.count) && sent.original.isEmpty && sent.recipients == ["a@b", "c@d"])
    }
    let (long, none) = try await deliver(input: Self.letter(MailDeliverCommand.byteCountMax + 1))
    #expect(long.status == 65 && none.requests.isEmpty)
  }

  @Test("Where a part is not taken, the MTA keeps the mail")
  func partRefused() async throws {
    let (outcome, service) = try await deliver(
      input: Self.letter(MailDeliverCommand.requestByteCountMax + 1), answer: refusal(.unavailable))
    #expect(outcome.status == 75)
    #expect(service.requests.allSatisfy { $0.method == .mailStage })
    #expect(try await deliver(answer: refusal(.expired)).0.status == 75)
  }

  @Test(
    "A wrong command line loses no mail",
    arguments: [
      [], ["--recipient"], ["--bogus"], ["--recipient", "a@b", "--timeout", "0"],
      ["--recipient", "a@b", "--context", "none"],
    ])
  func wrong(arguments: [String]) async throws {
    let (outcome, service) = try await deliver(arguments)
    #expect(outcome.status == 75)
    #expect(!outcome.err.isEmpty)
    #expect(service.requests.isEmpty)
  }

  @Test("Without contexts it is 75")
  func unconfigured() async {
    let outcome = await callout(["--context", "x", "mail", "deliver", "--recipient", "a@b"], input: "X: y\n\n")
    #expect(outcome.status == 75)
  }
}
