import Foundation
public import Policy
import Synchronization

/// The system's time zone files.
public enum SystemZones {
  private static let known = Mutex<[String: TimeZoneRules]>([:])

  /// The civil time of a zone, read from the system once a process; nil if the system has no such zone. It may read a
  /// file: call it where blocking is allowed, such as in a lane.
  public static func rules(_ name: String) -> TimeZoneRules? {
    if let rules = known.withLock({ $0[name] }) { return rules }
    guard let bytes = try? load(name), let rules = try? TimeZoneRules(name: name, tzif: bytes) else { return nil }
    known.withLock { $0[name] = rules }
    return rules
  }

  /// Where they stand.
  static let folder = "/usr/share/zoneinfo"
  /// The longest file that is read, in bytes.
  static let byteCountMax = 1 << 20

  /// The bytes of a zone's TZif file. `name` is a zone's, such as `Asia/Singapore`; the reader of plans has checked that it
  /// is no path that leads elsewhere, and so does this.
  static func load(_ name: String) throws -> [UInt8] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".." && part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    }
    guard isName, let handle = FileHandle(forReadingAtPath: "\(folder)/\(name)") else {
      throw ZoneMissing(name: name)
    }
    defer { try? handle.close() }
    return Array(try handle.read(upToCount: byteCountMax) ?? Data())
  }
}

/// The system has no zone of that name.
struct ZoneMissing: Error, CustomStringConvertible {
  let name: String
  var description: String { "the system has no time zone \(name) under \(SystemZones.folder)" }
}
