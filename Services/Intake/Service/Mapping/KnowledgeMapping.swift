import Foundation
import IntakeRules
import Policy
import ServiceKit
import Wire

extension Callout_V1_Article {
  /// An article with one of its editions as the wire shows it to a role. A portal learns nothing of editions that are not
  /// published.
  init(_ view: ArticleView, to role: Role) {
    self.init()
    let (article, edition) = (view.article, view.edition)
    id = article.id.data
    kind = article.kind.rawValue
    state = article.state.rawValue
    language = article.language.rawValue
    title = edition.title
    tags = edition.tags
    body = edition.body
    self.edition = UInt64(edition.key.edition)
    latestEdition = UInt64(role == .portal ? article.publishedEdition ?? 0 : article.latestEdition)
    publishedEdition = UInt64(article.publishedEdition ?? 0)
    author = edition.author
    if role != .portal { note = edition.note }
    editedMs = edition.writtenAt.milliseconds
    createdMs = article.createdAt.milliseconds
    publishedMs = article.publishedAt.milliseconds
    retiredMs = article.retiredAt.milliseconds
    version = UInt64(article.version)
  }
}

extension Callout_V1_Topic {
  /// A topic as the wire shows it.
  init(_ topic: Topic, withText: Bool = true) {
    self.init()
    id = topic.id.data
    title = topic.title
    if withText { text = topic.text }
    author = topic.author
    postedBy = topic.postedBy
    atMs = topic.openedAt.milliseconds
    repliedMs = topic.repliedAt.milliseconds
    replies = UInt32(topic.replyCount)
    hidden = topic.isHidden
    closed = topic.isClosed
    version = UInt64(topic.version)
  }
}

extension Callout_V1_TopicReply {
  /// A reply as the wire shows it.
  init(_ reply: TopicReply) {
    self.init()
    id = reply.id.data
    topicID = reply.topicID.data
    text = reply.text
    author = reply.author
    postedBy = reply.postedBy
    atMs = reply.postedAt.milliseconds
    hidden = reply.isHidden
  }
}

extension Callout_V1_Moderation {
  /// A record of moderation as the wire shows it.
  init(_ moderation: Moderation) {
    self.init()
    id = moderation.id.data
    topicID = moderation.topicID.data
    replyID = moderation.replyID.data()
    action = moderation.action.rawValue
    reason = moderation.reason
    moderator = moderation.moderator
    atMs = moderation.at.milliseconds
  }
}

extension Callout_V1_Course {
  /// A course as the wire shows it.
  init(_ course: Course) {
    self.init()
    id = course.id.data
    title = course.title
    summary = course.summary
    state = course.state.rawValue
    lessonIds = course.lessons.map(\.data)
    createdMs = course.createdAt.milliseconds
    version = UInt64(course.version)
  }
}

extension Callout_V1_Lesson {
  /// A lesson as the wire shows it.
  init(_ lesson: Lesson, withText: Bool = true) {
    self.init()
    id = lesson.id.data
    courseID = lesson.courseID.data
    title = lesson.title
    if withText { text = lesson.text }
    writtenMs = lesson.writtenAt.milliseconds
  }
}

extension Callout_V1_Enrolment {
  /// A learner in a course, and how far they have come, as the wire shows it.
  init(_ view: EnrolmentView) {
    self.init()
    let enrolment = view.enrolment
    courseID = enrolment.key.courseID.data
    switch enrolment.key.learner {
    case .contact(let id): contactID = id.data
    case .user(let name): learner = name
    }
    enrolledMs = enrolment.enrolledAt.milliseconds
    lessonIds = view.done.map(\.data)
    done = UInt32(view.done.count)
    lessons = UInt32(view.lessonCount)
    completedMs = enrolment.completedAt.milliseconds
  }
}

extension Learner {
  /// The learner that a request names.
  init(_ contactID: Data, _ name: String) throws(Refused) {
    try self.init(contactID: try ContactID.optional(field: "contact_id", contactID), name: name)
  }
}

extension Article.Language {
  /// The language that a field names; nil if it is empty.
  static func optional(field: String, _ word: String) throws(Refused) -> Self? {
    word.isEmpty ? nil : try Self(field: field, word)
  }
}

extension Int64 {
  /// The edition that a field names; nil if it is 0. Refuses one that no article has.
  static func edition(field: String, _ number: UInt64) throws(Refused) -> Int64? {
    if number == 0 { return nil }
    guard number <= UInt64(Article.editionCountMax) else {
      throw Refused(.invalid(field: field), "\(field) is at most \(Article.editionCountMax).")
    }
    return Int64(number)
  }
}
