/// What rules keep in a ``Records``: a value with a key, and the group that its siblings share.
public protocol Record: Sendable, Equatable {
  associatedtype Key: Hashable & Comparable & Sendable
  associatedtype Group: Hashable & Sendable
  var key: Key { get }
  /// What the row is listed under: the wallet of a lot, the ticket of a message.
  var group: Group { get }
}

/// What can be put back to how it was, so that a refused command leaves no trace.
public protocol Revertible {
  /// A point to go back to. It costs nothing to take.
  func mark() -> Int
  /// Undoes every change since `mark`; cost is the number of those changes.
  mutating func rollback(to mark: Int)
}

/// Rows of one kind, loaded from a store and changed by rules; it knows what a store must write afterwards.
///
/// A row is *inserted* when it was not loaded, *updated* when its value differs from the loaded one, *removed* when it
/// was loaded and is gone. An insertion that is removed again leaves nothing to write.
public struct Records<R: Record>: Sendable, Revertible {
  private var rows: [R.Key: R] = [:]
  private var groups: [R.Group: [R.Key]] = [:]
  /// The loaded value of every key touched since: nil where there was none.
  private var originals: [R.Key: R?] = [:]
  private var log: [Undo] = []

  private struct Undo: Sendable {
    var key: R.Key
    var previous: R?
    /// True when this change was the first to touch the key.
    var first: Bool
  }

  public init() {}

  /// A collection that holds `rows` as loaded.
  public init(loaded rows: some Sequence<R>) { load(rows) }

  public var count: Int { rows.count }
  public var isEmpty: Bool { rows.isEmpty }
  public subscript(key: R.Key) -> R? { rows[key] }
  public func contains(_ key: R.Key) -> Bool { rows[key] != nil }

  /// Every row, in key order.
  public var all: [R] { rows.keys.sorted().compactMap { rows[$0] } }

  /// The rows of `group`, in key order.
  public func members(of group: R.Group) -> [R] { (groups[group] ?? []).compactMap { rows[$0] } }

  /// Takes rows that the store read: they are not changes. A row that is already here keeps its present value.
  public mutating func load(_ loaded: some Sequence<R>) {
    for row in loaded where rows[row.key] == nil && originals[row.key] == nil {
      rows[row.key] = row
      enlist(row)
    }
  }

  /// Adds a new row; false, and nothing changes, when its key is taken.
  @discardableResult
  public mutating func insert(_ row: R) -> Bool {
    guard rows[row.key] == nil else { return false }
    set(row.key, row)
    return true
  }

  /// Replaces the row of the same key; false, and nothing changes, when there is none.
  @discardableResult
  public mutating func update(_ row: R) -> Bool {
    guard let present = rows[row.key] else { return false }
    if present != row { set(row.key, row) }
    return true
  }

  /// Changes the row at `key` in place; false when there is none. The key itself must stay.
  @discardableResult
  public mutating func update(_ key: R.Key, _ change: (inout R) -> Void) -> Bool {
    guard var row = rows[key] else { return false }
    change(&row)
    precondition(row.key == key, "an update keeps the key")
    return update(row)
  }

  /// Removes the row at `key` and returns it; nil when there is none.
  @discardableResult
  public mutating func remove(_ key: R.Key) -> R? {
    guard let row = rows[key] else { return nil }
    set(key, nil)
    return row
  }

  /// Rows to insert, in key order.
  public var inserted: [R] { changed { original, now in original == nil ? now : nil } }
  /// Rows to update, in key order, with their present values.
  public var updated: [R] { changed { original, now in original != nil && original != now ? now : nil } }
  /// Rows to delete, in key order, with the values that were loaded.
  public var removed: [R] { changed { original, now in now == nil ? original : nil } }
  /// Whether a store has anything to write.
  public var isChanged: Bool { originals.contains { key, original in original != rows[key] } }

  public func mark() -> Int { log.count }

  public mutating func rollback(to mark: Int) {
    while log.count > max(0, mark) {
      let undo = log.removeLast()
      place(undo.key, undo.previous)
      if undo.first { originals.removeValue(forKey: undo.key) }
    }
  }

  private func changed(_ pick: (R?, R?) -> R?) -> [R] {
    originals.keys.sorted().compactMap { key in pick(originals[key] ?? nil, rows[key]) }
  }

  private mutating func set(_ key: R.Key, _ row: R?) {
    let previous = rows[key]
    let first = originals[key] == nil
    if first { originals.updateValue(previous, forKey: key) }
    log.append(Undo(key: key, previous: previous, first: first))
    place(key, row)
  }

  private mutating func place(_ key: R.Key, _ row: R?) {
    let previous = rows[key]
    if let previous, previous.group != row?.group { delist(previous) }
    rows[key] = row
    if let row, previous?.group != row.group { enlist(row) }
  }

  private mutating func enlist(_ row: R) {
    var keys = groups.removeValue(forKey: row.group) ?? []
    keys.insert(row.key, at: keys.lowerBound(of: row.key))
    groups[row.group] = keys
  }

  private mutating func delist(_ row: R) {
    guard var keys = groups.removeValue(forKey: row.group) else { return }
    let index = keys.lowerBound(of: row.key)
    if index < keys.count, keys[index] == row.key { keys.remove(at: index) }
    if !keys.isEmpty { groups[row.group] = keys }
  }
}

extension Array where Element: Comparable {
  /// The first index whose element is not below `value`; the array is sorted.
  func lowerBound(of value: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first index whose element is above `value`; the array is sorted.
  func upperBound(of value: Element) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if value < self[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Rows that are only ever added (journal entries, messages, events), in the order in which rules added them.
public struct Appends<R: Sendable>: Sendable, Revertible {
  public private(set) var elements: [R] = []

  public init() {}

  public var isEmpty: Bool { elements.isEmpty }
  public mutating func append(_ row: R) { elements.append(row) }
  public func mark() -> Int { elements.count }
  public mutating func rollback(to mark: Int) {
    if mark < elements.count { elements.removeSubrange(max(0, mark)...) }
  }
}

extension Appends: Equatable where R: Equatable {}
