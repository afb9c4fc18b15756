import CalloutClient
import Foundation
import Policy
import Synchronization
import Testing
import Wire

/// The three services as processes of their own, with databases, identities and settings made by the scripts that
/// operators use. Each test suite has an installation of its own, by name and ports.
final class Installation: Sendable {
  let name: String
  let firstPort: Int
  private let processes = Mutex<[ServiceName: Process]>([:])

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Fresh databases and settings; nothing runs yet.
  init(name: String, firstPort: Int) throws {
    self.name = name
    self.firstPort = firstPort
    try shell(
      """
      drop_databases; rm -rf "$stack_dir"; use_stack \(name) \(firstPort)
      create_databases; write_settings; operator_context
      """)
  }

  var folder: URL {
    let state = ProcessInfo.processInfo.environment["CALLOUT_STATE"] ?? Self.root.appending(path: ".callout").path
    return URL(fileURLWithPath: state).appending(path: name)
  }

  private var binaries: URL {
    let given = ProcessInfo.processInfo.environment["CALLOUT_TEST_BINARIES"]
    return given.map { URL(fileURLWithPath: $0) } ?? Self.root.appending(path: ".build/debug")
  }

  /// Runs a piece of shell with the scripts' functions; returns what it printed.
  @discardableResult
  func shell(_ script: String) throws -> String {
    try Self.run(Self.bash, ["-c", withFunctions(script)])
  }

  private static let bash = URL(fileURLWithPath: "/bin/bash")

  /// A piece of shell that knows the scripts' functions, and this installation.
  private func withFunctions(_ script: String) -> String {
    """
    set -euo pipefail; cd '\(Self.root.path)'
    . <(sed 's|^root=.*|root=\(Self.root.path)|' scripts/environment); . scripts/stack
    binaries='\(binaries.path)'; start_postgres; use_stack \(name) \(firstPort)
    \(script)
    """
  }

  /// Runs the `callout` command as one of the contexts; returns what it printed.
  @discardableResult
  func callout(_ context: String, _ arguments: [String]) throws -> String {
    try Self.run(
      binaries.appending(path: "callout"), ["--context", context] + arguments,
      environment: ["CALLOUT_CONFIG": folder.appending(path: "contexts.yaml").path])
  }

  func start(_ services: [ServiceName] = ServiceName.allCases) throws {
    for service in services {
      let process = try run(
        service.rawValue, folder.appending(path: "etc/\(service.rawValue).yaml"), log: "\(service.rawValue).log")
      try Data("\(process.processIdentifier)\n".utf8).write(to: folder.appending(path: "run/\(service.rawValue).pid"))
      processes.withLock { $0[service] = process }
    }
  }

  /// Runs a service's program with some settings; its log is appended to.
  func run(_ program: String, _ settings: URL, log name: String) throws -> Process {
    let process = Process()
    process.executableURL = binaries.appending(path: program)
    process.arguments = ["serve", "--config", settings.path]
    let log = folder.appending(path: "log/\(name)")
    if !FileManager.default.fileExists(atPath: log.path) {
      try Data().write(to: log)
    }
    let handle = try FileHandle(forWritingTo: log)
    try handle.seekToEnd()
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  func waitReady() throws { try shell("wait_ready") }

  /// SIGKILL: the process gets no chance to finish anything.
  func kill(_ service: ServiceName) {
    guard let process = processes.withLock({ $0.removeValue(forKey: service) }) else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// SIGTERM: the service drains. Returns its exit status.
  func terminate(_ service: ServiceName) -> Int32? {
    guard let process = processes.withLock({ $0.removeValue(forKey: service) }) else { return nil }
    process.terminate()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : nil
  }

  func stop() {
    for service in ServiceName.allCases { kill(service) }
    _ = try? shell("drop_databases")
  }

  /// A test tenant with an identity and a context for each role; the contexts are in a file of that name.
  func makeTenant(clock: String, contexts: String = "contexts") async throws -> TenantID {
    let operatorClient = try client("operator", tenant: nil)
    let start = try #require(Instant(clock))
    let id = try await operatorClient.createTenant(name: name, testClock: start)
    await operatorClient.close()
    try shell("CALLOUT_CONFIG=$stack_dir/\(contexts).yaml; tenant_contexts \(id)")
    return id
  }

  /// Plays a scenario with the contexts of a file; returns the exit status and all that was written.
  func play(_ scenario: URL, contexts: String) async throws -> (status: Int32, written: String) {
    let process = Process()
    process.executableURL = binaries.appending(path: "callout")
    process.arguments = ["--context", "admin", "play", scenario.path]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["CALLOUT_CONFIG": folder.appending(path: "\(contexts).yaml").path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let log = folder.appending(path: "log/\(contexts).play")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    process.standardOutput = handle
    process.standardError = handle
    let ended = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { process in
      ended.continuation.yield(process.terminationStatus)
      ended.continuation.finish()
    }
    try process.run()
    var status: Int32 = -1
    for await code in ended.stream { status = code }
    return (status, try String(contentsOf: log, encoding: .utf8))
  }

  /// A client with one of the identities that the scripts issued: `operator`, or a role of a tenant.
  func client(_ role: String, tenant: TenantID?) throws -> CalloutClient {
    try client(tenant.map { "\($0)-\(role)-\(role)" } ?? role, for: tenant)
  }

  /// A client with the identity of a file, such as a service's, that acts for a tenant; it asks the notifier at a port that is so
  /// much higher than the first.
  func client(_ file: String, for tenant: TenantID?, notifier offset: Int = 2) throws -> CalloutClient {
    let certificates = folder.appending(path: "certs")
    func address(_ offset: Int) throws -> [ServiceAddress] {
      [try #require(ServiceAddress(host: "127.0.0.1", port: firstPort + offset))]
    }
    return try CalloutClient(
      configuration: CalloutConfiguration(
        addresses: [.intake: try address(0), .ledger: try address(1), .notifier: try address(offset)],
        domain: "callout.test", certificate: certificates.appending(path: "\(file).pem").path,
        key: certificates.appending(path: "\(file).key").path, trust: certificates.appending(path: "ca.pem").path,
        tenant: tenant))
  }

  /// One value of a query as the superuser, in the database of a service.
  func sql(_ service: ServiceName, _ query: String) throws -> String {
    try shell("psql \"$(conninfo \"$(database_of \(service.rawValue))\")\" -qAt -v ON_ERROR_STOP=1 -c \"\(query)\"")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Has a session of its own run a query and keep the locks that it took, until they are released.
  func hold(_ service: ServiceName, _ query: String) throws {
    let script = """
      PGAPPNAME=holder psql "$(conninfo "$(database_of \(service.rawValue))")" -qAt -v ON_ERROR_STOP=1 \
        -c "BEGIN; \(query); SELECT pg_sleep(600)"
      """
    let session = Process()
    session.executableURL = Self.bash
    session.arguments = ["-c", withFunctions(script)]
    session.standardInput = FileHandle.nullDevice
    session.standardOutput = FileHandle.nullDevice
    try session.run()
    while try sql(service, "SELECT count(*) \(Self.holding)") != "1" {
      guard session.isRunning else {
        throw CommandFailed(command: script, status: session.terminationStatus, output: "the session ended")
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  /// Ends the session that holds locks.
  func release(_ service: ServiceName) throws {
    _ = try sql(service, "SELECT pg_terminate_backend(pid) \(Self.holding)")
  }

  private static let holding = "FROM pg_stat_activity WHERE application_name = 'holder' AND wait_event = 'PgSleep'"

  private static func run(_ executable: URL, _ arguments: [String], environment: [String: String] = [:]) throws
    -> String
  {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: "callout-\(UUID()).err")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let complaint = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
      throw CommandFailed(
        command: ([executable.lastPathComponent] + arguments).joined(separator: " "), status: process.terminationStatus,
        output: printed + complaint)
    }
    return printed
  }
}

/// A command that the test needed ended with another status than 0.
struct CommandFailed: Error, CustomStringConvertible {
  let command: String
  let status: Int32
  let output: String
  var description: String { "exit status \(status): \(command)\n\(output)" }
}
