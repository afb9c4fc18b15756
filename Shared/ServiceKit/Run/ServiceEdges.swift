import Policy
package import Postgres
import Wire

/// Everything of a service that does not follow from what it is asked: time, threads, chance, and the sessions with its
/// database. Production fills it with the real things (``real(_:)``).
package struct ServiceEdges: Sendable {
  /// Makes the session of a part of the service: the part's name, and settings of the session in the database.
  package typealias MakeSession =
    @Sendable (_ part: String, _ settings: [String: String], _ seed: UInt64) -> sending any Session

  /// Time.
  package var clock: any EdgeClock
  /// Where tasks run that the service starts by itself; nil: on Swift's own pool. Their children inherit it.
  package var taskExecutor: (any TaskExecutor)?
  /// Makes the executor of a part that has a session.
  package var makeExecutor: @Sendable (_ part: String) -> any EndableExecutor
  /// Makes a session.
  package var makeSession: MakeSession
  /// A number that nobody can foresee.
  package var seed: @Sendable () -> UInt64

  /// Edges as given.
  package init(
    clock: any EdgeClock, taskExecutor: (any TaskExecutor)?,
    makeExecutor: @escaping @Sendable (_ part: String) -> any EndableExecutor, makeSession: @escaping MakeSession,
    seed: @escaping @Sendable () -> UInt64
  ) {
    self.clock = clock
    self.taskExecutor = taskExecutor
    self.makeExecutor = makeExecutor
    self.makeSession = makeSession
    self.seed = seed
  }

  /// Starts a task that nobody waits for.
  func start(_ work: @escaping @Sendable () async -> Void) {
    Task(executorPreference: taskExecutor) { await work() }
  }
}

/// An executor that can be told that nothing more comes.
package protocol EndableExecutor: SerialExecutor {
  /// Lets it end once no job is left.
  func shutdown()
}

extension ThreadExecutor: EndableExecutor {}

extension ServiceEdges {
  /// The machine's clock, a thread for each part, and PostgreSQL.
  static func real(_ database: ServiceSettings.Database, service: ServiceName) -> ServiceEdges {
    ServiceEdges(
      clock: SystemClock(), taskExecutor: nil, makeExecutor: { ThreadExecutor(name: $0) },
      makeSession: { part, settings, seed in
        let configuration = database.configuration("callout \(service.rawValue) \(part)", settings: settings)
        return ReconnectingConnection(configuration, backoff: Backoff(maximum: .seconds(2), seed: seed))
      },
      seed: { UInt64.random(in: .min ... .max) })
  }
}
