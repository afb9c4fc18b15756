import Crypto
import NIOCore
import Policy
import Transport
import Wire

/// A command in a lane's mailbox: who wants what of which tenant, under which key, by when, and where the answer goes.
///
/// A class, since it goes through many hands, none of which changes it.
final class Command<State: ServiceState>: Sendable {
  /// Where the answer goes.
  enum Origin: Sendable {
    /// A stream of a connection.
    case stream(UInt32, of: any ConnectionHandle)
    /// The service itself: a timer that fires. Nothing is saved under a key.
    case service(@Sendable (Answer) -> Void)
  }

  let tenant: TenantID
  let method: Wire.Method
  let caller: Policy.Caller
  /// 8 to 64 bytes; empty for what comes from the service itself.
  let key: [UInt8]
  /// SHA-256 of the method's number and the request's body.
  let requestHash: [UInt8]
  /// When the caller stops waiting, by the edge's clock.
  let deadline: Instant
  let work: any DecodedWrite<State>
  /// How much of a batch it takes, 1 or more.
  let weight: Int
  let origin: Origin
  /// What the database has refused it, whatever its rule says; nil: nothing.
  let refused: Refused?

  init(
    tenant: TenantID, method: Wire.Method, caller: Policy.Caller, key: [UInt8], requestHash: [UInt8], deadline: Instant,
    work: any DecodedWrite<State>, origin: Origin, refused: Refused? = nil
  ) {
    self.tenant = tenant
    self.method = method
    self.caller = caller
    self.key = key
    self.requestHash = requestHash
    self.deadline = deadline
    self.work = work
    self.weight = work.weight
    self.origin = origin
    self.refused = refused
  }

  /// Whether its answer is saved under its key.
  var keepsAnswer: Bool { !key.isEmpty && work.keepsAnswer }

  /// The same command, which the database has refused.
  func refused(_ refused: Refused) -> Command {
    Command(
      tenant: tenant, method: method, caller: caller, key: key, requestHash: requestHash, deadline: deadline,
      work: work, origin: origin, refused: refused)
  }

  /// The hash by which the same request is known again under its key.
  static func hash(method: Wire.Method, body: ByteBuffer) -> [UInt8] {
    var hash = SHA256()
    Swift.withUnsafeBytes(of: method.number.bigEndian) { hash.update(bufferPointer: $0) }
    body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }
}

/// What a command is answered with.
enum Answer: Sendable {
  /// The reply's message, encoded.
  case reply(ByteBuffer)
  /// A "no".
  case refusal(Callout_V1_Refusal)

  var refusal: Callout_V1_Refusal? {
    switch self {
    case .reply: nil
    case .refusal(let refusal): refusal
    }
  }

  /// The answer as a frame.
  func frame(_ stream: UInt32) -> OutgoingFrame {
    switch self {
    case .reply(let payload): .reply(stream: stream, payload: payload)
    case .refusal(let refusal): .refusal(stream: stream, refusal)
    }
  }
}

/// Gathers answers so that all of one connection leave in one write.
struct AnswerBox {
  private var connections: [(handle: any ConnectionHandle, frames: [OutgoingFrame])] = []
  private var places: [UInt64: Int] = [:]

  /// Adds the answer for a command.
  mutating func add<State>(_ answer: Answer, to origin: Command<State>.Origin) {
    switch origin {
    case .service(let take): take(answer)
    case .stream(let stream, let handle): add(answer.frame(stream), to: handle)
    }
  }

  /// Adds a frame for a connection.
  mutating func add(_ frame: OutgoingFrame, to handle: any ConnectionHandle) {
    if let place = places[handle.id] {
      connections[place].frames.append(frame)
    } else {
      places[handle.id] = connections.count
      connections.append((handle, [frame]))
    }
  }

  /// Sends everything.
  func send() {
    for (handle, frames) in connections { handle.send(frames) }
  }
}
