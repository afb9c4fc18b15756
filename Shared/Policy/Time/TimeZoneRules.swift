/// Reads a zone's TZif file by name (`Asia/Singapore`); the caller owns the file system. Names are checked before.
public typealias ZoneLoader = @Sendable (_ name: String) throws -> [UInt8]

/// How one zone's civil time follows UTC: read from a TZif file (RFC 9636, versions 1 to 4), far future included.
public struct TimeZoneRules: Hashable, Sendable {
  /// `Asia/Singapore`.
  public let name: String
  /// Seconds since the epoch at which the offset changes, rising.
  let transitions: [Int64]
  /// Seconds east of UTC from the transition of the same index on.
  let offsets: [Int32]
  /// Before the first transition.
  let firstOffset: Int32
  /// After the last transition; nil when the last offset stays.
  let footer: PosixZone?

  init(name: String, transitions: [Int64], offsets: [Int32], firstOffset: Int32, footer: PosixZone?) {
    self.name = name
    self.firstOffset = firstOffset
    self.footer = footer
    // The footer's changes of this century are listed like the others, so that they are found by binary search.
    let listed = transitions.last ?? CivilDate.days(year: 1900, month: 1, day: 1) * 86_400
    let spelled = footer?.changes(from: listed, to: CivilDate.days(year: 2101, month: 1, day: 1) * 86_400) ?? []
    self.transitions = transitions + spelled.map(\.at)
    self.offsets = offsets + spelled.map { Int32($0.offset) }
  }

  /// A zone that never changes; `name` is only shown.
  public static func fixed(_ name: String, secondsEast: Int32) -> TimeZoneRules {
    TimeZoneRules(name: name, transitions: [], offsets: [], firstOffset: secondsEast, footer: nil)
  }

  /// UTC itself.
  public static let utc = TimeZoneRules.fixed("UTC", secondsEast: 0)

  /// Whether `name` can name a zone: letters, digits, `+`, `-`, `_` in up to four parts between slashes, no part `.` or
  /// `..`, at most 64 characters. What passes is safe to append to a directory.
  public static func isZoneName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 64 else { return false }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count <= 4
      && parts.allSatisfy { part in
        part.utf8.first.map { $0 != UInt8(ascii: "-") } == true
          && part.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
              || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
          }
      }
  }

  /// Seconds east of UTC at `instant`.
  public func secondsEast(at instant: Instant) -> Int {
    offset(atSecond: instant.seconds)
  }

  /// The civil date and time at `instant`.
  public func civil(_ instant: Instant) -> CivilDateTime {
    let local = instant.milliseconds + Int64(secondsEast(at: instant)) * 1000
    let day = local.flooredQuotient(86_400_000)
    return CivilDateTime(
      date: CivilDate(daysSinceEpoch: day), time: CivilTime(millisecondOfDay: local - day * 86_400_000))
  }

  /// What a civil time is in UTC.
  public enum Resolution: Hashable, Sendable {
    /// Exactly one instant.
    case unique(Instant)
    /// Clocks were put back over it: it comes twice.
    case fold(first: Instant, second: Instant)
    /// Clocks were put forward over it: it never comes. `resumes` is when civil time goes on after the gap.
    case gap(resumes: Instant)

    /// The first instant that bears this civil time; in a gap, when time goes on after it.
    public var earliest: Instant {
      switch self {
      case .unique(let instant): instant
      case .fold(let first, _): first
      case .gap(let resumes): resumes
      }
    }
  }

  /// What `civil` is in UTC.
  public func resolve(_ civil: CivilDateTime) -> Resolution {
    let local = civil.date.daysSinceEpoch * 86_400_000 + civil.time.millisecondOfDay
    // Every offset in force within two days either side is a candidate; those that map back are the answers.
    let day: Int64 = 86_400
    let localSecond = local.flooredQuotient(1000)
    let index = transitions.upperBound(of: localSecond - 2 * day)
    let isSettled =
      index < transitions.count ? localSecond + 2 * day < transitions[index] : footer?.summer == nil
    if isSettled {
      let offset = self.offset(atSecond: localSecond - 2 * day)
      return .unique(Instant(milliseconds: local - Int64(offset) * 1000))
    }
    let before = offset(atSecond: localSecond - 2 * day)
    let after = offset(atSecond: localSecond + 2 * day)
    let between = changes(from: localSecond - 2 * day, to: localSecond + 2 * day)
    var found: [Int64] = []
    for offset in Set([before, after] + between.map(\.offset)) {
      let candidate = local - Int64(offset) * 1000
      if self.offset(atSecond: candidate.flooredQuotient(1000)) == offset { found.append(candidate) }
    }
    found.sort()
    if let first = found.first, let last = found.last {
      return first == last
        ? .unique(Instant(milliseconds: first))
        : .fold(first: Instant(milliseconds: first), second: Instant(milliseconds: last))
    }
    // In a gap: the change whose civil time jumps over it.
    for change in between where (change.at + Int64(change.offset)) * 1000 > local {
      return .gap(resumes: Instant(milliseconds: change.at * 1000))
    }
    return .gap(resumes: Instant(milliseconds: local - Int64(after) * 1000))
  }

  /// The first instant of `date` (where midnight is in a gap, when time goes on).
  public func startOfDay(_ date: CivilDate) -> Instant {
    resolve(CivilDateTime(date: date, time: .midnight)).earliest
  }

  /// The civil day that `instant` lies in.
  public func date(_ instant: Instant) -> CivilDate { civil(instant).date }

  func offset(atSecond second: Int64) -> Int {
    let index = transitions.upperBound(of: second)
    if index == transitions.count, let footer { return footer.offset(atSecond: second) }
    return Int(index == 0 ? firstOffset : offsets[index - 1])
  }

  /// The changes of offset in (from, to], rising.
  private func changes(from: Int64, to: Int64) -> [(at: Int64, offset: Int)] {
    var found: [(at: Int64, offset: Int)] = []
    var index = transitions.upperBound(of: from)
    while index < transitions.count, transitions[index] <= to {
      found.append((transitions[index], Int(offsets[index])))
      index += 1
    }
    if index == transitions.count, let footer {
      let last = transitions.last ?? .min
      found += footer.changes(from: max(from, last), to: to)
    }
    return found
  }
}
