/// What became of one attempt to hand a message to somebody else's system.
public enum SendOutcome: Sendable, Equatable {
  /// The destination has taken it for good. The text is what it said.
  case taken(String)
  /// It was not taken, or nobody knows: to be tried again, under the same id.
  ///
  /// - `after`: how many seconds the destination asks to wait; nil if it did not say.
  case postponed(String, after: Int64? = nil)
  /// It will never be taken. The text has the destination's words.
  case refused(String)
}
