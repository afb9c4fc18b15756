public import Policy

/// Where a tenant's own system takes messages, and the keys that they are signed with.
public struct WebhookEndpoint: Record {
  public let id: EndpointID
  /// As ladders name it behind `webhook.`; a tenant has one of a name.
  public let name: String
  /// `https://…`; a tenant has one endpoint for it.
  public var url: String
  /// `whsec_…`
  public var secret: String
  /// The key before, while it is valid too; nil: there is none.
  public var earlier: Earlier?
  /// Counts changes, from 1.
  public var version: Int64

  /// A key that was replaced.
  public struct Earlier: Hashable, Sendable {
    public var secret: String
    public var until: Instant

    public init(secret: String, until: Instant) {
      self.secret = secret
      self.until = until
    }
  }

  /// The longest name in bytes.
  public static let nameByteCountMax = 40
  /// How long a key that is replaced stays valid if the request does not say.
  public static let overlap = TimeSpan.days(1)
  /// How long it may stay valid at most.
  public static let mostOverlap = TimeSpan.days(30)

  public init(
    id: EndpointID, name: String, url: String, secret: String, earlier: Earlier? = nil, version: Int64 = 1
  ) {
    self.id = id
    self.name = name
    self.url = url
    self.secret = secret
    self.earlier = earlier
    self.version = version
  }

  public var key: EndpointID { id }
  public var group: String { name }

  /// The keys that sign at an instant, the newest first.
  public func secrets(at now: Instant) -> [String] {
    [secret] + (earlier.flatMap { now < $0.until ? [$0.secret] : nil } ?? [])
  }
}

/// Makes an endpoint, or changes the one of that name.
public enum EndpointSet {
  public struct Request: Hashable, Sendable {
    public var name: String
    /// Checked to be an address of a webhook.
    public var url: String
    /// The key to use, checked to be one; nil: the present one stays, unless a new one is wanted or there is none.
    public var secret: String?
    /// A key that nobody knows yet, which is used if one has to be made.
    public var fresh: String
    /// Whether a new key is made though there is one.
    public var rotates: Bool
    /// Until when a key that is replaced stays valid; nil: ``WebhookEndpoint/overlap`` from now.
    public var earlierUntil: Instant?

    public init(
      name: String, url: String, secret: String? = nil, fresh: String, rotates: Bool = false,
      earlierUntil: Instant? = nil
    ) {
      self.name = name
      self.url = url
      self.secret = secret
      self.fresh = fresh
      self.rotates = rotates
      self.earlierUntil = earlierUntil
    }
  }

  public struct Reply: Sendable {
    public var endpoint: WebhookEndpoint
    /// The key that was made; nil: none was.
    public var made: String?
  }

  /// Looks at the endpoint of that name, and at those with that address.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      guard isName(request.name) else {
        throw Refused(
          .invalid(field: "name"),
          "An endpoint's name has 1 to \(WebhookEndpoint.nameByteCountMax) letters, digits, - or _, as ladders name it."
        )
      }
      if state.endpoints.all.contains(where: { $0.url == request.url && $0.name != request.name }) {
        throw Refused(.alreadyExists("endpoint"), "Another endpoint has this address already.")
      }
      let until = request.earlierUntil ?? context.now + WebhookEndpoint.overlap
      guard until <= context.now + WebhookEndpoint.mostOverlap else {
        throw Refused(.invalid(field: "earlier_until_ms"), "A key that is replaced stays valid for at most 30 days.")
      }
      guard var endpoint = state.endpoints.members(of: request.name).first else {
        let made = WebhookEndpoint(
          id: context.id(), name: request.name, url: request.url, secret: request.secret ?? request.fresh)
        state.endpoints.insert(made)
        tell(made, &state)
        return Reply(endpoint: made, made: request.secret == nil ? request.fresh : nil)
      }
      let secret = request.secret ?? (request.rotates ? request.fresh : endpoint.secret)
      if secret != endpoint.secret {
        endpoint.earlier = until > context.now ? .init(secret: endpoint.secret, until: until) : nil
        endpoint.secret = secret
      }
      endpoint.url = request.url
      endpoint.version += 1
      state.endpoints.update(endpoint)
      tell(endpoint, &state)
      return Reply(endpoint: endpoint, made: request.secret == nil && request.rotates ? secret : nil)
    }
  }

  private static func tell(_ endpoint: WebhookEndpoint, _ state: inout NotifierState) {
    state.common.changed(
      "endpoint.set", endpoint.id, version: endpoint.version, "The endpoint \(endpoint.name) is \(endpoint.url).")
  }

  private static func isName(_ name: String) -> Bool {
    (1...WebhookEndpoint.nameByteCountMax).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }
}

/// Takes an endpoint away: what is still to be sent there is not signed, and waits.
public enum EndpointRemove {
  /// Looks at the endpoint of that name.
  public static func decide(
    _ name: String, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard let known = state.endpoints.members(of: name).first, let removed = state.endpoints.remove(known.id) else {
      return .refused(Refused(.notFound("endpoint"), "There is no such endpoint."))
    }
    state.common.changed(
      "endpoint.removed", removed.id, version: removed.version + 1, "The endpoint \(name) was removed.")
    return .accepted(())
  }
}
