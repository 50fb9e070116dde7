func measured(_ what: String, _ value: Float) { print("MEASURED \(what): \(value)") }
