import Foundation

/// An MTA's end of a connection by LMTP, on a socket in the file system.
struct LmtpClient: Sendable {
  private let file: Int32

  /// Connects, as soon as somebody listens there.
  init(_ path: String) async throws {
    for _ in 0..<500 {
      if let file = Self.connect(path) {
        self.file = file
        return
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw POSIXError(.ECONNREFUSED)
  }

  private static func connect(_ path: String) -> Int32? {
    let file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8) + [0]) }
    var patience = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    if connected == 0 { return file }
    Glibc.close(file)
    return nil
  }

  func write(_ text: String) async throws {
    let bytes = Array(text.utf8)
    guard Glibc.send(file, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw POSIXError(.EPIPE) }
  }

  /// So many lines; it waits for them on a thread of its own.
  func read(_ count: Int) async throws -> [String] {
    let file = file
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        var lines: [String] = []
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while lines.count < count {
          guard recv(file, &byte, 1, 0) == 1 else { return continuation.resume(throwing: POSIXError(.ECONNRESET)) }
          if byte == 0x0A {
            lines.append(String(decoding: line.dropLast(), as: UTF8.self))
            line = []
          } else {
            line.append(byte)
          }
        }
        continuation.resume(returning: lines)
      }
    }
  }

  /// Waits until the other side has closed; false if it says something, or keeps silent for as long as a test waits.
  func isClosed() async -> Bool {
    let file = file
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var byte: UInt8 = 0
        let count = recv(file, &byte, 1, 0)
        continuation.resume(returning: count == 0 || count < 0 && errno == ECONNRESET)
      }
    }
  }

  func close() { Glibc.close(file) }
}
