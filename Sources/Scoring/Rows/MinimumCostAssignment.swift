/// The cheapest way to give each row of a cost matrix a column of its own (Kuhn 1955, Munkres 1957),
/// by shortest augmenting paths (Jonker and Volgenant 1987): O(rows² · columns).
///
/// - Parameter costs: rows of equal length, finite.
/// - Returns: the column of each row; nil where there are more rows than columns and the row got
///   none.
func minimumCostAssignment(_ costs: [[Double]]) -> [Int?] {
  let rows = costs.count
  let columns = costs.first?.count ?? 0
  if columns == 0 { return [Int?](repeating: nil, count: rows) }
  if rows > columns {
    let turned = (0..<columns).map { column in costs.map { $0[column] } }
    var result = [Int?](repeating: nil, count: rows)
    for (column, row) in minimumCostAssignment(turned).enumerated() { result[row!] = column }
    return result
  }
  // Index 0 stands for "none"; rows and columns count from 1.
  var rowPotential = [Double](repeating: 0, count: rows + 1)
  var columnPotential = [Double](repeating: 0, count: columns + 1)
  var rowOfColumn = [Int](repeating: 0, count: columns + 1)
  for row in 1...max(rows, 1) where rows > 0 {
    var least = [Double](repeating: .infinity, count: columns + 1)
    var previous = [Int](repeating: 0, count: columns + 1)
    var isDone = [Bool](repeating: false, count: columns + 1)
    rowOfColumn[0] = row
    var column = 0
    repeat {
      isDone[column] = true
      let from = rowOfColumn[column]
      var step = Double.infinity
      var next = 0
      for candidate in 1...columns where !isDone[candidate] {
        let reduced =
          costs[from - 1][candidate - 1] - rowPotential[from] - columnPotential[candidate]
        if reduced < least[candidate] {
          least[candidate] = reduced
          previous[candidate] = column
        }
        if least[candidate] < step {
          step = least[candidate]
          next = candidate
        }
      }
      for candidate in 0...columns {
        if isDone[candidate] {
          rowPotential[rowOfColumn[candidate]] += step
          columnPotential[candidate] -= step
        } else {
          least[candidate] -= step
        }
      }
      column = next
    } while rowOfColumn[column] != 0
    while column != 0 {
      rowOfColumn[column] = rowOfColumn[previous[column]]
      column = previous[column]
    }
  }
  var result = [Int?](repeating: nil, count: rows)
  for column in 1...columns where rowOfColumn[column] > 0 {
    result[rowOfColumn[column] - 1] = column - 1
  }
  return result
}
