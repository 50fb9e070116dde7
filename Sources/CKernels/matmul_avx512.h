// What the AVX-512 files share.
#ifndef MB_MATMUL_AVX512_H
#define MB_MATMUL_AVX512_H

#include "matmul.h"

void mb_avx512_f32(const mb_product *product);
void mb_avx512_f16(const mb_product *product);
void mb_avx512_bf16(const mb_product *product);
void mb_avx512_q8_0(const mb_product *product);
void mb_avx512_q4_0(const mb_product *product);

enum { MB_AVX512_PLAIN_GROUP = 6, MB_AVX512_INT8_GROUP = 12 };

#endif
