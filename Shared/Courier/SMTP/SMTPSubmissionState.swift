/// The submission of one message, from a connection's first byte to its end. Pure: it is told what happened and answers what
/// to do.
///
/// What the server says about the message decides: 4yz is tried again, 5yz is not. What it says about us (its greeting, TLS,
/// who we are) is tried again in either case, since the message is not at fault and the operator can mend it.
struct SMTPSubmissionState: Sendable {
  /// What to do next.
  enum Action: Equatable, Sendable {
    case none
    /// Send a line, whose end is not part of it.
    case send(String)
    /// Begin TLS. Nothing that came before it may be read after it.
    case startTLS
    /// Send the message.
    case sendMessage
    /// It is over: say QUIT if the server still listens, and close.
    case finish(SendOutcome, quits: Bool)
  }

  /// What is waited for; each wait has a limit of its own.
  enum Wait: Equatable, Sendable {
    case handshake, greeting, reply, verdict
  }

  private enum State: Equatable, Sendable {
    /// TLS is under way. If it began with the connection, the greeting is yet to come.
    case handshaking(isGreeted: Bool)
    case greeting
    /// EHLO was sent.
    case hello(isPrivate: Bool)
    case startingTLS
    case plain(SMTPCapabilities)
    case loginUser(SMTPCapabilities)
    case loginPassword(SMTPCapabilities)
    case loginDone(SMTPCapabilities)
    case sender, recipient, data
    /// The message was sent to its end: from here on it may have arrived.
    case message
    case finished
  }

  private let submission: SMTPSubmission
  private let security: SMTPSecurity
  private let credentials: SMTPCredentials?
  private let helloName: String
  private var state: State

  init(_ submission: SMTPSubmission, security: SMTPSecurity, credentials: SMTPCredentials?, helloName: String) {
    self.submission = submission
    self.security = security
    self.credentials = credentials
    self.helloName = helloName
    state = security == .implicit ? .handshaking(isGreeted: false) : .greeting
  }

  /// What is waited for; nil once it is over.
  var wait: Wait? {
    switch state {
    case .handshaking: .handshake
    case .greeting: .greeting
    case .hello, .startingTLS, .plain, .loginUser, .loginPassword, .loginDone, .sender, .recipient, .data: .reply
    case .message: .verdict
    case .finished: nil
    }
  }

  /// TLS is established, and the server has proved its name.
  mutating func handshakeCompleted() -> Action {
    switch state {
    case .handshaking(isGreeted: false):
      state = .greeting
      return .none
    case .handshaking(isGreeted: true):
      state = .hello(isPrivate: true)
      return .send("EHLO \(helloName)")
    case .greeting, .hello, .startingTLS, .plain, .loginUser, .loginPassword, .loginDone, .sender, .recipient, .data,
      .message, .finished:
      return .none
    }
  }

  /// A whole reply came. `hasRest`: more bytes came with it.
  mutating func replyReceived(_ reply: SMTPReply, hasRest: Bool = false) -> Action {
    if reply.code == 421, state != .finished { return finish(.postponed(reply.words), quits: false) }
    switch state {
    case .handshaking: return finish(.postponed("the server spoke before TLS was established"), quits: false)
    case .greeting:
      guard reply.code == 220 else { return finish(.postponed("greeting: \(reply.words)"), quits: reply.isPermanent) }
      state = .hello(isPrivate: security == .implicit)
      return .send("EHLO \(helloName)")
    case .hello(let isPrivate): return helloAnswered(reply, isPrivate: isPrivate)
    case .startingTLS:
      guard reply.code == 220 else { return finish(.postponed("STARTTLS: \(reply.words)"), quits: true) }
      // What came in the clear must not be taken for what came in private.
      guard !hasRest else { return finish(.postponed("the server said more before TLS than it may"), quits: false) }
      state = .handshaking(isGreeted: true)
      return .startTLS
    case .plain(let capabilities), .loginUser(let capabilities), .loginPassword(let capabilities),
      .loginDone(let capabilities):
      return authenticationAnswered(reply, capabilities)
    case .sender: return answered(reply, to: "MAIL", with: "RCPT TO:<\(submission.recipient.text)>", then: .recipient)
    case .recipient: return answered(reply, to: "RCPT", with: "DATA", then: .data)
    case .data:
      guard reply.code == 354 else { return rejected(reply, "DATA") }
      state = .message
      return .sendMessage
    case .message:
      guard reply.isPositive else { return rejected(reply, "the message") }
      return finish(.taken(reply.words), quits: true)
    case .finished: return .none
    }
  }

  /// The server sent what is no reply.
  mutating func nonsenseReceived(_ what: String) -> Action { lost("the server sent what is no reply: \(what)") }

  /// The connection ended, or TLS failed.
  mutating func closed(_ why: String) -> Action { lost(why) }

  /// What is waited for did not come in time.
  mutating func timedOut() -> Action { lost("no answer in time") }

  /// The process ends. What may have arrived already is waited for a little longer (`none`).
  mutating func cancelled() -> Action {
    switch state {
    case .message, .finished: .none
    case .handshaking, .greeting, .hello, .startingTLS, .plain, .loginUser, .loginPassword, .loginDone, .sender,
      .recipient, .data:
      finish(.postponed("the service was stopped before the message left"), quits: false)
    }
  }
}

extension SMTPSubmissionState {
  private mutating func helloAnswered(_ reply: SMTPReply, isPrivate: Bool) -> Action {
    guard reply.code == 250 else { return finish(.postponed("EHLO: \(reply.words)"), quits: true) }
    let capabilities = SMTPCapabilities(reply)
    guard isPrivate else {
      guard capabilities.offersTLS else {
        return finish(.postponed("the server offers no STARTTLS; nothing is sent in the clear"), quits: true)
      }
      state = .startingTLS
      return .send("STARTTLS")
    }
    guard let credentials else { return begin(capabilities) }
    if capabilities.authentication.contains("PLAIN") {
      state = .plain(capabilities)
      return .send("AUTH PLAIN \(credentials.plain)")
    }
    if capabilities.authentication.contains("LOGIN") {
      state = .loginUser(capabilities)
      return .send("AUTH LOGIN")
    }
    return finish(.postponed("the server offers neither AUTH PLAIN nor AUTH LOGIN"), quits: true)
  }

  private mutating func authenticationAnswered(_ reply: SMTPReply, _ capabilities: SMTPCapabilities) -> Action {
    switch state {
    case .loginUser where reply.code == 334:
      state = .loginPassword(capabilities)
      return .send(credentials?.login.user ?? "")
    case .loginPassword where reply.code == 334:
      state = .loginDone(capabilities)
      return .send(credentials?.login.password ?? "")
    case .plain where reply.code == 235, .loginDone where reply.code == 235: return begin(capabilities)
    case .plain, .loginUser, .loginPassword, .loginDone, .handshaking, .greeting, .hello, .startingTLS, .sender,
      .recipient, .data, .message, .finished:
      return finish(.postponed("AUTH: \(reply.words)"), quits: true)
    }
  }

  private mutating func begin(_ capabilities: SMTPCapabilities) -> Action {
    if let most = capabilities.sizeMax, submission.size > most {
      return finish(.refused("the message has \(submission.size) bytes, and the server takes \(most)"), quits: true)
    }
    state = .sender
    return .send(
      "MAIL FROM:<\(submission.sender?.text ?? "")>" + (capabilities.takesSize ? " SIZE=\(submission.size)" : ""))
  }

  private mutating func answered(
    _ reply: SMTPReply, to command: String, with next: String, then following: State
  ) -> Action {
    guard reply.isPositive else { return rejected(reply, command) }
    state = following
    return .send(next)
  }

  /// The server does not take the message, now or ever. Codes that ask who we are say nothing about the message.
  private mutating func rejected(_ reply: SMTPReply, _ command: String) -> Action {
    let isAboutUs = [530, 534, 535, 538].contains(reply.code)
    let words = "\(command): \(reply.words)"
    return finish(reply.isPermanent && !isAboutUs ? .refused(words) : .postponed(words), quits: true)
  }

  private mutating func lost(_ why: String) -> Action {
    switch state {
    case .message:
      finish(
        .postponed("\(why), after the whole message was sent: it may have arrived, and is sent again under its id"),
        quits: false)
    case .finished: .none
    case .handshaking, .greeting, .hello, .startingTLS, .plain, .loginUser, .loginPassword, .loginDone, .sender,
      .recipient, .data:
      finish(.postponed(why), quits: false)
    }
  }

  private mutating func finish(_ outcome: SendOutcome, quits: Bool) -> Action {
    state = .finished
    return .finish(outcome, quits: quits)
  }
}
