import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

@Suite("Messages in a tenant's language", .serialized)
struct GermanNoticeTests {
  @Test("A low balance is told in German to who names no language, and in English once the tenant's language is that")
  func lowBalance() async throws {
    let installation = try Installation(name: "german", firstPort: 7990)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    let tenant = try await installation.makeTenant(clock: "2026-03-02T01:00:00Z")
    #expect(try installation.callout("admin", ["tenant", "update", "--language", "de-AT"]).contains("de-AT"))
    let customer = try await Customer.sign(installation, tenant, packages: 1)
    let desk = try installation.client("desk", tenant: tenant)
    for client in [desk.intake, desk.ledger, desk.notifier] as [any ServiceClient] {
      #expect(try await client.tenantGet(.init()).tenant.language == "de-AT")
    }

    // 500 of 600 credits are gone: less than 20 % are left.
    for _ in 0..<10 { _ = try await desk.ledger.chargePost(customer.visit()) }
    try await desk.settle()
    let german = try await mail(installation, tenant, template: "low-balance de 0")
    #expect(german.contains("Guten Tag Mei Tan,") && german.contains("100 credits"))
    #expect(german.contains("<html lang=3D\"de\">") || german.contains("<html lang=\"de\">"))
    #expect(!german.contains("Dear "))

    let statement = StatementGetRequest.with { ($0.agreementID, $0.form) = (customer.agreement, "html") }
    let page = try await desk.ledger.statementGet(statement).document
    #expect(page.contains("<html lang=\"de\"") && page.contains("Auszug für März 2026"))
    _ = try installation.callout("admin", ["tenant", "update", "--language", "en"])
    #expect(try await desk.ledger.statementGet(statement).document.contains("Statement of March 2026"))
    let asked = statement.with { $0.language = "de" }
    #expect(try await desk.ledger.statementGet(asked).document.contains("Auszug für März 2026"))
    await desk.close()
    try installation.expectInvariants()
  }

  /// The message in the tenant's Maildir that a template made, once it is there.
  private func mail(_ installation: Installation, _ tenant: TenantID, template: String) async throws -> String {
    let folder = installation.folder.appending(path: "maildir/\(tenant)/new")
    for _ in 0..<300 {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      for name in names.sorted() {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        if text.contains("X-Callout-Template: \(template)\n"), text.contains("mei@kopi.example") { return text }
      }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw CommandFailed(command: "waiting for \(template)", status: 1, output: "\(folder.path) has no such message")
  }
}

extension StatementGetRequest {
  fileprivate func with(_ change: (inout Self) -> Void) -> Self {
    var other = self
    change(&other)
    return other
  }
}
