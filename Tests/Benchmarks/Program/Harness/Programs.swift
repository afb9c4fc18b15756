import Foundation

extension Installation {
  /// Runs a program to its end; returns what it printed.
  @discardableResult
  func run(_ program: String, _ arguments: [String], environment: [String: String] = [:]) throws -> String {
    let output = Pipe()
    let process = try spawn(program, arguments, environment: environment, input: FileHandle.nullDevice, output: output)
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError.command(([program] + arguments).joined(separator: " "), process.terminationStatus)
    }
    return printed
  }

  /// Starts a program.
  func spawn(
    _ program: String, _ arguments: [String], environment: [String: String] = [:], input: Any, output: Any,
    error: Any? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["CALLOUT_CERTS": "\(folder)/certs"]) { $1 }
      .merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    if let error { process.standardError = error }
    // A task's thread blocks all signals, and what it starts inherits that; pgbench is stopped by one.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    return process
  }
}

/// An echo server that runs beside the benchmark.
final class EchoServer: Sendable {
  let port: Int
  let pid: Int
  /// The server ends when this does.
  private let input: Pipe
  private let process: Process

  init(_ wire: EchoProtocol, _ installation: Installation) throws {
    let identity = try Issuer(folder: "\(installation.folder)/certs").identity(ofService: CalloutEcho.service)
    let (input, output) = (Pipe(), Pipe())
    let process = try installation.spawn(
      "/proc/self/exe",
      [
        "serve-echo", wire.rawValue, "--certificate", identity.certificate, "--key", identity.key, "--trust",
        identity.trust,
      ], input: input, output: output)
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)), port > 0 else {
      throw BenchError.process("the echo server of \(wire.rawValue) said: \(line)")
    }
    self.port = port
    pid = Int(process.processIdentifier)
    self.input = input
    self.process = process
  }

  /// Ends the server and waits until it has.
  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
