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
  /// What is known of one key. Its place never changes, so that a key is hashed once to find everything about it.
  @usableFromInline
  struct Slot: Sendable {
    @usableFromInline let key: R.Key
    /// The row as it is now; nil where there is none. As long as it is not touched, it is what was loaded.
    @usableFromInline var present: R?
    var isTouched = false
  }

  @usableFromInline
  struct Undo: Sendable {
    @usableFromInline let place: Int
    @usableFromInline let previous: R?
    /// True when this change was the first to touch the key: the previous row is the loaded one.
    let first: Bool
  }

  @usableFromInline private(set) var slots: [Slot] = []
  private var places: [R.Key: Int] = [:]
  /// The places of each group's rows, in key order.
  private var groups: [R.Group: [Int]] = [:]
  @usableFromInline private(set) var log: [Undo] = []
  /// The places in the log of the changes that were the first to touch their keys.
  @usableFromInline private(set) var touched: [Int] = []
  public private(set) var count = 0

  public init() {}

  /// A collection that holds `rows` as loaded.
  public init(loaded rows: some Sequence<R>) { load(rows) }

  public var isEmpty: Bool { count == 0 }
  /// Whether it has never held a row, nor been asked to.
  @inlinable
  public var isFresh: Bool { slots.isEmpty }
  public subscript(key: R.Key) -> R? { places[key].flatMap { slots[$0].present } }
  public func contains(_ key: R.Key) -> Bool { self[key] != nil }

  /// Every row, in key order.
  public var all: [R] { slots.compactMap(\.present).sorted { $0.key < $1.key } }

  /// The rows of `group`, in key order.
  public func members(of group: R.Group) -> [R] { (groups[group] ?? []).compactMap { slots[$0].present } }

  /// Goes through the rows of `group` in key order, without making a list of them.
  public func forEach(in group: R.Group, _ body: (R) -> Void) {
    guard let members = groups[group] else { return }
    for place in members { if let row = slots[place].present { body(row) } }
  }

  /// Takes rows that the store read: they are not changes. A row that is already here keeps its present value.
  public mutating func load(_ loaded: some Sequence<R>) {
    for row in loaded {
      let place = place(of: row.key)
      guard slots[place].present == nil, !slots[place].isTouched else { continue }
      set(place, row)
    }
  }

  /// Adds a new row; false, and nothing changes, when its key is taken.
  @discardableResult
  public mutating func insert(_ row: R) -> Bool {
    let place = place(of: row.key)
    guard slots[place].present == nil else { return false }
    change(place, row)
    return true
  }

  /// Replaces the row of the same key; false, and nothing changes, when there is none.
  @discardableResult
  public mutating func update(_ row: R) -> Bool {
    guard let place = places[row.key], slots[place].present != nil else { return false }
    if slots[place].present != row { change(place, row) }
    return true
  }

  /// Changes the row at `key` in place; false when there is none. The key itself must stay.
  @discardableResult
  public mutating func update(_ key: R.Key, _ change: (inout R) -> Void) -> Bool {
    guard let place = places[key], let present = slots[place].present else { return false }
    var row = present
    change(&row)
    precondition(row.key == key, "an update keeps the key")
    if present != row { self.change(place, row) }
    return true
  }

  /// Removes the row at `key` and returns it; nil when there is none.
  @discardableResult
  public mutating func remove(_ key: R.Key) -> R? {
    guard let place = places[key], let row = slots[place].present else { return nil }
    change(place, nil)
    return row
  }

  /// What a store has to write, each list in key order.
  public struct Changes: Sendable {
    /// New rows.
    public var inserted: [R] = []
    /// Rows with their present values.
    public var updated: [R] = []
    /// Rows with the values that were loaded.
    public var removed: [R] = []

    /// None.
    @inlinable
    public init() {}
  }

  /// Whether a rule has touched anything, if only to put it back: if not, there are no ``changes``.
  @inlinable
  public var isTouched: Bool { !touched.isEmpty }

  /// What a store has to write.
  @inlinable
  public var changes: Changes {
    var changes = Changes()
    for first in touched.sorted(by: { slots[log[$0].place].key < slots[log[$1].place].key }) {
      switch (log[first].previous, slots[log[first].place].present) {
      case (nil, nil): break
      case (nil, let row?): changes.inserted.append(row)
      case (let row?, nil): changes.removed.append(row)
      case (let old?, let row?): if old != row { changes.updated.append(row) }
      }
    }
    return changes
  }

  /// The keys of the new rows, in no order.
  public var insertedKeys: [R.Key] {
    touched.compactMap { log[$0].previous == nil ? slots[log[$0].place].present?.key : nil }
  }

  /// Whether a store has anything to write.
  public var isChanged: Bool { touched.contains { log[$0].previous != slots[log[$0].place].present } }

  @inlinable
  public func mark() -> Int { log.count }

  public mutating func rollback(to mark: Int) {
    while log.count > max(0, mark) {
      let undo = log.removeLast()
      set(undo.place, undo.previous)
      if undo.first {
        slots[undo.place].isTouched = false
        // Changes are undone latest first, so that the last key touched is this one.
        touched.removeLast()
      }
    }
  }

  /// Takes the present rows for what was loaded: a store has written them. No mark is good any more.
  public mutating func settle() {
    for first in touched { slots[log[first].place].isTouched = false }
    touched.removeAll(keepingCapacity: true)
    log.removeAll(keepingCapacity: true)
    // Keys of rows that are gone are let go, before they outnumber those that are here.
    if slots.count > 2 * count + 16 { self = Records(loaded: all) }
  }

  private mutating func place(of key: R.Key) -> Int {
    if let place = places[key] { return place }
    let place = slots.count
    slots.append(Slot(key: key, present: nil))
    places[key] = place
    return place
  }

  private mutating func change(_ place: Int, _ row: R?) {
    let first = !slots[place].isTouched
    if first {
      slots[place].isTouched = true
      touched.append(log.count)
    }
    log.append(Undo(place: place, previous: slots[place].present, first: first))
    set(place, row)
  }

  private mutating func set(_ place: Int, _ row: R?) {
    let (before, after) = (slots[place].present?.group, row?.group)
    slots[place].present = row
    count += (after == nil ? 0 : 1) - (before == nil ? 0 : 1)
    guard before != after else { return }
    if let before { delist(place, from: before) }
    if let after { enlist(place, in: after) }
  }

  private mutating func enlist(_ place: Int, in group: R.Group) {
    let key = slots[place].key
    groups[group, default: []].insert(place, behind: { [slots] in slots[$0].key < key })
  }

  private mutating func delist(_ place: Int, from group: R.Group) {
    groups[group]?.removeAll { $0 == place }
    if groups[group]?.isEmpty ?? false { groups.removeValue(forKey: group) }
  }
}

extension Array {
  /// Inserts `element` behind all for which `isBefore` holds; they stand at the front.
  fileprivate mutating func insert(_ element: Element, behind isBefore: (Element) -> Bool) {
    var (low, high) = (0, count)
    // What comes mostly belongs at the end.
    if let last, isBefore(last) { low = high }
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    insert(element, at: low)
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
