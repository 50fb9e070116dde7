# samples.jsonl in, the Markdown tables out: median (least-most) of each side, the ratio of the medians,
# and how much of the roofline our median reaches; then memory and start.
#
# The roofline of decode is the read bandwidth measured right before and after over the bytes a token must
# read ("bytes_per_token": weights once, keys and values once); that of prefill and vision is the
# peak of the unit that multiplies this dtype over "operations_per_token", and that of the BF16 unit over
# "attention_operations_per_token".
function text(name, found) {
  if (!match($0, "\"" name "\": *\"[^\"]*\"")) return ""
  found = substr($0, RSTART, RLENGTH)
  gsub(/^[^:]*: *"|"$/, "", found)
  return found
}
function value(name, found) {
  if (!match($0, "\"" name "\": *[-0-9.eE+]+")) return 0
  found = substr($0, RSTART, RLENGTH)
  sub(/^[^:]*: */, "", found)
  return found + 0
}
function add(key, number, at) {
  for (at = ++counts[key]; at > 1 && sorted[key, at - 1] > number; at--)
    sorted[key, at] = sorted[key, at - 1]
  sorted[key, at] = number
}
function median(key, n) {
  n = counts[key]
  if (!n) return 0
  return n % 2 ? sorted[key, (n + 1) / 2] : (sorted[key, n / 2] + sorted[key, n / 2 + 1]) / 2
}
function shown(number) {
  return number >= 99.95 ? sprintf("%.0f", number) : sprintf("%.1f", number)
}
function range(key, unit) {
  if (!counts[key]) return "-"
  return shown(median(key) / unit) " (" shown(sorted[key, 1] / unit) "-" \
    shown(sorted[key, counts[key]] / unit) ")"
}
/"ceiling"/ { add("ceiling " text("ceiling"), value("per_second")); next }
/"peak_bytes"/ {
  row = text("model") " | " text("dtype")
  if (text("test") ~ /^memory/) {
    if (!(row in peakOf)) memoryRows[++memoryCount] = row
    if (value("peak_bytes") > peakOf[row]) peakOf[row] = value("peak_bytes")
    weightsOf[row] = value("weight_bytes"); cacheOf[row] = value("cache_bytes")
  } else {
    if (!(row in starts)) { starts[row] = 1; startRows[++startCount] = row }
    add(text("test") " " row, value("seconds")); add("token " text("test") " " row, value("first_token_seconds"))
  }
  next
}
/"tokens_per_second"/ {
  side = text("side"); test = text("test")
  row = text("model") " | " text("dtype") " | " test
  add(side " " row, value("tokens_per_second"))
  if (side != "medbench") {
    peer[row] = side
    anyDtype[text("model"), test] = side " " row
  } else {
    bytes[row] = value("bytes_per_token")
    if (value("read_per_second") > 0) {
      add("read " row, value("read_per_second"))
      add("reached " row, value("tokens_per_second") * bytes[row] / value("read_per_second"))
      add("ceiling read", value("read_per_second"))
    }
    operations[row] = value("operations_per_token")
    attention[row] = value("attention_operations_per_token")
    dtypeOf[row] = text("dtype")
  }
  modelOf[row] = text("model"); testOf[row] = test
  if (!(row in seen)) { seen[row] = 1; rows[++rowCount] = row }
}
# int8 products where the weights are quantised, else the bf16 unit (f32's where there is none).
function peak(dtype) {
  if (dtype ~ /^q/) return median("ceiling int8")
  if (dtype == "bf16" && median("ceiling bf16") > 0) return median("ceiling bf16")
  return median("ceiling f32")
}
END {
  print "| model | dtype | test | medbench, tokens/s | peer | peer, tokens/s | ratio | roofline | reached |"
  print "|---|---|---|---|---|---|---|---|---|"
  for (i = 1; i <= rowCount; i++) {
    row = rows[i]
    # A quantised vision tower has no peer of its own: it stands beside the bf16 one.
    theirs = (row in peer) ? peer[row] " " row : anyDtype[modelOf[row], testOf[row]]
    name = theirs
    sub(/ .*/, "", name)
    mine = median("medbench " row)
    ratio = mine > 0 && counts[theirs] ? sprintf("%.2f", mine / median(theirs)) : "-"
    roof = 0
    if (bytes[row] > 0 && counts["read " row]) roof = median("read " row) / bytes[row]
    else if (operations[row] > 0 && peak(dtypeOf[row]) > 0)
      roof = 1 / (operations[row] / peak(dtypeOf[row]) + attention[row] / peak("bf16"))
    share = counts["reached " row] ? median("reached " row) : roof > 0 ? mine / roof : 0
    reached = share > 0 ? sprintf("%.0f %%", 100 * share) : "-"
    printf "| %s | %s | %s | %s | %s | %s | %s |\n", row, range("medbench " row, 1),
      (name == "" ? "-" : name), range(theirs, 1), ratio, (roof > 0 ? shown(roof) : "-"), reached
  }
  printf "\nEach figure is the median (least-most) of its rounds. Ceilings measured between them:"
  printf " read %s GB/s", range("ceiling read", 1e9)
  split("bf16 int8 f32", units, " ")
  for (n = 1; n <= 3; n++)
    if (counts["ceiling " units[n]]) printf ", %s %s G/s", units[n], range("ceiling " units[n], 1e9)
  print "."
  if (memoryCount) {
    print "\nMemory at most, after a prompt of 512 tokens and decoding at 8,192 positions (MB = 10^6 bytes):\n"
    print "| model | dtype | weights | cache | peak | beyond weights and cache |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= memoryCount; i++) {
      row = memoryRows[i]; least = weightsOf[row] + cacheOf[row]
      printf "| %s | %.0f MB | %.0f MB | %.0f MB | %.1f %% |\n", row, weightsOf[row] / 1e6, cacheOf[row] / 1e6,
        peakOf[row] / 1e6, 100 * (peakOf[row] / least - 1)
    }
  }
  if (startCount) {
    print "\nSeconds from a path to a model that is ready, and of its first token:\n"
    print "| model | dtype | first start | first token | second start | first token |"
    print "|---|---|---|---|---|---|"
    for (i = 1; i <= startCount; i++) {
      row = startRows[i]
      printf "| %s | %.2f | %.2f | %.2f | %.2f |\n", row, median("first-start " row),
        median("token first-start " row), median("second-start " row), median("token second-start " row)
    }
  }
}
