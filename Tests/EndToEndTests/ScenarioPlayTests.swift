import Foundation
import Policy
import Testing

@Suite("The shipped scenarios, and a further provider's", .serialized)
struct ScenarioPlayTests {
  static let folder = Installation.root.appending(path: "scenarios")

  /// The scenarios, by name.
  private static func scenarios() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
  }

  @Test("Each holds to its last step, side by side on one set of services")
  func sideBySide() async throws {
    let installation = try Installation(name: "scenarios", firstPort: 7850)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    let shipped = try Self.scenarios()
    #expect(shipped.count == 7, "a month, nights on duty, a night of calls, and a quarter of each offer")
    // Another zone, unit and currency, by a plan file alone.
    let scenarios = shipped + [Installation.root.appending(path: "Tests/FurtherProvider/night-owls-weeks.yaml")]
    for scenario in scenarios {
      _ = try await installation.makeTenant(
        clock: "2025-12-01T00:00:00Z", contexts: scenario.deletingPathExtension().lastPathComponent)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for scenario in scenarios {
        group.addTask {
          let name = scenario.deletingPathExtension().lastPathComponent
          let (status, written) = try await installation.play(scenario, contexts: name)
          #expect(status == 0, "\(name): \(written.suffix(2_000))")
          #expect(written.contains(/all [0-9]+ steps hold/), "\(name) is played to its end")
        }
      }
      try await group.waitForAll()
    }
    try installation.expectInvariants()
  }
}
