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
  /// The reply: its message, or what ``encode(_:)`` makes the message of.
  associatedtype Reply: Sendable
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

  /// The reply's message, encoded; where the reply is that message, it needs no saying how. The same reply has the same
  /// bytes, always.
  static func encode(_ reply: Reply) -> EncodedMessage

  /// How many changes of the usual size the request asks for, 1 or more: a batch takes ``LaneSettings/batchMax`` of them.
  /// 1 by default.
  static func weight(_ command: Command) -> Int

  /// What a reply is made again from, saved under the key in its place: at most ``WriteLimits/traceByteCountMax`` bytes
  /// that tell ``needs(of:_:)`` and ``reply(of:_:)`` which rows hold it. Nil, as by default, saves the reply itself.
  ///
  /// A key is answered with the same bytes for ever. So the rows must be ones that never change, and how a reply is made
  /// of them must not change either for traces that are stored: give new ones another form.
  static func trace(of reply: Reply) -> [UInt8]?

  /// Asks for the rows of a trace.
  static func needs(of trace: [UInt8], _ needs: inout Needs<State>)

  /// The reply that ``decide(_:_:_:)`` gave; nil if its rows are not there.
  static func reply(of trace: [UInt8], _ state: State) -> Reply?

  /// Records that the request was refused, where that is itself a fact worth keeping. Called after everything that
  /// ``decide(_:_:_:)`` changed was undone; what it changes is saved with the refusal. Nothing by default.
  static func refused(
    _ command: Command, _ refusal: Refused, _ state: inout State, _ context: inout Context)
}

extension WriteOperation {
  /// 1.
  public static func weight(_ command: Command) -> Int { 1 }
  /// Nil: the reply itself is saved.
  public static func trace(of reply: Reply) -> [UInt8]? { nil }
  /// Nothing.
  public static func needs(of trace: [UInt8], _ needs: inout Needs<State>) {}
  /// Nil: nothing was saved as a trace.
  public static func reply(of trace: [UInt8], _ state: State) -> Reply? { nil }
  /// Nothing.
  public static func refused(
    _ command: Command, _ refusal: Refused, _ state: inout State, _ context: inout Context
  ) {}
}

extension WriteOperation where Reply: Message {
  /// The message's encoding.
  public static func encode(_ reply: Reply) -> EncodedMessage { EncodedMessage(reply) }
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

/// A reply, encoded.
struct EncodedReply {
  let payload: ByteBuffer
  /// What is saved in its place; nil: the reply itself.
  var trace: [UInt8]?
}

/// A decoded request of some operation, as a lane handles it.
protocol DecodedWrite<State>: Sendable {
  associatedtype State: ServiceState
  /// Asks for what is needed. `state` is only read; it is lent, because a copy of a state is not cheap.
  func needs(_ state: inout State, _ needs: inout Needs<State>) throws(Refused)
  func decide(_ state: inout State, _ context: inout Context) -> Decision<EncodedReply>
  /// Asks for what ``reply(of:_:)`` looks at.
  func needs(of trace: [UInt8], _ needs: inout Needs<State>)
  /// The reply of which a trace was saved, encoded; nil if it cannot be made.
  func reply(of trace: [UInt8], _ state: inout State) -> ByteBuffer?
  /// How much of a batch the request takes, 1 or more.
  var weight: Int { get }
  /// Whether the answer, a refusal of the rules too, is saved under the key, so that a duplicate is answered the same for ever.
  var keepsAnswer: Bool { get }
  /// Called when ``decide(_:_:)`` refused, after its changes were undone.
  func refused(_ refusal: Refused, _ state: inout State, _ context: inout Context)
}

extension DecodedWrite {
  /// 1.
  var weight: Int { 1 }
  /// True: a new attempt takes a new key.
  var keepsAnswer: Bool { true }
  /// Nothing.
  func needs(of trace: [UInt8], _ needs: inout Needs<State>) {}
  /// Nil: no traces are saved.
  func reply(of trace: [UInt8], _ state: inout State) -> ByteBuffer? { nil }
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

  func decide(_ state: inout Operation.State, _ context: inout Context) -> Decision<EncodedReply> {
    switch command {
    case .failure(let refused): return .refused(refused)
    case .success(let command):
      return Operation.decide(command, &state, &context).map { reply in
        EncodedReply(payload: Operation.encode(reply).bytes, trace: Operation.trace(of: reply))
      }
    }
  }

  func needs(of trace: [UInt8], _ needs: inout Needs<Operation.State>) { Operation.needs(of: trace, &needs) }

  func reply(of trace: [UInt8], _ state: inout Operation.State) -> ByteBuffer? {
    Operation.reply(of: trace, state).map { Operation.encode($0).bytes }
  }

  func refused(_ refusal: Refused, _ state: inout Operation.State, _ context: inout Context) {
    if case .success(let command) = command { Operation.refused(command, refusal, &state, &context) }
  }
}

/// Named maxima of the write path.
public enum WriteLimits {
  /// The most rounds in which a batch loads rows.
  public static let loadRoundsMax = 4
  /// The longest trace of a reply, in bytes.
  public static let traceByteCountMax = 64
}
