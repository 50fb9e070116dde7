// What the AVX-512 files share.
#ifndef MB_MATMUL_AVX512_H
#define MB_MATMUL_AVX512_H

#include "matmul.h"

void mb_avx512_f32(const mb_product *product);
void mb_avx512_f16(const mb_product *product);
void mb_avx512_bf16(const mb_product *product);
void mb_avx512_bf16_panels(const mb_product *product);
void mb_avx512_q8_0(const mb_product *product);
void mb_avx512_q4_0(const mb_product *product);

void mb_avx512_prepare_f32(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                           uint8_t *group);
void mb_avx512_prepare_bf16(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                            uint8_t *group);
void mb_avx512_prepare_int8(const float *x, ptrdiff_t x_stride, int32_t tokens, int32_t columns,
                            uint8_t *group);

enum { MB_AVX512_PLAIN_GROUP = 6, MB_AVX512_INT8_GROUP = 12, MB_AVX512_PANEL_ROWS = 64 };

#endif
