/// A support offer as data: one document, read and checked whole by ``Plan/read(_:zones:)``.
///
/// Everything a decision needs is inside, the compiled calendars included, so evaluating it reads no file and no clock. It
/// never changes, and is a class because it is large and handed on with every charge.
public final class Plan: Sendable {
  /// The id by which requests name the plan.
  public let id: String
  /// What people call it.
  public let title: String
  /// The document's identity: the SHA-256 of its bytes.
  public let version: PlanVersion
  /// The provider's civil time.
  public let zone: TimeZoneRules
  /// What prices are in.
  public let currency: Currency
  /// What a wallet counts, in the singular: `credit`, `quarter-hour`.
  public let unit: String
  /// Further units, each with a wallet of its own: packages grant them, rates draw them.
  public let furtherUnits: [String]
  /// The numbers to dial, as people write them.
  public let hotlines: [String]
  /// Whom to turn to instead, by key (`sales`).
  public let referrals: [String: String]
  /// The values that open-ended facts can have, where the plan names them.
  public let values: [FactName: [String]]
  /// The calendars, by name.
  public let calendars: [String: WorkCalendar]
  /// What an account's authorised contacts must be.
  public let contacts: ContactRule?
  /// What becomes of a request by the way it comes in; empty where every channel makes a ticket.
  public let channels: [ChannelRule]
  /// What must hold for a request to be taken.
  public let admission: [AdmissionClause]
  /// What the provider commits to on every ticket, whatever its class.
  public let targets: [Target]
  /// What can be bought.
  public let packages: [Package]
  /// What work costs; the first that matches rates a task.
  public let rates: [Rate]
  /// How parts are charged; nil where the plan has no parts.
  public let parts: PartsRule?
  /// What is not charged.
  public let waivers: [Waiver]
  /// How a task's time is rounded before it is rated; nil for whole minutes.
  public let rounding: Rounding?
  /// How work goes on when the credits are gone; nil when it does not.
  public let overage: Overage?
  /// What must be done before the first charge.
  public let assessment: AssessmentRule?
  /// How late work may be recorded; nil: at any time until the ticket is closed.
  public let lateWork: LateWorkRule?
  /// How often a statement is made.
  public let statement: StatementRule?
  /// Classes of tickets, in the plan's order.
  public let classes: [TicketClass]
  /// The class of a ticket that names none.
  public let defaultClass: String?
  /// Escalation ladders, by id.
  public let ladders: [Ladder]
  /// When messages of ladders wait; nil: never.
  public let quietHours: QuietHours?
  /// When like messages of ladders become one; nil: never.
  public let merging: MergingRule?
  /// Mail addresses and what they mean.
  public let mail: MailRule?
  /// Tiers of agreement, lowest first.
  public let tiers: [String]
  /// What tiers entitle to.
  public let entitlements: [Entitlement]
  /// What is not supported.
  public let exclusions: [Exclusion]
  /// The life of the supported product.
  public let product: ProductLife?
  /// What the customer keeps in order.
  public let obligations: [Obligation]
  /// What a preliminary reply counts as.
  public let preliminaryReply: [Milestone]
  /// How often the customer hears how things stand; nil when only targets say so.
  public let updates: UpdateRule?
  /// The question after a closure; nil for none.
  public let survey: SurveyRule?
  /// When customers are told of their credits ahead.
  public let notices: NoticeRule
  /// Where each clause stands in the document, by its id.
  public let places: [String: PlanPlace]

  /// A plan of these parts, as they were read.
  init(
    id: String, title: String, version: PlanVersion, zone: TimeZoneRules, currency: Currency, unit: String,
    furtherUnits: [String], hotlines: [String], referrals: [String: String], values: [FactName: [String]],
    calendars: [String: WorkCalendar], contacts: ContactRule?, channels: [ChannelRule], admission: [AdmissionClause],
    targets: [Target], packages: [Package], rates: [Rate], parts: PartsRule?, waivers: [Waiver], rounding: Rounding?,
    overage: Overage?, assessment: AssessmentRule?, lateWork: LateWorkRule?, statement: StatementRule?,
    classes: [TicketClass], defaultClass: String?, ladders: [Ladder], quietHours: QuietHours?, merging: MergingRule?,
    mail: MailRule?, tiers: [String],
    entitlements: [Entitlement],
    exclusions: [Exclusion], product: ProductLife?, obligations: [Obligation], preliminaryReply: [Milestone],
    updates: UpdateRule?, survey: SurveyRule?, notices: NoticeRule, places: [String: PlanPlace]
  ) {
    self.id = id
    self.title = title
    self.version = version
    self.zone = zone
    self.currency = currency
    self.unit = unit
    self.furtherUnits = furtherUnits
    self.hotlines = hotlines
    self.referrals = referrals
    self.values = values
    self.calendars = calendars
    self.contacts = contacts
    self.channels = channels
    self.admission = admission
    self.targets = targets
    self.packages = packages
    self.rates = rates
    self.parts = parts
    self.waivers = waivers
    self.rounding = rounding
    self.overage = overage
    self.assessment = assessment
    self.lateWork = lateWork
    self.statement = statement
    self.classes = classes
    self.defaultClass = defaultClass
    self.ladders = ladders
    self.quietHours = quietHours
    self.merging = merging
    self.mail = mail
    self.tiers = tiers
    self.entitlements = entitlements
    self.exclusions = exclusions
    self.product = product
    self.obligations = obligations
    self.preliminaryReply = preliminaryReply
    self.updates = updates
    self.survey = survey
    self.notices = notices
    self.places = places
  }

  /// The ladder with this id.
  public func ladder(_ id: String) -> Ladder? { ladders.first { $0.id == id } }
  /// The package with this id.
  public func package(_ id: String) -> Package? { packages.first { $0.id == id } }
  /// The class with this id.
  public func ticketClass(_ id: String) -> TicketClass? { classes.first { $0.id == id } }
  /// The rate with this id.
  public func rate(_ id: String) -> Rate? { rates.first { $0.id == id } }
}

/// Where a clause stands in its document.
public struct PlanPlace: Hashable, Sendable {
  /// Such as `rates[2]`.
  public var path: String
  /// From 1.
  public var line: Int
}

/// The SHA-256 of a plan document: 32 bytes.
public struct PlanVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Big-endian words, so that a version is copied and compared without an array.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// Nil unless there are 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    words = Array(bytes).withUnsafeBytes { bytes in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)) { Array($0) }
  }

  /// From 64 lower-case hexadecimal digits; nil for anything else.
  public init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = PlanVersion.value(digits[index]), let low = PlanVersion.value(digits[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    self.init(bytes: bytes)
  }

  public static func == (a: PlanVersion, b: PlanVersion) -> Bool { a.words == b.words }

  /// The order of the bytes; it means nothing, but sorts.
  public static func < (a: PlanVersion, b: PlanVersion) -> Bool { a.words < b.words }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}

/// A length of time as plans name it, which a zone or a calendar may be needed to measure.
public enum Period: Hashable, Sendable {
  /// `4h`, `15m`.
  case span(TimeSpan)
  /// `7 days`: the same civil time so many days later.
  case days(Int)
  /// `3 working days`.
  case workingDays(Int)
  /// `12 months`.
  case months(Int)
  /// `1 year`.
  case years(Int)
}

extension Period: CustomStringConvertible {
  /// As a plan writes it.
  public var description: String {
    switch self {
    case .span(let span): span.description
    case .days(let n): "\(n) day\(n == 1 ? "" : "s")"
    case .workingDays(let n): "\(n) working day\(n == 1 ? "" : "s")"
    case .months(let n): "\(n) month\(n == 1 ? "" : "s")"
    case .years(let n): "\(n) year\(n == 1 ? "" : "s")"
    }
  }
}
