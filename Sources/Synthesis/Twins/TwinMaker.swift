import Boundary
import Datasets
import DocProfiles
import Drawing
import PageImaging

/// Makes twins of a page from its ground-truth boxes: of medbench's own documents and of a user's.
///
/// The same seed gives the same pixels on the same fonts.
public struct TwinMaker: TwinSource {
  /// Places changed on one page at most.
  public static let changesAPage = 4
  public static let erasuresAPage = 3
  public static let distractorsAPage = 3
  public static let smearsAPage = 2

  public init() {}

  /// - Throws: `MissingFont` where no family of print is installed.
  public func twins(
    of document: DatasetDocument, page: Int, image: PageImage, kinds: [ProbeKind],
    critical: Set<String>, seed: UInt64
  ) throws -> [Twin] {
    let typesetter = try Typesetter(dpi: image.dpi ?? 300, families: [])
    let subject = TwinSubject(document, page: page, critical: critical)
    return kinds.compactMap { kind -> Twin? in
      var random = SeededRandom(seed: seed, "twin", kind.rawValue, document.id, "\(page)")
      let painter = TwinPainter(
        image, typesetter: typesetter,
        random: SeededRandom(seed: seed, "twin-grain", kind.rawValue, document.id, "\(page)"))
      var work = TwinWork(subject: subject, painter: painter, random: random)
      switch kind {
      case .counterfactual: work.change(atMost: Self.changesAPage)
      case .blank: work.eraseAll()
      case .blankField: work.erase(atMost: Self.erasuresAPage)
      case .distractor: work.distract(atMost: Self.distractorsAPage)
      case .legibility: work.smear(atMost: Self.smearsAPage)
      case .repeated: return nil
      }
      return work.twin(kind, id: Self.id(of: document, kind, random.next()))
    }
  }

  /// Says that it is a twin, and not which kind: the engine is told it.
  private static func id(of document: DatasetDocument, _ kind: ProbeKind, _ draw: UInt64) -> String
  {
    let digits = String(draw & 0xffff_ffff, radix: 16)
    return document.id.prefix(100) + ".t" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// One page of a document, ready to be changed.
struct TwinSubject {
  let document: DatasetDocument
  let page: Int
  /// Of this page.
  let fields: [FieldTruth]
  let truth: PageTruth
  let text: PageText
  let critical: Set<String>

  init(_ document: DatasetDocument, page: Int, critical: Set<String>) {
    self.document = document
    self.page = page
    self.critical = critical
    fields = document.fields.filter { $0.page == page }
    truth = document.pages[page]
    text = PageText(truth, fields: fields)
  }
}

/// A twin being made.
struct TwinWork {
  let subject: TwinSubject
  var painter: TwinPainter
  var random: SeededRandom
  private(set) var edits: [TwinEdit] = []
  /// Rows and fields already changed: one change a row, so that each is judged by itself.
  private var used: Set<String> = []

  init(subject: TwinSubject, painter: TwinPainter, random: SeededRandom) {
    self.subject = subject
    self.painter = painter
    self.random = random
  }

  private var fields: [FieldTruth] { subject.fields }

  /// nil where nothing was changed.
  func twin(_ kind: ProbeKind, id: String) -> Twin? {
    guard !edits.isEmpty else { return nil }
    let edits = edits.sorted { $0.originalSpan.lowerBound < $1.originalSpan.lowerBound }
    let replaced = TranscriptReplacement(
      of: subject.truth, fields: fields, edits.map { ($0.originalSpan, $0.changed ?? "") })
    var placed = edits
    for index in placed.indices { placed[index].span = replaced.spans[index] }
    let boxes = Dictionary(
      edits.filter(\.isWholeField).map { ($0.originalSpan.lowerBound, $0.box) },
      uniquingKeysWith: { first, _ in first })
    let original = fields
    let document = DatasetDocument(
      id: id, type: subject.document.type,
      pages: [
        PageTruth(
          image: "\(id).png", transcript: replaced.transcript, lines: replaced.lines)
      ],
      fields: replaced.fields.map { field in
        var field = field
        field.page = 0
        if let old = original.first(where: { $0.box == field.box && $0.name == field.name }),
          let box = boxes[old.start]
        {
          field.box = box
        }
        return field
      })
    return Twin(
      kind: kind, originalID: subject.document.id, originalPage: subject.page,
      document: document, image: painter.image, edits: placed)
  }

  // MARK: Kinds

  /// A few values other than they were, of as many sorts as the page has.
  mutating func change(atMost count: Int) {
    var draw = AlternativeDraw(
      fields: fields, transcript: subject.truth.transcript, random: random)
    var alternatives = fields.indices.flatMap { draw.alternatives(of: $0) }
    alternatives.shuffle(using: &random)
    // Critical fields first; else the lot decides.
    let (first, rest) = (
      alternatives.filter { subject.critical.contains(fields[$0.field].name) },
      alternatives.filter { !subject.critical.contains(fields[$0.field].name) }
    )
    var changes: Set<TwinEdit.Change> = []
    for isRepeat in [false, true] {
      for alternative in first + rest where edits.count < count {
        guard isRepeat || !changes.contains(alternative.change) else { continue }
        if apply(alternative) { changes.insert(alternative.change) }
      }
    }
  }

  /// Everything that was filled in, or nothing at all.
  mutating func eraseAll() {
    for index in fields.indices {
      guard eraseField(index) else {
        edits = []
        return
      }
    }
  }

  mutating func erase(atMost count: Int) {
    for index in order() where edits.count < count {
      guard claim(index) else { continue }
      if !eraseField(index) { release(index) }
    }
  }

  mutating func smear(atMost count: Int) {
    for index in order() where edits.count < count {
      let field = fields[index]
      guard claim(index) else { continue }
      guard let box = field.box, let touched = painter.smear(box, random: &random) else {
        release(index)
        continue
      }
      add(.smeared, index, changed: nil, box: touched)
    }
  }

  /// Stamps, and values crossed out where there is room for a correction.
  mutating func distract(atMost count: Int) {
    var draw = AlternativeDraw(
      fields: fields, transcript: subject.truth.transcript, random: random)
    for index in order() where edits.count < count {
      let isStamp = edits.count(where: { $0.change == .stamped }) * 2 <= edits.count
      let field = fields[index]
      guard let box = field.box, claim(index) else { continue }
      if isStamp, let touched = painter.stamp(box, random: &random) {
        add(.stamped, index, changed: field.value, box: touched)
      } else if !isStamp,
        let other = draw.alternatives(of: index).first(where: \.isWholeField),
        let touched = painter.strike(
          field.value, in: box, correction: other.judgedText, random: &random)
      {
        add(.struck, index, changed: other.judgedText, box: touched)
      } else {
        release(index)
      }
    }
  }

  // MARK: Steps

  /// Fields on one line with a value of their own, critical ones first.
  private mutating func order() -> [Int] {
    let able = fields.indices.filter {
      let field = fields[$0]
      return field.box != nil && !field.value.contains("\n") && field.kind != .freeText
        && field.value.count <= 24
    }.shuffled(using: &random)
    return able.filter { subject.critical.contains(fields[$0].name) }
      + able.filter { !subject.critical.contains(fields[$0].name) }
  }

  private func place(of index: Int) -> String {
    let field = fields[index]
    return field.row.map { "\($0)" } ?? "\(field.name)/\(field.start)"
  }

  private mutating func claim(_ index: Int) -> Bool { used.insert(place(of: index)).inserted }
  private mutating func release(_ index: Int) { used.remove(place(of: index)) }

  private mutating func apply(_ alternative: Alternative) -> Bool {
    let field = fields[alternative.field]
    guard let line = subject.text.line(holding: alternative.drawn),
      !edits.contains(where: { $0.box.overlaps(line.box) }), claim(alternative.field)
    else { return false }
    let start = line.span.lowerBound
    guard let print = painter.print(line.text, in: line.box),
      let box = painter.replace(
        alternative.drawn.lowerBound - start..<alternative.drawn.upperBound - start, of: print,
        with: alternative.drawnText)
    else {
      release(alternative.field)
      return false
    }
    let text = Array(subject.truth.transcript.unicodeScalars)[alternative.judged]
    edits.append(
      TwinEdit(
        change: alternative.change, field: field.name, kind: alternative.kind, row: field.row,
        original: String(String.UnicodeScalarView(text)), changed: alternative.judgedText,
        originalSpan: alternative.judged, span: alternative.judged,
        isWholeField: alternative.isWholeField, box: box))
    return true
  }

  private mutating func eraseField(_ index: Int) -> Bool {
    guard let lines = subject.text.lines(of: fields[index]) else { return false }
    // A field is taken out whole or not at all.
    let before = lines.count > 1 ? painter : nil
    var touched: PixelBox?
    for line in lines {
      guard let box = painter.erase(line.box) else {
        if let before { painter = before }
        return false
      }
      touched = touched?.union(box) ?? box
    }
    guard let touched else { return false }
    add(.erased, index, changed: nil, box: touched)
    return true
  }

  private mutating func add(
    _ change: TwinEdit.Change, _ index: Int, changed: String?, box: PixelBox
  ) {
    let field = fields[index]
    let span = field.start..<field.end
    edits.append(
      TwinEdit(
        change: change, field: field.name, kind: field.kind, row: field.row,
        original: field.value, changed: changed, originalSpan: span, span: span,
        isWholeField: true, box: box))
  }
}
