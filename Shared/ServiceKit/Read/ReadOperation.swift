import NIOCore
public import Policy
public import SwiftProtobuf
public import Wire

/// One operation that changes nothing: the queries that it runs, and how their rows become the reply.
///
/// The queries of many reads run together in one round trip and see one snapshot of the database; what they ask by a
/// ``Lookup`` they ask in one statement. Row-level security lets them see the request's tenant only; even so every query
/// filters by `tenant_id`, which is `$1` by convention.
public protocol ReadOperation: Sendable {
  /// The request's message.
  associatedtype Request: Message & Sendable
  /// The reply's message.
  associatedtype Reply: Message & Sendable

  /// The method as the wire's table has it; its kind is `read`.
  static var method: Wire.Method { get }
  /// Whether all that is read is found by its key, so that it costs a few probes of an index however much there is. Such reads
  /// gather in large batches; the others, which may look at many rows, go where these do not wait for them (``Readers``).
  /// False by default.
  static var isByKey: Bool { get }

  /// The queries to run. Throw a refusal for a request that cannot be understood.
  static func queries(_ request: Request, _ context: ReadContext) throws(Refused) -> [Query]

  /// Further queries that depend on the rows of the first ones; their results follow the first ones'. None by default.
  static func followUp(
    _ request: Request, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query]

  /// The reply. Throw a refusal (`.notFound`) if what was asked for is not there.
  static func reply(_ request: Request, _ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> Reply
}

extension ReadOperation {
  /// It may look at many rows.
  public static var isByKey: Bool { false }

  /// None.
  public static func followUp(
    _ request: Request, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] { [] }
}

/// Why a read has no reply.
public enum ReadFailure: Error, Sendable {
  /// The rules say no.
  case refused(Refused)
  /// A row does not fit the code that reads it.
  case row(RowError)

  /// The rules say no.
  public static func refused(_ reason: Refused.Reason, _ text: String) -> ReadFailure {
    .refused(Refused(reason, text))
  }
}

extension ReadFailure {
  /// Runs `body`, and makes its refusal a failure of the read.
  public static func catching<Value>(_ body: () throws(Refused) -> Value) throws(ReadFailure) -> Value {
    do {
      return try body()
    } catch {
      throw .refused(error)
    }
  }
}

/// What a read may know beside its request.
public struct ReadContext: Sendable {
  /// The tenant that is asked about.
  public let tenant: TenantID
  /// The tenant's present time.
  public let now: Instant
  /// Who asks.
  public let caller: Policy.Caller

  /// A context as given.
  public init(tenant: TenantID, now: Instant, caller: Policy.Caller) {
    self.tenant = tenant
    self.now = now
    self.caller = caller
  }
}

/// A read operation in a service's table, with its types put away.
public struct ReadEntry: Sendable {
  let method: Wire.Method
  let isByKey: Bool
  let decode: @Sendable (_ body: ByteBuffer) throws -> any DecodedRead

  /// The entry of an operation.
  public init<Operation: ReadOperation>(_ operation: Operation.Type) {
    self.init(method: Operation.method, isByKey: Operation.isByKey) { body in
      TypedRead<Operation>(request: try Payload.decode(from: body))
    }
  }

  /// The entry of an operation that the process's settings have a part in.
  init(
    method: Wire.Method, isByKey: Bool, decode: @escaping @Sendable (_ body: ByteBuffer) throws -> any DecodedRead
  ) {
    self.method = method
    self.isByKey = isByKey
    self.decode = decode
  }
}

/// A decoded request of some read, as a reader handles it.
protocol DecodedRead: Sendable {
  func queries(_ context: ReadContext) throws(Refused) -> [Query]
  func followUp(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> [Query]
  /// The reply, encoded.
  func reply(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> ByteBuffer
}

/// A decoded request of one read.
struct TypedRead<Operation: ReadOperation>: DecodedRead {
  let request: Operation.Request

  func queries(_ context: ReadContext) throws(Refused) -> [Query] {
    try Operation.queries(request, context)
  }

  func followUp(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> [Query] {
    try Operation.followUp(request, results, context)
  }

  func reply(_ results: ReadResults, _ context: ReadContext) throws(ReadFailure) -> ByteBuffer {
    Payload.encode(try Operation.reply(request, results, context))
  }
}
