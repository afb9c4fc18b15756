internal import NIOCore
internal import Wire

/// Where the answer to a request goes.
enum Completion: Sendable {
  /// To the task that waits for it.
  case call(CheckedContinuation<Result<Reply, TransportError>, Never>)
  /// To its place in a batch.
  case batch(BatchAnswers, index: Int)
  /// To a stream's reader, the items before it.
  case stream(AsyncThrowingStream<PushStream.Element, any Error>.Continuation)

  /// Hands over the end.
  func finish(_ result: Result<Reply, TransportError>) {
    switch self {
    case .call(let continuation): continuation.resume(returning: result)
    case .batch(let answers, let index): answers.set(result, at: index)
    case .stream(let continuation):
      switch result {
      case .success(.payload): continuation.finish()
      case .success(.refusal(let refusal)):
        continuation.finish(throwing: TransportError(.refused(refusal), effect: refusal.effect))
      case .failure(let error): continuation.finish(throwing: error)
      }
    }
  }
}

/// What tasks ask of a connection's handler, in their order.
enum ClientOrder: Sendable {
  case request(ticket: UInt64, OutgoingRequest, ClientConnectionState.Demand, deadline: NIODeadline?, Completion)
  case abandon(ticket: UInt64)
  case credit(ticket: UInt64, items: UInt32)
  case leave
}
