internal import NIOCore
internal import NIOTLS
internal import Synchronization

/// One exchange with a destination: who waits for its outcome, and how it is told to end early.
final class Exchange: Sendable {
  private struct Contents {
    var outcome: SendOutcome?
    var waiter: CheckedContinuation<SendOutcome, Never>?
    var end: (@Sendable () -> Void)?
    var isCancelled = false
  }

  private let contents = Mutex(Contents())

  /// The connection stands. `end` runs on the loop if the task that waits is cancelled.
  func began(on eventLoop: any EventLoop, end: @escaping @Sendable () -> Void) {
    let isCancelled = contents.withLock { contents in
      contents.end = { eventLoop.execute(end) }
      return contents.isCancelled
    }
    // Whoever waited is gone.
    if isCancelled { eventLoop.execute(end) }
  }

  /// It is over. Only the first outcome counts.
  func finished(_ outcome: SendOutcome) {
    let waiter = contents.withLock { contents -> CheckedContinuation<SendOutcome, Never>? in
      guard contents.outcome == nil else { return nil }
      contents.outcome = outcome
      contents.end = nil
      return contents.waiter.take()
    }
    waiter?.resume(returning: outcome)
  }

  /// Connects, and waits for the outcome. A connection that comes to stand after the task was cancelled is ended at once.
  func outcome(
    connecting connect: @escaping @Sendable () async throws -> Void,
    failure: @escaping @Sendable (any Error) -> SendOutcome
  ) async -> SendOutcome {
    Task {
      do {
        try await connect()
      } catch {
        finished(failure(error))
      }
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome = contents.withLock { contents in
          if contents.outcome == nil { contents.waiter = continuation }
          return contents.outcome
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      let end = contents.withLock { contents in
        contents.isCancelled = true
        return contents.end
      }
      if let end { end() } else { finished(.postponed("the service was stopped before there was a connection")) }
    }
  }
}

/// Whether an event says that TLS is established.
func isHandshake(_ event: Any) -> Bool {
  if case .handshakeCompleted? = event as? TLSUserEvent { true } else { false }
}
