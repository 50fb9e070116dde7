/// A forward pass as a directed acyclic graph: operations, the tensors between them, and what must come before what.
///
/// Tensors are values: a matrix that is written twice is two tensors. One that is updated in place gives a new tensor in
/// the old one's storage, so whoever reads the old value must come before.
public struct ComputeGraph: Sendable {
  public struct Tensor: Sendable {
    public let rows: Int
    public let columns: Int
    /// The node that writes it; nil for what the caller hands in.
    public let producer: Int?
    public fileprivate(set) var consumers: [Int] = []
    /// Tensors of one storage hold one memory one after another.
    public let storage: Int
  }

  public struct Node: Sendable {
    package let operation: Operation
    /// Tensors.
    public let reads: [Int]
    public let writes: [Int]
    /// Nodes that must be done before, ascending.
    public let after: [Int]

    public var name: String { operation.name }
  }

  public struct Storage: Sendable {
    public let byteCount: Int
    /// First and last node that uses it.
    public fileprivate(set) var uses: ClosedRange<Int>
    /// Where the caller expects it: the hidden state, the logits.
    public let isPinned: Bool
    package let matrix: FloatMatrix
  }

  public let nodes: [Node]
  public let tensors: [Tensor]
  public let storages: [Storage]

  /// - Parameters:
  ///   - operations: in an order that works.
  ///   - pinned: matrices that the caller reads or writes, which stay where they are.
  package init(_ operations: [Operation], pinned: [FloatMatrix]) {
    var builder = Builder(pinned: Set(pinned.map(ObjectIdentifier.init)))
    for operation in operations { builder.add(operation) }
    nodes = builder.nodes
    tensors = builder.tensors
    storages = builder.storages
  }

  /// Edges from a node to one that must wait for it.
  public var edgeCount: Int { nodes.reduce(0) { $0 + $1.after.count } }

  private struct Builder {
    let pinned: Set<ObjectIdentifier>
    var nodes: [Node] = []
    var tensors: [Tensor] = []
    var storages: [Storage] = []
    /// The tensor that stands in a matrix now.
    private var current: [ObjectIdentifier: Int] = [:]
    /// The last node that wrote a layer's cache, and those that read it since.
    private var caches: [Int: (writer: Int?, readers: [Int])] = [:]

    init(pinned: Set<ObjectIdentifier>) { self.pinned = pinned }

    mutating func add(_ operation: Operation) {
      let node = nodes.count
      var (reads, writes): ([Int], [Int]) = ([], [])
      var after: Set<Int> = []
      let operands = operation.operands
      for operand in operands where operand.access != .write {
        let tensor = tensorNow(in: operand.matrix)
        reads.append(tensor)
        if let producer = tensors[tensor].producer { after.insert(producer) }
      }
      for operand in operands where operand.access != .read {
        let matrix = operand.matrix
        if operand.access == .update || isPinned(matrix) {
          // The old value's readers first: its memory is about to change.
          let old = tensorNow(in: matrix)
          after.formUnion(tensors[old].consumers)
          if let producer = tensors[old].producer { after.insert(producer) }
          writes.append(newTensor(matrix, producer: node, storage: tensors[old].storage))
        } else {
          writes.append(newTensor(matrix, producer: node, storage: newStorage(matrix, at: node)))
        }
      }
      orderCache(operation, node, &after)
      after.remove(node)
      for tensor in reads { tensors[tensor].consumers.append(node) }
      for tensor in reads + writes { use(tensors[tensor].storage, at: node) }
      nodes.append(
        Node(operation: operation, reads: reads, writes: writes, after: after.sorted()))
    }

    private mutating func orderCache(_ operation: Operation, _ node: Int, _ after: inout Set<Int>) {
      guard let (layer, writes) = operation.cache else { return }
      var cache = caches[layer] ?? (nil, [])
      if let writer = cache.writer { after.insert(writer) }
      if writes {
        after.formUnion(cache.readers)
        cache = (node, [])
      } else {
        cache.readers.append(node)
      }
      caches[layer] = cache
    }

    private func isPinned(_ matrix: FloatMatrix) -> Bool {
      pinned.contains(ObjectIdentifier(matrix))
    }

    private mutating func tensorNow(in matrix: FloatMatrix) -> Int {
      if let known = current[ObjectIdentifier(matrix)] { return known }
      return newTensor(matrix, producer: nil, storage: newStorage(matrix, at: nodes.count))
    }

    private mutating func newTensor(_ matrix: FloatMatrix, producer: Int?, storage: Int) -> Int {
      tensors.append(
        Tensor(rows: matrix.rows, columns: matrix.columns, producer: producer, storage: storage))
      current[ObjectIdentifier(matrix)] = tensors.count - 1
      return tensors.count - 1
    }

    private mutating func newStorage(_ matrix: FloatMatrix, at node: Int) -> Int {
      storages.append(
        Storage(
          byteCount: matrix.byteCount, uses: node...node, isPinned: isPinned(matrix),
          matrix: matrix))
      return storages.count - 1
    }

    private mutating func use(_ storage: Int, at node: Int) {
      let uses = storages[storage].uses
      storages[storage].uses = min(uses.lowerBound, node)...max(uses.upperBound, node)
    }
  }
}
