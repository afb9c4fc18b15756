import Foundation
import IntakeRules
import Logging
import NIOCore
import Policy
import ServiceKit
import Testing
import Wire

@testable import IntakeService

@Suite("Connections by LMTP have bounds")
struct LmtpServiceTests {
  private struct Unused: Error {}

  /// Serves within these bounds, with nothing behind it.
  private func serving(_ bounds: LmtpBounds, _ body: (_ path: String) async throws -> Void) async throws {
    let path = "/tmp/callout-lmtp-\(UInt32.random(in: 0 ... .max))"
    let access = Background<IntakeState>(
      setting: { _ in nil }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, tenants: { [] },
      run: { _, _ in throw Unused() }, uptime: { .zero }, sleep: { _ in }, waitForWork: { _ in [] },
      submit: { _, _, _, _ in .failure(CommandRefused(Callout_V1_Refusal(.unavailable))) })
    let serving = Task {
      try await LmtpService.serve(.socket(path: path), LmtpDelivery(access: access) { [] }, bounds) { _ in }
    }
    do {
      try await body(path)
    } catch {
      serving.cancel()
      throw error
    }
    serving.cancel()
    _ = await serving.result
  }

  private func greeted(_ path: String) async throws -> LmtpClient {
    let client = try await LmtpClient(path)
    #expect(try await client.read(1) == ["220 callout LMTP ready"])
    return client
  }

  @Test("As many connections as may be are served; one more is closed at once, until one of them ends")
  func connections() async throws {
    try await serving(LmtpBounds(connectionCountMax: 2)) { path in
      let (first, second) = (try await greeted(path), try await greeted(path))
      let third = try await LmtpClient(path)
      #expect(await third.isClosed())
      third.close()
      try await first.write("QUIT\r\n")
      #expect(try await first.read(1) == ["221 2.0.0 bye"])
      #expect(await first.isClosed())
      first.close()
      // Its place is free once its end is handled, a moment after it was seen here.
      var next = try await LmtpClient(path)
      for _ in 0..<500 {
        if (try? await next.read(1)) == ["220 callout LMTP ready"] { break }
        next.close()
        try await Task.sleep(for: .milliseconds(10))
        next = try await LmtpClient(path)
      }
      try await next.write("NOOP\r\n")
      #expect(try await next.read(1) == ["250 2.0.0 ok"])
      for client in [second, next] { client.close() }
    }
  }

  @Test("A connection on which nothing is said ends")
  func silence() async throws {
    try await serving(LmtpBounds(silence: .seconds(10), lifetime: .hours(1))) { path in
      let client = try await greeted(path)
      #expect(await client.isClosed())
      client.close()
    }
  }

  @Test("A connection ends after its time, whatever is said")
  func lifetime() async throws {
    try await serving(LmtpBounds(silence: .hours(1), lifetime: .seconds(10))) { path in
      let client = try await greeted(path)
      // However busy the machine is, and whenever the end comes: something is said again and again until then.
      var ended = false
      for _ in 0..<2_000 where !ended {
        do {
          try await client.write("NOOP\r\n")
          ended = try await client.read(1) != ["250 2.0.0 ok"]
        } catch {
          ended = true
        }
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(ended)
      #expect(await client.isClosed(), "and is not merely silent")
      client.close()
    }
  }

  @Test("A line may be as long as the bound, its end included; a longer one ends the connection")
  func lines() async throws {
    try await serving(LmtpBounds()) { path in
      let longest = "NOOP " + String(repeating: "x", count: LmtpLimits.lineByteCountMax - 7)
      let client = try await greeted(path)
      try await client.write(longest + "\r\n")
      #expect(try await client.read(1) == ["250 2.0.0 ok"])
      try await client.write(longest + "x\r\n")
      #expect(try await client.read(1) == ["500 5.5.2 the line is too long"])
      #expect(await client.isClosed())
      client.close()
      // One that never ends is not waited for.
      let endless = try await greeted(path)
      try await endless.write(String(repeating: "x", count: LmtpLimits.lineByteCountMax))
      #expect(try await endless.read(1) == ["500 5.5.2 the line is too long"])
      #expect(await endless.isClosed())
      endless.close()
    }
  }

  @Test("While nobody can tell whose an address is, it is put off, and so is a mail that cannot be taken")
  func later() async throws {
    try await serving(LmtpBounds()) { path in
      let client = try await greeted(path)
      try await client.write("LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<a@b>\r\nDATA\r\n")
      // No tenant is there, so that nothing had to be asked.
      #expect(
        try await client.read(8).suffix(2) == ["550 5.1.1 no such mailbox here", "503 5.5.1 no recipient was taken"])
      client.close()
    }
  }
}
