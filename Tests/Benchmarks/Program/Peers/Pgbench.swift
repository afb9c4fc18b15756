import BenchmarkReport
import Foundation

/// PostgreSQL's own benchmark, on a database of its own.
struct Pgbench: Sendable {
  let installation: Installation
  let database: String

  /// A database with pgbench's own tables, fresh.
  static func make(_ bench: Bench) throws -> Pgbench {
    let peer = Pgbench(installation: bench.installation, database: "callout_bench_pgbench")
    let server = try PeerConnection(bench.installation.conninfo, database: "postgres")
    try server.run("drop database if exists \(peer.database) with (force)")
    try server.run("create database \(peer.database)")
    _ = try peer.pgbench(["-i", "-q", "-s", bench.settings.isQuick ? "1" : "20"])
    return peer
  }

  /// A contestant: the built-in script or file that `arguments` name, with as many clients.
  ///
  /// Statements are planned once: a script's own would be planned anew each time otherwise, which takes longer than they do.
  func contestant(_ name: String, clients: Int, _ arguments: [String]) -> Contestant {
    Contestant(name: name) { time in
      let seconds = max(1, Int(time.components.seconds))
      let folder = FileManager.default.temporaryDirectory.appending(path: "pgbench-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let printed = try pgbench(
        arguments + [
          "-n", "-M", "prepared", "-T", "\(seconds)", "-c", "\(clients)", "-j", "\(min(clients, 2))", "-l",
          "--log-prefix", folder.appending(path: "log").path,
        ])
      var milliseconds: [Float] = []
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          // client, number, microseconds, …
          if let time = line.split(separator: " ").dropFirst(2).first.flatMap({ Float($0) }) {
            milliseconds.append(time / 1000)
          }
        }
      }
      guard let tps = printed.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
        let rate = Double(tps.split(separator: " ")[2])
      else { throw BenchError.pgbench(printed) }
      let count = milliseconds.count
      return Run(operations: count, seconds: Double(count) / rate, milliseconds: milliseconds)
    }
  }

  private func pgbench(_ arguments: [String]) throws -> String {
    try installation.run(
      "/usr/lib/postgresql/15/bin/pgbench", arguments + ["\(installation.conninfo) dbname=\(database)"],
      environment: ["PGOPTIONS": "-c plan_cache_mode=force_generic_plan -c client_min_messages=warning"])
  }
}
