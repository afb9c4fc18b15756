import Policy
import Synchronization

/// The parsed plans of this process, by version: reading a document is expensive, and a version never changes.
final class PlanCache: Sendable {
  /// The most plans that are kept; beyond it the cache begins anew.
  static let plansMax = 1_000

  /// The process's cache.
  static let shared = PlanCache()

  private let plans = Mutex<[PlanVersion: Plan]>([:])

  /// The plan of a version, if it is here.
  func plan(_ version: PlanVersion) -> Plan? {
    plans.withLock { $0[version] }
  }

  /// The plan of a version, read from its document if it is not here. Nil if the document cannot be read any more, which
  /// a published one always can.
  func plan(_ version: PlanVersion, document: [UInt8]) -> Plan? {
    try? read(document, as: version).get()
  }

  /// Reads a document, which must be UTF-8, unless the plan of its version is here.
  func read(_ document: [UInt8], as version: PlanVersion?) -> Result<Plan, PlanErrors> {
    if let version, let plan = plan(version) { return .success(plan) }
    let result = Plan.read(String(decoding: document, as: UTF8.self), zones: SystemZones.load)
    if case .success(let plan) = result {
      plans.withLock {
        if $0.count >= Self.plansMax { $0.removeAll() }
        $0[plan.version] = plan
      }
    }
    return result
  }
}
