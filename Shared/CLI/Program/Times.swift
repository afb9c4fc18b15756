import CalloutClient
import Policy

/// Reads the system's time zone files.
enum ZoneFiles {
  /// Where they are, unless the command says otherwise.
  static let directory = "/usr/share/zoneinfo"

  /// The bytes of a zone's TZif file.
  static func loader(_ directory: String = directory) -> ZoneLoader {
    { name in
      // The name becomes part of a path.
      guard TimeZoneRules.isZoneName(name) else { throw CommandFailure(.usage, "\(name) is no name of a time zone.") }
      return try Surface.current.read("\(directory)/\(name)", byteCountMax: 1_048_576)
    }
  }

  /// A zone's rules.
  static func load(_ name: String, directory: String = directory) throws -> TimeZoneRules {
    if name == "UTC" { return .utc }
    let bytes: [UInt8]
    do { bytes = try loader(directory)(name) } catch {
      throw CommandFailure(.usage, "There is no time zone \(name) in \(directory).")
    }
    do { return try TimeZoneRules(name: name, tzif: bytes) } catch {
      throw CommandFailure(.usage, "The time zone file of \(name) cannot be used: \(error).")
    }
  }
}

/// Times as people read and write them: ISO 8601, and with a zone its civil time too.
struct CivilReading: Sendable {
  /// Nil: UTC, and no civil time is read.
  let zone: TimeZoneRules?

  /// Reads `2026-03-02T09:00:00+08:00`, and with a zone also `2026-03-02 09:00`. Nil for anything else, and for a civil
  /// time that a clock change skips.
  func instant(_ text: String) -> Instant? {
    if let instant = Instant(text) { return instant }
    guard let zone else { return nil }
    let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard (1...2).contains(parts.count), let date = CivilDate(String(parts[0])),
      let time = parts.count == 1 ? CivilTime.midnight : CivilTime(String(parts[1]))
    else { return nil }
    switch zone.resolve(CivilDateTime(date: date, time: time)) {
    case .unique(let instant), .fold(let instant, _): return instant
    case .gap: return nil
    }
  }

  /// ISO 8601 with the zone's offset, or in UTC.
  func text(_ instant: Instant) -> String {
    guard let zone else { return instant.description }
    let east = zone.secondsEast(at: instant)
    let civil = Instant(milliseconds: instant.milliseconds + Int64(east) * 1000).description.dropLast()
    let minutes = abs(east) / 60
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(civil)\(east < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// Civil time of day with seconds, `03:09:59`, which always has the same length.
  func clock(_ instant: Instant) -> String {
    let time = (zone ?? .utc).civil(instant).time.millisecondOfDay / 1_000
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60))"
  }

  /// Civil date and time of day, for people.
  func civil(_ instant: Instant) -> String { (zone ?? .utc).civil(instant).description }

  var coding: MessageCoding {
    let copy = self
    return MessageCoding(
      instant: { copy.instant($0) }, instantText: { copy.text($0) },
      instantForm:
        "an instant such as 2026-08-03T09:00:00+08:00, or \(zone == nil ? "with --zone " : "")a civil time such as "
        + "2026-08-03 09:00,")
  }
}
