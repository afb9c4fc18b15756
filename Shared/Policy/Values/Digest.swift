internal import Crypto

/// Digests of bytes, by which a document is named or proved unchanged.
public enum Digest {
  /// The SHA-256 (FIPS 180-4) of `bytes`: 32 bytes.
  public static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
