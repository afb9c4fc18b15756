public import Policy
public import Wire

/// Where a process of a service listens.
public struct ServiceAddress: Sendable, Hashable, CustomStringConvertible {
  /// A host's name or an IP address, without brackets.
  public let host: String
  /// 1 to 65,535.
  public let port: Int

  /// An address; nil if the port is out of range or the host is empty.
  public init?(host: String, port: Int) {
    guard !host.isEmpty, (1...65_535).contains(port) else { return nil }
    self.host = host
    self.port = port
  }

  /// Reads `host:port` or `[ipv6]:port`; nil for anything else.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
    } else if host.contains(":") {
      return nil
    }
    self.init(host: host, port: port)
  }

  /// `host:port`.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// What a client needs to know: where the services are, who it is, and how patient it is.
public struct CalloutConfiguration: Sendable {
  /// The processes of each service. A client may use one service alone.
  public var addresses: [ServiceName: [ServiceAddress]]
  /// The trust domain, such as `callout.test`: a service must present `spiffe://<domain>/service/<name>`.
  public var domain: String
  /// PEM file with the client's certificate and the intermediate ones. It is read again when it has changed.
  public var certificate: String
  /// PEM file with its private key.
  public var key: String
  /// PEM file with the authorities that are trusted.
  public var trust: String
  /// The tenant that calls are for. A tenant's identity is bound to its tenant anyway; the operator must name one.
  public var tenant: TenantID?
  /// Connections to each address, 1 to 64. One is enough for all but the busiest: requests are multiplexed.
  public var connectionsPerAddress: Int = 1
  /// How calls are repeated.
  public var retry: RetryPolicy = RetryPolicy()
  /// What the client calls itself, at most 128 bytes.
  public var name: String = "callout-client"

  /// A configuration with the defaults above.
  public init(
    addresses: [ServiceName: [ServiceAddress]], domain: String, certificate: String, key: String, trust: String,
    tenant: TenantID? = nil
  ) {
    self.addresses = addresses
    self.domain = domain
    self.certificate = certificate
    self.key = key
    self.trust = trust
    self.tenant = tenant
  }
}

/// What one call asks for beyond its request.
public struct CallOptions: Sendable {
  /// How long the call may take in all, its repetitions included: up to 5 minutes.
  public var deadline: Duration
  /// Idempotency key of a write, 8 to 64 bytes; nil: a fresh one (UUIDv7) for this call. Every repetition of the call
  /// carries the same key, so it has one effect however often it is sent. Give one to make a call repeatable by another
  /// process or after a crash.
  public var idempotencyKey: [UInt8]?
  /// The tenant, instead of the configuration's.
  public var tenant: TenantID?
  /// W3C trace context (`00-…-…-01`), or empty.
  public var traceparent: String
  /// Whether the call may be repeated when that is safe.
  public var retries: Bool

  /// Options; the defaults suit a person who waits.
  public init(
    deadline: Duration = .seconds(5), idempotencyKey: [UInt8]? = nil, tenant: TenantID? = nil, traceparent: String = "",
    retries: Bool = true
  ) {
    self.deadline = deadline
    self.idempotencyKey = idempotencyKey
    self.tenant = tenant
    self.traceparent = traceparent
    self.retries = retries
  }
}
