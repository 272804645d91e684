/** Every limit of the threat model, in one place. Sizes are bytes unless the name says otherwise. */
const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

export const LIMITS = {
  /** Everything before the encrypted content, and each element in it. */
  header: 1 * MiB,
  recipients: 64,
  /** Entries of one container. */
  entries: 10_000,
  /** One GCM invocation (NIST SP 800-38D, 5.2.1.1): 2^39 − 256 bits. */
  container: 2 ** 36 - 32,
  /** One document: 64 GiB less room for the rest of the container. */
  document: 64 * GiB - 16 * MiB,
  form: 1 * MiB,
  message: 4 * MiB,
  manifest: 16 * MiB,
  signature: 1 * MiB,
  /** A signature or token with the revocation data that proves it for long. */
  augmentedSignature: 32 * MiB,
  /** Of an evidence bundle: certificates, revocation data and timestamps that are held while its containers are judged. */
  evidenceValues: 256 * MiB,
  /** Depth of nesting in JSON and in DER. */
  nesting: 32,
  /** Values in one text of JSON, of any depth: the fullest honest one, the list of a bundle of 10,000 files, has 40,000. */
  jsonValues: 250_000,
  /** After the encrypted content: attributes and tag. */
  trailer: 64 * KiB,
  /** signature001.p7s and padding.bin together. */
  signatureSlot: 16 * KiB,
  /** Packages under `paddedBelow` are filled up to a multiple of this. */
  paddingStep: 64 * KiB,
  paddedBelow: 1 * MiB,
  crl: 20 * MiB,
  ocsp: 1 * MiB,
  /** TimeStampResp: a token with its chain takes some KiB. */
  timestampReply: 256 * KiB,
  /** A whole answer of a responder or TSA, and of who sends a list. Milliseconds. */
  fetchTime: 10_000,
  fetchCrlTime: 60_000,
  fetchInstallerTime: 3600_000,
  certificate: 64 * KiB,
  pkcs12: 4 * MiB,
  /** The signed description of a release of this program. */
  updateRelease: 64 * KiB,
  updateInstaller: 2 * GiB,
  /** Iterations of a password-based KDF that a foreign file may ask for. */
  kdfIterations: 10_000_000,
  /** Signature checks of one path search. */
  pathSignatureChecks: 1_000,
  /** The same in checks of one P-256 signature: a check with P-521 costs nineteen. */
  pathSignatureWork: 600,
  /** Paths tried to their end. */
  paths: 64,
  /** Comparisons of names with constraints, of policies, lists and answers. */
  pathComparisons: 2 ** 17,
  pathLength: 10,
  parents: 16,
  /** Ratio and size of what a foreign container may inflate to. */
  inflateRatio: 200,
  inflateTotal: 4 * GiB,
  nameBytes: 200,
  /** Claimed times that differ by more are flagged. Milliseconds. */
  clockSkew: 5 * 60_000,
  /** Tries that a record of non-delivery lists. */
  recordedAttempts: 1_000,
  /** Ciphertext that could not be verified is kept so long. Milliseconds. */
  quarantineKeep: 30 * 24 * 3600_000,
  /** What nobody in the directory can have sent is not even fetched above this. */
  fromStrangers: 16 * MiB,
  /** A package above this is fetched only where a verified offer announced it (protocol.md 5). */
  unoffered: 256 * MiB,
  /** Fetched packages above it that nobody has announced, of all offices. */
  unannounced: 8 * GiB,
  /** What one office may have announced and not brought yet. */
  offeredPerOffice: 8 * GiB,
  /** What each package counts for at the least in the day's room of its office, and in that of what is held: 16,384 a day, 2,048 held. */
  leastInflow: 1 * MiB,
  leastHeld: 4 * MiB,
  /** What one office may say in one matter, as message.json has it: whoever looks at the matter reads all of it. */
  wordsPerMatter: 16 * MiB,
  /** An offer without its package, and a large package without its offer, are given so long. Milliseconds. */
  offerKeep: 7 * 24 * 3600_000,
  /** A signed directory: offices, and bytes of its container. */
  directoryEntries: 5_000,
  directory: 256 * MiB,
  /** What belongs to a matter that never opened here is held so long. Milliseconds. */
  heldKeep: 30 * 24 * 3600_000,
  quarantineTotal: 2 * GiB,
  quarantinePerAddress: 512 * MiB,
} as const;
