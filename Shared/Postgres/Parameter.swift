/// One parameter of a statement: a type and a value in PostgreSQL's binary format, or NULL.
///
/// A value that its type cannot hold (an instant beyond PostgreSQL's calendar, more bytes than
/// ``PostgresLimits/parameterBytesMaximum``) is kept as a flaw, and running the statement is refused as misuse.
public struct Parameter: Sendable {
  /// The declared type.
  public let type: PostgresType
  /// The value in the binary format, nil for NULL.
  public let bytes: [UInt8]?
  /// Why the value cannot be sent, if so.
  let flaw: String?

  /// A value that the caller has encoded in the binary format of `type`, nil for NULL.
  public init(type: PostgresType, bytes: [UInt8]?) {
    self.init(type: type, bytes: bytes, flaw: nil)
  }

  init(type: PostgresType, bytes: [UInt8]?, flaw: String?) {
    self.type = type
    self.bytes = bytes
    if flaw == nil, let bytes, bytes.count > PostgresLimits.parameterBytesMaximum {
      self.flaw = "\(bytes.count) bytes of \(type); at most \(PostgresLimits.parameterBytesMaximum) are sent"
    } else {
      self.flaw = flaw
    }
  }

  /// NULL of a type.
  public static func null(_ type: PostgresType) -> Parameter {
    Parameter(type: type, bytes: nil)
  }

  /// `boolean`.
  public static func bool(_ value: Bool?) -> Parameter {
    Parameter(type: .bool, bytes: value.map { [$0 ? 1 : 0] })
  }

  /// `smallint`.
  public static func int16(_ value: Int16?) -> Parameter {
    Parameter(type: .int2, bytes: value.map(bigEndianBytes))
  }

  /// `integer`.
  public static func int32(_ value: Int32?) -> Parameter {
    Parameter(type: .int4, bytes: value.map(bigEndianBytes))
  }

  /// `bigint`.
  public static func int64(_ value: Int64?) -> Parameter {
    Parameter(type: .int8, bytes: value.map(bigEndianBytes))
  }

  /// `text`. The server refuses a text that contains the character NUL.
  public static func text(_ value: String?) -> Parameter {
    Parameter(type: .text, bytes: value.map { Array($0.utf8) })
  }

  /// `bytea`.
  public static func bytea(_ value: [UInt8]?) -> Parameter {
    Parameter(type: .bytea, bytes: value)
  }

  /// `uuid`.
  public static func uuid(_ value: PostgresUUID?) -> Parameter {
    Parameter(type: .uuid, bytes: value.map { bigEndianBytes($0.high) + bigEndianBytes($0.low) })
  }

  /// `timestamptz`, given in milliseconds since 1970-01-01T00:00:00Z.
  public static func timestamp(milliseconds value: Int64?) -> Parameter {
    guard let value else { return null(.timestamptz) }
    guard let microseconds = PostgresTime.microseconds(unixMilliseconds: value) else {
      return Parameter(type: .timestamptz, bytes: nil, flaw: PostgresTime.timestampFlaw)
    }
    return Parameter(type: .timestamptz, bytes: bigEndianBytes(microseconds))
  }

  /// `date`, given in days since 1970-01-01.
  public static func date(days value: Int32?) -> Parameter {
    guard let value else { return null(.date) }
    guard let days = PostgresTime.days(unixDays: value) else {
      return Parameter(type: .date, bytes: nil, flaw: PostgresTime.dateFlaw)
    }
    return Parameter(type: .date, bytes: bigEndianBytes(days))
  }

  /// `jsonb`, given as JSON text; the server checks it.
  public static func jsonb(_ value: String?) -> Parameter {
    Parameter(type: .jsonb, bytes: value.map { [jsonbVersion] + Array($0.utf8) })
  }
}

/// The first byte of the binary format of `jsonb`; there is no other version.
let jsonbVersion: UInt8 = 1

private func bigEndianBytes(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.bigEndian) { Array($0) }
}

/// The way between Unix time and PostgreSQL's, whose epoch is 2000-01-01.
enum PostgresTime {
  /// Days from 1970-01-01 to 2000-01-01.
  static let epochDays: Int32 = 10_957
  /// Milliseconds from 1970-01-01 to 2000-01-01.
  static let epochMilliseconds: Int64 = 946_684_800_000
  static let timestampFlaw = "an instant beyond the range of timestamptz"
  static let dateFlaw = "a day beyond the range of date"

  /// Microseconds since 2000, or nil out of range. The two extremes are PostgreSQL's infinities, hence not instants.
  static func microseconds(unixMilliseconds: Int64) -> Int64? {
    let (shifted, low) = unixMilliseconds.subtractingReportingOverflow(epochMilliseconds)
    let (scaled, high) = shifted.multipliedReportingOverflow(by: 1_000)
    return low || high ? nil : scaled
  }

  /// Milliseconds since 1970, what is finer being dropped towards the past; nil for the infinities.
  static func unixMilliseconds(microseconds: Int64) -> Int64? {
    guard microseconds != .max, microseconds != .min else { return nil }
    let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000)
    return quotient - (remainder < 0 ? 1 : 0) + epochMilliseconds
  }

  /// Days since 2000, or nil out of range.
  static func days(unixDays: Int32) -> Int32? {
    let (days, overflow) = unixDays.subtractingReportingOverflow(epochDays)
    return overflow || days == .min ? nil : days
  }

  /// Days since 1970, or nil for the infinities and beyond the range.
  static func unixDays(days: Int32) -> Int32? {
    guard days != .max, days != .min else { return nil }
    let (unix, overflow) = days.addingReportingOverflow(epochDays)
    return overflow ? nil : unix
  }
}
