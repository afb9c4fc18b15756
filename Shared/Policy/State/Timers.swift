/// An instant at which a service must act on a subject, such as a hold that expires.
public struct Timer: Hashable, Sendable {
  /// A subject has at most one timer of a kind.
  public struct Key: Hashable, Comparable, Sendable {
    /// What the timer is for, such as `hold.expires`.
    public let kind: String
    /// Whose timer it is.
    public let subject: SubjectID

    /// A key as given.
    public init(kind: String, subject: SubjectID) {
      self.kind = kind
      self.subject = subject
    }

    /// An order, the same everywhere.
    public static func < (a: Key, b: Key) -> Bool { (a.subject, a.kind) < (b.subject, b.kind) }
  }

  /// What the timer is for, and whose it is.
  public let key: Key
  /// When it falls due.
  public let due: Instant

  /// A timer as given.
  public init(key: Key, due: Instant) {
    self.key = key
    self.due = due
  }

  /// What the timer is for.
  public var kind: String { key.kind }
  /// Whose timer it is.
  public var subject: SubjectID { key.subject }
}

/// A tenant's timers, as rules set them. Arming and disarming need no loading: the last instruction for a key holds,
/// whatever was armed before.
public struct Timers: Sendable, Revertible {
  /// The last instruction for each key: the instant that it is armed for, or nil for disarmed.
  public private(set) var instructions: [Timer.Key: Instant?] = [:]
  /// What the database held for the keys that were loaded, which are those of timers that fire.
  public private(set) var loaded: [Timer.Key: Instant] = [:]
  private var log: [(key: Timer.Key, before: Instant??)] = []

  /// No timers.
  public init() {}

  /// Arms the timer of `kind` for `subject`, in place of an earlier one.
  public mutating func arm<Tag>(_ kind: String, _ subject: ID<Tag>, at due: Instant) {
    instruct(Timer.Key(kind: kind, subject: subject.as()), due)
  }

  /// Disarms the timer of `kind` for `subject`, if there is one.
  public mutating func disarm<Tag>(_ kind: String, _ subject: ID<Tag>) {
    instruct(Timer.Key(kind: kind, subject: subject.as()), nil)
  }

  /// When a timer is due that was loaded, or armed in this batch; nil if it is neither, or was disarmed.
  public func due<Tag>(_ kind: String, _ subject: ID<Tag>) -> Instant? {
    let key = Timer.Key(kind: kind, subject: subject.as())
    if let instruction = instructions[key] { return instruction }
    return loaded[key]
  }

  /// Takes a timer that the store read.
  public mutating func load(_ timer: Timer) {
    loaded[timer.key] = timer.due
  }

  /// A point to go back to.
  public func mark() -> Int { log.count }

  /// Undoes every change since `mark`.
  public mutating func rollback(to mark: Int) {
    while log.count > max(0, mark) {
      let (key, before) = log.removeLast()
      if let before { instructions.updateValue(before, forKey: key) } else { instructions.removeValue(forKey: key) }
    }
  }

  private mutating func instruct(_ key: Timer.Key, _ due: Instant?) {
    log.append((key, instructions[key]))
    instructions.updateValue(due, forKey: key)
  }
}

/// Numbers that a tenant hands out one after another, such as a ticket's. They come from the database in blocks, so that
/// a busy tenant does not wait for its own counter: a process that dies leaves a gap, and no number is given twice.
public struct Numbers: Sendable, Revertible {
  /// What is left of each sequence's block.
  public private(set) var blocks: [String: Range<Int64>] = [:]
  private var log: [String] = []

  /// No numbers.
  public init() {}

  /// The next number of `sequence`, from 1; nil if the operation's needs did not ask for one.
  public mutating func next(_ sequence: String) -> Int64? {
    guard let block = blocks[sequence], let number = block.first else { return nil }
    blocks[sequence] = block.dropFirst()
    log.append(sequence)
    return number
  }

  /// Gives the block that ``next(_:)`` takes from.
  public mutating func load(_ sequence: String, block: Range<Int64>) {
    blocks[sequence] = block
  }

  /// A point to go back to.
  public func mark() -> Int { log.count }

  /// Undoes every change since `mark`.
  public mutating func rollback(to mark: Int) {
    while log.count > max(0, mark) {
      let sequence = log.removeLast()
      if let block = blocks[sequence] { blocks[sequence] = (block.lowerBound - 1)..<block.upperBound }
    }
  }
}
