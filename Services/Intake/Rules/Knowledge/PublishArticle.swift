public import Policy

/// Shows an edition of an article to everybody.
public enum PublishArticle {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which article.
    public var articleID: ArticleID
    /// Which edition; nil: the latest.
    public var edition: Int64?

    /// A request as given.
    public init(articleID: ArticleID, edition: Int64? = nil) {
      self.articleID = articleID
      self.edition = edition
    }
  }

  /// Needs the article and the edition. An older edition may be published again, and a retired article too.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<ArticleView> {
    Decision { () throws(Refused) in
      var article = try state.article(request.articleID)
      let edition = try state.edition(request.edition ?? article.latestEdition, of: article)
      if article.state != .published || article.publishedEdition != edition.key.edition {
        article.state = .published
        article.publishedEdition = edition.key.edition
        article.publishedAt = context.now
        article.retiredAt = nil
        state.commit(&article, "article.published", "\(edition.title) was published.")
      }
      return ArticleView(article: article, edition: edition)
    }
  }
}

/// Withdraws an article.
public enum RetireArticle {
  /// Needs the article and its latest edition.
  public static func decide(
    _ id: ArticleID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<ArticleView> {
    Decision { () throws(Refused) in
      var article = try state.article(id)
      let edition = try state.edition(article.latestEdition, of: article)
      if article.state != .retired {
        article.state = .retired
        article.retiredAt = context.now
        state.commit(&article, "article.retired", "An article was withdrawn.")
      }
      return ArticleView(article: article, edition: edition)
    }
  }
}

/// Says that an article resolved a ticket.
public enum LinkArticle {
  /// Needs the article, its published edition, the ticket, and the ticket's links.
  public static func decide(
    _ id: ArticleID, resolved ticketID: TicketID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<ArticleView> {
    Decision { () throws(Refused) in
      let article = try state.article(id)
      guard article.kind == .resolution, article.state == .published, let published = article.publishedEdition else {
        throw Refused(
          .conflict(state: "\(article.state.rawValue) \(article.kind.rawValue)"),
          "The article is a \(article.kind.rawValue) and \(article.state.rawValue); a published resolution is needed.")
      }
      let edition = try state.edition(published, of: article)
      let ticket = try state.ticket(ticketID, in: [.resolved, .closed])
      let link = ArticleLink(
        key: .init(ticketID: ticket.id, articleID: article.id), linkedBy: context.caller.description,
        linkedAt: context.now)
      if !state.links.contains(link.key) {
        guard state.links.members(of: ticket.id).count < Article.linkCountMax else {
          throw Refused(.limit("articles"), "A ticket has at most \(Article.linkCountMax) articles that resolved it.")
        }
        state.links.insert(link)
        state.common.changed(
          "article.linked", ticket.id, version: ticket.version,
          "\(edition.title) resolved ticket \(ticket.number).")
      }
      return ArticleView(article: article, edition: edition)
    }
  }
}
