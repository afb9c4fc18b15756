internal import Policy

// What the rules of the knowledge base, the forum and the courses share. None of them looks at an agreement (P4).

extension IntakeState {
  /// The article, or a refusal.
  func article(_ id: ArticleID) throws(Refused) -> Article {
    guard let article = articles[id] else { throw Refused(.notFound("article"), "There is no article \(id).") }
    return article
  }

  /// An edition of an article, or a refusal.
  func edition(_ edition: Int64, of article: Article) throws(Refused) -> ArticleEdition {
    guard let found = editions[.init(articleID: article.id, edition: edition)] else {
      throw Refused(
        .notFound("edition"), "The article has no edition \(edition); its latest is \(article.latestEdition).")
    }
    return found
  }

  /// The topic, or a refusal; a portal does not find a hidden one.
  func topic(_ id: TopicID, _ context: Context) throws(Refused) -> Topic {
    guard let topic = topics[id], !(topic.isHidden && context.caller.role == .portal) else {
      throw Refused(.notFound("topic"), "There is no topic \(id).")
    }
    return topic
  }

  /// The course, or a refusal.
  func course(_ id: CourseID) throws(Refused) -> Course {
    guard let course = courses[id] else { throw Refused(.notFound("course"), "There is no course \(id).") }
    return course
  }

  /// The lesson, or a refusal.
  func lesson(_ id: LessonID) throws(Refused) -> Lesson {
    guard let lesson = lessons[id] else { throw Refused(.notFound("lesson"), "There is no lesson \(id).") }
    return lesson
  }

  /// Saves a changed article under a new version.
  mutating func commit(_ article: inout Article, _ kind: String, _ text: String) {
    article.version += 1
    articles.update(article)
    common.changed(kind, article.id, version: article.version, text)
  }

  /// Saves a changed topic under a new version.
  mutating func commit(_ topic: inout Topic, _ kind: String, _ text: String) {
    topic.version += 1
    topics.update(topic)
    common.changed(kind, topic.id, version: topic.version, text)
  }

  /// Saves a changed course under a new version.
  mutating func commit(_ course: inout Course, _ kind: String, _ text: String) {
    course.version += 1
    courses.update(course)
    common.changed(kind, course.id, version: course.version, text)
  }
}

extension Fields {
  /// A text that says something: 1 byte to `max`.
  static func text(_ text: String, _ field: String, max: Int) throws(Refused) {
    try note(text, field, max: max)
    guard !text.isEmpty else { throw invalid(field, "must not be empty") }
  }

  /// A reason that is kept: 1 to 1,000 bytes.
  static func reason(_ text: String) throws(Refused) {
    try note(text, "reason")
    guard !text.isEmpty else {
      throw Refused(.needsReason, "Say why in the field reason: it is kept, for those who ask later.")
    }
  }

  /// Different words, at most ``Article/tagCountMax``.
  static func tags(_ tags: [String]) throws(Refused) {
    guard tags.count <= Article.tagCountMax else {
      throw invalid("tags", "has at most \(Article.tagCountMax) words, not \(tags.count)")
    }
    for tag in tags {
      try requiredWord(tag, "tags")
    }
    guard Set(tags).count == tags.count else { throw invalid("tags", "must be different words") }
  }

  /// The name under which something is shown in the forum: what is given, or the caller's.
  static func author(_ name: String, _ context: Context) throws(Refused) -> String {
    if name.isEmpty { return context.caller.name }
    try Fields.name(name, "author")
    return name
  }
}
