import Foundation
import Policy
import Testing
import Wire

@Suite("The month of Flexi-IT", .serialized)
struct DemoUnderFireTests {
  static let scenario = Installation.root.appending(path: "scenarios/flexi-it-month.yaml").path

  /// An installation that runs, with a tenant to play on.
  private func prepare(_ name: String, firstPort: Int) async throws -> Installation {
    let installation = try Installation(name: name, firstPort: firstPort)
    try installation.start()
    try installation.waitReady()
    _ = try await installation.makeTenant(clock: "2026-03-02T01:00:00Z")
    return installation
  }

  /// Plays the scenario; returns the statement that it printed, without the ids, which differ from run to run, and without
  /// the tickets' numbers: a process that is killed takes along the numbers that it had in hand.
  private func play(_ installation: Installation) throws -> String {
    try installation.callout("admin", ["play", Self.scenario, "--patience", "120"])
      .replacing(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/, with: "ID")
      .replacing(/Ticket [0-9]+:/, with: "Ticket N:")
  }

  @Test("F1 F2 F5 F10 F12 F16 F17c F19 F22 F26 F28 F30: killing services while the month is played changes nothing")
  func killedAtAnyMoment() async throws {
    let calm = try await prepare("calm", firstPort: 7790)
    defer { calm.stop() }
    let expected = try play(calm)
    #expect(expected.contains("Closing balance"), "the scenario ends with the statement")
    try calm.expectInvariants()

    let stormy = try await prepare("stormy", firstPort: 7820)
    defer { stormy.stop() }
    let killer = Task {
      var random = SystemRandomNumberGenerator()
      var kills = 0
      while !Task.isCancelled {
        guard let victim = ServiceName.allCases.randomElement(using: &random) else { break }
        stormy.kill(victim)
        kills += 1
        try stormy.start([victim])
        // Cancelled while asleep: the play is over.
        do { try await Task.sleep(for: .milliseconds(Int.random(in: 200...1_500, using: &random))) } catch { break }
      }
      return kills
    }
    let played = try await Task.detached { try play(stormy) }.value
    killer.cancel()
    #expect(try await killer.value > 0)
    #expect(played == expected, "the same statement, to the letter")
    try stormy.expectInvariants()
  }
}
