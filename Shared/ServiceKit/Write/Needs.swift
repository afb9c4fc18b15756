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
  private var wanted: [(loader: any Loader<State>, keys: any AnyWantedKeys)] = []
  /// Whether some of these are of loaders whose rows no lane keeps.
  private var wantsPassing = false
  /// The loaders that have something fresh to load.
  private(set) var pending: [ObjectIdentifier: any Loader<State>] = [:]
  /// The loaders of which something is presumed not to be there.
  private(set) var presumed: [ObjectIdentifier: (loader: any Loader<State>, keys: any AnyWantedKeys)] = [:]
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

  /// The row of `table` that the command adds under this key, unless it is there, which it hardly ever is. A batch that
  /// needs nothing else from the database presumes that it is not, and learns otherwise when the row is inserted: its primary
  /// key refuses a second one.
  ///
  /// Only for a row that the command inserts whenever it is accepted, into a table whose violations ``PresumedNews`` knows.
  mutating func newRow<Row>(_ table: Table<State, Row>, _ key: Row.Key) {
    presume(table, key)
  }

  /// The row of `table` that is there only if news of its subject has come before, for a command that takes the first news
  /// of it. A batch may presume that there is none, as long as the news itself proves to be the first.
  public mutating func rowAfterNews<Row>(_ table: Table<State, Row>, _ key: Row.Key) {
    presume(table, key)
  }

  /// The rows of `group` that are there only if news of their subject has come before; see ``rowAfterNews(_:_:)``.
  public mutating func rowsAfterNews<Row, Value>(_ group: Group<State, Row, Value>, _ value: Value) {
    presume(group, value)
  }

  /// A published plan. It is then in `state.common.plans`, if this service has it.
  public mutating func plan(_ version: PlanVersion) {
    plans.insert(version)
  }

  /// A published plan, and the newest version of the same plan, for `state.common.newest(of:)`.
  public mutating func planWithNewest(_ version: PlanVersion, _ state: State) {
    plan(version)
    if let id = state.common.plans[version]?.id { newestPlan(of: id, state) }
  }

  /// The newest version of a plan, for `state.common.newest(of:)`.
  public mutating func newestPlan(of id: String, _ state: State) {
    want(common.newestPlans, id)
    if let newest = state.common.newestVersion(of: id) { plan(newest) }
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
    let keys = keysMade(of: loader, as: Key.self)
    if keys.insert(key) { pending[ObjectIdentifier(loader)] = loader }
  }

  private mutating func presume<Key: Hashable & Comparable>(_ loader: any Loader<State>, _ key: Key) {
    let keys = keysMade(of: loader, as: Key.self)
    if keys.insert(key) { presumed[ObjectIdentifier(loader)] = (loader, keys) }
  }

  /// All that there is under these keys is known: what has been inserted need not be looked up.
  mutating func learn<Key: Hashable & Comparable>(_ loader: any Loader<State>, _ keys: [Key]) {
    if keys.isEmpty { return }
    let known = keysMade(of: loader, as: Key.self)
    for key in keys { known.learn(key) }
  }

  private mutating func keysMade<Key: Hashable & Comparable>(
    of loader: any Loader<State>, as: Key.Type
  ) -> WantedKeys<Key> {
    if let known = keys(of: loader, as: Key.self) { return known }
    let made = WantedKeys<Key>()
    wanted.append((loader, made))
    if !loader.isKept { wantsPassing = true }
    return made
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

  /// The batch is committed: what is kept stays wanted, so that it is not loaded again, and what was presumed is true.
  mutating func settle() {
    for (_, keys) in presumed.values { keys.settle() }
    presumed.removeAll(keepingCapacity: true)
    if wantsPassing { wanted.removeAll { !$0.loader.isKept } }
    wantsPassing = false
    plans.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
  }

  /// Forgets what was pending: it is being loaded.
  mutating func loading() {
    pending.removeAll(keepingCapacity: true)
    presumed.removeAll(keepingCapacity: true)
  }
}
