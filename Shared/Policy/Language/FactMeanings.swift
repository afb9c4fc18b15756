extension FactName {
  /// What the fact tells, for the reference page.
  public var meaning: String {
    switch self {
    case .channel: "How the request came in."
    case .role: "The role of the caller."
    case .contact: "Whether the caller is one of the account's contacts."
    case .region: "Where the work is."
    case .platform: "The system concerned."
    case .account: "What the affected company is to the agreement."
    case .device: "Whose the device is."
    case .documents: "What has been handed in."
    case .has: "What the customer has bought."
    case .wants: "What is asked for beyond the plan."
    case .request: "The kind of request."
    case .class: "The ticket's class."
    case .tier: "The agreement's tier."
    case .about: "What the request is about, for exclusions."
    case .dialled: "The number, or the keys, that were dialled."
    case .answer: "What became of the ladder's previous step."
    case .mode: "How the work is done."
    case .visit: "What kind of visit the work belongs to."
    case .category: "The kind of equipment or work."
    case .resolved: "Whether the work resolved the incident."
    case .dispatched: "Whether someone was sent after it."
    case .missed: "The targets that were missed."
    case .same: "What is the same as in the earlier ticket."
    case .closed: "When the earlier ticket was last closed."
    case .reported: "When this was reported."
    case .content: "What kind of message it is."
    case .recipients: "The local parts that a mail was sent to."
    case .circumstances: "What may lift an exclusion."
    case .agreement: "The state of the agreement."
    case .agreed: "When the agreement was made."
    case .ends: "The first instant after its term."
    case .service: "What the request would use."
    case .release: "The release of the product."
    case .defect: "Whether a defect of the provider's product is behind it."
    case .symptom: "What is noticed."
    case .problems: "Whether the request is about one problem."
    case .help: "What kind of help is given."
    case .access: "The way into the customer's network."
    case .direction: "From whom to whom a message goes."
    case .unkept: "The obligations that the customer does not keep."
    }
  }

  /// A value that it can have.
  var exampleValue: String {
    if shape == .flag { return "true" }
    return knownValues?.first ?? FactName.examples[self] ?? "x"
  }

  private static let examples: [FactName: String] = [
    .region: "SG", .platform: "unix", .documents: "inventory", .has: "maintenance-plan", .wants: "faster-response",
    .class: "urgent", .tier: "pro", .about: "printer", .dialled: "\"3,9\"", .category: "server", .missed: "respond",
    .recipients: "support@", .circumstances: "own-defect", .service: "ticket", .release: "\"9.4\"",
    .symptom: "outage", .help: "guidance", .access: "nat", .unkept: "cooperation",
  ]
}
