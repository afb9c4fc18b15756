import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

/// Where a page of a search begins: after everything that matches better.
struct SearchPlace: Comparable {
  private static let byteCount = 24
  /// Before the best match.
  static let first = SearchPlace(rank: .max, article: .highest)

  let rank: Int64
  let article: ArticleID

  init(rank: Int64, article: ArticleID) {
    self.rank = rank
    self.article = article
  }

  /// The place that a page's token names; refuses what is no such token.
  init(_ token: [UInt8]) throws(Refused) {
    guard token.count == Self.byteCount, let article = ArticleID(bytes: token.suffix(16)) else {
      throw Refused(.invalid(field: "page.after"), "This is no page's `next`.")
    }
    self.rank = Int64(bitPattern: token.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    self.article = article
  }

  /// The token.
  var bytes: [UInt8] { withUnsafeBytes(of: rank.bigEndian, Array.init) + article.bytes }

  static func < (a: SearchPlace, b: SearchPlace) -> Bool { (a.rank, a.article) < (b.rank, b.article) }
}

/// `article.search`
///
/// Every language has its own words, so that each is searched by itself: at most those in which something is published.
/// Their results are merged, the best first.
enum ArticleSearch: ReadOperation {
  static let method = Method.articleSearch
  /// The most articles of one page, for each of which an excerpt is made.
  static let pageSizeMax = 50
  /// The articles of a page when the request does not say.
  static let pageSizeDefault = 20
  /// The most bytes of what is looked for.
  static let queryByteCountMax = 200

  static func queries(_ request: Callout_V1_ArticleSearchRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    _ = try page(request)
    let text = request.query
    guard (1...queryByteCountMax).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 0x20 }) else {
      throw Refused(.invalid(field: "query"), "query is one line of 1 to \(queryByteCountMax) bytes.")
    }
    _ = try Article.Language.optional(field: "language", request.language)
    if !request.kind.isEmpty { _ = try Article.Kind(field: "kind", request.kind) }
    return [ArticleRows.languages(context)]
  }

  static func followUp(
    _ request: Callout_V1_ArticleSearchRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let used = try results.rows(0) { row throws(RowError) in try row.next(Article.Language.self) }
    let (page, place) = try ReadFailure.catching { () throws(Refused) in try self.page(request) }
    return used.filter { request.language.isEmpty || request.language == $0.rawValue }.map { language in
      ArticleRows.matches(
        request.query, language, kind: request.kind, after: place, count: page.fetch, context)
    }
  }

  static func reply(
    _ request: Callout_V1_ArticleSearchRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ArticleSearchReply {
    var found: [(place: SearchPlace, hit: Callout_V1_ArticleHit)] = []
    for query in 1..<max(1, results.count) {
      found += try results.rows(query) { row throws(RowError) in
        let view = try ArticleRows.read(&row)
        let rank = try row.next(Int64.self)
        let excerpt = try row.next(String.self)
        let hit = Callout_V1_ArticleHit.with {
          $0.article = Callout_V1_Article(view, to: context.caller.role)
          $0.excerpt = excerpt
          $0.rank = UInt32(clamping: rank)
        }
        return (SearchPlace(rank: rank, article: view.article.id), hit)
      }
    }
    let (page, _) = try ReadFailure.catching { () throws(Refused) in try self.page(request) }
    let (hits, next) = page.cut(found.sorted { $0.place > $1.place }) { $0.place.bytes }
    return .with {
      $0.hits = hits.map(\.hit)
      $0.next = Data(next)
    }
  }

  /// The page that is asked for, and where it begins.
  private static func page(
    _ request: Callout_V1_ArticleSearchRequest
  ) throws(Refused) -> (page: PageRequest, place: SearchPlace) {
    guard request.page.size <= UInt32(pageSizeMax) else {
      throw Refused(.invalid(field: "page.size"), "A page of a search has at most \(pageSizeMax) articles.")
    }
    var wanted = request.page
    if wanted.size == 0 { wanted.size = UInt32(pageSizeDefault) }
    let page = try PageRequest(wanted)
    return (page, page.after.isEmpty ? .first : try SearchPlace(page.after))
  }
}
