/// What work of one kind costs.
public struct Rate: Hashable, Sendable {
  /// The clause's id, which charges cite.
  public var id: String
  /// The work it is for.
  public var when: Condition
  /// How it is counted.
  public var basis: Basis
  /// Units of what it draws: the plan's own unit, or one of its further ones.
  public var unit: String
  /// The calendar in whose open time minutes count; nil when all do.
  public var calendar: String?
  /// What must happen on the way.
  public var gates: [Gate]
  /// What voids a charge of this rate.
  public var voidedBy: Voiding?
  /// What it is, for the customer.
  public var text: String

  /// How a rate counts.
  public enum Basis: Hashable, Sendable {
    /// So much whatever it takes.
    case flat(Amount)
    /// So much for each block of time begun; `first` for the first one.
    case blocks(of: TimeSpan, first: Amount, each: Amount)
    /// So much for each increment of time, after the plan's rounding (rounded up without any).
    case per(TimeSpan, each: Amount)
  }

  /// What can void a charge.
  public enum Voiding: String, CaseIterable, Hashable, Sendable {
    /// Someone was dispatched for the same ticket.
    case dispatch
  }
}

/// Something that must happen before work goes on past a point.
public struct Gate: Hashable, Sendable {
  /// The clause's id: the rate's with the need appended, unless the plan names one.
  public var id: String
  /// How much counted work there has been.
  public var at: TimeSpan
  /// What is needed.
  public var need: Need
  /// How much work before the point to warn.
  public var warn: TimeSpan?
  /// Whether every block needs it anew.
  public var eachBlock: Bool

  /// What a gate can need.
  public enum Need: String, CaseIterable, Hashable, Sendable {
    /// The customer is told where things stand.
    case assessment
    /// The customer agrees to another block. Silence is not consent: without it, work stops at the block's end.
    case consent
  }
}

/// How buying and fitting parts is charged: on lines of their own, outside the blocks.
public struct PartsRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The rate of the time; nil when a price is agreed first.
  public var rate: Rate.Basis?
  /// What it is, for the customer.
  public var text: String
}

/// Work that is not charged.
public struct Waiver: Hashable, Sendable {
  /// The clause's id, which charges cite.
  public var id: String
  /// When it applies.
  public var when: Condition
  /// How much it takes off.
  public var waives: Extent
  /// Why, for the customer.
  public var text: String

  /// How much a waiver takes off.
  public enum Extent: String, CaseIterable, Hashable, Sendable {
    /// The first block (or the whole of a flat charge); what follows keeps its own price.
    case firstBlock = "first-block"
    /// All work of the task; parts stay.
    case all
  }
}

/// How minutes become increments: once for each task, day or entry.
public struct Rounding: Hashable, Sendable {
  /// In whole minutes.
  public var increment: TimeSpan
  /// A remainder of so many whole minutes or more rounds up: one minute for always, the increment itself for never.
  public var upFrom: TimeSpan
  /// The fewest increments of what is rounded, if there was any work in it.
  public var minimum: Int64
  /// What is rounded.
  public var scope: Scope

  /// What is rounded; the raw value is the word that plans use.
  public enum Scope: String, CaseIterable, Hashable, Sendable {
    /// The task's total, once.
    case task
    /// Each civil day's work on the task.
    case day
    /// Each entry of work.
    case entry
  }

  /// A way to round that has a name; `up_from` states any other.
  public enum Mode: String, CaseIterable, Hashable, Sendable {
    /// Every increment begun counts.
    case up
    /// Only whole increments count.
    case down
    /// Half an increment or more counts.
    case nearest
  }
}

/// Whether `text` can be a name in a plan: letters, digits, `-`, `_`, at most 64, starting with a letter or digit.
func isName(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard let first = bytes.first, bytes.count <= 64, first != UInt8(ascii: "-"), first != UInt8(ascii: "_")
  else { return false }
  return bytes.allSatisfy { byte in
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
