public import Policy

/// Makes a draft, or an earlier edition again, the words of every message from then on.
public enum TemplatePublish {
  public struct Request: Hashable, Sendable {
    public var kind: String
    public var language: String
    /// An earlier edition; 0: the draft.
    public var edition: Int

    public init(kind: String, language: String, edition: Int) {
      self.kind = kind
      self.language = language
      self.edition = edition
    }
  }

  /// The template with its new edition.
  public struct Reply: Hashable, Sendable {
    public let template: Template
    public let edition: TemplateEdition
  }

  /// Looks at the template, and the edition that is named.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let key = try Template.Key(named: request.kind, in: request.language)
      guard var template = state.templates[key] else {
        throw Refused(.notFound("template"), "There is no template of \(key.kind) in \(key.language). Set it first.")
      }
      let words: MessageKind.Words
      if request.edition == 0 {
        words = template.draft
      } else {
        guard let earlier = state.editions[.init(template: template.id, number: request.edition)] else {
          throw Refused(.notFound("edition"), "The template has editions 1 to \(template.published).")
        }
        words = earlier.words
      }
      // What was right when it was set may name a field that is no more.
      _ = try MessageTemplate.checked(template.kind, words)
      guard template.published < Template.editionCountMax else {
        throw Refused(.limit("editions"), "A template has at most \(Template.editionCountMax) editions.")
      }
      template.published += 1
      template.version += 1
      let edition = TemplateEdition(
        template: template.id, number: template.published, words: words, publishedAt: context.now,
        by: context.caller.name, repeats: request.edition)
      state.editions.insert(edition)
      state.templates.update(template)
      state.common.changed(
        "template.published", template.id, version: template.version,
        "\(key.kind) \(key.language): edition \(edition.number) is in force.")
      return Reply(template: template, edition: edition)
    }
  }
}
