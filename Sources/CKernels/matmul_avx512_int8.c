#include "matmul_avx512.h"
void mb_avx512_q8_0(const mb_product *p) { mb_matmul_scalar.multiply[MB_Q8_0](p); }
void mb_avx512_q4_0(const mb_product *p) { mb_matmul_scalar.multiply[MB_Q4_0](p); }
