public import Foundation

/// Mail servers and a webhook receiver as a process of its own (`Tests/Python/receivers.py`), with a certificate for
/// `localhost` of an authority that is made for it.
public final class Peers: Sendable {
  /// What one of them received.
  public struct Receipt: Decodable, Sendable {
    public let by: String
    /// The Message-ID, or the webhook's id.
    public let id: String
    /// SHA-256 of the content.
    public let digest: String
    /// Whether it was answered; the connection was closed otherwise.
    public let answered: Bool
    // Of mail.
    public let sender: String?
    public let recipients: [String]?
    public let content: String?
    /// Whether it came over TLS.
    public let `private`: Bool?
    /// By which mechanism who sent it had authenticated.
    public let user: String?
    // Of requests.
    public let method: String?
    public let path: String?
    public let host: String?
    /// The name that TLS was asked for.
    public let name: String?
    /// How many of the known keys have signed it.
    public let signed: Int?
    /// Whether its timestamp is of now.
    public let fresh: Bool?
    public let headers: [String: String]?
    public let body: String?
  }

  /// Why they do not run.
  public struct NotStarted: Error {
    public let said: String
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  public let folder: URL
  /// By their names: starttls, implicit, login (offers AUTH LOGIN only), plain (offers no TLS), https.
  public let ports: [String: Int]
  private let process: Process
  /// Its end would be the end of the process, which so does not outlive this one.
  private let input: Pipe

  /// Makes the certificate and starts them; one message in so many is not answered.
  public init(closeOneIn count: Int = 0) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "callout-peers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let certificates = Process()
    certificates.executableURL = Self.root.appending(path: "scripts/certs")
    certificates.arguments = ["host", "localhost"]
    certificates.environment = ProcessInfo.processInfo.environment.merging(["CALLOUT_CERTS": folder.path]) { $1 }
    certificates.standardOutput = FileHandle.nullDevice
    try certificates.run()
    certificates.waitUntilExit()
    for kind in ["pem", "key"] {
      try FileManager.default.copyItem(
        at: folder.appending(path: "localhost.\(kind)"), to: folder.appending(path: "server.\(kind)"))
    }
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      Self.root.appending(path: "Tests/Python/receivers.py").path, folder.path, "--close-one-in", "\(count)",
    ]
    let output = Pipe()
    input = Pipe()
    let log = folder.appending(path: "errors")
    try Data().write(to: log)
    process.standardInput = input
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: log)
    try process.run()
    var line = Data()
    while line.last != 0x0a {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      line += more
    }
    guard let ports = try? JSONDecoder().decode([String: Int].self, from: line) else {
      throw NotStarted(said: (try? String(contentsOf: log, encoding: .utf8)) ?? "")
    }
    self.ports = ports
  }

  deinit {
    // SIGTERM may be blocked in what a test's thread has started.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The file with the authority's certificate.
  public var trust: String { folder.appending(path: "ca.pem").path }

  /// Everything received so far, oldest first.
  public func receipts() throws -> [Receipt] {
    let text = (try? String(contentsOf: folder.appending(path: "receipts"), encoding: .utf8)) ?? ""
    return try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      try JSONDecoder().decode(Receipt.self, from: Data($0.utf8))
    }
  }

  /// Lets the receiver try signatures with these keys.
  public func know(_ secrets: [String]) throws {
    try Data(secrets.joined(separator: "\n").utf8).write(to: folder.appending(path: "secrets"), options: .atomic)
  }
}
