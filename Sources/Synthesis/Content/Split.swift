/// Which part of the lexicons a document may draw from.
///
/// A lexicon's held-out fifth appears only in `test` documents, so that a model tuned on `train`
/// documents is judged on words it has not been shown.
public enum Split: String, Sendable, Codable, CaseIterable {
  case train
  case test
}
