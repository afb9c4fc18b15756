public import Policy

/// Keeps a draft of a tenant's own words.
public enum TemplateSet {
  public struct Request: Hashable, Sendable {
    public var kind: String
    public var language: String
    public var words: MessageKind.Words

    public init(kind: String, language: String, words: MessageKind.Words) {
      self.kind = kind
      self.language = language
      self.words = words
    }
  }

  /// Looks at the templates of the kind. A draft that changes nothing makes no version.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Template> {
    Decision { () throws(Refused) in
      let key = try Template.Key(named: request.kind, in: request.language)
      guard let kind = MessageKind(rawValue: key.kind), let language = MessageLanguage(key.language) else {
        throw Refused(.notFound("template"), "There is no such template.")
      }
      _ = try MessageTemplate.checked(kind, request.words)
      guard var template = state.templates[key] else {
        guard state.templates.members(of: key.kind).count < Template.languageCountMax else {
          throw Refused(
            .limit("templates"), "A kind of message has templates in at most \(Template.languageCountMax) languages.")
        }
        let new = Template(
          id: context.id(), kind: kind, language: language, draft: request.words, draftedAt: context.now)
        state.templates.insert(new)
        state.common.changed("template.set", new.id, version: 1, "\(kind.rawValue) \(language): a draft was made.")
        return new
      }
      guard template.draft != request.words else { return template }
      template.draft = request.words
      template.draftedAt = context.now
      template.version += 1
      state.templates.update(template)
      state.common.changed(
        "template.set", template.id, version: template.version, "\(kind.rawValue) \(language): the draft was changed.")
      return template
    }
  }
}
