import CalloutClient
internal import Foundation
import Policy
import Wire

/// What the command touches of the world: its streams, its environment, and how it reaches the services. Tests bring
/// their own.
struct Surface: Sendable {
  /// Data: one text after the other, without anything between.
  var out: @Sendable (String) -> Void
  /// Everything else.
  var err: @Sendable (String) -> Void
  /// Whether `err` is a terminal, which can redraw a line.
  var showsProgress: Bool
  var environment: [String: String]
  var readInput: @Sendable () throws -> [UInt8]
  var makeClient: @Sendable (CalloutConfiguration) throws(CalloutError) -> CalloutClient

  @TaskLocal static var current = Surface.process

  /// The process's own.
  static let process = Surface(
    out: { text in FileHandle.standardOutput.write(Data(text.utf8)) },
    err: { text in FileHandle.standardError.write(Data(text.utf8)) },
    showsProgress: isatty(STDERR_FILENO) == 1,
    environment: ProcessInfo.processInfo.environment,
    readInput: { Array(FileHandle.standardInput.readDataToEndOfFile()) },
    makeClient: { configuration throws(CalloutError) in try CalloutClient(configuration: configuration) })

  /// A file's bytes; `-` is standard input.
  ///
  /// - Throws: ``CommandFailure`` with the usage status, if it cannot be read or has more than `byteCountMax` bytes.
  func read(_ path: String, byteCountMax: Int = 4_194_304) throws -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = path == "-" ? try readInput() : Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
      throw CommandFailure(.usage, "There is no file \(path).")
    } catch {
      throw CommandFailure(.usage, "\(path) cannot be read.")
    }
    guard bytes.count <= byteCountMax else {
      throw CommandFailure(.usage, "\(path) has \(bytes.count) bytes; at most \(byteCountMax) are taken.")
    }
    return bytes
  }

  /// A file's text.
  func readText(_ path: String) throws -> String {
    guard let text = String(validating: try read(path), as: UTF8.self) else {
      throw CommandFailure(.usage, "\(path) is no text in UTF-8.")
    }
    return text
  }
}
