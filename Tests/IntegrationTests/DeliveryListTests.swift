import Policy
import Postgres
import SwiftProtobuf
import Testing
import Wire

@testable import NotifierService
@testable import ServiceKit

@Suite("What a list of deliveries reads")
struct DeliveryListTests {
  @Test("The HTML of messages, which the list leaves out, is not read", arguments: ["", "held"])
  func withoutHTML(state: String) throws {
    let context = ReadContext(
      tenant: TenantID(high: 1, low: 1), now: .epoch, caller: Caller(role: .desk, name: "anna"))
    let queries = try DeliveryListRead.queries(.with { $0.state = state }, context)
    guard case .own(let statement) = try #require(queries.first).form else {
      Issue.record("the list is no statement of its own")
      return
    }
    #expect(statement.sql.contains("r.text, NULL, r.template"))
  }
}
