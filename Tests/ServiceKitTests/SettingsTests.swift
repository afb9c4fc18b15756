import Foundation
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("Settings")
struct SettingsTests {
  private static let complete = [
    "CALLOUT_DOMAIN": "callout.test", "CALLOUT_TLS_CERTIFICATE": "c", "CALLOUT_TLS_KEY": "k", "CALLOUT_TLS_TRUST": "t",
    "CALLOUT_DATABASE_CONNINFO": "dbname=x", "CALLOUT_PEERS_INTAKE": "a:1", "CALLOUT_PEERS_NOTIFIER": "b:2, c:3",
  ]

  private func problems(
    file text: String? = nil, _ environment: [String: String], extra: [ExtraSetting] = []
  ) async throws -> (ServiceSettings?, [String]) {
    var path: String?
    if let text {
      path = NSTemporaryDirectory() + "settings-\(UInt64.random(in: .min ... .max)).yaml"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path ?? ""))
    }
    defer { if let path { try? FileManager.default.removeItem(atPath: path) } }
    do throws(SettingsError) {
      let reader = try await SettingsReader(file: path, environment: environment)
      let settings = ServiceSettings(reader, service: .ledger, extra: extra)
      try reader.finish()
      return (settings, [])
    } catch {
      return (nil, error.problems)
    }
  }

  @Test("the environment wins over the file, and the file over what holds otherwise")
  func precedence() async throws {
    let file = "listen:\n  port: 7999\nlanes:\n  batch-max: 64\n"
    let (settings, problems) = try await problems(
      file: file, Self.complete.merging(["CALLOUT_LISTEN_PORT": "8000"]) { $1 })
    #expect(problems.isEmpty)
    #expect(settings?.server.port == 8_000)
    #expect(settings?.lane.batchMax == 64)
    #expect(settings?.readers == 2)
    #expect(settings?.peers[.notifier] == [PeerAddress(host: "b", port: 2), PeerAddress(host: "c", port: 3)])
  }

  @Test("every problem is named at once, with the variable that would set it")
  func everyProblem() async throws {
    let (_, problems) = try await problems(
      ["CALLOUT_LISTEN_PORT": "70000", "CALLOUT_LANES_BATCH_MAX": "many", "CALLOUT_PEERS_INTAKE": "nowhere"])
    #expect(problems.contains { $0.contains("domain is missing") && $0.contains("CALLOUT_DOMAIN") })
    #expect(problems.contains { $0.hasPrefix("listen.port is 70000") })
    #expect(problems.contains { $0.hasPrefix("lanes.batch-max is not a") })
    #expect(problems.contains { $0.hasPrefix("peers.intake is nowhere") })
    #expect(problems.contains { $0.contains("database.conninfo is missing") })
  }

  @Test("a name in the file that no setting has is an error with its line")
  func unknownName() async throws {
    let (_, problems) = try await problems(file: "lanes:\n  # a comment\n  batch-maximum: 3\n", Self.complete)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("line 3 of ") == true)
    #expect(problems.first?.hasSuffix("there is no setting lanes.batch-maximum") == true)
  }

  @Test(
    "a bound itself is allowed, and one beyond it is not",
    arguments: [(1, true), (0, false), (1_000, true), (1_001, false)])
  func bounds(value: Int, allowed: Bool) async throws {
    let (settings, _) = try await problems(Self.complete.merging(["CALLOUT_LANES_BATCH_MAX": "\(value)"]) { $1 })
    #expect((settings != nil) == allowed)
  }

  @Test("a service's own setting is known to its file")
  func extra() async throws {
    let (settings, problems) = try await problems(
      file: "maildir: /tmp/mail\n", Self.complete, extra: [ExtraSetting("maildir", default: "")])
    #expect(problems.isEmpty)
    #expect(settings?.extra["maildir"] == "/tmp/mail")
  }

  @Test(
    "a service's own number and word are held to their bounds",
    arguments: [
      ("0", "a", 1), ("1", "a", 0), ("9", "b", 0), ("10", "b", 1), ("1", "c", 1), ("x", "a", 1),
    ])
  func extraBounds(number: String, word: String, count: Int) async throws {
    let (settings, problems) = try await problems(
      Self.complete.merging(["CALLOUT_X_NUMBER": number, "CALLOUT_X_WORD": word]) { $1 },
      extra: [
        ExtraSetting("x.number", default: 5, in: 1...9, unit: "things"),
        ExtraSetting("x.word", default: "a", among: ["a", "b"]),
      ])
    #expect(problems.count == count)
    if count == 0 { #expect(settings?.extra == ["x.number": number, "x.word": word]) }
  }

  @Test("the ledger's keys never expire, whatever the settings say")
  func ledgerKeys() async throws {
    let (_, problems) = try await problems(Self.complete.merging(["CALLOUT_REPLIES_KEEP_DAYS": "30"]) { $1 })
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("replies.keep-days is 30") == true)
  }

  @Test("the command line is understood, or said not to be")
  func commandLine() throws {
    #expect(try CommandLineOptions([]).action == .serve)
    #expect(try CommandLineOptions(["migrate", "--config", "x"]).config == "x")
    #expect(try CommandLineOptions(["serve", "--config=y", "--check-config"]).action == .checkConfig)
    #expect(throws: UsageError.self) { try CommandLineOptions(["--config"]) }
    #expect(throws: UsageError.self) { try CommandLineOptions(["server"]) }
  }
}
