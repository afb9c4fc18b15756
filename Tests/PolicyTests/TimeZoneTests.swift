import Foundation
import Policy
import Testing

@Suite("Zones read from the system's files")
struct TimeZoneTests {
  @Test(
    "Offsets follow the file, and after its last change the rule at its end",
    arguments: [
      ("Asia/Singapore", "2026-03-05T00:00:00Z", 8 * 3600), ("Asia/Singapore", "1981-12-31T15:59:59Z", 7 * 3600 + 1800),
      ("Asia/Singapore", "1981-12-31T16:00:00Z", 8 * 3600), ("Asia/Singapore", "9000-06-01T00:00:00Z", 8 * 3600),
      ("Europe/London", "2026-03-29T00:59:59Z", 0), ("Europe/London", "2026-03-29T01:00:00Z", 3600),
      ("Europe/London", "2026-10-25T00:59:59Z", 3600), ("Europe/London", "2026-10-25T01:00:00Z", 0),
      // The United States' rule: second Sunday of March to first Sunday of November, at 02:00.
      ("America/New_York", "2038-03-14T06:59:59Z", -5 * 3600), ("America/New_York", "2038-03-14T07:00:00Z", -4 * 3600),
      ("America/New_York", "2038-11-07T05:59:59Z", -4 * 3600), ("America/New_York", "2038-11-07T06:00:00Z", -5 * 3600),
      ("America/New_York", "2500-03-14T06:59:59Z", -5 * 3600), ("America/New_York", "2500-03-14T07:00:00Z", -4 * 3600),
      ("Australia/Sydney", "2077-01-15T00:00:00Z", 11 * 3600), ("Australia/Sydney", "2200-07-15T00:00:00Z", 10 * 3600),
      ("UTC", "2026-03-05T00:00:00Z", 0),
    ])
  func offsets(zone: String, at: String, seconds: Int) throws {
    let instant = try #require(Instant(at))
    #expect(try Samples.zone(zone).secondsEast(at: instant) == seconds)
  }

  func resolve(_ zone: String, _ date: String, _ time: String) throws -> TimeZoneRules.Resolution {
    let civil = CivilDateTime(date: try #require(CivilDate(date)), time: try #require(CivilTime(time)))
    return try Samples.zone(zone).resolve(civil)
  }

  @Test("A civil time that clocks skip is a gap, which resumes where they land")
  func gap() throws {
    let resumes = try #require(Instant("2026-03-29T01:00:00Z"))
    #expect(try resolve("Europe/London", "2026-03-29", "01:30") == .gap(resumes: resumes))
    #expect(try resolve("Europe/London", "2026-03-29", "01:00") == .gap(resumes: resumes))
    #expect(try resolve("Europe/London", "2026-03-29", "02:00") == .unique(resumes))
    let later = try #require(Instant("2500-03-14T07:00:00Z"))
    #expect(try resolve("America/New_York", "2500-03-14", "02:30") == .gap(resumes: later))
  }

  @Test("A civil time that clocks repeat is a fold of two instants")
  func fold() throws {
    let first = try #require(Instant("2026-10-25T00:30:00Z"))
    let second = try #require(Instant("2026-10-25T01:30:00Z"))
    #expect(try resolve("Europe/London", "2026-10-25", "01:30") == .fold(first: first, second: second))
    #expect(try resolve("Europe/London", "2026-10-25", "01:30").earliest == first)
    #expect(try resolve("Europe/London", "2026-10-25", "02:00") == .unique(second + .minutes(30)))
  }

  @Test(
    "Every instant of a year goes to civil time and back",
    arguments: ["Europe/London", "Asia/Singapore", "Pacific/Apia"])
  func roundTrip(zone: String) throws {
    let rules = try Samples.zone(zone)
    var instant = try #require(Instant("2011-01-01T00:00:00Z"))
    for _ in 0..<(366 * 8) {
      let answers: [Instant]
      switch rules.resolve(rules.civil(instant)) {
      case .unique(let only): answers = [only]
      case .fold(let first, let second): answers = [first, second]
      case .gap: answers = []
      }
      #expect(answers.contains(instant), "\(instant)")
      instant = instant + .hours(3)
    }
  }

  @Test(
    "A name that could leave the zone folder is refused",
    arguments: ["", "../etc/passwd", "/etc/passwd", "Asia/../x", "Asia//x", "a b", "Asia/", ".", "zoné", "-x"])
  func names(name: String) throws {
    #expect(!TimeZoneRules.isZoneName(name))
    let bytes = try Samples.zones("UTC")
    #expect(throws: TZifError.name(name)) { try TimeZoneRules(name: name, tzif: bytes) }
  }

  @Test("Names in use are accepted", arguments: ["UTC", "Asia/Singapore", "America/Argentina/La_Rioja", "Etc/GMT+8"])
  func goodNames(name: String) { #expect(TimeZoneRules.isZoneName(name)) }

  @Test("A file cut at any length is refused, never trapped on")
  func truncated() throws {
    let bytes = try Samples.zones("Europe/London")
    for length in 0..<bytes.count {
      #expect(throws: TZifError.self) { try TimeZoneRules(name: "X", tzif: Array(bytes.prefix(length))) }
    }
  }

  @Test("Damaged files are read or refused, never trapped on", arguments: [1, 2, 3, 4] as [UInt64])
  func damaged(seed: UInt64) throws {
    var seeded = Seeded(seed)
    let names = ["Europe/London", "Asia/Singapore", "America/New_York", "Africa/Casablanca"]
    let files = try names.map { try Samples.zones($0) }
    let probes = ["0001-01-01T00:00:00Z", "2026-03-29T01:00:00Z", "9999-12-31T23:59:59Z"].compactMap { Instant($0) }
    var read = 0
    for _ in 0..<400 {
      guard let rules = try? TimeZoneRules(name: "X", tzif: seeded.mutated(files[seeded.below(files.count)]))
      else { continue }
      read += 1
      for probe in probes { _ = rules.resolve(rules.civil(probe)) }
    }
    #expect(read > 0)
  }
}
