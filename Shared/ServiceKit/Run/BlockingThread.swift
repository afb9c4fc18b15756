import Postgres

/// A thread of its own for calls that block, such as those on files, so that none of Swift's pool waits for them.
public actor BlockingThread {
  private nonisolated let executor: ThreadExecutor

  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Starts the thread. The system shows the first 15 bytes of `name`.
  public init(name: String) {
    executor = ThreadExecutor(name: name)
  }

  /// Runs `body` on the thread, after what was asked for before.
  public func run<Value: Sendable, Failure: Error>(
    _ body: @Sendable () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try body()
  }

  /// Lets the thread end.
  public func close() {
    executor.shutdown()
  }
}
