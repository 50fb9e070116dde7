# llama-bench's JSON lines in, one JSON line a sample out. Set side, model and dtype with -v.
function number(name) {
  return match($0, "\"" name "\": *[0-9.]+") ? substr($0, RSTART, RLENGTH) : ""
}
function value(name, text) {
  text = number(name)
  sub(/^[^:]*: */, "", text)
  return text + 0
}
{
  prompt = value("n_prompt")
  test = prompt > 0 ? "pp" prompt : "tg@d" value("n_depth")
  if (!match($0, /"samples_ts": *\[[^]]*\]/)) next
  text = substr($0, RSTART, RLENGTH)
  gsub(/^[^[]*\[ *|\].*$/, "", text)
  count = split(text, speeds, / *, */)
  for (i = 1; i <= count; i++)
    printf "{\"side\":\"%s\",\"model\":\"%s\",\"dtype\":\"%s\",\"test\":\"%s\",\"others\":%s,\"tokens_per_second\":%s}\n",
      side, model, dtype, test, value("others"), speeds[i] + 0
}
