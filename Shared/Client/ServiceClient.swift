internal import NIOCore
internal import Policy
public import SwiftProtobuf
internal import Transport
public import Wire

/// One service, as its callers see it: a typed call for each of its methods.
///
/// The calls themselves are made from the schema, so each is documented where it stands. Every call throws
/// ``CalloutError`` and is repeated while that is safe and the deadline allows (``RetryPolicy``).
public protocol ServiceClient: Sendable {
  /// Which service it is.
  var name: ServiceName { get }
  /// Sends requests.
  var caller: ServiceCaller { get }
}

extension ServiceClient {
  /// Calls an operation.
  public func call<Request: SwiftProtobuf.Message, Reply: SwiftProtobuf.Message>(
    _ operation: Operation<Request, Reply>, _ request: Request, options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> Reply {
    let answer = try await caller.exchange(operation.method, body: Payload.encode(request), options: options)
    do {
      return try Payload.decode(from: answer)
    } catch {
      throw .transport(text: "\(name.rawValue) answered \(operation.method.name) with something else.", effect: .done)
    }
  }

  /// Calls an operation whose request and reply are JSON, as ``MessageCoding`` reads and writes it.
  public func call(
    _ operation: OperationShape, _ request: JSONValue, coding: MessageCoding = MessageCoding(),
    options: CallOptions = CallOptions()
  ) async throws(CalloutError) -> JSONValue {
    let body: [UInt8]
    do { body = try coding.encode(request, as: operation.request) } catch { throw .configuration("\(error)") }
    let answer = try await caller.exchange(operation.method, body: ByteBuffer(bytes: body), options: options)
    do {
      return try coding.decode(Array(answer.readableBytesView), as: operation.reply)
    } catch {
      throw .transport(text: "\(name.rawValue) answered \(operation.method.name) with something else.", effect: .done)
    }
  }
}

/// Tickets and whom they concern.
public struct IntakeClient: ServiceClient {
  /// Which service it is.
  public let name = ServiceName.intake
  /// Sends requests.
  public let caller: ServiceCaller
}

/// Credits and what they paid for.
public struct LedgerClient: ServiceClient {
  /// Which service it is.
  public let name = ServiceName.ledger
  /// Sends requests.
  public let caller: ServiceCaller
}

/// Clocks, rotas and escalations.
public struct NotifierClient: ServiceClient {
  /// Which service it is.
  public let name = ServiceName.notifier
  /// Sends requests.
  public let caller: ServiceCaller
}

/// Sends requests to one service, again where that is safe.
public struct ServiceCaller: Sendable {
  let service: ServiceName
  let pool: ConnectionPool
  let tenant: TenantID?
  let retry: RetryPolicy
  let keys: KeySource
  let surroundings: Surroundings

  /// Sends one request until it is answered, refused for good, or out of time; every time under the same key.
  func exchange(
    _ method: Method, body: ByteBuffer, options: CallOptions
  ) async throws(CalloutError) -> ByteBuffer {
    var request = try envelope(method, body: body, options: options)
    let start = surroundings.now()
    // Once an attempt may have taken effect, a later failure to reach the service does not undo that.
    var effect = CallEffect.none
    var attempt = 1
    while true {
      let left = options.deadline - (surroundings.now() - start)
      guard left > .zero else { throw .deadline(text: lateText(method, options), effect: effect) }
      request.timeout = left
      let failure: AttemptFailure
      switch await send(request) {
      case .success(let answer): return answer
      case .failure(let why): failure = why
      }
      if failure.effect == .unknown, method.kind == .write { effect = .unknown }
      let pause =
        options.retries ? retry.pause(after: failure, attempt: attempt, random: surroundings.random()) : nil
      guard let pause, surroundings.now() - start + pause < options.deadline else {
        throw error(of: failure, method: method, effect: effect, options: options)
      }
      do {
        try await surroundings.sleep(pause)
      } catch {
        throw .transport(text: "The call was cancelled.", effect: effect)
      }
      attempt += 1
    }
  }

  func envelope(
    _ method: Method, body: ByteBuffer, options: CallOptions
  ) throws(CalloutError) -> OutgoingRequest {
    guard options.deadline > .zero, options.deadline <= .seconds(300) else {
      throw .configuration("A deadline is more than 0 and at most 300 seconds.")
    }
    var key = ByteBuffer()
    if method.kind == .write {
      let bytes = options.idempotencyKey ?? keys.next()
      guard (RequestEnvelope.keyByteCountMin...RequestEnvelope.keyByteCountMax).contains(bytes.count) else {
        throw .configuration("An idempotency key has 8 to 64 bytes.")
      }
      key = ByteBuffer(bytes: bytes)
    }
    let tenant = method.needsTenant ? options.tenant ?? self.tenant : nil
    return OutgoingRequest(
      method, key: key, traceparent: options.traceparent,
      tenant: tenant.map { TenantBytes(high: $0.high, low: $0.low) },
      body: body)
  }

  private func send(_ request: OutgoingRequest) async -> Result<ByteBuffer, AttemptFailure> {
    do throws(TransportError) {
      switch try await pool.connection().call(request) {
      case .payload(let body): return .success(body)
      case .refusal(let refusal): return .failure(.refused(CalloutRefusal(refusal)))
      }
    } catch {
      return .failure(AttemptFailure(error, service: service))
    }
  }

  private func error(
    of failure: AttemptFailure, method: Method, effect: CallEffect, options: CallOptions
  ) -> CalloutError {
    switch failure {
    case .refused(let refusal):
      // A refusal for good answers for all attempts; one that may pass does not.
      if refusal.isRetryable, effect == .unknown, refusal.effect == .none {
        return .transport(text: "\(refusal.name) (\(refusal.number)): \(refusal.text)", effect: .unknown)
      }
      return .refusal(refusal)
    case .broken(let text, _), .hopeless(let text, _): return .transport(text: text, effect: effect)
    case .timedOut: return .deadline(text: lateText(method, options), effect: effect)
    }
  }

  private func lateText(_ method: Method, _ options: CallOptions) -> String {
    "\(service.rawValue) did not answer \(method.name) within \(options.deadline)."
  }
}

extension AttemptFailure {
  init(_ error: TransportError, service: ServiceName) {
    let effect = CallEffect(error.effect)
    let name = service.rawValue
    switch error.reason {
    case .unreachable(let address): self = .broken(text: "\(name) cannot be reached: \(address).", effect: effect)
    case .welcomeTimeout: self = .broken(text: "\(name) did not say welcome in time.", effect: effect)
    case .closed: self = .broken(text: "The connection to \(name) closed.", effect: effect)
    case .goingAway: self = .broken(text: "\(name) is shutting down.", effect: effect)
    case .tooManyWaiting: self = .broken(text: "Too many requests wait for \(name).", effect: effect)
    case .refused(let refusal): self = .refused(CalloutRefusal(refusal))
    case .timedOut: self = .timedOut(effect: effect)
    case .handshake(let text): self = .hopeless(text: "TLS with \(name) failed: \(text).", effect: effect)
    case .identity(let error): self = .hopeless(text: "The server is not \(name): \(error).", effect: effect)
    case .unexpectedService(let other):
      self = .hopeless(text: "The server is \(other), not \(name).", effect: effect)
    case .protocolViolation(let text):
      self = .hopeless(text: "\(name) broke the protocol: \(text).", effect: effect)
    case .cancelled: self = .hopeless(text: "The call was cancelled.", effect: effect)
    case .requestTooLong(let count, let limit):
      self = .hopeless(text: "The request has \(count) bytes; \(name) takes \(limit).", effect: effect)
    }
  }
}
