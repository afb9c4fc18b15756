internal import Glibc

/// An address of a machine, of IPv4 or IPv6.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// 4 or 16.
  let bytes: [UInt8]

  /// Reads the usual form of an address, without brackets or a zone; nil if it is none.
  public init?(_ text: String) {
    var four = in_addr()
    var sixteen = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
      bytes = withUnsafeBytes(of: &sixteen) { Array($0) }
    } else {
      return nil
    }
  }

  public var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    let isWritten = bytes.withUnsafeBytes { inet_ntop(family, $0.baseAddress, &text, socklen_t(text.count)) != nil }
    return isWritten ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
  }
}

/// Addresses that begin with the same bits, such as `10.0.0.0/8`.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
  private let first: IPAddress
  private let length: Int

  /// Reads `address/bits`, or one address; nil if it is neither, or if a bit behind the range's is set.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let first = IPAddress(parts[0]) else { return nil }
    let whole = first.bytes.count * 8
    guard parts.count == 1 || parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let length = parts.count == 1 ? whole : Int(parts[1]), (0...whole).contains(length)
    else { return nil }
    self.first = first
    self.length = length
    for bit in length..<whole where first.bytes[bit / 8] & (0x80 >> UInt8(bit % 8)) != 0 { return nil }
  }

  /// Whether an address begins with the range's bits. An address of the other family never does.
  public func contains(_ address: IPAddress) -> Bool {
    guard address.bytes.count == first.bytes.count else { return false }
    let (whole, rest) = (length / 8, length % 8)
    guard address.bytes.prefix(whole) == first.bytes.prefix(whole) else { return false }
    guard rest > 0 else { return true }
    let mask = ~(UInt8(0xff) >> UInt8(rest))
    return address.bytes[whole] & mask == first.bytes[whole] & mask
  }

  public var description: String { "\(first)/\(length)" }
}

/// Which addresses others may have us connect to: those of the public Internet, and what the operator allows.
///
/// What is special by RFC 6890 and the registries that it began is refused: one's own machine, private and shared networks, link-local
/// addresses (where clouds answer with a machine's secrets), multicast, documentation, benchmarks, relays, and every form that
/// holds an IPv4 address within one of IPv6: mapped, compatible, 6to4, Teredo and NAT64.
public struct AddressPolicy: Sendable, Hashable {
  private let allowed: [AddressRange]

  /// The public Internet, and these.
  public init(allowing allowed: [AddressRange] = []) { self.allowed = allowed }

  /// Whether a connection may go to this address.
  public func permits(_ address: IPAddress) -> Bool {
    if allowed.contains(where: { $0.contains(address) }) { return true }
    if Self.special.contains(where: { $0.contains(address) }) { return false }
    return address.bytes.count == 4 || Self.globalUnicast.contains { $0.contains(address) }
  }

  /// All that is given out of IPv6 for the public Internet: everything else is special.
  private static let globalUnicast = ranges("2000::/3")

  private static let special = ranges(
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")

  private static func ranges(_ texts: String...) -> [AddressRange] { texts.compactMap { AddressRange($0) } }
}
