public import Policy

/// Enrols a learner in a course.
public enum EnrolLearner {
  /// Needs the course, the learner's enrolment and, where the learner is one, the contact. It asks for no agreement, and a
  /// contact whose appointment has ended learns on.
  public static func decide(
    _ courseID: CourseID, _ learner: Learner, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<EnrolmentView> {
    Decision { () throws(Refused) in
      let course = try state.course(courseID)
      return EnrolmentView(try state.enrol(learner, in: course, &context), in: course)
    }
  }
}

/// Records that a learner has done a lesson.
public enum CompleteLesson {
  /// Needs the lesson, its course, the learner's enrolment and, where the learner is one, the contact.
  public static func decide(
    _ lessonID: LessonID, _ learner: Learner, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<EnrolmentView> {
    Decision { () throws(Refused) in
      let course = try state.course(of: try state.lesson(lessonID))
      var enrolment = try state.enrol(learner, in: course, &context)
      guard !enrolment.done.contains(lessonID) else { return EnrolmentView(enrolment, in: course) }
      // What was removed from the course does not come back.
      enrolment.done = enrolment.done.filter(course.lessons.contains) + [lessonID]
      let isAll = Set(course.lessons).isSubset(of: enrolment.done)
      let isFirst = isAll && enrolment.completedAt == nil
      if isFirst { enrolment.completedAt = context.now }
      state.enrolments.update(enrolment)
      state.common.changed(
        isFirst ? "course.completed" : "lesson.completed", course.id, version: course.version,
        isFirst ? "A learner completed \(course.title)." : "A learner did a lesson of \(course.title).")
      return EnrolmentView(enrolment, in: course)
    }
  }
}

extension IntakeState {
  /// The learner's enrolment in a published course, a new one where there was none.
  fileprivate mutating func enrol(
    _ learner: Learner, in course: Course, _ context: inout Context
  ) throws(Refused) -> Enrolment {
    guard course.state == .published else {
      throw Refused(
        .conflict(state: course.state.rawValue),
        "The course is \(course.state.rawValue): it is taken while it is published.")
    }
    if let id = learner.contactID, contacts[id] == nil {
      throw Refused(.notFound("contact"), "There is no contact \(id).")
    }
    let key = Enrolment.Key(courseID: course.id, learner: learner)
    if let present = enrolments[key] { return present }
    let enrolment = Enrolment(key: key, id: context.id(), enrolledAt: context.now)
    enrolments.insert(enrolment)
    common.changed(
      "course.enrolled", course.id, version: course.version, "A learner enrolled in \(course.title).")
    return enrolment
  }
}
