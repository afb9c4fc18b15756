/// When a session plans its prepared statements anew.
///
/// PostgreSQL keeps the plan of a prepared statement until the table is analysed, however long the table grows meanwhile.
/// One that was made when there were only a few rows may read all of them, and goes on to do so. So plans are made anew
/// when a session has done twice as much as when they were last made: a table is then hardly ever much longer than its plan
/// expects, and planning takes next to nothing of the time.
struct PlanRenewal {
  /// The transactions after which plans are first made anew.
  static let firstAfter = 16

  private var transactions = 0
  private var next = firstAfter

  /// Counts a transaction; true if it is to end with ``Statement/discardPlans``.
  mutating func isDue() -> Bool {
    transactions += 1
    guard transactions == next else { return false }
    next *= 2
    return true
  }
}
