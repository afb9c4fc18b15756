public import Logging
public import NIOCore
public import Wire

/// How a client connects and how long it waits.
public struct ClientConfiguration: Sendable, Equatable {
  /// What the client calls itself in its hello; at most 128 bytes.
  public var name: String
  /// Features that the client offers.
  public var features: [String] = []
  /// From the begin of connecting to the TCP connection.
  public var connectTimeout: Duration = .seconds(2)
  /// From the TCP connection to the end of TLS's handshake.
  public var handshakeTimeout: Duration = .seconds(2)
  /// From the hello to the welcome.
  public var welcomeTimeout: Duration = .seconds(2)
  /// How long the connection may be silent before it is pinged.
  public var idleTimeout: Duration = .seconds(15)
  /// How long a pong may take.
  public var pongTimeout: Duration = .seconds(10)
  /// How long a call waits for its answer unless it says otherwise.
  public var callTimeout: Duration = .seconds(30)
  /// Requests that may wait here while the server's limit in flight is reached.
  public var waitingMax = 10_000

  /// A configuration with the defaults above.
  public init(name: String) { self.name = name }
}

/// A request on its way out.
public struct OutgoingRequest: Sendable, Equatable {
  /// The method to call.
  public var method: Method
  /// Idempotency key of 8 to 64 bytes for a write, else empty.
  public var key: ByteBuffer
  /// How long to wait, here and there; nil: the connection's default here, the server's there.
  public var timeout: Duration?
  /// W3C trace context, or empty.
  public var traceparent: String
  /// The tenant, where the caller is bound to none.
  public var tenant: TenantBytes?
  /// The method's request message, encoded.
  public var body: ByteBuffer

  /// A request with these parts.
  public init(
    _ method: Method, key: ByteBuffer = ByteBuffer(), timeout: Duration? = nil, traceparent: String = "",
    tenant: TenantBytes? = nil, body: ByteBuffer
  ) {
    self.method = method
    self.key = key
    self.timeout = timeout
    self.traceparent = traceparent
    self.tenant = tenant
    self.body = body
  }
}

/// A server's answer.
public enum Reply: Sendable, Equatable {
  /// The method's reply message, encoded.
  case payload(ByteBuffer)
  /// A "no", with its number.
  case refusal(Callout_V1_Refusal)
}

/// One connection to a service, which many tasks share: requests are multiplexed.
///
/// When it has closed or is going away it is of no more use; make another.
public final class ClientConnection: Sendable {
  /// Connects, checks who answers, and says hello.
  ///
  /// - Parameters:
  ///   - host: A name or an address.
  ///   - port: 1 to 65,535.
  ///   - tls: Our certificate and whom we trust.
  ///   - service: Whom to expect: the certificate must be `spiffe://<domain>/service/<service>`.
  ///   - configuration: How long to wait.
  ///   - group: The event loops to run on.
  ///   - logger: Where the connection's events go.
  /// - Throws: ``TransportError`` with effect `none`.
  public static func connect(
    host: String, port: Int, tls: TLSMaterial, expecting service: String, configuration: ClientConfiguration,
    on group: any EventLoopGroup, logger: Logger
  ) async throws(TransportError) -> ClientConnection { fatalError("unfinished") }

  /// What the server said in its welcome.
  public var welcome: Callout_V1_Welcome { fatalError("unfinished") }

  /// Whether new requests can be made: neither closed nor going away.
  public var isUsable: Bool { fatalError("unfinished") }

  /// Requests that were made and have no answer yet.
  public var unansweredCount: Int { fatalError("unfinished") }

  /// Asks and waits for the answer. Cancelling the task cancels the request.
  ///
  /// - Throws: ``TransportError``; its effect says whether the request may have been carried out. A write may then be
  ///   repeated under the same key.
  public func call(_ request: OutgoingRequest) async throws(TransportError) -> Reply { fatalError("unfinished") }

  /// Asks many things in one write and waits for all answers.
  ///
  /// - Returns: The answers in the order of the requests.
  public func send(_ requests: [OutgoingRequest]) async -> [Result<Reply, TransportError>] { fatalError("unfinished") }

  /// Opens a stream of pushes. Credit is renewed as items are taken.
  ///
  /// - Parameter credit: How many items may be under way at once; at most what the welcome allows.
  public func stream(_ request: OutgoingRequest, credit: UInt32 = 256) async throws(TransportError) -> PushStream {
    fatalError("unfinished")
  }

  /// Tells the server that no more requests come, waits for what is unanswered, at most `grace`, and closes.
  public func close(within grace: Duration = .seconds(5)) async { fatalError("unfinished") }

  /// Returns when the connection is closed, by whomever.
  public func waitUntilClosed() async { fatalError("unfinished") }
}
