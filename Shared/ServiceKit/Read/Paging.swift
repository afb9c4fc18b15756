public import Policy
public import Wire

/// A page of a list as a request asks for it, checked.
///
/// A list answers in a total order. Ask for ``fetch`` rows after ``after``; if that many come, there is a further page, and
/// its token is the last shown row's place in the order.
public struct PageRequest: Sendable {
  /// The most rows of one page.
  public static let sizeMax = 500
  /// The rows of a page when the request does not say.
  public static let sizeDefault = 50
  /// The most bytes of a token.
  public static let tokenByteCountMax = 64

  /// The rows to show, 1 to ``sizeMax``.
  public let size: Int
  /// The token of the page before, empty for the first page.
  public let after: [UInt8]

  /// Checks what the wire carries. Throws `.invalid` if the size or the token is out of bounds.
  public init(_ page: Callout_V1_Page) throws(Refused) {
    guard page.size <= UInt32(Self.sizeMax) else {
      throw Refused(.invalid(field: "page.size"), "A page has at most \(Self.sizeMax) rows.")
    }
    guard page.after.count <= Self.tokenByteCountMax else {
      throw Refused(.invalid(field: "page.after"), "This is no page's `next`.")
    }
    self.size = page.size == 0 ? Self.sizeDefault : Int(page.size)
    self.after = Array(page.after)
  }

  /// One row more than the page shows, so as to know whether there is a further one.
  public var fetch: Int { size + 1 }

  /// The identifier that the token carries; nil for the first page. For lists in the order of their ids.
  public func afterID<Tag>(_: Tag.Type = Tag.self) throws(Refused) -> ID<Tag>? {
    if after.isEmpty { return nil }
    guard let id = ID<Tag>(bytes: after) else {
      throw Refused(.invalid(field: "page.after"), "This is no page's `next`.")
    }
    return id
  }

  /// The rows to show out of those fetched, and the token of the further page (empty if there is none).
  public func cut<Row>(_ rows: [Row], token: (Row) -> [UInt8]) -> (rows: [Row], next: [UInt8]) {
    guard rows.count > size else { return (rows, []) }
    let shown = Array(rows.prefix(size))
    return (shown, shown.last.map(token) ?? [])
  }
}
