import Policy
import Testing

@Suite("Working time")
struct CalendarTests {
  static func calendar(_ hours: [Weekday: [(String, String)]], zone: TimeZoneRules = .utc) throws -> WorkCalendar {
    let spans = try hours.mapValues { try $0.map { try #require(span($0)) } }
    return try #require(WorkCalendar(name: "desk", zone: zone, hours: spans, holidays: [:]))
  }

  static func span(_ ends: (String, String)) -> WorkCalendar.Hours? {
    guard let opens = CivilTime(ends.0), let closes = CivilTime(ends.1) else { return nil }
    return WorkCalendar.Hours(opens: opens, closes: closes)
  }

  @Test("Intervals are half-open, to the millisecond")
  func halfOpen() throws {
    let office = try #require(try Samples.flexi().calendars["office"])
    let close = Samples.sgt("2026-03-05 18:00")
    #expect(office.isOpen(at: close - .milliseconds(1)))
    #expect(!office.isOpen(at: close))
    #expect(office.closing(at: close - .milliseconds(1)) == close)
    #expect(office.nextOpen(from: close) == Samples.sgt("2026-03-06 09:00"))
    #expect(office.nextOpen(from: close - .milliseconds(1)) == close - .milliseconds(1))
    #expect(office.due(from: close, after: .milliseconds(1)) == Samples.sgt("2026-03-06 09:00") + .milliseconds(1))
  }

  @Test("Open time is additive, and a due time is the first instant by which it has passed")
  func agreement() throws {
    let office = try #require(try Samples.flexi().calendars["office"])
    var seeded = Seeded(3)
    let start = Samples.sgt("2026-01-01 00:00")
    for _ in 0..<2000 {
      let from = start + .minutes(Int64(seeded.below(500_000)))
      let span = TimeSpan.minutes(Int64(1 + seeded.below(10_000)))
      let due = try #require(office.due(from: from, after: span))
      #expect(office.openTime(from: from, to: due) == span)
      #expect(office.openTime(from: from, to: due - .milliseconds(1)) < span)
      let middle = from + .minutes(Int64(seeded.below(10_000)))
      if middle < due {
        #expect(office.openTime(from: from, to: middle) + office.openTime(from: middle, to: due) == span)
      }
      #expect(office.start(before: due, by: span).map { office.openTime(from: $0, to: due) } == span)
    }
  }

  @Test("What why counts is the open time")
  func whyAgrees() throws {
    let office = try #require(try Samples.flexi().calendars["office"])
    let (from, to) = (Samples.sgt("2026-02-13 10:30"), Samples.sgt("2026-03-02 12:15"))
    let counted = office.why(from: from, to: to).filter(\.isCounted).reduce(TimeSpan.zero) { $0 + ($1.to - $1.from) }
    #expect(counted == office.openTime(from: from, to: to))
    #expect(office.why(from: from, to: Samples.sgt("2060-01-01 00:00")).count == WorkCalendar.maximumStretches)
  }

  @Test("F22: working days are counted from the day after, over weekends and holidays")
  func workingDays() throws {
    let office = try #require(try Samples.flexi().calendars["office"])
    for (from, count, expected) in [
      ("2026-03-05", 3, "2026-03-10"), ("2026-04-02", 3, "2026-04-08"), ("2026-03-07", 1, "2026-03-09"),
      ("2026-02-13", 3, "2026-02-20"), ("2026-03-05", 0, "2026-03-05"),
    ] {
      #expect(office.workingDay(count, after: try #require(CivilDate(from)))?.description == expected)
    }
  }

  @Test("A day on which clocks go forward is shorter, one on which they go back longer")
  func clockChanges() throws {
    let night = try Self.calendar([.sunday: [("00:00", "06:00")]], zone: Samples.zone("Europe/London"))
    func hours(_ date: String) throws -> Int64 {
      let day = try #require(CivilDate(date))
      let zone = night.zone
      return night.openTime(from: zone.startOfDay(day), to: zone.startOfDay(day.adding(days: 1))).wholeMinutes / 60
    }
    #expect(try hours("2026-03-22") == 6)
    #expect(try hours("2026-03-29") == 5)
    #expect(try hours("2026-10-25") == 7)
  }

  @Test("A span that clocks skip whole is not open that day")
  func swallowed() throws {
    let zone = try Samples.zone("Europe/London")
    let early = try Self.calendar([.sunday: [("01:15", "01:45")]], zone: zone)
    let day = try #require(CivilDate("2026-03-29"))
    #expect(early.openTime(from: zone.startOfDay(day), to: zone.startOfDay(day.adding(days: 1))) == .zero)
  }

  @Test("A desk that never closes counts every minute")
  func always() throws {
    let always = WorkCalendar.always(name: "always", zone: try Samples.zone("Asia/Singapore"))
    let from = Samples.sgt("2026-08-09 23:50")
    #expect(always.due(from: from, after: .minutes(15)) == Samples.sgt("2026-08-10 00:05"))
    #expect(always.isWorkingDay(try #require(CivilDate("2026-08-09"))))
    #expect(always.why(from: from, to: from + .hours(72)).map(\.reason) == ["always open"])
  }

  @Test("Hours that meet are one stretch; hours that overlap are no calendar, nor are none at all")
  func construction() throws {
    let joined = try Self.calendar([.monday: [("13:00", "18:00"), ("09:00", "13:00")]])
    let monday = try #require(Instant("2026-03-02T09:00:00Z"))
    #expect(joined.closing(at: monday) == monday + .hours(9))
    let overlap = [Self.span(("09:00", "13:00")), Self.span(("12:59", "18:00"))].compactMap { $0 }
    #expect(WorkCalendar(name: "x", zone: .utc, hours: [.monday: overlap], holidays: [:]) == nil)
    #expect(WorkCalendar(name: "x", zone: .utc, hours: [:], holidays: [:]) == nil)
    #expect(Self.span(("18:00", "09:00")) == nil)
    #expect(Self.span(("09:00", "09:00")) == nil)
  }

  @Test("Beyond the compiled years nothing is open, and there is no due time")
  func bounds() throws {
    let office = try #require(try Samples.flexi().calendars["office"])
    for instant in [Instant.earliest, .latest, Samples.sgt("2100-01-01 10:00")] {
      #expect(!office.isOpen(at: instant))
      #expect(office.due(from: instant, after: .hours(4)) == nil)
    }
    #expect(office.due(from: Samples.sgt("2099-12-31 17:00"), after: .hours(4)) == nil)
    #expect(office.openTime(from: .earliest, to: .latest) > .zero)
  }
}
