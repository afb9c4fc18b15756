import CalloutClient
import Foundation
import Policy
import Wire

/// The running stack that `scripts/bench` made.
struct Installation: Sendable {
  /// The identities' trust domain.
  static let domain = "callout.test"

  /// Where its identities, settings and process ids are.
  let folder: String
  let firstPort: Int
  /// A superuser's conninfo without a database's name; the password is in the environment.
  let conninfo: String
  /// PostgreSQL's first process.
  let postmaster: Int
  /// The checkout.
  let root: String
  /// Where the services' programs are.
  let binaries: String

  /// The database of a service.
  func database(_ service: ServiceName) -> String { "callout_bench_\(service.rawValue)" }

  /// The port where a service takes connections.
  func port(_ service: ServiceName) -> Int {
    switch service {
    case .intake: firstPort
    case .ledger: firstPort + 1
    case .notifier: firstPort + 2
    }
  }

  /// The port where a service says if it is ready.
  func opsPort(_ service: ServiceName) -> Int { port(service) + 10 }

  /// The process of a service; nil if none was started.
  func pid(_ service: ServiceName) -> Int? {
    let text = try? String(contentsOfFile: "\(folder)/run/\(service.rawValue).pid", encoding: .utf8)
    return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
  }

  var servicePIDs: [Int] { ServiceName.allCases.compactMap { pid($0) } }

  /// The files of an identity that was issued: `operator`, or `<tenant>-<role>-<role>`.
  func identity(_ name: String) -> Identity {
    Identity(
      certificate: "\(folder)/certs/\(name).pem", key: "\(folder)/certs/\(name).key", trust: "\(folder)/certs/ca.pem")
  }

  /// A client with an identity that was issued.
  func client(_ identity: Identity, tenant: TenantID?, connections: Int = 1) throws -> CalloutClient {
    let addresses = try ServiceName.allCases.map { service in
      guard let address = ServiceAddress(host: "127.0.0.1", port: port(service)) else { throw BenchError.port }
      return (service, [address])
    }
    var configuration = CalloutConfiguration(
      addresses: Dictionary(uniqueKeysWithValues: addresses), domain: Self.domain, certificate: identity.certificate,
      key: identity.key, trust: identity.trust, tenant: tenant)
    configuration.name = "callout-bench"
    configuration.connectionsPerAddress = connections
    return try CalloutClient(configuration: configuration)
  }

  /// Stops services as an operator would.
  func stop(_ services: [ServiceName] = ServiceName.allCases) throws {
    try stack("stop_services", services)
  }

  /// Starts services and waits until they are ready; `environment` wins over their settings' files.
  func start(_ services: [ServiceName] = ServiceName.allCases, environment: [String: String] = [:]) throws {
    // What outlives the script must not keep the socket by which Foundation learns that the script has ended.
    try stack(
      #"(for fd in /proc/self/fd/*; do fd=${fd##*/}; if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi; done; start_services)"#,
      services, environment: environment)
  }

  /// Both.
  func restart(_ services: [ServiceName] = ServiceName.allCases, environment: [String: String] = [:]) throws {
    try stop(services)
    try start(services, environment: environment)
  }

  /// Runs a line with what `scripts/stack` has, for some of the services.
  private func stack(_ line: String, _ services: [ServiceName], environment: [String: String] = [:]) throws {
    let script = """
      root=$1 port=$2; shift 2; . "$root/scripts/environment"; . "$root/scripts/stack"; use_stack bench "$port"
      services=("$@"); \(line)
      """
    try run(
      "/bin/bash", ["-c", script, "stack", root, "\(firstPort)"] + services.map(\.rawValue), environment: environment)
  }

  /// Makes a database with all that a service's has now. Nobody may be using the service's.
  func copy(_ service: ServiceName, as name: String) throws { try copy(database(service), as: name, of: service) }

  /// The same from another database of the service.
  func copy(_ template: String, as name: String, of service: ServiceName) throws {
    let server = try PeerConnection(conninfo, database: "postgres")
    try server.run("drop database if exists \(name) with (force)")
    try server.run(
      "create database \(name) template \(template) owner \(database(service))_owner strategy file_copy")
  }

  /// The settings by which a service uses another database than its own.
  func using(_ name: String, for service: ServiceName) -> [String: String] {
    // The service's own file has the socket.
    let host = conninfo.split(separator: " ").first { $0.hasPrefix("host=") } ?? ""
    return [
      "CALLOUT_DATABASE_CONNINFO": "\(host) dbname=\(name) user=\(database(service))_service",
      "CALLOUT_DATABASE_OWNER_CONNINFO": "\(host) dbname=\(name) user=\(database(service))_owner",
    ]
  }
}

/// Why a benchmark cannot go on.
enum BenchError: Error {
  case port
  case command(String, Int32)
  case postgres(String)
  case pgbench(String)
  case process(String)
  case refused(String)
  case late(String)
}
