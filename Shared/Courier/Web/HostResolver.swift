internal import Glibc
internal import NIOPosix

/// Finds the addresses of a name as the system does, on threads of its own, since that blocks.
public struct HostResolver: Sendable {
  /// How many names are looked up at once. The system gives each up after some seconds.
  private static let threadCount = 8
  /// The most addresses of a name that are looked at.
  static let addressCountMax = 32

  /// Why a name has no address.
  struct Unresolved: Error, CustomStringConvertible {
    let description: String
  }

  private static let pool: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: threadCount)
    pool.start()
    return pool
  }()

  /// All addresses of a name, in the order of preference; of an address, itself.
  func addresses(of host: String) async throws -> [IPAddress] {
    try await Self.pool.runIfActive { try Self.lookUp(host) }
  }

  private static func lookUp(_ host: String) throws -> [IPAddress] {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, nil, &hints, &list)
    guard status == 0 else {
      throw Unresolved(description: "the name \(host) is not found: \(String(cString: gai_strerror(status)))")
    }
    defer { freeaddrinfo(list) }
    var addresses: [IPAddress] = []
    var next = list
    while let entry = next?.pointee, addresses.count < addressCountMax {
      next = entry.ai_next
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      guard
        getnameinfo(
          entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0,
        // One with a zone is of this link alone, and is none for us.
        let address = IPAddress(String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
      else { throw Unresolved(description: "the name \(host) has an address that is not understood") }
      if !addresses.contains(address) { addresses.append(address) }
    }
    return addresses
  }
}
