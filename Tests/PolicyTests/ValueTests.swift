import Policy
import Testing

@Suite("Values")
struct ValueTests {
  @Test(
    "Instants are read from and written as ISO 8601",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-21T16:17:16Z", 1_795_277_836_000),
      ("2026-11-21T16:17:16.123Z", 1_795_277_836_123), ("1969-12-31T23:59:59.999Z", -1),
      ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
    ] as [(String, Int64)])
  func instants(text: String, milliseconds: Int64) throws {
    let instant = try #require(Instant(text))
    #expect(instant.milliseconds == milliseconds)
    #expect(instant.description == text)
  }

  @Test("An offset and a finer fraction are understood")
  func offsets() {
    #expect(Instant("2026-11-22T00:17:16.5+08:00") == Instant("2026-11-21T16:17:16.500Z"))
    #expect(Instant("2026-11-21T10:47:16.123999-05:30") == Instant("2026-11-21T16:17:16.123Z"))
  }

  @Test(
    "What is no instant is refused",
    arguments: [
      "", "2026-11-21", "2026-11-21T16:17Z", "2026-11-21T16:17:16", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-11-21T24:00:00Z", "2026-11-21T16:17:60Z", "2026-11-21T16:17:16.Z", "2026-11-21T16:17:16.1234567890Z",
      "2026-11-21T16:17:16Z ", "0000-01-01T00:00:00Z", "2026-11-21t16:17:16z", "２026-11-21T16:17:16Z",
    ])
  func notInstants(text: String) { #expect(Instant(text) == nil) }

  @Test("Damaged instants are read or refused, never trapped on")
  func damaged() {
    var seeded = Seeded(7)
    let text = Array("2026-11-21T16:17:16.123+08:00".utf8)
    for _ in 0..<5000 {
      let changed = String(decoding: seeded.mutated(text), as: UTF8.self)
      if let instant = Instant(changed) { #expect(Instant(instant.description) == instant) }
      _ = TimeSpan(changed)
      _ = Money(changed)
      _ = CivilDate(changed)
      _ = TicketID(changed)
    }
  }

  @Test("An instant out of range is refused by a decoder and bounded elsewhere")
  func range() {
    #expect(Instant(validating: .max) == nil)
    #expect(Instant(validating: Instant.latest.milliseconds) == .latest)
    #expect(Instant(validating: Instant.latest.milliseconds + 1) == nil)
    #expect(Instant(milliseconds: .max) + .days(1) == .latest)
    #expect(Instant(milliseconds: .min) - .days(1) == .earliest)
  }

  @Test(
    "Spans are read and written as plans write them",
    arguments: [("3h", 180), ("90m", 90), ("2h30m", 150), ("0m", 0), ("2d", 2880), ("1d1h", 1500)] as [(String, Int64)])
  func spans(text: String, minutes: Int64) { #expect(TimeSpan(text) == .minutes(minutes)) }

  @Test(
    "What is no span is refused",
    arguments: ["", "3", "h", "3 h", "-3h", "3h3h", "30m2h", "3.5h", "99999999999999999999h", "3H"])
  func notSpans(text: String) { #expect(TimeSpan(text) == nil) }

  @Test("Days are counted as the calendar has them, over eight centuries")
  func dates() throws {
    var date = try #require(CivilDate("1800-01-01"))
    var expected = (year: 1800, month: 1, day: 1)
    var weekday = 2  // a Wednesday
    for _ in 0..<(366 * 800) {
      let parts = date.parts
      #expect(parts == expected)
      #expect(CivilDate(year: parts.year, month: parts.month, day: parts.day) == date)
      #expect(date.weekday.index == weekday)
      guard parts == expected else { return }
      weekday = (weekday + 1) % 7
      date = date.adding(days: 1)
      let leap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
      let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      expected.day += 1
      if expected.day > lengths[expected.month - 1] { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
  }

  @Test("Months and years end with the month's last day")
  func months() throws {
    let date = try #require(CivilDate("2028-01-31"))
    #expect(date.adding(months: 1).description == "2028-02-29")
    #expect(date.adding(months: -11).description == "2027-02-28")
    #expect(try #require(CivilDate("2028-02-29")).adding(years: 1).description == "2029-02-28")
  }

  @Test("Identifiers are 16 bytes of version 7, stamped, rising, and read back")
  func identifiers() throws {
    var source = IdentifierSource(seed: 1)
    let at = try #require(Instant("2026-11-21T16:17:16.123Z"))
    let ids: [TicketID] = (0..<10_000).map { _ in source.next(at: at) }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == 10_000)
    for id in ids.prefix(50) {
      #expect(id.high >> 16 == UInt64(at.milliseconds))
      #expect(id.high >> 12 & 0xf == 7)
      #expect(id.low >> 62 == 2)
      #expect(TicketID(id.description) == id)
      #expect(TicketID(bytes: id.bytes) == id)
    }
    var again = IdentifierSource(seed: 1)
    #expect(again.next(at: at) == ids[0])
    #expect(TicketID(bytes: [1, 2]) == nil)
    #expect(TicketID("0198C3A0-0000-7000-8000-000000000000") == nil)
    #expect(TicketID("0198c3a0-0000-7000-8000-000000000000")?.description == "0198c3a0-0000-7000-8000-000000000000")
  }

  @Test(
    "Money has its currency's decimals",
    arguments: [("SGD 600.00", 60_000), ("SGD 600", 60_000), ("JPY 600", 600), ("KWD 1.005", 1005)] as [(String, Int64)]
  )
  func money(text: String, minor: Int64) throws {
    let money = try #require(Money(text))
    #expect(money.minorUnits == minor)
    #expect(Money(money.description) == money)
  }

  @Test(
    "What is no money is refused",
    arguments: [
      "600", "SGD", "XXX 1.00", "SGD 1.0", "SGD 1.000", "JPY 1.0", "SGD -1.00", "SGD 9999999999999999.00", "sgd 1",
    ])
  func notMoney(text: String) { #expect(Money(text) == nil) }

  @Test("Amounts are whole and bounded")
  func amounts() {
    #expect(Amount(Amount.largest + 1) == nil)
    #expect(Amount(Amount.largest)?.adding(1) == nil)
    #expect(Amount(Amount.largest)?.times(2) == nil)
    #expect((600 as Amount).times(.max) == nil)
    #expect((600 as Amount) - 50 == 550)
  }
}
