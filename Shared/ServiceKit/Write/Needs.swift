public import Policy

/// What an operation must have loaded before it can decide. The kit asks every command of a batch, loads what all of them
/// want in one round trip, and asks again with what it loaded, until nothing new is wanted (at most
/// ``WriteLimits/loadRoundsMax`` rounds).
///
/// Ask every time for everything that is known to be needed: what is here already costs nothing. The tenant itself is
/// always loaded.
public struct Needs<State: ServiceState> {
  let common: CommonTables<State>
  /// The keys that are wanted from each loader. There are few loaders: looking through them takes less than hashing.
  private var wanted: [(loader: any Loader<State>, keys: AnyObject)] = []
  /// The loaders that have something fresh to load.
  private(set) var pending: [ObjectIdentifier: any Loader<State>] = [:]
  private(set) var plans: Set<PlanVersion> = []
  /// How many numbers of each sequence the commands may take.
  private(set) var numbers: [String: Int] = [:]

  init(common: CommonTables<State>) {
    self.common = common
  }

  /// The row of `table` with this key, if there is one.
  public mutating func row<Row>(_ table: Table<State, Row>, _ key: Row.Key) {
    want(table, key)
  }

  /// The rows of `group` with this value.
  public mutating func rows<Row, Value>(_ group: Group<State, Row, Value>, _ value: Value) {
    want(group, value)
  }

  /// A published plan. It is then in `state.common.plans`, if this service has it.
  public mutating func plan(_ version: PlanVersion) {
    plans.insert(version)
  }

  /// The timer of this kind for this subject, if it is armed. Only to read it: arming and disarming need nothing.
  public mutating func timer<Tag>(_ kind: String, _ subject: ID<Tag>) {
    want(common.timers, Timer.Key(kind: kind, subject: subject.as()))
  }

  /// One more number of `sequence`, for `state.common.numbers.next(sequence)`.
  public mutating func number(_ sequence: String) {
    numbers[sequence, default: 0] += 1
  }

  mutating func want<Key: Hashable & Comparable>(_ loader: any Loader<State>, _ key: Key) {
    let keys: WantedKeys<Key>
    if let known = self.keys(of: loader, as: Key.self) {
      keys = known
    } else {
      keys = WantedKeys()
      wanted.append((loader, keys))
    }
    if keys.insert(key) { pending[ObjectIdentifier(loader)] = loader }
  }

  func keys<Key: Hashable & Comparable>(of loader: any Loader<State>, as: Key.Type) -> WantedKeys<Key>? {
    for index in wanted.indices where wanted[index].loader === loader {
      return unsafeDowncast(wanted[index].keys, to: WantedKeys<Key>.self)
    }
    return nil
  }

  /// Whether the plan's row was asked for already: then this service has no such plan, or it is here.
  func hasAskedForPlan(_ version: PlanVersion) -> Bool {
    keys(of: common.plans, as: PlanVersion.self)?.contains(version) ?? false
  }

  /// Numbers are counted anew in each round, since every command asks again.
  mutating func beginRound() {
    numbers.removeAll(keepingCapacity: true)
  }

  /// The batch is committed: what is kept stays wanted, so that it is not loaded again.
  mutating func settle() {
    wanted.removeAll { !$0.loader.isKept }
    plans.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
  }

  /// Forgets what was pending: it is being loaded.
  mutating func loading() {
    pending.removeAll(keepingCapacity: true)
  }
}
