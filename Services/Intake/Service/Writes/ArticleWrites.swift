import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `article.create`
enum ArticleCreate: WriteOperation {
  static let method = Method.articleCreate

  static func needs(
    _ request: Callout_V1_ArticleCreateRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {}

  static func decide(
    _ request: Callout_V1_ArticleCreateRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ArticleCreateReply> {
    Decision { () throws(Refused) in
      let article = CreateArticle.Request(
        kind: try Article.Kind(field: "kind", request.kind),
        language: try Article.Language.optional(field: "language", request.language) ?? .simple, title: request.title,
        tags: request.tags, body: request.body)
      let view = try CreateArticle.decide(article, &state, &context).get()
      return .with { $0.article = Callout_V1_Article(view, to: context.caller.role) }
    }
  }
}

/// `article.edit`
enum ArticleEdit: WriteOperation {
  static let method = Method.articleEdit

  static func needs(
    _ request: Callout_V1_ArticleEditRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.article(try ArticleID(field: "article_id", request.articleID), state)
  }

  static func decide(
    _ request: Callout_V1_ArticleEditRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ArticleEditReply> {
    Decision { () throws(Refused) in
      guard !request.untag || request.tags.isEmpty else {
        throw Refused(.invalid(field: "untag"), "untag takes all tags away: give no tags with it.")
      }
      let edit = EditArticle.Request(
        articleID: try ArticleID(field: "article_id", request.articleID),
        readEdition: try Int64.edition(field: "edition", request.edition),
        title: request.hasTitle ? request.title : nil,
        tags: request.untag || !request.tags.isEmpty ? request.tags : nil,
        body: request.hasBody ? request.body : nil, note: request.note)
      let view = try EditArticle.decide(edit, &state, &context).get()
      return .with { $0.article = Callout_V1_Article(view, to: context.caller.role) }
    }
  }
}

/// `article.publish`
enum ArticlePublish: WriteOperation {
  static let method = Method.articlePublish

  static func needs(
    _ request: Callout_V1_ArticlePublishRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.article(
      try ArticleID(field: "article_id", request.articleID),
      edition: try Int64.edition(field: "edition", request.edition), state)
  }

  static func decide(
    _ request: Callout_V1_ArticlePublishRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ArticlePublishReply> {
    Decision { () throws(Refused) in
      let publication = PublishArticle.Request(
        articleID: try ArticleID(field: "article_id", request.articleID),
        edition: try Int64.edition(field: "edition", request.edition))
      let view = try PublishArticle.decide(publication, &state, &context).get()
      return .with { $0.article = Callout_V1_Article(view, to: context.caller.role) }
    }
  }
}

/// `article.retire`
enum ArticleRetire: WriteOperation {
  static let method = Method.articleRetire

  static func needs(
    _ request: Callout_V1_ArticleRetireRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.article(try ArticleID(field: "article_id", request.articleID), state)
  }

  static func decide(
    _ request: Callout_V1_ArticleRetireRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ArticleRetireReply> {
    Decision { () throws(Refused) in
      let id = try ArticleID(field: "article_id", request.articleID)
      let view = try RetireArticle.decide(id, &state, &context).get()
      return .with { $0.article = Callout_V1_Article(view, to: context.caller.role) }
    }
  }
}

/// `article.link`
enum ArticleLinking: WriteOperation {
  static let method = Method.articleLink

  static func needs(
    _ request: Callout_V1_ArticleLinkRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let id = try ArticleID(field: "article_id", request.articleID)
    let ticket = try TicketID(field: "ticket_id", request.ticketID)
    needs.article(id, edition: state.articles[id]?.publishedEdition, state)
    needs.row(Tables.tickets, ticket)
    needs.rows(Tables.linksOfTicket, ticket)
  }

  static func decide(
    _ request: Callout_V1_ArticleLinkRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ArticleLinkReply> {
    Decision { () throws(Refused) in
      let id = try ArticleID(field: "article_id", request.articleID)
      let ticket = try TicketID(field: "ticket_id", request.ticketID)
      let view = try LinkArticle.decide(id, resolved: ticket, &state, &context).get()
      return .with { $0.article = Callout_V1_Article(view, to: context.caller.role) }
    }
  }
}
