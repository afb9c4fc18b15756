public import Policy

/// Makes a course: a draft without lessons.
public enum CreateCourse {
  /// Needs nothing.
  public static func decide(
    title: String, summary: String, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Course> {
    Decision { () throws(Refused) in
      try Fields.name(title, "title")
      try Fields.note(summary, "summary")
      let course = Course(id: context.id(), title: title, summary: summary, createdAt: context.now)
      state.courses.insert(course)
      state.common.changed("course.created", course.id, version: 1, "A course was drafted.")
      return course
    }
  }
}

/// Opens a course to learners.
public enum PublishCourse {
  /// Needs the course.
  public static func decide(
    _ id: CourseID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Course> {
    Decision { () throws(Refused) in
      var course = try state.course(id)
      guard !course.lessons.isEmpty else {
        throw Refused(.conflict(state: "empty"), "The course has no lessons: add one first.")
      }
      if course.state != .published {
        course.state = .published
        state.commit(&course, "course.published", "The course \(course.title) was published.")
      }
      return course
    }
  }
}

/// Withdraws a course. What was learned stays.
public enum RetireCourse {
  /// Needs the course.
  public static func decide(
    _ id: CourseID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Course> {
    Decision { () throws(Refused) in
      var course = try state.course(id)
      if course.state != .retired {
        course.state = .retired
        state.commit(&course, "course.retired", "A course was withdrawn.")
      }
      return course
    }
  }
}

/// A lesson, and its course with the lesson in its place.
public struct PlacedLesson: Sendable, Hashable {
  /// The lesson.
  public var lesson: Lesson
  /// Its course.
  public var course: Course
}

/// Adds a lesson to a course.
public enum AddLesson {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which course.
    public var courseID: CourseID
    /// 1 to 200 bytes.
    public var title: String
    /// 1 byte to ``Lesson/textByteCountMax``.
    public var text: String
    /// Where it stands, from 1; 0 or beyond the end: last.
    public var place: Int

    /// A request as given.
    public init(courseID: CourseID, title: String, text: String, place: Int = 0) {
      self.courseID = courseID
      self.title = title
      self.text = text
      self.place = place
    }
  }

  /// Needs the course.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<PlacedLesson> {
    Decision { () throws(Refused) in
      try Fields.name(request.title, "title")
      try Fields.text(request.text, "text", max: Lesson.textByteCountMax)
      var course = try state.course(request.courseID)
      guard course.lessons.count < Course.lessonCountMax else {
        throw Refused(.limit("lessons"), "A course has at most \(Course.lessonCountMax) lessons: make another course.")
      }
      let lesson = Lesson(
        id: context.id(), courseID: course.id, title: request.title, text: request.text, writtenAt: context.now)
      state.lessons.insert(lesson)
      course.put(lesson.id, at: request.place)
      state.commit(&course, "lesson.added", "A lesson was added to a course.")
      return PlacedLesson(lesson: lesson, course: course)
    }
  }
}

/// Changes a lesson or moves it.
public enum UpdateLesson {
  /// What is asked; nil leaves a field as it is.
  public struct Request: Sendable, Hashable {
    /// Which lesson.
    public var lessonID: LessonID
    /// 1 to 200 bytes.
    public var title: String?
    /// 1 byte to ``Lesson/textByteCountMax``.
    public var text: String?
    /// Where it stands from now on, from 1; 0 or beyond the end: last.
    public var place: Int?

    /// A request as given.
    public init(lessonID: LessonID, title: String? = nil, text: String? = nil, place: Int? = nil) {
      self.lessonID = lessonID
      self.title = title
      self.text = text
      self.place = place
    }
  }

  /// Needs the lesson and its course. A request that changes nothing makes no version.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<PlacedLesson> {
    Decision { () throws(Refused) in
      var lesson = try state.lesson(request.lessonID)
      var course = try state.course(of: lesson)
      let before = (lesson, course)
      if let title = request.title {
        try Fields.name(title, "title")
        lesson.title = title
      }
      if let text = request.text {
        try Fields.text(text, "text", max: Lesson.textByteCountMax)
        lesson.text = text
      }
      if let place = request.place { course.put(lesson.id, at: place) }
      if (lesson, course) != before {
        if lesson != before.0 { lesson.writtenAt = context.now }
        state.lessons.update(lesson)
        state.commit(&course, "lesson.updated", "A lesson of a course was changed.")
      }
      return PlacedLesson(lesson: lesson, course: course)
    }
  }
}

/// Takes a lesson out of its course.
public enum RemoveLesson {
  /// Needs the lesson and its course.
  public static func decide(
    _ id: LessonID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Course> {
    Decision { () throws(Refused) in
      let lesson = try state.lesson(id)
      var course = try state.course(lesson.courseID)
      guard course.lessons.contains(id) else { return course }
      guard course.state != .published || course.lessons.count > 1 else {
        throw Refused(
          .conflict(state: "published"), "A published course has a lesson: retire the course, or add another first.")
      }
      course.lessons.removeAll { $0 == id }
      state.commit(&course, "lesson.removed", "A lesson was taken out of a course.")
      return course
    }
  }
}

extension IntakeState {
  /// The course of a lesson, or a refusal when the lesson is in it no more.
  func course(of lesson: Lesson) throws(Refused) -> Course {
    let course = try course(lesson.courseID)
    guard course.lessons.contains(lesson.id) else {
      throw Refused(.conflict(state: "removed"), "The lesson was removed from its course: name one that is in it.")
    }
    return course
  }
}
