public import Policy

/// Records a consent or its withdrawal, the inventory, or that a thing went out of use.
public enum UpdateAsset {
  /// What is asked; nil leaves a field as it is.
  public struct Request: Sendable, Hashable {
    /// Which asset.
    public var assetID: AssetID
    /// Where a contact's written consent is kept: given again, it ends an earlier withdrawal.
    public var consentDocument: String?
    /// True: open work goes on, nothing new starts.
    public var withdrawsConsent: Bool?
    /// Whether it stands on the customer's inventory.
    public var isInventoried: Bool?
    /// True: it goes out of use.
    public var retires: Bool?

    /// A request as given.
    public init(
      assetID: AssetID, consentDocument: String? = nil, withdrawsConsent: Bool? = nil, isInventoried: Bool? = nil,
      retires: Bool? = nil
    ) {
      self.assetID = assetID
      self.consentDocument = consentDocument
      self.withdrawsConsent = withdrawsConsent
      self.isInventoried = isInventoried
      self.retires = retires
    }
  }

  /// Needs the asset.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Asset> {
    Decision { () throws(Refused) in
      var asset = try state.asset(request.assetID)
      guard asset.retiredAt == nil else {
        throw Refused(.conflict(state: "retired"), "\(asset.name) is out of use.")
      }
      let before = asset
      if let document = request.consentDocument {
        try Fields.line(document, "consent_document", max: Fields.noteByteCountMax)
        asset.consentDocument = document
        asset.consentWithdrawnAt = nil
      }
      if request.withdrawsConsent == true {
        guard !asset.consentDocument.isEmpty else {
          throw Refused(.conflict(state: "no consent"), "There is no consent to withdraw.")
        }
        if asset.consentWithdrawnAt == nil { asset.consentWithdrawnAt = context.now }
      }
      if let isInventoried = request.isInventoried { asset.isInventoried = isInventoried }
      if request.retires == true { asset.retiredAt = context.now }
      if asset != before {
        state.assets.update(asset)
        state.common.changed("asset.updated", asset.id, version: 1, "\(asset.name) was updated.")
      }
      return asset
    }
  }
}
