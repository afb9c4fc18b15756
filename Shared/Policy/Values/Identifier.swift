/// A 16-byte identifier (RFC 9562) of one kind of thing; `Tag` keeps the kinds apart and is never made.
///
/// The order is that of the bytes, which for version 7 is the order of making to the millisecond.
public struct ID<Tag>: Hashable, Comparable, Sendable {
  /// Bytes 0 to 7, big-endian.
  public let high: UInt64
  /// Bytes 8 to 15, big-endian.
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// From the 16 bytes of the wire; nil for another length.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    let halves =
      bytes.withContiguousStorageIfAvailable { Self.halves(UnsafeRawBufferPointer($0)) }
      ?? Array(bytes).withUnsafeBytes { Self.halves($0) }
    self.init(high: halves.high, low: halves.low)
  }

  private static func halves(_ bytes: UnsafeRawBufferPointer) -> (high: UInt64, low: UInt64) {
    (
      UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }

  /// The 16 bytes as the wire and the database hold them.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// From the canonical text, 8-4-4-4-12 lower-case hexadecimal digits; nil for anything else, so that one identifier
  /// has one spelling.
  public init?(_ text: String) {
    let characters = Array(text.utf8)
    guard characters.count == 36 else { return nil }
    var (high, low): (UInt64, UInt64) = (0, 0)
    var digits = 0
    for (index, character) in characters.enumerated() {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard character == UInt8(ascii: "-") else { return nil }
        continue
      }
      let value: UInt8
      switch character {
      case 0x30...0x39: value = character - 0x30
      case 0x61...0x66: value = character - 0x61 + 10
      default: return nil
      }
      if digits < 16 { high = high << 4 | UInt64(value) } else { low = low << 4 | UInt64(value) }
      digits += 1
    }
    self.init(high: high, low: low)
  }

  /// The same bytes as an identifier of another kind, where one thing's key is another's by design.
  public func `as`<Other>(_: Other.Type = Other.self) -> ID<Other> { ID<Other>(high: high, low: low) }

  public static func < (a: ID, b: ID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension ID: CustomStringConvertible {
  /// Canonical text, lower case.
  public var description: String {
    String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let half = digit < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: half >> UInt64(60 - digit % 16 * 4)) & 0xf
        text[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        place += 1
      }
      return place
    }
  }
}

/// Makes version 7 identifiers from a seed: the same seed and the same instants give the same identifiers, so rules
/// that take one stay pure. Who starts a decision seeds it (from the system's randomness, or from a simulation's).
public struct IdentifierSource: Sendable {
  private static let highMask: UInt64 = 0xfff
  private static let lowMask: UInt64 = 0x3fff_ffff_ffff_ffff

  private var state: UInt64
  private var lastMilliseconds: Int64 = .min
  /// The last identifier's bits beside its instant, version and variant: 12 above 62.
  private var counterHigh: UInt64 = 0
  private var counterLow: UInt64 = 0

  public init(seed: UInt64) { state = seed }

  /// The next 64 pseudo-random bits (SplitMix64, Steele, Lea and Flood 2014).
  public mutating func nextBits() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A new identifier stamped `instant`. Identifiers made one after the other for the same millisecond rise (RFC 9562,
  /// monotonic random: the first has 73 random bits, each of the next is up to 2^32 more), for a billion times at least.
  public mutating func next<Tag>(at instant: Instant) -> ID<Tag> {
    let milliseconds = max(0, instant.milliseconds)
    if milliseconds == lastMilliseconds {
      let sum = counterLow + (nextBits() & 0xffff_ffff) + 1
      counterLow = sum & Self.lowMask
      if sum > Self.lowMask { counterHigh = (counterHigh + 1) & Self.highMask }
    } else {
      lastMilliseconds = milliseconds
      (counterHigh, counterLow) = (nextBits() & (Self.highMask >> 1), nextBits() & Self.lowMask)
    }
    return ID(
      high: UInt64(milliseconds) << 16 | 0x7000 | counterHigh, low: 0x8000_0000_0000_0000 | counterLow)
  }
}

/// The kinds of things that have identifiers. The cases of no enum: each is only a name.
public enum Kind {
  public enum Tenant {}
  public enum Account {}
  public enum Contact {}
  public enum Asset {}
  public enum Consent {}
  public enum Ticket {}
  public enum Message {}
  public enum Work {}
  public enum Visit {}
  public enum Agreement {}
  public enum Wallet {}
  public enum Lot {}
  public enum Hold {}
  public enum Quote {}
  public enum Transfer {}
  public enum Entry {}
  public enum Invoice {}
  public enum Statement {}
  public enum Clock {}
  public enum Rota {}
  public enum Shift {}
  public enum Escalation {}
  public enum Delivery {}
  public enum Webhook {}
  public enum Event {}
  public enum Request {}
}

public typealias TenantID = ID<Kind.Tenant>
public typealias AccountID = ID<Kind.Account>
public typealias ContactID = ID<Kind.Contact>
public typealias AssetID = ID<Kind.Asset>
public typealias ConsentID = ID<Kind.Consent>
public typealias TicketID = ID<Kind.Ticket>
public typealias MessageID = ID<Kind.Message>
public typealias WorkID = ID<Kind.Work>
public typealias VisitID = ID<Kind.Visit>
public typealias AgreementID = ID<Kind.Agreement>
public typealias WalletID = ID<Kind.Wallet>
public typealias LotID = ID<Kind.Lot>
public typealias HoldID = ID<Kind.Hold>
public typealias QuoteID = ID<Kind.Quote>
public typealias TransferID = ID<Kind.Transfer>
public typealias EntryID = ID<Kind.Entry>
public typealias InvoiceID = ID<Kind.Invoice>
public typealias StatementID = ID<Kind.Statement>
public typealias ClockID = ID<Kind.Clock>
public typealias RotaID = ID<Kind.Rota>
public typealias ShiftID = ID<Kind.Shift>
public typealias EscalationID = ID<Kind.Escalation>
public typealias DeliveryID = ID<Kind.Delivery>
public typealias WebhookID = ID<Kind.Webhook>
public typealias EventID = ID<Kind.Event>
/// The idempotency key of a request.
public typealias RequestID = ID<Kind.Request>
