/// What an agreement of a tier may use.
public struct Entitlement: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The services that it opens.
  public var grants: [String]
  /// The tiers that have it.
  public var tiers: [String]
  /// Services that it opens too, each only to who has bought it.
  public var eachBought: [String]
  /// Bought services that keep the desk open longer, by service.
  public var opens: [String: Opening]
  /// The unit that using it draws; nil for nothing.
  public var draws: String?
  /// Whether a lapsed agreement keeps it.
  public var lapsedAllowed: Bool
  /// What to tell who lacks it.
  public var text: String
  /// Whom to turn to, a key of the plan's referrals.
  public var refer: String?

  /// What a bought service does to the hours.
  public struct Opening: Hashable, Sendable {
    /// The calendar in whose open time targets are counted instead.
    public var calendar: String
    /// The classes whose targets these are; empty for all.
    public var classes: [String]
  }
}

/// Something that is not supported.
public struct Exclusion: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// Values of the `about` fact.
  public var about: [String]
  /// Any of these `circumstances` lifts it.
  public var unless: [String]
  /// What to tell the customer.
  public var text: String
  /// Whom to turn to instead, a key of the plan's referrals.
  public var refer: String?
}

/// Something that the customer keeps in order.
public struct Obligation: Hashable, Sendable {
  /// The clause's id, which the `unkept` fact names.
  public var id: String
  /// What happens while it is not kept.
  public var otherwise: Consequence
  /// What is asked of the customer.
  public var text: String

  /// What happens while an obligation is not kept; the raw value is the word that plans use.
  public enum Consequence: String, CaseIterable, Hashable, Sendable {
    /// Requests are taken, with a warning.
    case warn
    /// The ticket's clocks pause, with this clause as the reason.
    case pause
    /// New requests are refused.
    case refuse
  }
}

/// Which releases of a product are supported, and until when.
public struct ProductLife: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// What people call the product.
  public var title: String
  /// The releases in rising order, each with the day on which it came out.
  public var releases: [Release]
  /// How long a release stays supported once the next one is out; nil for not at all.
  public var grace: Period?
  /// The end of the product's life; nil while none is foreseen.
  public var endOfLife: EndOfLife?
  /// What to tell who runs another release.
  public var text: String

  /// One release and its day.
  public struct Release: Hashable, Sendable {
    /// The release.
    public var version: ReleaseVersion
    /// The day on which it came out, in the plan's zone.
    public var on: CivilDate
  }

  /// The end of a product's life.
  public struct EndOfLife: Hashable, Sendable {
    /// The clause's id.
    public var id: String
    /// The first day without fixes and support; nil while no day is set.
    public var on: CivilDate?
    /// How long before it customers are told.
    public var notice: Period
    /// The way to stay supported, which the notice tells.
    public var upgrade: String?
    /// What is suggested instead; nil when there is nothing.
    public var alternative: Alternative?
    /// What to tell who asks for support after it.
    public var text: String
  }

  /// A product that is suggested instead.
  public struct Alternative: Hashable, Sendable {
    /// What people call it.
    public var product: String
    /// The rate by which help with the migration is charged; nil when none is offered.
    public var migration: String?
  }
}

/// A release such as 9.4; further parts (`9.4.2`) are read and do not count.
public struct ReleaseVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// What changes with the product's shape.
  public let major: Int
  /// What changes with its features.
  public let minor: Int

  /// Nil unless the text is `major.minor`, possibly with further numbers; each at most 100,000.
  public init?(_ text: String) {
    var scanner = ByteScanner(text)
    var parts: [Int64] = []
    repeat {
      guard let number = scanner.number(maximum: 100_000) else { return nil }
      parts.append(number)
    } while scanner.take(UInt8(ascii: "."))
    guard scanner.isAtEnd, (2...4).contains(parts.count) else { return nil }
    major = Int(parts[0])
    minor = Int(parts[1])
  }

  /// Major before minor.
  public static func < (a: ReleaseVersion, b: ReleaseVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }

  /// `9.4`.
  public var description: String { "\(major).\(minor)" }
}
