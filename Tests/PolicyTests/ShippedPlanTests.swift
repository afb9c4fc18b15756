import Policy
import Testing

@Suite("The plans of the repository")
struct ShippedPlanTests {
  @Test("Each is read, and does what it says", arguments: Samples.shipped)
  func read(name: String) throws {
    let plan = try Samples.shipped(name)
    #expect(plan.id == name)
    #expect(plan.lint().filter(\.isError).map(\.located) == [])
  }
}
