import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("A tenant's language")
struct TenantTests {
  private static func update(
    _ service: TestService, _ language: String, key: String, as peer: PeerIdentity = TestService.desk
  ) async -> OutgoingFrame {
    await service.ask(
      .tenantUpdate, Callout_V1_TenantUpdateRequest.with { $0.language = language }, key: key, as: peer)
  }

  @Test(
    "It is changed by an admin or the operator, read as it is then, and told in the feed; the same again changes nothing"
  )
  func language() async throws {
    try await TestService.with { service async throws in
      let watcher = TestConnection(TestService.desk)
      let watch = Callout_V1_ChangesWatchRequest.with { $0.kinds = ["tenant.updated"] }
      service.engine.gateway.received(
        [TestService.request(.changesWatch, watch, credit: 100, stream: 1)], on: watcher)
      _ = await watcher.frames { !$0.isEmpty }
      func tenant() async throws -> Callout_V1_Tenant {
        let answer = await service.ask(.tenantGet, Callout_V1_TenantGetRequest(), as: TestService.desk)
        return try TestService.reply(answer, Callout_V1_TenantGetReply.self).tenant
      }
      #expect(try await (tenant().language, tenant().version) == ("en", 1))
      let changed = try TestService.reply(
        await Self.update(service, "DE-at", key: "to-german"), Callout_V1_TenantUpdateReply.self)
      #expect((changed.tenant.language, changed.tenant.version, changed.tenant.name) == ("de-AT", 2, "Provider"))
      #expect(try await tenant() == changed.tenant)
      let again = await Self.update(service, "de-AT", key: "once-more")
      #expect(try TestService.reply(again, Callout_V1_TenantUpdateReply.self) == changed)
      _ = await Self.update(service, "fr", key: "to-french", as: .service(name: "operator"))
      #expect(try await (tenant().language, tenant().version) == ("fr", 3))
      let told = await watcher.frames { $0.compactMap(Self.change).count == 3 }.compactMap(Self.change)
      #expect(told.map(\.kind) == ["watch.started", "tenant.updated", "tenant.updated"])
      #expect(told.last.map { ($0.version, $0.text) } ?? (0, "") == (3, "The language is fr instead of de-AT."))
    }
  }

  @Test("What is no language tag is refused, and so is whoever may not", arguments: ["", "deutsch", "d"])
  func refused(language: String) async throws {
    try await TestService.with { service async throws in
      #expect(TestService.code(await Self.update(service, language, key: "to-nothing")) == .invalidField)
      let bytes = TenantBytes(high: TestService.tenant.high, low: TestService.tenant.low)
      let desk = PeerIdentity.tenant(bytes, role: .desk, name: "anna")
      #expect(TestService.code(await Self.update(service, "de", key: "by-the-desk", as: desk)) == .notAllowed)
    }
  }

  private static func change(_ frame: OutgoingFrame) -> Callout_V1_Change? {
    guard case .push(_, _, let body) = frame else { return nil }
    return try? Payload.decode(Callout_V1_Change.self, from: body)
  }
}
