/// A count of whole plan units (credits, quarter hours, incidents), which may be negative in a journal.
///
/// Made from outside it lies within ±10^15, so sums of what was made cannot overflow in practice; `+` and `-` stop the
/// program only beyond ±9·10^18, which thousands of the largest amounts do not reach. A sum over rows of unknown number
/// uses ``adding(_:)``.
public struct Amount: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  public static let largest: Int64 = 1_000_000_000_000_000
  public static let zero: Amount = 0

  public let units: Int64

  /// Nil beyond ±10^15.
  public init?(_ units: Int64) {
    guard (-Amount.largest...Amount.largest).contains(units) else { return nil }
    self.units = units
  }

  public init(integerLiteral units: Int64) { self.units = units }

  private init(unchecked units: Int64) { self.units = units }

  public static func < (a: Amount, b: Amount) -> Bool { a.units < b.units }
  public static func + (a: Amount, b: Amount) -> Amount { Amount(unchecked: a.units + b.units) }
  public static func - (a: Amount, b: Amount) -> Amount { Amount(unchecked: a.units - b.units) }
  public static prefix func - (a: Amount) -> Amount { Amount(unchecked: -a.units) }
  public static func += (a: inout Amount, b: Amount) { a = a + b }
  public static func -= (a: inout Amount, b: Amount) { a = a - b }

  /// The sum; nil beyond ±10^15.
  public func adding(_ other: Amount) -> Amount? {
    let (sum, overflow) = units.addingReportingOverflow(other.units)
    return overflow ? nil : Amount(sum)
  }

  /// The product; nil beyond ±10^15.
  public func times(_ count: Int64) -> Amount? {
    let (product, overflow) = units.multipliedReportingOverflow(by: count)
    return overflow ? nil : Amount(product)
  }

  public var description: String { String(units) }
}

/// An ISO 4217 currency: its three letters, and how many decimals its minor unit has.
public struct Currency: Hashable, Sendable, CustomStringConvertible {
  public let code: String
  /// 0 to 4 decimals: 2 for SGD, 0 for JPY, 3 for KWD.
  public let exponent: Int

  /// The currency with this code; nil when ISO 4217 lists none that money is paid in.
  public init?(_ code: String) {
    guard let exponent = Currency.exponents[code] else { return nil }
    self.code = code
    self.exponent = exponent
  }

  public var description: String { code }

  /// ISO 4217 list one (January 2026), less funds, metals and test codes.
  static let exponents: [String: Int] = {
    let two =
      "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP "
      + "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD "
      + "KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN "
      + "NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
      + "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
    let others = [
      "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
      "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0, "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3,
      "TND": 3,
    ]
    return two.split(separator: " ").reduce(into: others) { $0[String($1)] = 2 }
  }()
}

/// An amount of money in minor units (cents) of one currency.
public struct Money: Hashable, Sendable {
  /// Within ±10^15.
  public let minorUnits: Int64
  public let currency: Currency

  /// Nil beyond ±10^15 minor units.
  public init?(minorUnits: Int64, currency: Currency) {
    guard (-Amount.largest...Amount.largest).contains(minorUnits) else { return nil }
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Reads `SGD 600.00`: the code, a space, and exactly the currency's decimals (or none at all). Nil otherwise.
  public init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let currency = Currency(String(parts[0])) else { return nil }
    var scan = ByteScanner(String(parts[1]))
    guard let whole = scan.number(maximum: Amount.largest) else { return nil }
    let scale = Money.scale(currency)
    var minor: Int64 = 0
    if !scan.isAtEnd {
      guard currency.exponent > 0, scan.take(UInt8(ascii: ".")), let cents = scan.digits(currency.exponent),
        scan.isAtEnd
      else { return nil }
      minor = Int64(cents)
    }
    self.init(minorUnits: whole.saturatingMultiply(scale).saturatingAdd(minor), currency: currency)
  }

  /// The product; nil beyond ±10^15 minor units.
  public func times(_ count: Int64) -> Money? {
    let (product, overflow) = minorUnits.multipliedReportingOverflow(by: count)
    return overflow ? nil : Money(minorUnits: product, currency: currency)
  }

  /// The sum; nil for two currencies, and beyond ±10^15 minor units.
  public func adding(_ other: Money) -> Money? {
    guard currency == other.currency else { return nil }
    return Money(minorUnits: minorUnits + other.minorUnits, currency: currency)
  }

  static func scale(_ currency: Currency) -> Int64 { (0..<currency.exponent).reduce(1) { scale, _ in scale * 10 } }
}

extension Money: CustomStringConvertible {
  /// `SGD 600.00`, with the currency's decimals.
  public var description: String {
    let scale = Money.scale(currency)
    let magnitude = Int64(minorUnits.magnitude)
    let sign = minorUnits < 0 ? "-" : ""
    let whole = "\(currency.code) \(sign)\(magnitude / scale)"
    return currency.exponent == 0 ? whole : whole + "." + paddedDecimal(magnitude % scale, width: currency.exponent)
  }
}
