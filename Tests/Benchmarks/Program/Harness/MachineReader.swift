import BenchmarkReport
import Foundation

extension Machine {
  /// The machine, PostgreSQL and the checkout as they are now.
  static func now(_ installation: Installation, configuration: String) throws -> Machine {
    func field(_ file: String, _ name: String) -> String? {
      let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
      let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
      return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    }
    func said(_ arguments: String...) -> String? {
      try? installation.run("/usr/bin/env", arguments).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    let memory = field("/proc/meminfo", "MemTotal")?.split(separator: " ").first.flatMap { Int($0) } ?? 0
    let load = (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first
    let git = ["git", "-C", installation.root]
    let commit = said(git[0], git[1], git[2], "rev-parse", "--short=12", "HEAD")
    let changed = said(git[0], git[1], git[2], "status", "--porcelain", "--untracked-files=no") ?? ""
    let database = try PeerConnection(installation.conninfo, database: "postgres")
    let settings = try database.run(
      """
      select name, current_setting(name) from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit',
        'full_page_writes', 'shared_buffers', 'max_wal_size', 'wal_compression', 'checkpoint_timeout', 'wal_level',
        'wal_sync_method', 'max_connections', 'autovacuum')
      """)
    return Machine(
      processor: field("/proc/cpuinfo", "model name") ?? "unknown", cores: ProcessInfo.processInfo.activeProcessorCount,
      memoryMiB: memory / 1024, kernel: said("uname", "-sr") ?? "unknown", loadBefore: load.flatMap { Double($0) } ?? 0,
      configuration: configuration, commit: commit.map { $0 + (changed.isEmpty ? "" : " changed") } ?? "unknown",
      date: Date().formatted(.iso8601),
      postgres: Dictionary(settings.map { ($0[0] ?? "", $0[1] ?? "") }) { first, _ in first })
  }
}
