/// Every way in which a request or a connection is refused, by number. Append only: a number is never given another
/// meaning. Hundreds group them: 1xx malformed, 2xx identity, 3xx availability, 4xx idempotency and effect, 5xx the
/// domain's rules. Each comment says what the caller should do.
public enum RefusalCode: UInt32, Sendable, Hashable, CaseIterable {
  // 1xx: What was sent is not the protocol.
  /// The frame is longer than this connection allows. Send a shorter frame: the welcome announced
  /// the limit. The connection closes.
  case frameTooLong = 101
  /// The frame's length leaves no room for its header. Fix the client. The connection closes.
  case frameTooShort = 102
  /// No kind of frame has this number. Fix the client. The connection closes.
  case unknownKind = 103
  /// A reserved bit of the frame is set. Fix the client: send zero. The connection closes.
  case reservedBits = 104
  /// The frame's method field does not fit its kind. Fix the client: a request names its method,
  /// every other frame carries 0. The connection closes.
  case methodField = 105
  /// The frame's stream field does not fit its kind. Fix the client. The connection closes.
  case streamField = 106
  /// The frame's payload is longer than its kind allows. Fix the client: a cancel is empty, a ping
  /// has at most 64 bytes. The connection closes.
  case payloadTooLong = 107
  /// The first frame must be a hello, and there is only one. Fix the client. The connection closes.
  case helloExpected = 108
  /// No version of the protocol is spoken by both sides. Use a client that speaks version 1. The
  /// connection closes.
  case unsupportedVersion = 109
  /// A client does not send frames of this kind. Fix the client. The connection closes.
  case unexpectedFrame = 110
  /// A stream's number must be higher than every earlier one of its connection. Fix the client:
  /// count up. The connection closes.
  case streamReused = 111
  /// The payload is not the message that it should be. Fix the client: encode the message of the schema.
  case malformedMessage = 112
  /// The service has no such method. Ask the service that offers it, or a newer server.
  case unknownMethod = 113
  /// A write needs an idempotency key. Send a key of 8 to 64 bytes.
  case keyMissing = 114
  /// An idempotency key has 8 to 64 bytes. Send a key of 8 to 64 bytes.
  case keyLength = 115
  /// Only a write carries an idempotency key. Leave the key out.
  case keyUnexpected = 116
  /// A time-out is 0 to 300000 milliseconds. Send a time-out in range.
  case timeoutRange = 117
  /// A trace context has 55 characters. Send a W3C trace context of version 00, or none.
  case traceparentForm = 118
  /// A tenant's id has 16 bytes. Send the 16 bytes of the tenant's UUID, or none.
  case tenantForm = 119
  /// The credit does not fit the method or the stream's limit. Send a positive credit with a
  /// stream, within the announced limit, and none with anything else.
  case creditRange = 120
  /// A field of the request is out of its bounds. Fix the field that the refusal names; the schema
  /// states its bounds.
  case invalidField = 121
  /// The answer would be longer than this connection allows. Ask for less: a smaller page, a shorter span.
  case replyTooLong = 122
  // 2xx: Who asks may not.
  /// The certificate must carry exactly one URI name, a SPIFFE id of this installation's form. Use
  /// a certificate issued for Callout. The connection closes.
  case identityName = 201
  /// The certificate belongs to another trust domain. Use a certificate of this installation. The
  /// connection closes.
  case identityDomain = 202
  /// This role may not call this method. Ask with an identity whose role may.
  case notAllowed = 203
  /// The request must name a tenant. Send the tenant in the envelope.
  case tenantMissing = 204
  /// This identity is bound to another tenant. Leave the tenant out, or use that tenant's identity.
  case tenantForbidden = 205
  /// The service has no such tenant. Create the tenant in this service first.
  case tenantUnknown = 206
  // 3xx: Not now.
  /// The server is shutting down. Repeat the request on another connection, under the same key.
  case draining = 301
  /// More requests await their answer than the welcome allows. Wait for answers, then repeat under
  /// the same key.
  case tooManyInFlight = 302
  /// More streams are open than the welcome allows. End a stream, then repeat.
  case tooManyStreams = 303
  /// The service has more work than it can take. Repeat later, with backoff and under the same key.
  case overloaded = 304
  /// The service cannot reach its database. Repeat later, with backoff and under the same key.
  case unavailable = 305
  /// The request's time ran out before it was decided. Repeat under the same key with a longer time-out.
  case deadlineExceeded = 306
  /// The caller cancelled the request before it was decided. Nothing, or repeat under the same key.
  case cancelled = 307
  /// No hello came in time. Send the hello at once after the handshake. The connection closes.
  case helloTimeout = 308
  /// A ping was not answered in time. Connect anew; repeat what was unanswered under its keys. The
  /// connection closes.
  case noPong = 309
  /// The client does not read what it asked for. Read faster, or ask for less at once. The connection closes.
  case slowReader = 310
  /// The service failed in a way that it did not foresee. Repeat under the same key with backoff;
  /// tell the operator if it persists.
  case internalError = 311
  /// The stream cannot go on from this cursor. Read the present state, then subscribe without a cursor.
  case streamLagged = 312
  // 4xx: What has become of it.
  /// This key was used with another request. Take a new key for a new request.
  case keyReused = 401
  /// The database did not say whether the request was committed. Repeat under the same key: the
  /// answer then is the truth.
  case outcomeUnknown = 402
  /// A request under this key is being decided. Repeat under the same key a little later.
  case keyInProgress = 403
  // 5xx: The rules say no.
  /// There is no such object. Check the id; another tenant's object is answered the same.
  case notFound = 501
  /// There is such an object already. Read it, or choose another id or name.
  case alreadyExists = 502
  /// The object's state does not allow this. Read the object, then decide anew.
  case conflict = 503
  /// The plan does not admit the request. See the failed clauses: each says what would make the
  /// request acceptable.
  case admission = 504
  /// The service does not have this version of the plan. Publish the plan to this service, then
  /// take a new key.
  case planUnknown = 505
  /// The plan document has errors. Fix the document; `callout plan check` lists every error with its line.
  case planInvalid = 506
  /// The wallet does not hold enough. Buy more, or let the customer acknowledge an overage.
  case insufficientCredits = 507
  /// Only a test tenant's clock can be moved. Use a test tenant.
  case liveTenant = 508
  /// A bound of the installation is reached. Remove something first; the text names the bound.
  case limit = 509
  /// The plan has no such clause, rate, package, ladder or class. Read the plan, then name what it has.
  case clauseUnknown = 510
  /// The customer's consent must be recorded first. Record the consent, then take a new key.
  case needsConsent = 511
  /// The customer must acknowledge the estimate first. Have the estimate acknowledged, then take a new key.
  case needsAcknowledgement = 512
  /// The assessment must be given first. Record what is missing, or override it with a reason.
  case needsAssessment = 513
  /// The plan has no rate for this: a price must be agreed first. Make a quote and have it acknowledged.
  case needsQuote = 514
  /// A reason must be given, and is kept. Give the reason.
  case needsReason = 515
  /// The statement of that period is closed and never changes. Enter it now: the next statement carries it.
  case closedStatement = 516
  /// What was named has expired. Make a new one.
  case expired = 517
}

extension RefusalCode {
  /// One line of the table.
  private struct Entry {
    let name: String
    let text: String
    let retryable: Bool
    let effect: Callout_V1_Effect

    init(_ name: String, _ text: String, retryable: Bool, _ effect: Callout_V1_Effect) {
      self.name = name
      self.text = text
      self.retryable = retryable
      self.effect = effect
    }
  }

  /// The refusal's name in lower case, as logs and metrics show it.
  public var name: String { entry.name }
  /// One sentence for a person, unless the refusal brings its own.
  public var text: String { entry.text }
  /// Whether the same request, under the same key, may succeed later.
  public var isRetryable: Bool { entry.retryable }
  /// What has become of the request, unless the refusal says otherwise.
  public var effect: Callout_V1_Effect { entry.effect }

  private var entry: Entry {
    switch self {
    case .frameTooLong:
      Entry("frame-too-long", "The frame is longer than this connection allows.", retryable: false, .none)
    case .frameTooShort:
      Entry("frame-too-short", "The frame's length leaves no room for its header.", retryable: false, .none)
    case .unknownKind:
      Entry("unknown-kind", "No kind of frame has this number.", retryable: false, .none)
    case .reservedBits:
      Entry("reserved-bits", "A reserved bit of the frame is set.", retryable: false, .none)
    case .methodField:
      Entry("method-field", "The frame's method field does not fit its kind.", retryable: false, .none)
    case .streamField:
      Entry("stream-field", "The frame's stream field does not fit its kind.", retryable: false, .none)
    case .payloadTooLong:
      Entry("payload-too-long", "The frame's payload is longer than its kind allows.", retryable: false, .none)
    case .helloExpected:
      Entry("hello-expected", "The first frame must be a hello, and there is only one.", retryable: false, .none)
    case .unsupportedVersion:
      Entry("unsupported-version", "No version of the protocol is spoken by both sides.", retryable: false, .none)
    case .unexpectedFrame:
      Entry("unexpected-frame", "A client does not send frames of this kind.", retryable: false, .none)
    case .streamReused:
      Entry(
        "stream-reused", "A stream's number must be higher than every earlier one of its connection.", retryable: false,
        .none)
    case .malformedMessage:
      Entry("malformed-message", "The payload is not the message that it should be.", retryable: false, .none)
    case .unknownMethod:
      Entry("unknown-method", "The service has no such method.", retryable: false, .none)
    case .keyMissing:
      Entry("key-missing", "A write needs an idempotency key.", retryable: false, .none)
    case .keyLength:
      Entry("key-length", "An idempotency key has 8 to 64 bytes.", retryable: false, .none)
    case .keyUnexpected:
      Entry("key-unexpected", "Only a write carries an idempotency key.", retryable: false, .none)
    case .timeoutRange:
      Entry("timeout-range", "A time-out is 0 to 300000 milliseconds.", retryable: false, .none)
    case .traceparentForm:
      Entry("traceparent-form", "A trace context has 55 characters.", retryable: false, .none)
    case .tenantForm:
      Entry("tenant-form", "A tenant's id has 16 bytes.", retryable: false, .none)
    case .creditRange:
      Entry("credit-range", "The credit does not fit the method or the stream's limit.", retryable: false, .none)
    case .invalidField:
      Entry("invalid-field", "A field of the request is out of its bounds.", retryable: false, .none)
    case .replyTooLong:
      Entry("reply-too-long", "The answer would be longer than this connection allows.", retryable: false, .done)
    case .identityName:
      Entry(
        "identity-name", "The certificate must carry exactly one URI name, a SPIFFE id of this installation's form.",
        retryable: false, .none)
    case .identityDomain:
      Entry("identity-domain", "The certificate belongs to another trust domain.", retryable: false, .none)
    case .notAllowed:
      Entry("not-allowed", "This role may not call this method.", retryable: false, .none)
    case .tenantMissing:
      Entry("tenant-missing", "The request must name a tenant.", retryable: false, .none)
    case .tenantForbidden:
      Entry("tenant-forbidden", "This identity is bound to another tenant.", retryable: false, .none)
    case .tenantUnknown:
      Entry("tenant-unknown", "The service has no such tenant.", retryable: false, .none)
    case .draining:
      Entry("draining", "The server is shutting down.", retryable: true, .none)
    case .tooManyInFlight:
      Entry("too-many-in-flight", "More requests await their answer than the welcome allows.", retryable: true, .none)
    case .tooManyStreams:
      Entry("too-many-streams", "More streams are open than the welcome allows.", retryable: true, .none)
    case .overloaded:
      Entry("overloaded", "The service has more work than it can take.", retryable: true, .none)
    case .unavailable:
      Entry("unavailable", "The service cannot reach its database.", retryable: true, .none)
    case .deadlineExceeded:
      Entry("deadline-exceeded", "The request's time ran out before it was decided.", retryable: true, .none)
    case .cancelled:
      Entry("cancelled", "The caller cancelled the request before it was decided.", retryable: true, .none)
    case .helloTimeout:
      Entry("hello-timeout", "No hello came in time.", retryable: true, .none)
    case .noPong:
      Entry("no-pong", "A ping was not answered in time.", retryable: true, .unknown)
    case .slowReader:
      Entry("slow-reader", "The client does not read what it asked for.", retryable: true, .unknown)
    case .internalError:
      Entry("internal-error", "The service failed in a way that it did not foresee.", retryable: true, .unknown)
    case .streamLagged:
      Entry("stream-lagged", "The stream cannot go on from this cursor.", retryable: false, .none)
    case .keyReused:
      Entry("key-reused", "This key was used with another request.", retryable: false, .none)
    case .outcomeUnknown:
      Entry("outcome-unknown", "The database did not say whether the request was committed.", retryable: true, .unknown)
    case .keyInProgress:
      Entry("key-in-progress", "A request under this key is being decided.", retryable: true, .unknown)
    case .notFound:
      Entry("not-found", "There is no such object.", retryable: false, .none)
    case .alreadyExists:
      Entry("already-exists", "There is such an object already.", retryable: false, .none)
    case .conflict:
      Entry("conflict", "The object's state does not allow this.", retryable: false, .none)
    case .admission:
      Entry("admission", "The plan does not admit the request.", retryable: false, .none)
    case .planUnknown:
      Entry("plan-unknown", "The service does not have this version of the plan.", retryable: false, .none)
    case .planInvalid:
      Entry("plan-invalid", "The plan document has errors.", retryable: false, .none)
    case .insufficientCredits:
      Entry("insufficient-credits", "The wallet does not hold enough.", retryable: false, .none)
    case .liveTenant:
      Entry("live-tenant", "Only a test tenant's clock can be moved.", retryable: false, .none)
    case .limit:
      Entry("limit", "A bound of the installation is reached.", retryable: false, .none)
    case .clauseUnknown:
      Entry("clause-unknown", "The plan has no such clause, rate, package, ladder or class.", retryable: false, .none)
    case .needsConsent:
      Entry("needs-consent", "The customer's consent must be recorded first.", retryable: false, .none)
    case .needsAcknowledgement:
      Entry("needs-acknowledgement", "The customer must acknowledge the estimate first.", retryable: false, .none)
    case .needsAssessment:
      Entry("needs-assessment", "The assessment must be given first.", retryable: false, .none)
    case .needsQuote:
      Entry("needs-quote", "The plan has no rate for this: a price must be agreed first.", retryable: false, .none)
    case .needsReason:
      Entry("needs-reason", "A reason must be given, and is kept.", retryable: false, .none)
    case .closedStatement:
      Entry("closed-statement", "The statement of that period is closed and never changes.", retryable: false, .none)
    case .expired:
      Entry("expired", "What was named has expired.", retryable: false, .none)
    }
  }
}

extension Callout_V1_Refusal {
  /// The refusal with a code's number and defaults.
  ///
  /// - Parameters:
  ///   - code: The line of the table.
  ///   - text: A sentence that replaces the table's, or nil.
  ///   - field: The field that is wrong, as a path, or empty.
  ///   - effect: What has become of the request, where that differs from the table.
  ///   - clauses: The plan's clauses that failed.
  public init(
    _ code: RefusalCode, text: String? = nil, field: String = "", effect: Callout_V1_Effect? = nil,
    clauses: [Callout_V1_FailedClause] = []
  ) {
    self.init()
    number = code.rawValue
    self.text = text ?? code.text
    retryable = code.isRetryable
    self.effect = effect ?? code.effect
    self.field = field
    self.clauses = clauses
  }

  /// The line of the table, or nil if the number is newer than this program.
  public var code: RefusalCode? { RefusalCode(rawValue: number) }
}
