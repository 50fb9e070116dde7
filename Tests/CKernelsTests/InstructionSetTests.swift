import CKernels
import Testing

@Suite("Instruction sets", .serialized)
struct InstructionSetTests {
  @Test("what is forced is what runs, and the scalar definition always can")
  func forced() {
    let before = mb_isa_active()
    defer { _ = mb_isa_force(before) }
    for isa in [MB_ISA_SCALAR, MB_ISA_AVX2, MB_ISA_AVX512, MB_ISA_NEON] {
      let former = mb_isa_active()
      let possible = mb_isa_force(isa)
      #expect(mb_isa_active() == (possible ? isa : former))
    }
    #expect(mb_isa_force(MB_ISA_SCALAR))
    #expect(String(cString: mb_isa_name(mb_isa_active())) == "scalar")
  }
}
