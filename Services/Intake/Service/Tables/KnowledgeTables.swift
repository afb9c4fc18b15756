import IntakeRules
import Policy
import ServiceKit

extension Tables {
  static let articles = Table<IntakeState, Article>(
    "articles", { $1(&$0.articles) }, key: [Column<ArticleID>("article_id") { $0 }], columns: articlesColumns,
    read: readArticle)

  private static let articlesColumns: [Column<Article>] = [
    Column("kind", fixed: true, \.kind), Column("language", fixed: true, \.language), Column("state", \.state),
    Column("latest_edition", \.latestEdition), Column("published_edition", \.publishedEdition),
    Column("created_at", fixed: true, \.createdAt), Column("published_at", \.publishedAt),
    Column("retired_at", \.retiredAt), Column("version", \.version),
  ]

  static func readArticle(_ row: inout RowReader) throws(RowError) -> Article {
    let id: ArticleID = try row.next()
    let kind: Article.Kind = try row.next()
    let language: Article.Language = try row.next()
    let state: Article.State = try row.next()
    let latest: Int64 = try row.next()
    let published: Int64? = try row.next()
    var article = Article(id: id, kind: kind, language: language, createdAt: try row.next())
    article.state = state
    article.latestEdition = latest
    article.publishedEdition = published
    article.publishedAt = try row.next()
    article.retiredAt = try row.next()
    article.version = try row.next()
    return article
  }

  static let editions = Table<IntakeState, ArticleEdition>(
    "article_editions", { $1(&$0.editions) },
    key: [Column<ArticleEdition.Key>("article_id", \.articleID), Column("edition", \.edition)],
    columns: editionsColumns, isKept: false, read: readEdition)

  private static let editionsColumns: [Column<ArticleEdition>] = [
    Column("language", fixed: true, \.language), Column("title", fixed: true, \.title),
    Column("tags", fixed: true) { $0.tags.joined(separator: " ") }, Column("body", fixed: true, \.body),
    Column("author", fixed: true, \.author), Column("note", fixed: true, \.note),
    Column("written_at", fixed: true, \.writtenAt),
  ]

  static func readEdition(_ row: inout RowReader) throws(RowError) -> ArticleEdition {
    ArticleEdition(
      key: .init(articleID: try row.next(), edition: try row.next()), language: try row.next(),
      title: try row.next(), tags: try row.next(String.self).split(separator: " ").map(String.init),
      body: try row.next(), author: try row.next(), note: try row.next(), writtenAt: try row.next())
  }

  static let links = Table<IntakeState, ArticleLink>(
    "article_links", { $1(&$0.links) },
    key: [Column<ArticleLink.Key>("ticket_id", \.ticketID), Column("article_id", \.articleID)],
    columns: [Column("linked_by", fixed: true, \.linkedBy), Column("linked_at", fixed: true, \.linkedAt)],
    isKept: false
  ) { row throws(RowError) in
    ArticleLink(
      key: .init(ticketID: try row.next(), articleID: try row.next()), linkedBy: try row.next(),
      linkedAt: try row.next())
  }
  static let linksOfTicket = links.group(by: "ticket_id", of: TicketID.self)

  static let courses = Table<IntakeState, Course>(
    "courses", { $1(&$0.courses) }, key: [Column<CourseID>("course_id") { $0 }], columns: coursesColumns,
    read: readCourse)

  private static let coursesColumns: [Column<Course>] = [
    Column("title", fixed: true, \.title), Column("summary", fixed: true, \.summary), Column("state", \.state),
    Column("lessons") { JSONDocument(identifiers: $0.lessons) }, Column("created_at", fixed: true, \.createdAt),
    Column("version", \.version),
  ]

  static func readCourse(_ row: inout RowReader) throws(RowError) -> Course {
    let id: CourseID = try row.next()
    let title: String = try row.next()
    let summary: String = try row.next()
    let state: Article.State = try row.next()
    let lessons: [LessonID] = try row.next(JSONDocument.self).identifiers()
    var course = Course(id: id, title: title, summary: summary, createdAt: try row.next())
    course.state = state
    course.lessons = lessons
    course.version = try row.next()
    return course
  }

  static let lessons = Table<IntakeState, Lesson>(
    "lessons", { $1(&$0.lessons) }, key: [Column<LessonID>("lesson_id") { $0 }], columns: lessonsColumns,
    isKept: false, read: readLesson)

  private static let lessonsColumns: [Column<Lesson>] = [
    Column("course_id", fixed: true, \.courseID), Column("title", \.title), Column("text", \.text),
    Column("written_at", \.writtenAt),
  ]

  static func readLesson(_ row: inout RowReader) throws(RowError) -> Lesson {
    Lesson(
      id: try row.next(), courseID: try row.next(), title: try row.next(), text: try row.next(),
      writtenAt: try row.next())
  }

  static let enrolments = Table<IntakeState, Enrolment>(
    "enrolments", { $1(&$0.enrolments) },
    key: [Column<Enrolment.Key>("course_id", \.courseID), Column("learner", \.learner.text)],
    columns: enrolmentsColumns, isKept: false, read: readEnrolment)

  private static let enrolmentsColumns: [Column<Enrolment>] = [
    Column("enrolment_id", fixed: true, \.id), Column("contact_id", fixed: true, \.key.learner.contactID),
    Column("enrolled_at", fixed: true, \.enrolledAt),
    Column("done") { JSONDocument(identifiers: $0.done) }, Column("completed_at", \.completedAt),
  ]

  static func readEnrolment(_ row: inout RowReader) throws(RowError) -> Enrolment {
    let courseID: CourseID = try row.next()
    guard let learner = Learner(text: try row.next()) else { throw .malformed(column: -1, type: "learner") }
    let id: EnrolmentID = try row.next()
    // The contact stands in the learner's text too.
    _ = try row.next(ContactID?.self)
    var enrolment = Enrolment(
      key: .init(courseID: courseID, learner: learner), id: id, enrolledAt: try row.next())
    enrolment.done = try row.next(JSONDocument.self).identifiers()
    enrolment.completedAt = try row.next()
    return enrolment
  }
}

extension JSONDocument {
  /// A list of identifiers, each as its text.
  fileprivate init<Tag>(identifiers: [ID<Tag>]) {
    self.init(encoding: identifiers.map(\.description))
  }

  /// The identifiers of a list.
  fileprivate func identifiers<Tag>() throws(RowError) -> [ID<Tag>] {
    var identifiers: [ID<Tag>] = []
    for text in try decoded(as: [String].self) {
      guard let id = ID<Tag>(text) else { throw .malformed(column: -1, type: "identifier") }
      identifiers.append(id)
    }
    return identifiers
  }
}
