import Foundation
import NIOCore
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

@Suite("The callout command")
struct CommandTests {
  @Test("Every method that people may call has a command, in the help of its noun")
  func coverage() async {
    for method in Method.all where method.callers != [.service] {
      let parts = method.name.split(separator: ".").map(String.init)
      let outcome = await callout(parts + ["--help"])
      #expect(outcome.status == 0, "\(method.name)")
      #expect(outcome.out.contains("USAGE: callout \(parts[0]) \(parts[1])"), "\(method.name)")
    }
  }

  @Test(
    "Options that stand before the noun are those of the command",
    arguments: [
      (["--context", "a", "ticket", "get"], ["ticket", "get", "--context", "a"]),
      (["-o", "json", "--key=12345678", "x", "--", "-o"], ["x", "-o", "json", "--key=12345678", "--", "-o"]),
      (["ticket", "get", "-o", "json"], ["ticket", "get", "-o", "json"]), (["--version"], ["--version"]), ([], []),
      (["--context", "a"], ["--context", "a"]),
    ])
  func reordering(given: [String], expected: [String]) {
    #expect(CalloutProgram.reordered(given) == expected)
  }

  @Test(
    "A wrong command line ends with 2 and writes nothing to standard output",
    arguments: [
      ["ticket", "gett"], ["ticket", "get", "--number", "x"], ["play"], ["ticket", "get", "--timeout", "0"],
      ["balance", "get", "--context", "nobody"], ["clock", "advance"], ["tenant", "create", "A", "--test"],
    ])
  func usage(arguments: [String]) async {
    let outcome = await callout(arguments)
    #expect(outcome.status == CommandStatus.usage.rawValue)
    #expect(outcome.out.isEmpty)
    #expect(!outcome.err.isEmpty)
  }

  @Test(
    "A noun, verb or file that there is not is named, with those that there are",
    arguments: [
      (["tiket", "open"], "There is no noun 'tiket'. `callout --help` lists them."),
      (["consent", "recrod", "--ticket", "x"], "There is no verb 'recrod' of consent; there are record."),
      (["endpoint", "add"], "There is no verb 'add' of endpoint; there are set, list, remove."),
      (["-o", "json", "tiket"], "There is no noun 'tiket'. `callout --help` lists them."),
      (["plan", "check", "nowhere.yaml"], "There is no file nowhere.yaml."),
      (["plan", "check", "/"], "/ cannot be read."),
    ])
  func words(arguments: [String], told: String) async {
    let outcome = await callout(arguments)
    #expect(outcome.status == CommandStatus.usage.rawValue)
    #expect(outcome.out.isEmpty)
    #expect(outcome.err == "callout: \(told)\n")
  }

  @Test(
    "Help is given for the command, a noun and a verb", arguments: [["help"], ["help", "ticket", "open"], ["ticket"]])
  func help(arguments: [String]) async {
    let outcome = await callout(arguments)
    #expect(outcome.status == 0)
    #expect(outcome.out.contains("USAGE: callout"))
  }

  @Test("A time that cannot be read is told with what can be, civil time of a zone included")
  func times() async throws {
    let config = try Folder().contexts(["desk"])
    let service = FakeService { _, _ in reply(Callout_V1_RotaWhoReply()) }
    func who(_ at: String, _ more: String...) async -> Outcome {
      await callout(["rota", "who", "--name", "duty.primary", "--at", at] + more, config: config, service: service)
    }
    let bare = await who("2026-12-25 03:00")
    #expect(bare.status == CommandStatus.usage.rawValue)
    #expect(bare.err.contains("+08:00, or with --zone a civil time such as 2026-08-03 09:00, is expected, not "))
    #expect(await who("2026-12-25 03:00", "--zone", "UTC").status == 0)
    let wrong = await who("noon", "--zone", "UTC")
    #expect(wrong.err.contains("+08:00, or a civil time such as 2026-08-03 09:00, is expected, not \"noon\""))
  }

  @Test("A request goes out as its flags say, and the reply is printed as JSON")
  func json() async throws {
    let folder = try Folder()
    let service = FakeService { _, _ in
      reply(
        Callout_V1_TicketOpenReply.with {
          $0.ticket.number = 17
          $0.ticket.openedMs = 1_772_499_600_000
        })
    }
    let outcome = await callout(
      [
        "-o", "json", "ticket", "open", "--account", tenantText, "--subject", "It's dark", "--fact", "device=private",
        "--fact", "documents=written-consent", "--fact", "documents=inventory", "--key", "a key of mine",
      ], config: try folder.contexts(["desk"]), service: service)
    #expect(outcome.status == 0)
    #expect(outcome.err.isEmpty)
    let json = try JSONValue(parsing: outcome.out)
    #expect(json.value(at: "ticket.number") == 17)
    #expect(json.value(at: "ticket.opened") == "2026-03-03T01:00:00Z")
    let request = try #require(service.requests.first)
    #expect(request.method == .ticketOpen)
    #expect(request.key.readableBytesView.elementsEqual("a key of mine".utf8))
    let body = try Payload.decode(Callout_V1_TicketOpenRequest.self, from: request.body)
    #expect(body.subject == "It's dark")
    #expect(body.facts.first { $0.name == "documents" }?.list.items == ["written-consent", "inventory"])
  }

  @Test("Many charges are given as a list of JSON, and each has its outcome")
  func manyCharges() async throws {
    let service = FakeService { _, _ in
      reply(
        Callout_V1_ChargePostManyReply.with {
          $0.outcomes = [.with { $0.balance = 550 }, .with { $0.refusal = 507 }]
        })
    }
    let charge = #"{"agreement_id": "\#(tenantText)", "text": "Password reset"}"#
    let outcome = await callout(
      ["-o", "json", "charge", "post-many", "--charge", "[\(charge), \(charge)]"],
      config: try Folder().contexts(["desk"]), service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(try JSONValue(parsing: outcome.out).value(at: "outcomes") != nil)
    let request = try #require(service.requests.first)
    let body = try Payload.decode(Callout_V1_ChargePostManyRequest.self, from: request.body)
    #expect(body.charges.map(\.text) == ["Password reset", "Password reset"])
  }

  @Test("The thing itself may be named without its flag")
  func positional() async throws {
    let config = try Folder().contexts(["desk"])
    let service = FakeService { _, _ in reply(Callout_V1_TicketGetReply()) }
    for arguments in [["ticket", "get", tenantText], ["ticket", "get", "--ticket", tenantText]] {
      #expect(await callout(arguments, config: config, service: service).status == 0)
    }
    let bodies = service.requests.map(\.body)
    #expect(bodies.count == 2 && bodies[0] == bodies[1] && bodies[0].readableBytes == 18)
  }

  @Test("A list is a table with headings; the next page is told beside it")
  func table() async throws {
    let service = FakeService { _, _ in
      reply(
        Callout_V1_TicketListReply.with {
          $0.tickets = [
            .with {
              $0.number = 9
              $0.subject = "Mail"
              $0.state = "open"
            },
            .with {
              $0.number = 10
              $0.subject = "Printer"
              $0.state = "closed"
            },
          ]
          $0.next = .init([0xab, 0x01])
        })
    }
    let outcome = await callout(["ticket", "list"], config: try Folder().contexts(["desk"]), service: service)
    let lines = outcome.out.split(separator: "\n").map(String.init)
    try #require(lines.count == 3, "\(outcome.err)")
    #expect(lines[0].hasPrefix("NUMBER  STATE   SUBJECT"))
    #expect(lines[1].hasPrefix("     9  open    Mail"))
    #expect(outcome.err == "There is more: --after ab01\n")
  }

  @Test("A statement's table is its text, and a single object is keys and values in the zone asked for")
  func texts() async throws {
    let config = try Folder()
    let path = try config.contexts(["desk"])
    let statement = await callout(
      ["statement", "get"], config: path,
      service: FakeService { _, _ in reply(Callout_V1_StatementGetReply.with { $0.statement.text = "Opening 600\n" }) })
    #expect(statement.out == "Opening 600\n")
    let page = await callout(
      ["statement", "get", "--form", "csv"], config: path,
      service: FakeService { _, _ in reply(Callout_V1_StatementGetReply.with { $0.document = "a,b\r\n" }) })
    #expect(page.out == "a,b\r\n")
    let lot = await callout(
      ["agreement", "get", "--zone", "Asia/Singapore"], config: path,
      service: FakeService { _, _ in
        reply(
          Callout_V1_AgreementGetReply.with {
            $0.agreement.balance = 550
            $0.agreement.signedMs = 1_772_499_600_000
          })
      })
    #expect(lot.out.contains("balance  550\n"))
    #expect(lot.out.contains("signed   2026-03-03T09:00:00+08:00\n"))
  }

  @Test("A status of all three services is asked of all three, and one when it is named")
  func everyService() async throws {
    let config = try Folder()
    let path = try config.contexts(["desk"])
    let service = FakeService { _, _ in reply(Callout_V1_ServiceStatusReply.with { $0.state = "serving" }) }
    let all = await callout(["service", "status", "-o", "json"], config: path, service: service)
    #expect(try JSONValue(parsing: all.out).value(at: "notifier.state") == "serving")
    #expect(service.requests.count == 3)
    let one = await callout(["service", "status", "--service", "ledger", "-o", "json"], config: path, service: service)
    #expect(try JSONValue(parsing: one.out)["state"] == "serving")
    #expect(service.requests.count == 4)
  }

  @Test("A tenant's language is changed in all three services, and what is no language goes nowhere")
  func tenantLanguage() async throws {
    let service = FakeService { _, _ in
      reply(
        Callout_V1_TenantUpdateReply.with {
          ($0.tenant.name, $0.tenant.language) = ("My desk", "de-AT")
        })
    }
    let config = try Folder().contexts(["admin"])
    let arguments = ["tenant", "update", "-o", "json", "--language"]
    let changed = await callout(arguments + ["de-AT"], config: config, service: service)
    #expect(changed.status == 0 && service.requests.count == 3)
    #expect(service.requests.allSatisfy { $0.method == .tenantUpdate })
    #expect(try JSONValue(parsing: changed.out)["language"] == "de-AT")
    let wrong = await callout(arguments + ["deutsch"], config: config, service: service)
    #expect(wrong.status == CommandStatus.usage.rawValue && service.requests.count == 3)
  }

  @Test(
    "The exit code says why a command failed",
    arguments: [
      (RefusalCode.admission, CommandStatus.refused), (.keyReused, .refused), (.tenantUnknown, .refused),
      (.notAllowed, .notAuthorised), (.tenantForbidden, .notAuthorised), (.unavailable, .unavailable),
      (.draining, .unavailable), (.outcomeUnknown, .outcomeUnknown), (.invalidField, .usage),
      (.malformedMessage, .usage),
    ])
  func exitStatus(code: RefusalCode, expected: CommandStatus) async throws {
    let service = FakeService { _, _ in refusal(code) }
    let outcome = await callout(
      ["ticket", "acknowledge", "--ticket", tenantText], config: try Folder().contexts(["desk"]), service: service)
    #expect(outcome.status == expected.rawValue, "\(outcome.err)")
    #expect(outcome.out.isEmpty)
    #expect(outcome.err.contains(code.name))
  }

  @Test("Contexts are made, changed, listed, used and removed, and their file is its owner's alone")
  func contexts() async throws {
    let folder = try Folder()
    let config = folder.path + "/deep/contexts.yaml"
    let made = await callout(
      [
        "context", "set", "operator", "--intake", "127.0.0.1:7400", "--intake", "127.0.0.1:7500", "--ledger",
        "[::1]:7401", "--domain", "callout.test", "--trust", "/ca.pem", "--certificate", "/op.pem", "--key", "/op.key",
      ], config: config)
    #expect(made.status == 0 && made.out.isEmpty)
    let like = await callout(
      ["context", "set", "admin", "--like", "operator", "--certificate", "/a \"b\".pem", "--tenant", tenantText],
      config: config)
    #expect(like.status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: config)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let shown = try JSONValue(parsing: await callout(["context", "show", "admin", "-o", "json"], config: config).out)
    #expect(shown["intake"] == ["127.0.0.1:7400", "127.0.0.1:7500"])
    #expect(shown["certificate"] == #"/a "b".pem"#)
    #expect(shown["key"] == "/op.key")
    #expect(shown["tenant"] == .text(tenantText))
    #expect(await callout(["context", "list"], config: config).out.contains("*       operator"))
    #expect(await callout(["context", "use", "admin"], config: config).status == 0)
    #expect(await callout(["context", "list"], config: config).out.contains("*       admin"))
    #expect(await callout(["context", "remove", "admin"], config: config).status == 0)
    #expect(await callout(["context", "show", "admin"], config: config).status == CommandStatus.usage.rawValue)
  }

  @Test(
    "A file of contexts with a mistake is refused with its line",
    arguments: [
      ("current: [a]", 1), ("contexts:\n  a:\n    colour: red", 3), ("contexts:\n  a: {}\n  a: {}", 2), ("other: 1", 1),
    ])
  func contextMistakes(text: String, line: Int) async throws {
    let folder = try Folder()
    let outcome = await callout(["context", "list"], config: try folder.file("c.yaml", text))
    #expect(outcome.status == CommandStatus.usage.rawValue)
    #expect(outcome.err.contains("c.yaml:\(line): "), "\(outcome.err)")
  }

  @Test("There is a completion script for each shell", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) async {
    let outcome = await callout(["completion", shell])
    #expect(outcome.status == 0)
    #expect(outcome.out.contains("statement"))
  }
}
