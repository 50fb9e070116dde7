print("medbench")
