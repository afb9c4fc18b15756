public import Policy

extension Kind {
  /// A course.
  public enum Course {}
  /// A lesson of a course.
  public enum Lesson {}
  /// A learner's place in a course.
  public enum Enrolment {}
}

/// The identifier of a course.
public typealias CourseID = ID<Kind.Course>
/// The identifier of a lesson.
public typealias LessonID = ID<Kind.Lesson>
/// The identifier of a learner's place in a course.
public typealias EnrolmentID = ID<Kind.Enrolment>

/// A course: lessons in an order.
public struct Course: Record, Hashable {
  /// The most lessons of one course.
  public static let lessonCountMax = 100

  /// The course's identifier.
  public let id: CourseID
  /// 1 to 200 bytes.
  public let title: String
  /// What is learned, at most 1,000 bytes.
  public let summary: String
  /// Who sees it, as with articles.
  public var state = Article.State.draft
  /// Its lessons in their order, at most ``lessonCountMax``.
  public var lessons: [LessonID] = []
  /// When it was entered.
  public let createdAt: Instant
  /// Counts changes of the course and its lessons, from 1.
  public var version: Int64 = 1

  /// A draft without lessons.
  public init(id: CourseID, title: String, summary: String, createdAt: Instant) {
    self.id = id
    self.title = title
    self.summary = summary
    self.createdAt = createdAt
  }

  /// The identifier.
  public var key: CourseID { id }
  /// The course itself.
  public var group: CourseID { id }

  /// Puts a lesson at a place, from 1; 0 or beyond the end: last. It moves there if the course has it already.
  mutating func put(_ lesson: LessonID, at place: Int) {
    lessons.removeAll { $0 == lesson }
    lessons.insert(lesson, at: place == 0 ? lessons.count : min(place - 1, lessons.count))
  }
}

/// A lesson of a course. One that was removed is in its course's order no more.
public struct Lesson: Record, Hashable {
  /// The most bytes of a lesson's text.
  public static let textByteCountMax = Fields.messageByteCountMax

  /// The lesson's identifier.
  public let id: LessonID
  /// The course.
  public let courseID: CourseID
  /// 1 to 200 bytes.
  public var title: String
  /// 1 byte to ``textByteCountMax``.
  public var text: String
  /// When it was written or last changed.
  public var writtenAt: Instant

  /// A lesson as given.
  public init(id: LessonID, courseID: CourseID, title: String, text: String, writtenAt: Instant) {
    self.id = id
    self.courseID = courseID
    self.title = title
    self.text = text
    self.writtenAt = writtenAt
  }

  /// The identifier.
  public var key: LessonID { id }
  /// The course.
  public var group: CourseID { courseID }
}

/// Who learns.
public enum Learner: Hashable, Sendable {
  /// A contact of a customer.
  case contact(ContactID)
  /// A user of a portal, by the name that the portal gives.
  case user(String)

  /// What the request names; refuses one that names both or neither.
  public init(contactID: ContactID?, name: String) throws(Refused) {
    switch contactID {
    case let id? where name.isEmpty: self = .contact(id)
    case nil where !name.isEmpty:
      try Fields.name(name, "learner")
      self = .user(name)
    default: throw Fields.invalid("learner", "or contact_id must be given, and not both")
    }
  }

  /// One text for each learner: a contact and a user of the same name differ.
  public var text: String {
    switch self {
    case .contact(let id): "contact/\(id)"
    case .user(let name): "user/\(name)"
    }
  }

  /// The learner that ``text`` stands for; nil if it is no such text.
  public init?(text: String) {
    if text.hasPrefix("user/") {
      self = .user(String(text.dropFirst(5)))
    } else if text.hasPrefix("contact/"), let id = ContactID(String(text.dropFirst(8))) {
      self = .contact(id)
    } else {
      return nil
    }
  }

  /// The contact, where it is one.
  public var contactID: ContactID? { if case .contact(let id) = self { id } else { nil } }
}

/// How far a learner has come in a course.
public struct Enrolment: Record, Hashable {
  /// Who learns what.
  public struct Key: Hashable, Comparable, Sendable {
    /// The course.
    public let courseID: CourseID
    /// Who learns.
    public let learner: Learner

    /// A key as given.
    public init(courseID: CourseID, learner: Learner) {
      self.courseID = courseID
      self.learner = learner
    }

    /// By course, then by the learner's text.
    public static func < (a: Key, b: Key) -> Bool { (a.courseID, a.learner.text) < (b.courseID, b.learner.text) }
  }

  /// Who learns what.
  public let key: Key
  /// The enrolment's identifier; ids rise with the order of enrolment.
  public let id: EnrolmentID
  /// When the learner began.
  public let enrolledAt: Instant
  /// Lessons that are done, in the order in which they were.
  public var done: [LessonID] = []
  /// When every lesson of the course was done for the first time; nil: not yet.
  public var completedAt: Instant?

  /// Nothing done yet.
  public init(key: Key, id: EnrolmentID, enrolledAt: Instant) {
    self.key = key
    self.id = id
    self.enrolledAt = enrolledAt
  }

  /// The course.
  public var group: CourseID { key.courseID }
}

/// How far a learner has come, measured by the course as it is now.
public struct EnrolmentView: Hashable, Sendable {
  /// Who, and since when.
  public let enrolment: Enrolment
  /// The course's lessons that are done, in the course's order.
  public let done: [LessonID]
  /// How many lessons the course has.
  public let lessonCount: Int

  /// Measures an enrolment by its course.
  public init(_ enrolment: Enrolment, in course: Course) {
    let all = Set(enrolment.done)
    self.enrolment = enrolment
    done = course.lessons.filter(all.contains)
    lessonCount = course.lessons.count
  }
}
