public import Logging

/// Takes connections, greets them, and hands their requests to a receiver.
///
/// ``run()`` serves until ``drain(within:)`` is done or its task is cancelled. ``start()`` may come first, to learn the
/// port.
public final class TransportServer: Sendable {
  /// What the server has counted.
  public struct Counts: Sendable, Equatable {
    /// Connections that are open.
    public var open = 0
    /// Connections that were taken since the start.
    public var accepted: UInt64 = 0
    /// Connections that were closed at once because of a cap.
    public var overCap: UInt64 = 0
    /// Connections that TLS, the identity or the hello ended before they were welcomed.
    public var rejected: UInt64 = 0
  }

  /// A server that does nothing yet.
  ///
  /// - Throws: ``ConfigurationError`` if a value is out of its bounds.
  public init(
    configuration: ServerConfiguration, tls: TLSMaterial, receiver: any RequestReceiver, logger: Logger
  ) throws(ConfigurationError) {
    fatalError("unfinished")
  }

  /// Listens.
  ///
  /// - Returns: The port, which is of interest where the configuration says 0.
  /// - Throws: What the system says if the address cannot be bound.
  @discardableResult
  public func start() async throws -> Int { fatalError("unfinished") }

  /// Serves until drained or cancelled; listens first if ``start()`` has not. When it returns, every connection is closed.
  public func run() async throws { fatalError("unfinished") }

  /// Stops listening, tells every client to go elsewhere, refuses new requests, ends streams, waits for what is in flight
  /// and closes. After `grace` whatever is left is closed.
  public func drain(within grace: Duration) async { fatalError("unfinished") }

  /// What has been counted so far.
  public var counts: Counts { fatalError("unfinished") }
}
