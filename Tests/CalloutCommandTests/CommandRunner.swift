import Foundation
import Policy
import Synchronization
import Wire

@testable import CalloutClient
@testable import CalloutCommand

/// What a command wrote, and how it ended.
struct Outcome: Sendable {
  let status: Int32
  let out: String
  let err: String
}

/// Runs the command with streams, environment and services of the test's own.
func callout(
  _ arguments: [String], input: String = "", config: String? = nil, service: FakeService? = nil,
  showsProgress: Bool = false, environment: [String: String] = [:]
) async -> Outcome {
  let (out, err) = (Text(), Text())
  let surface = Surface(
    out: { out.append($0) }, err: { err.append($0) }, showsProgress: showsProgress,
    environment: ["CALLOUT_CONFIG": config ?? "/nonexistent/contexts.yaml"].merging(environment) { $1 },
    readInput: { Array(input.utf8) },
    makeClient: { configuration throws(CalloutError) in
      guard let service else { throw .configuration("this test has no service") }
      return CalloutClient(
        configuration: configuration, connectors: { _ in service }, surroundings: FakeTime().surroundings)
    })
  let status = await Surface.$current.withValue(surface) { await CalloutProgram.run(arguments) }
  return Outcome(status: status, out: out.value, err: err.value)
}

/// Text that is written from several places.
final class Text: Sendable {
  private let text = Mutex("")
  var value: String { text.withLock { $0 } }
  func append(_ more: String) { text.withLock { $0 += more } }
}

/// A folder of the test's own, removed when the process ends.
struct Folder: Sendable {
  private static let base: URL = {
    atexit { try? FileManager.default.removeItem(at: Folder.base) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("callout-\(UUID().uuidString)")
  }()

  let path: String

  init() throws {
    let url = Self.base.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  func file(_ name: String, _ text: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }

  /// A file of contexts in which each name is an identity of one tenant.
  func contexts(_ names: [String], tenant: String = tenantText) throws -> String {
    var file = ContextsFile()
    file.current = names.first
    file.contexts = names.map { name in
      NamedContext(
        name: name, addresses: [.intake: ["a:1"], .ledger: ["a:1"], .notifier: ["a:1"]], domain: "callout.test",
        trust: "/ca.pem", certificate: "/me.pem", key: "/me.key", tenant: tenant)
    }
    return try self.file("contexts.yaml", file.yaml)
  }
}

let tenantText = "01890a5d-ac96-774b-bcce-b302099a8057"

/// The plan that the project ships.
let shippedPlan = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appendingPathComponent("Shared/Plans/flexi-it.yaml").path
