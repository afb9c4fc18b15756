/// Why bytes are not a zone's rules.
public enum TZifError: Error, Hashable, Sendable {
  /// The name cannot name a zone.
  case name(String)
  /// The bytes do not start as a TZif file does.
  case notTZif
  /// The file ends early.
  case truncated
  /// A count or an index is outside what the file can hold.
  case inconsistent(String)
  /// The zone counts leap seconds, which UTC as computers keep it does not.
  case leapSeconds
  /// The rule at the end cannot be read.
  case footer(String)
}

extension TimeZoneRules {
  /// The most changes of offset that a file may list; the longest of today's lists some 240.
  static let maximumTransitions = 10_000

  /// Reads a TZif file (RFC 9636, versions 1 to 4): the 64-bit data and the footer where there are any.
  public init(name: String, tzif bytes: [UInt8]) throws(TZifError) {
    guard TimeZoneRules.isZoneName(name) else { throw .name(name) }
    var cursor = ByteCursor(bytes)
    var header = try TZifHeader(&cursor)
    var width = 4
    if header.version >= UInt8(ascii: "2") {
      guard cursor.skip(header.blockLength(timeWidth: 4)) else { throw .truncated }
      header = try TZifHeader(&cursor)
      width = 8
    }
    guard header.leaps == 0 else { throw .leapSeconds }
    guard (1...256).contains(header.types) else { throw .inconsistent("\(header.types) local time types") }
    guard header.times <= TimeZoneRules.maximumTransitions else { throw .inconsistent("\(header.times) transitions") }

    var transitions: [Int64] = []
    for _ in 0..<header.times {
      guard let time = cursor.integer(width: width) else { throw .truncated }
      if let last = transitions.last, last >= time { throw .inconsistent("transitions do not rise") }
      transitions.append(time)
    }
    guard let indexes = cursor.bytes(header.times) else { throw .truncated }
    var types: [Int32] = []
    for _ in 0..<header.types {
      guard let offset = cursor.integer(width: 4), cursor.skip(2) else { throw .truncated }
      guard (-89_999...93_599).contains(offset) else { throw .inconsistent("an offset of \(offset) seconds") }
      types.append(Int32(offset))
    }
    guard indexes.allSatisfy({ Int($0) < types.count }) else { throw .inconsistent("a type that is not there") }
    guard cursor.skip(header.tailLength(timeWidth: width)) else { throw .truncated }

    self.init(
      name: name, transitions: transitions, offsets: indexes.map { types[Int($0)] }, firstOffset: types[0],
      footer: width == 8 ? try TimeZoneRules.footer(&cursor) : nil)
  }

  private static func footer(_ cursor: inout ByteCursor) throws(TZifError) -> PosixZone? {
    guard cursor.byte() == UInt8(ascii: "\n"), let line = cursor.line(maximum: 128) else { throw .truncated }
    if line.isEmpty { return nil }
    let text = String(decoding: line, as: UTF8.self)
    guard let zone = PosixZone(text) else { throw .footer(text) }
    return zone
  }
}

/// The counts at the head of a TZif data block.
private struct TZifHeader {
  let version: UInt8
  let utcIndicators: Int
  let standardIndicators: Int
  let leaps: Int
  let times: Int
  let types: Int
  let characters: Int

  init(_ cursor: inout ByteCursor) throws(TZifError) {
    guard let magic = cursor.bytes(4) else { throw .truncated }
    guard magic == Array("TZif".utf8) else { throw .notTZif }
    guard let version = cursor.byte(), cursor.skip(15) else { throw .truncated }
    var counts: [Int] = []
    for _ in 0..<6 {
      guard let count = cursor.integer(width: 4) else { throw .truncated }
      guard (0...1_000_000).contains(count) else { throw .inconsistent("a count of \(count)") }
      counts.append(Int(count))
    }
    self.version = version
    (utcIndicators, standardIndicators, leaps) = (counts[0], counts[1], counts[2])
    (times, types, characters) = (counts[3], counts[4], counts[5])
  }

  func blockLength(timeWidth: Int) -> Int { times * (timeWidth + 1) + types * 6 + tailLength(timeWidth: timeWidth) }

  /// What follows the local time types: designations, leap seconds, indicators.
  func tailLength(timeWidth: Int) -> Int {
    characters + leaps * (timeWidth + 4) + standardIndicators + utcIndicators
  }
}

/// Reads big-endian bytes; nothing reads past the end.
private struct ByteCursor {
  private let data: [UInt8]
  private var position = 0

  init(_ data: [UInt8]) { self.data = data }

  mutating func skip(_ count: Int) -> Bool {
    guard count >= 0, count <= data.count - position else { return false }
    position += count
    return true
  }

  mutating func byte() -> UInt8? {
    guard position < data.count else { return nil }
    position += 1
    return data[position - 1]
  }

  mutating func bytes(_ count: Int) -> [UInt8]? {
    let start = position
    return skip(count) ? Array(data[start..<position]) : nil
  }

  /// A signed integer of 4 or 8 bytes.
  mutating func integer(width: Int) -> Int64? {
    guard let bytes = bytes(width) else { return nil }
    let bits = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return width == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
  }

  /// What stands before the next newline, which is consumed; nil when there is none within `maximum` bytes.
  mutating func line(maximum: Int) -> [UInt8]? {
    let start = position
    while let byte = byte() {
      if byte == UInt8(ascii: "\n") { return Array(data[start..<(position - 1)]) }
      if position - start > maximum { return nil }
    }
    return nil
  }
}
