import NIOCore
public import Policy
public import SwiftProtobuf
public import Wire

/// One operation that changes something: request and reply on the wire, what it must know, and the rule that decides.
///
/// A conforming type is an `enum` without cases, in the service's table of operations. It maps the request to the rule's
/// own values, calls the rule, and maps its outcome to the reply; it holds no rules itself.
public protocol WriteOperation<State>: Sendable {
  /// The service's state of one tenant.
  associatedtype State: ServiceState
  /// The request's message.
  associatedtype Request: Message & Sendable
  /// The reply's message.
  associatedtype Reply: Message & Sendable
  /// The request as the rule takes it; the message itself by default.
  associatedtype Command: Sendable = Request

  /// The method as the wire's table has it; its kind is `write`.
  static var method: Wire.Method { get }

  /// Reads the request, once.
  ///
  /// Throw a refusal for a request that cannot be understood (a missing or impossible field). Such a refusal is saved
  /// under the request's key like one of the rules.
  static func command(_ request: Request) throws(Refused) -> Command

  /// Asks for what ``decide(_:_:_:)`` looks at. It is called again after each round of loading, with what was loaded. A
  /// refusal here is like one of ``command(_:)``.
  static func needs(_ command: Command, _ state: State, _ needs: inout Needs<State>) throws(Refused)

  /// Decides, and changes the state if it accepts. A refusal undoes whatever it changed.
  ///
  /// It sees what the commands before it in the batch have changed, and must look at nothing that ``needs(_:_:_:)`` did
  /// not ask for. It is a pure function: no clock, no randomness but the context's, no waiting.
  static func decide(_ command: Command, _ state: inout State, _ context: inout Context) -> Decision<Reply>

  /// How many changes of the usual size the request asks for, 1 or more: a batch takes ``LaneSettings/batchMax`` of them.
  /// 1 by default.
  static func weight(_ command: Command) -> Int

  /// Records that the request was refused, where that is itself a fact worth keeping. Called after everything that
  /// ``decide(_:_:_:)`` changed was undone; what it changes is saved with the refusal. Nothing by default.
  static func refused(
    _ command: Command, _ refusal: Refused, _ state: inout State, _ context: inout Context)
}

extension WriteOperation {
  /// 1.
  public static func weight(_ command: Command) -> Int { 1 }
  /// Nothing.
  public static func refused(
    _ command: Command, _ refusal: Refused, _ state: inout State, _ context: inout Context
  ) {}
}

extension WriteOperation where Command == Request {
  /// The message itself.
  public static func command(_ request: Request) throws(Refused) -> Request { request }
}

/// A write operation in a service's table, with its types put away.
public struct WriteEntry<State: ServiceState>: Sendable {
  let method: Wire.Method
  let decode: @Sendable (_ body: ByteBuffer) throws -> any DecodedWrite<State>

  init(_ method: Wire.Method, _ decode: @escaping @Sendable (_ body: ByteBuffer) throws -> any DecodedWrite<State>) {
    self.method = method
    self.decode = decode
  }

  /// The entry of an operation.
  public init<Operation: WriteOperation>(_ operation: Operation.Type) where Operation.State == State {
    self.method = Operation.method
    self.decode = { body in
      let request = try Payload.decode(Operation.Request.self, from: body)
      return TypedWrite<Operation>(command: Result { () throws(Refused) in try Operation.command(request) })
    }
  }
}

/// A decoded request of some operation, as a lane handles it.
protocol DecodedWrite<State>: Sendable {
  associatedtype State: ServiceState
  /// Asks for what is needed. `state` is only read; it is lent, because a copy of a state is not cheap.
  func needs(_ state: inout State, _ needs: inout Needs<State>) throws(Refused)
  /// The reply, encoded.
  func decide(_ state: inout State, _ context: inout Context) -> Decision<ByteBuffer>
  /// How much of a batch the request takes, 1 or more.
  var weight: Int { get }
  /// Whether a refusal of the rules is saved under the key, so that the key is refused for ever.
  var savesRefusals: Bool { get }
  /// Called when ``decide(_:_:)`` refused, after its changes were undone.
  func refused(_ refusal: Refused, _ state: inout State, _ context: inout Context)
}

extension DecodedWrite {
  /// 1.
  var weight: Int { 1 }
  /// True: a new attempt takes a new key.
  var savesRefusals: Bool { true }
}

/// A decoded request of one operation.
struct TypedWrite<Operation: WriteOperation>: DecodedWrite {
  let command: Result<Operation.Command, Refused>

  var weight: Int {
    switch command {
    case .success(let command): max(1, Operation.weight(command))
    case .failure: 1
    }
  }

  func needs(_ state: inout Operation.State, _ needs: inout Needs<Operation.State>) throws(Refused) {
    try Operation.needs(command.get(), state, &needs)
  }

  func decide(_ state: inout Operation.State, _ context: inout Context) -> Decision<ByteBuffer> {
    switch command {
    case .failure(let refused): return .refused(refused)
    case .success(let command): return Operation.decide(command, &state, &context).map { Payload.encode($0) }
    }
  }

  func refused(_ refusal: Refused, _ state: inout Operation.State, _ context: inout Context) {
    if case .success(let command) = command { Operation.refused(command, refusal, &state, &context) }
  }
}

/// Named maxima of the write path.
public enum WriteLimits {
  /// The most rounds in which a batch loads rows.
  public static let loadRoundsMax = 4
}
