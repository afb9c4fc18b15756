import BenchmarkReport
import Foundation

extension ProcessorTime {
  /// What was used so far. Of PostgreSQL's backends those are included that have exited.
  ///
  /// - Parameter services: The processes that serve; nil: the three services.
  static func now(of installation: Installation, services: [Int]?) -> ProcessorTime {
    var own = rusage()
    var children = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &children)
    let postmaster = installation.postmaster
    let server =
      (ProcessStat(postmaster)?.withExitedChildren ?? 0)
      + ProcessStat.all().filter { $0.parent == postmaster }.reduce(0) { $0 + $1.own }
    return ProcessorTime(
      client: own.seconds + children.seconds,
      services: (services ?? installation.servicePIDs).reduce(0) { $0 + (ProcessStat($1)?.own ?? 0) },
      postgres: server)
  }
}

extension rusage {
  fileprivate var seconds: Double {
    Double(ru_utime.tv_sec + ru_stime.tv_sec) + Double(ru_utime.tv_usec + ru_stime.tv_usec) / 1e6
  }
}

/// What `/proc/PID/stat` says of a process.
private struct ProcessStat {
  let parent: Int
  /// Seconds of processor time.
  let own: Double
  /// The same, with that of children that have exited.
  let withExitedChildren: Double

  init?(_ pid: Int) {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    // After the name, which may hold anything: state, parent, …; user and system time, own and of exited children.
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 14, let parent = Int(fields[1]) else { return nil }
    let ticks = fields[11...14].map { Double($0) ?? 0 }
    let perSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    self.parent = parent
    own = (ticks[0] + ticks[1]) / perSecond
    withExitedChildren = own + (ticks[2] + ticks[3]) / perSecond
  }

  static func all() -> [ProcessStat] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int($0) }.compactMap { ProcessStat($0) }
  }
}

/// Memory of a process in KiB, as `/proc/PID/status` tells it.
struct ProcessMemory {
  /// What lies in memory now.
  let resident: Double
  /// The same without pages of files, such as the program itself.
  let anonymous: Double
  /// The most that lay in memory since the start, or since ``forgetPeak(of:)``.
  let peak: Double

  init(of pid: Int) throws {
    let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    func field(_ name: String) throws -> Double {
      guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("\(name):") }),
        let value = line.split(whereSeparator: \.isWhitespace).compactMap({ Double($0) }).first
      else { throw BenchError.process("/proc/\(pid)/status has no \(name)") }
      return value
    }
    resident = try field("VmRSS")
    anonymous = try field("RssAnon")
    peak = try field("VmHWM")
  }

  /// Lets the peak begin anew.
  static func forgetPeak(of pid: Int) throws {
    try Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/\(pid)/clear_refs"))
  }
}
