import SwiftProtobuf
import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

/// How articles are read, each with one of its editions: the desk sees all, a portal what is published.
enum ArticleRows {
  private static let article = """
    a.article_id, a.kind, a.language, a.state, a.latest_edition, a.published_edition, a.created_at, a.published_at, \
    a.retired_at, a.version
    """
  private static let edition = """
    e.article_id, e.edition, e.language, e.title, e.tags, e.body, e.author, e.note, e.written_at
    """
  /// An edition without its body, which lists do not show.
  private static let heading = """
    e.article_id, e.edition, e.language, e.title, e.tags, '', e.author, e.note, e.written_at
    """
  private static let joined = """
    FROM articles a JOIN article_editions e ON e.tenant_id = a.tenant_id AND e.article_id = a.article_id
    """

  /// One article with an edition.
  static func one(_ id: ArticleID, edition number: Int64?, _ context: ReadContext) -> Query {
    let whole = "SELECT \(article), \(edition) \(joined) WHERE a.tenant_id = $1 AND a.article_id = $2"
    let parameters = [Argument(context.tenant), Argument(id)]
    if context.caller.role == .portal {
      // A portal that asks for the edition that is published finds it, and no other.
      return Query(
        sql: whole + " AND a.state = 'published' AND e.edition = a.published_edition AND ($3 = 0 OR e.edition = $3)",
        parameters + [Argument(number ?? 0)])
    }
    guard let number else { return Query(sql: whole + " AND e.edition = a.latest_edition", parameters) }
    return Query(sql: whole + " AND e.edition = $3", parameters + [Argument(number)])
  }

  /// A page of articles, the newest first.
  static func page(
    before place: ArticleID, kind: String, state: String, resolved ticket: TicketID?, count: Int,
    _ context: ReadContext
  ) -> Query {
    let isPortal = context.caller.role == .portal
    let ofTicket =
      "a.article_id IN (SELECT l.article_id FROM article_links l WHERE l.tenant_id = $1 AND l.ticket_id = $6)"
    return Query(
      sql: """
        SELECT \(article), \(heading) \(joined)
        WHERE a.tenant_id = $1 AND a.article_id < $2 AND ($3 = '' OR a.kind = $3) AND ($4 = '' OR a.state = $4)
        AND \(isPortal ? "a.state = 'published' AND e.edition = a.published_edition" : "e.edition = a.latest_edition")
        \(ticket == nil ? "" : "AND " + ofTicket)
        ORDER BY a.article_id DESC LIMIT $5
        """,
      [Argument(context.tenant), Argument(place), Argument(kind), Argument(state), Argument(count)]
        + (ticket.map { [Argument($0)] } ?? []))
  }

  /// The articles that resolved a ticket, as they were published.
  static func resolved(_ ticket: Argument, _ context: ReadContext) -> Query {
    Query(
      sql: """
        SELECT \(article), \(heading)
        FROM article_links l JOIN articles a ON a.tenant_id = l.tenant_id AND a.article_id = l.article_id
        JOIN article_editions e ON e.tenant_id = a.tenant_id AND e.article_id = a.article_id
        WHERE l.tenant_id = $1 AND l.ticket_id = $2 AND e.edition = a.published_edition
        AND ($3 OR a.state = 'published')
        ORDER BY a.article_id
        """,
      [Argument(context.tenant), ticket, Argument(context.caller.role != .portal)])
  }

  /// A page of the editions of an article, the newest first.
  static func history(_ id: ArticleID, before edition: Int64, count: Int, _ context: ReadContext) -> Query {
    Query(
      sql: """
        SELECT \(article), \(heading) \(joined)
        WHERE a.tenant_id = $1 AND a.article_id = $2 AND e.edition < $3 ORDER BY e.edition DESC LIMIT $4
        """,
      [Argument(context.tenant), Argument(id), Argument(edition), Argument(count)])
  }

  /// The languages in which something is published, of those that there are.
  static func languages(_ context: ReadContext) -> Query {
    Query(
      sql: """
        SELECT k.language FROM unnest($2::text[]) AS k(language), LATERAL (SELECT a.article_id FROM articles a
        WHERE a.tenant_id = $1 AND a.language = k.language AND a.state = 'published' LIMIT 1) a
        """,
      [Argument(context.tenant), Argument(array: Article.Language.allCases.map(\.rawValue))])
  }

  /// Published articles in one language that match, the best first. The words are compared by that language's rules; the
  /// excerpt is made for those that are shown alone.
  static func matches(
    _ query: String, _ language: Article.Language, kind: String, after place: SearchPlace, count: Int,
    _ context: ReadContext
  ) -> Query {
    Query(
      sql: """
        SELECT f.article_id, f.kind, f.language, f.state, f.latest_edition, f.published_edition, f.created_at, \
        f.published_at, f.retired_at, f.version, f.article_id, f.edition, f.language, f.title, f.tags, '', f.author, \
        f.note, f.written_at, f.rank, article_excerpt(f.body, f.language, $3)
        FROM (SELECT \(article), e.edition, e.title, e.tags, e.body, e.author, e.note, e.written_at, \
        article_rank(e.words, $2, $3) AS rank \(joined)
        WHERE a.tenant_id = $1 AND e.tenant_id = $1 AND a.state = 'published' AND a.language = $2
        AND e.edition = a.published_edition AND ($4 = '' OR a.kind = $4) AND article_matches(e.words, $2, $3)
        AND (article_rank(e.words, $2, $3), a.article_id) < ($5, $6)
        ORDER BY article_rank(e.words, $2, $3) DESC, a.article_id DESC LIMIT $7) f
        """,
      [
        Argument(context.tenant), Argument(language.rawValue), Argument(query), Argument(kind), Argument(place.rank),
        Argument(place.article), Argument(count),
      ])
  }

  /// A row of any of these but the last two.
  static let read: @Sendable (inout RowReader) throws(RowError) -> ArticleView = { row throws(RowError) in
    ArticleView(article: try Tables.readArticle(&row), edition: try Tables.readEdition(&row))
  }
}

/// `article.get`
enum ArticleGet: ReadOperation {
  static let method = Method.articleGet

  static func queries(_ request: Callout_V1_ArticleGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let edition = try Int64.edition(field: "edition", request.edition)
    return [ArticleRows.one(try ArticleID(field: "article_id", request.articleID), edition: edition, context)]
  }

  static func reply(
    _ request: Callout_V1_ArticleGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ArticleGetReply {
    guard let view = try results.rows(0, ArticleRows.read).first else {
      throw .refused(.notFound("article"), "There is no such article or edition that you may read.")
    }
    return .with { $0.article = Callout_V1_Article(view, to: context.caller.role) }
  }
}

/// `article.list`
enum ArticleList: ReadOperation {
  static let method = Method.articleList

  static func queries(_ request: Callout_V1_ArticleListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    if !request.kind.isEmpty { _ = try Article.Kind(field: "kind", request.kind) }
    if !request.state.isEmpty { _ = try Article.State(field: "state", request.state) }
    return [
      ArticleRows.page(
        before: try page.afterID() ?? .highest, kind: request.kind, state: request.state,
        resolved: try TicketID.optional(field: "ticket_id", request.ticketID), count: page.fetch, context)
    ]
  }

  static func reply(
    _ request: Callout_V1_ArticleListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ArticleListReply {
    let page = try request.page.checked()
    let (views, next) = page.cut(try results.rows(0, ArticleRows.read)) { $0.article.id.bytes }
    return .with {
      $0.articles = views.map { Callout_V1_Article($0, to: context.caller.role) }
      $0.next = Data(next)
    }
  }
}

/// `article.history`
enum ArticleHistory: ReadOperation {
  static let method = Method.articleHistory

  static func queries(_ request: Callout_V1_ArticleHistoryRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let id = try ArticleID(field: "article_id", request.articleID)
    var before = Article.editionCountMax + 1
    if !page.after.isEmpty {
      guard page.after.count == 2 else {
        throw Refused(.invalid(field: "page.after"), "This is no page's `next`.")
      }
      before = Int64(page.after[0]) << 8 | Int64(page.after[1])
    }
    return [ArticleRows.history(id, before: before, count: page.fetch, context)]
  }

  static func reply(
    _ request: Callout_V1_ArticleHistoryRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_ArticleHistoryReply {
    let page = try request.page.checked()
    let rows = try results.rows(0, ArticleRows.read)
    guard !rows.isEmpty || !page.after.isEmpty else {
      throw .refused(.notFound("article"), "There is no such article.")
    }
    let (views, next) = page.cut(rows) { view in
      let edition = UInt16(clamping: view.edition.key.edition)
      return [UInt8(edition >> 8), UInt8(edition & 0xFF)]
    }
    return .with {
      $0.editions = views.map { Callout_V1_Article($0, to: context.caller.role) }
      $0.next = Data(next)
    }
  }
}
