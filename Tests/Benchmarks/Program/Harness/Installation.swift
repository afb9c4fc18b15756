import CalloutClient
import Foundation
import Policy
import Wire

/// The running stack that `scripts/bench` made.
struct Installation: Sendable {
  /// Where its identities, settings and process ids are.
  let folder: String
  let firstPort: Int
  /// A superuser's conninfo without a database's name; the password is in the environment.
  let conninfo: String
  /// PostgreSQL's first process.
  let postmaster: Int
  /// The checkout.
  let root: String

  /// The database of a service.
  func database(_ service: ServiceName) -> String { "callout_bench_\(service.rawValue)" }

  var servicePIDs: [Int] {
    ServiceName.allCases.compactMap { service in
      let text = try? String(contentsOfFile: "\(folder)/run/\(service.rawValue).pid", encoding: .utf8)
      return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
  }

  /// A client with an identity that was issued: `operator`, or `<tenant>-<role>-<role>`.
  func client(_ identity: String, tenant: TenantID?) throws -> CalloutClient {
    func address(_ offset: Int) throws -> [ServiceAddress] {
      guard let address = ServiceAddress(host: "127.0.0.1", port: firstPort + offset) else { throw BenchError.port }
      return [address]
    }
    return try CalloutClient(
      configuration: CalloutConfiguration(
        addresses: [.intake: address(0), .ledger: address(1), .notifier: address(2)], domain: "callout.test",
        certificate: "\(folder)/certs/\(identity).pem", key: "\(folder)/certs/\(identity).key",
        trust: "\(folder)/certs/ca.pem", tenant: tenant))
  }

  /// A client in a tenant's role, whose identity is issued unless there is one.
  func client(_ role: String, of tenant: TenantID) throws -> CalloutClient {
    let identity = "\(tenant)-\(role)-\(role)"
    if !FileManager.default.fileExists(atPath: "\(folder)/certs/\(identity).pem") {
      try run("\(root)/scripts/certs", ["tenant", "\(tenant)", role, role])
    }
    return try client(identity, tenant: tenant)
  }

  /// Runs a program to its end; returns what it printed.
  @discardableResult
  func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["CALLOUT_CERTS": "\(folder)/certs"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    // A task's thread blocks all signals, and what it starts inherits that; pgbench is stopped by one.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError.command(([program] + arguments).joined(separator: " "), process.terminationStatus)
    }
    return printed
  }

  /// Stops the three services as an operator would, and starts them again.
  func restartServices() throws {
    // What outlives the script must not keep the socket by which Foundation learns that the script has ended.
    let script = #"""
      . "$1/scripts/environment"; . "$1/scripts/stack"; use_stack bench "$2"; stop_services
      (for fd in /proc/self/fd/*; do fd=${fd##*/}; if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi; done; start_services)
      """#
    try run("/bin/bash", ["-c", script, "restart", root, "\(firstPort)"])
  }

  /// Makes a database with all that a service's has now.
  func copy(_ service: ServiceName, as name: String) throws {
    let server = try PeerConnection(conninfo, database: "postgres")
    try server.run("drop database if exists \(name) with (force)")
    try server.run("create database \(name)")
    try run(
      "/bin/bash",
      [
        "-c", #"set -o pipefail; pg_dump "$1 dbname=$2" | psql -qX -o /dev/null -v ON_ERROR_STOP=1 "$1 dbname=$3""#,
        "copy",
        conninfo, database(service), name,
      ])
    try PeerConnection(conninfo, database: name).run("vacuum analyze")
  }
}

/// Why a benchmark cannot go on.
enum BenchError: Error {
  case port
  case command(String, Int32)
  case postgres(String)
  case population(String)
  case pgbench(String)
}
