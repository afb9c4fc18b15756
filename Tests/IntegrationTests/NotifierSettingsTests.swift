import Foundation
import Courier
import NotifierRules
import Policy
import Testing
import Wire

@testable import IntakeService
@testable import LedgerService
@testable import NotifierService
@testable import ServiceKit

@Suite("Settings of channels")
struct NotifierSettingsTests {
  @Test("the page of settings names every setting of every service, and no other")
  func page() async throws {
    let reader = try await SettingsReader(file: nil, environment: [:])
    for (service, extra) in [
      (.intake, IntakeDefinition.settings), (.ledger, LedgerService.settings), (.notifier, NotifierDefinition.settings),
    ] as [(ServiceName, [ExtraSetting])] {
      _ = ServiceSettings(reader, service: service, extra: extra)
    }
    let page = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Shared/ServiceKit/SETTINGS.md")
    let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
    let named = rows.flatMap { row in
      row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map { String($0.1) }
    }
    #expect(Set(named).symmetricDifference(reader.known).isEmpty)
    #expect(named.count == Set(named).count)
  }

  private static func file(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "callout-\(UUID().uuidString)")
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test("What is wrong with channels is said before anything starts")
  func problems() throws {
    let secret = try Self.file("whsec_QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\n")
    let three = try Self.file(String(repeating: "whsec_QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\n", count: 3))
    let password = try Self.file("a password\n")
    for (settings, count) in [
      ([:], 0), (["sender": "nobody"], 1), (["sender": "a@b\r\nBcc: c@d"], 1),
      (["webhook.allow": "10.0.0.0/8, ::1"], 0),
      (["webhook.allow": "10.0.0.1/8"], 1), (["webhook.trust": "/nonexistent"], 1),
      (["smtp.host": "mx.example", "smtp.user": "u"], 1),
      (["smtp.host": "mx.example", "smtp.password-file": password], 1),
      (["smtp.host": "mx.example", "smtp.user": "u", "smtp.password-file": password], 0),
      (["gateway.url": "http://x/", "gateway.secret-file": secret], 1), (["gateway.url": "https://x/"], 1),
      (["gateway.url": "https://x/", "gateway.secret-file": secret], 0),
      (["gateway.url": "https://x/", "gateway.secret-file": three], 1), (["gateway.sms.secret-file": secret], 1),
      (["gateway.url": "https://x/", "gateway.secret-file": password], 1),
    ] as [([String: String], Int)] {
      let all = ["sender": "callout@desk.example"].merging(settings) { $1 }
      #expect(DeliverySettings { all[$0] }.problems.count == count, "\(settings)")
    }
  }

  @Test("A gateway of a kind stands before the one for all kinds, and what has neither goes to the Maildir")
  func gateways() throws {
    let secret = try Self.file("whsec_QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\n")
    let settings = [
      "sender": "callout@desk.example", "gateway.sms.url": "https://sms.example/", "gateway.sms.secret-file": secret,
    ]
    let one = DeliverySettings { settings[$0] }
    #expect(one.gateways.keys.map(\.rawValue) == ["sms"])
    let both = settings.merging(["gateway.url": "https://all.example/", "gateway.secret-file": secret]) { $1 }
    let all = DeliverySettings { both[$0] }
    #expect(all.gateways[.sms]?.address.host == "sms.example" && all.gateways[.voice]?.address.host == "all.example")
    #expect(all.gateways.count == 4 && all.gateways[.email] == nil && all.gateways[.webhook] == nil)
  }
}
