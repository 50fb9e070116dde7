// The table of AVX-512's matrix products.
#if defined(__x86_64__)
#include "matmul_avx512.h"

const mb_matmul_kernels mb_matmul_avx512 = {
    .group = {MB_AVX512_PLAIN_GROUP, MB_AVX512_PLAIN_GROUP, MB_AVX512_INT8_GROUP},
    .prepare = {mb_avx512_prepare_f32, mb_avx512_prepare_bf16, mb_avx512_prepare_int8},
    .multiply = {mb_avx512_f32, mb_avx512_f16, mb_avx512_bf16, mb_avx512_q8_0, mb_avx512_q4_0},
    .multiply_any = {[MB_BF16] = mb_avx512_bf16_panels},
    .any_rows = MB_AVX512_PANEL_ROWS,
    .any_scratch_bytes = MB_AVX512_PANEL_ROWS * MB_CHUNK * 2,
};
#endif
