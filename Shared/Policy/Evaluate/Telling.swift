extension Plan {
  /// How long a message of a ladder waits because of quiet hours: the clause, and the first instant after them. Nil when
  /// it goes at once.
  ///
  /// - Parameters:
  ///   - name: the ticket's class; empty for the plan's default.
  ///   - now: when the message is made.
  public func quiet(_ method: DeliveryMethod, class name: String, at now: Instant) -> (clause: String, until: Instant)?
  {
    guard let quietHours, !quietHours.spared.contains(method), concerns(quietHours.classes, class: name),
      let calendar = calendars[quietHours.calendar], !calendar.isOpen(at: now), let until = calendar.nextOpen(from: now)
    else { return nil }
    return (quietHours.id, until)
  }

  /// The rule by which a message of a ladder may become one with others like it; nil when it stays alone.
  public func merging(_ method: DeliveryMethod, class name: String) -> MergingRule? {
    guard let merging, merging.methods.contains(method), concerns(merging.classes, class: name) else { return nil }
    return merging
  }

  /// The rule by which notices to customers become one with others of their kind, whatever the classes, which are for ladders; nil
  /// when each stays alone.
  public func merging(notices method: DeliveryMethod) -> MergingRule? {
    merging.flatMap { $0.methods.contains(method) ? $0 : nil }
  }

  /// Whether a clause for these classes (none: for all) is about a ticket of a class (empty: the default one).
  private func concerns(_ classes: [String], class name: String) -> Bool {
    classes.isEmpty || classes.contains(name.isEmpty ? defaultClass ?? "" : name)
  }
}
