internal import Wire

/// What a server allows and how long it waits. Every wait has a limit.
public struct ServerConfiguration: Sendable, Equatable {
  /// The address to listen on.
  public var host: String
  /// The port to listen on; 0: any that is free.
  public var port: Int
  /// The service's name, which the welcome states.
  public var service: String
  /// Threads that carry connections.
  public var eventLoopCount = 1
  /// The largest length field of a frame, in bytes: 16,384 to 4,194,304.
  public var frameByteCountMax = Frame.lengthByteCountDefault
  /// Requests of one connection that may await their answer, streams not counted.
  public var inFlightMax = 1_024
  /// Streams that one connection may have open.
  public var streamsMax = 64
  /// Credit that one stream may hold, in items.
  public var creditMax: UInt32 = 4_096
  /// Connections in all.
  public var connectionsMax = 4_096
  /// Connections from one address.
  public var connectionsPerAddressMax = 512
  /// The kernel's queue of connections that wait to be accepted.
  public var backlogMax: Int32 = 512
  /// From the connection's begin to the end of TLS's handshake.
  public var handshakeTimeout: Duration = .seconds(2)
  /// From the handshake to the hello.
  public var helloTimeout: Duration = .seconds(2)
  /// How long a connection may be silent before it is pinged.
  public var idleTimeout: Duration = .seconds(30)
  /// How long a pong may take.
  public var pongTimeout: Duration = .seconds(10)
  /// Bytes that may wait for a client to read them; more, and the connection is cut off.
  public var unreadByteCountMax = 8_388_608
  /// How long bytes may wait without the client reading any; longer, and the connection is cut off.
  public var slowReaderTimeout: Duration = .seconds(10)

  /// A configuration with the defaults above.
  public init(host: String, port: Int, service: String) {
    self.host = host
    self.port = port
    self.service = service
  }

  /// What is wrong with the configuration, one sentence each; empty if nothing is.
  public var problems: [String] {
    var problems: [String] = []
    func require(_ holds: Bool, _ sentence: String) { if !holds { problems.append(sentence) } }
    require((0...65_535).contains(port), "port must be 0 to 65535")
    require((1...64).contains(eventLoopCount), "eventLoopCount must be 1 to 64")
    require(
      (Frame.firstLengthByteCountMax...Frame.lengthByteCountMax).contains(frameByteCountMax),
      "frameByteCountMax must be \(Frame.firstLengthByteCountMax) to \(Frame.lengthByteCountMax)")
    require((1...65_536).contains(inFlightMax), "inFlightMax must be 1 to 65536")
    require((1...65_536).contains(streamsMax), "streamsMax must be 1 to 65536")
    require((1...65_536).contains(creditMax), "creditMax must be 1 to 65536")
    require(connectionsMax >= 1, "connectionsMax must be at least 1")
    require(connectionsPerAddressMax >= 1, "connectionsPerAddressMax must be at least 1")
    require(backlogMax >= 1, "backlogMax must be at least 1")
    require(unreadByteCountMax >= frameByteCountMax, "unreadByteCountMax must hold a frame")
    for (name, value) in [
      ("handshakeTimeout", handshakeTimeout), ("helloTimeout", helloTimeout), ("idleTimeout", idleTimeout),
      ("pongTimeout", pongTimeout), ("slowReaderTimeout", slowReaderTimeout),
    ] {
      require(value > .zero && value <= .seconds(3_600), "\(name) must be over 0 and at most an hour")
    }
    return problems
  }
}

/// A configuration that cannot be used.
public struct ConfigurationError: Error, Sendable, Equatable {
  /// One sentence a problem.
  public let problems: [String]
}
