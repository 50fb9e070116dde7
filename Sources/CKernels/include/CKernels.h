// The arithmetic of the decoder, in C because Swift packages compile for the oldest x86-64.
//
// Every operation has one scalar definition (`*_scalar.c`); the files of the instruction sets agree
// with it, and one of them is chosen at run time. Matrices are row-major, activations are float32.
// Nothing here allocates per call except scratch that a pool keeps.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: Instruction sets

typedef enum mb_isa {
  MB_ISA_SCALAR = 0,
  MB_ISA_AVX2 = 1,    // AVX2, FMA, F16C
  MB_ISA_AVX512 = 2,  // AVX-512 F, BW, VL, DQ, VNNI, BF16
  MB_ISA_NEON = 3,
} mb_isa;

/// The best this machine runs; `MEDBENCH_ISA` (scalar, avx2, avx512, neon) narrows it at the first call.
mb_isa mb_isa_active(void);
/// Forces a set for what this thread calls, for tests: sets differ in the last bits, and another test
/// may be comparing bits meanwhile. False, and nothing changes, where this machine cannot run it.
bool mb_isa_force(mb_isa isa);
const char *mb_isa_name(mb_isa isa);

// MARK: Threads

/// Persistent workers that spin briefly, then sleep on a futex. One caller at a time.
typedef struct mb_pool mb_pool;

/// At most as many threads as the process's affinity gives; the caller is one of them. NULL where memory is
/// short. `threads` <= 0 asks for all.
mb_pool *mb_pool_create(int threads);
void mb_pool_destroy(mb_pool *pool);
int mb_pool_threads(const mb_pool *pool);
/// Bytes of scratch that the pool holds now.
size_t mb_pool_scratch_bytes(const mb_pool *pool);
/// Runs body(context, part) for every part in 0..<parts, on any thread; returns when all are done.
void mb_pool_run(mb_pool *pool, int parts, void (*body)(void *context, int part), void *context);

/// Nanoseconds since a moment that stays the same. A tenth of what clock_gettime costs where the processor has an even
/// counter: a profiler reads it around every operation. The first call takes 5 ms.
int64_t mb_clock(void);

/// When a thread worked, by mb_clock: one run of the pool, from its first part to its last.
typedef struct mb_span {
  int64_t start;
  int64_t end;
} mb_span;
enum { MB_TRACE_SPANS = 1 << 18 };
/// Notes every thread's work from now on, up to MB_TRACE_SPANS runs a thread. Between runs only. Returns false
/// where memory is short.
bool mb_pool_trace_begin(mb_pool *pool);
/// What a thread did so far, valid until the end. Between runs only.
size_t mb_pool_trace_spans(const mb_pool *pool, int thread, const mb_span **spans);
void mb_pool_trace_end(mb_pool *pool);

// MARK: Weight matrices

typedef enum mb_dtype { MB_F32 = 0, MB_F16 = 1, MB_BF16 = 2, MB_Q8_0 = 3, MB_Q4_0 = 4 } mb_dtype;

/// A weight [rows, columns]: y = W x. F32, F16 and BF16 are row-major as a checkpoint stores them
/// (element-aligned only). Q8_0 and Q4_0 are in the packed layout that `mb_quantize` writes:
/// blocks of 32 columns with one f16 scale, rows in tiles of 16 and columns padded to 32 with zeros.
typedef struct mb_matrix {
  mb_dtype dtype;
  int32_t rows;
  int32_t columns;
  const void *data;
} mb_matrix;

/// Bytes of the packed layout (64-byte aligned destination) for Q8_0, Q4_0; of plain rows otherwise.
size_t mb_matrix_bytes(mb_dtype dtype, int32_t rows, int32_t columns);
/// Quantises plain rows (F32, F16, BF16) into `destination`, ggml's rule: q8_0 d = amax/127,
/// q = round(x/d); q4_0 d = (largest magnitude, with its sign)/-8, q = min(15, floor(x/d + 8.5)) - 8;
/// d is rounded to f16. Returns false at the first weight that is not finite.
bool mb_quantize(mb_pool *pool, mb_matrix source, mb_dtype dtype, void *destination);
/// Rows `first ..< first + count` as float32 [count, columns]: embeddings, tests.
void mb_matrix_rows(mb_matrix matrix, int32_t first, int32_t count, float *destination);
/// True where every element of plain rows is finite.
bool mb_all_finite(mb_pool *pool, mb_matrix matrix);

typedef enum mb_matmul_order {
  /// Row i of the result has the same bits for any n, any other rows and any number of threads:
  /// chunked equals unchunked, batched equals single.
  MB_ORDER_FIXED = 0,
  /// The order of summation may depend on n: for whole images, which are always computed whole.
  MB_ORDER_ANY = 1,
} mb_matmul_order;

/// y[n, w.rows] = x[n, w.columns] Wᵀ (+ bias) (+ y where `accumulate`).
///
/// Strides are in floats. Activations are rounded as the weights are: to BF16 for BF16 weights, to
/// int8 blocks of 32 (d = amax/127, f32 scale) for Q8_0 and Q4_0; sums are f32 (int32 within a
/// block). F32 and F16 weights meet f32 activations.
void mb_matmul(mb_pool *pool, mb_matrix w, const float *x, ptrdiff_t x_stride, int32_t n,
               const float *bias, bool accumulate, float *y, ptrdiff_t y_stride,
               mb_matmul_order order);

/// One matrix of several that share an input.
typedef struct mb_matmul_output {
  mb_matrix w;
  const float *bias;
  float *y;
  ptrdiff_t y_stride;
} mb_matmul_output;

/// Several matrices of the same columns on the same x (q, k, v; gate, up): x is prepared once, and
/// small matrices share one fork.
void mb_matmul_many(mb_pool *pool, const mb_matmul_output *outputs, int32_t count, const float *x,
                    ptrdiff_t x_stride, int32_t n, mb_matmul_order order);

/// Bytes a second of reading `bytes` of memory with all threads: the roofline's measured ceiling.
double mb_read_bandwidth(mb_pool *pool, const void *data, size_t bytes);

/// What multiplies.
typedef enum mb_unit {
  MB_UNIT_F32 = 0,   // FMA on float32
  MB_UNIT_BF16 = 1,  // pairs of bfloat16 added to float32
  MB_UNIT_INT8 = 2,  // fours of u8 x s8 added to int32
} mb_unit;
/// Multiplies and adds in registers, `rounds` times, on the calling thread. Returns how many multiplications
/// and additions that were, each counted; 0 where this machine has no such unit.
uint64_t mb_multiply_add(mb_unit unit, uint64_t rounds);

// MARK: Element by element; x and y [n, width] with strides in floats; y may be x

void mb_rms_norm(mb_pool *pool, const float *x, ptrdiff_t x_stride, const float *weight, float eps,
                 int32_t n, int32_t width, float *y, ptrdiff_t y_stride);
void mb_layer_norm(mb_pool *pool, const float *x, ptrdiff_t x_stride, const float *weight,
                   const float *bias, float eps, int32_t n, int32_t width, float *y,
                   ptrdiff_t y_stride);
typedef enum mb_activation {
  MB_SILU = 0,
  MB_GELU = 1,       // exact: x (1 + erf(x/√2)) / 2
  MB_GELU_TANH = 2,  // the tanh approximation
  MB_QUICK_GELU = 3  // x σ(1.702 x)
} mb_activation;
void mb_activate(mb_pool *pool, mb_activation activation, float *x, ptrdiff_t stride, int32_t n,
                 int32_t width);
/// gate = activation(gate) * up
void mb_gate(mb_pool *pool, mb_activation activation, float *gate, ptrdiff_t gate_stride,
             const float *up, ptrdiff_t up_stride, int32_t n, int32_t width);
/// y += x
void mb_add(mb_pool *pool, const float *x, ptrdiff_t x_stride, int32_t n, int32_t width, float *y,
            ptrdiff_t y_stride);
/// Rotary embedding in place, rotate_half convention: of each of `heads` heads (at h * head_dim in a
/// row) the first `rotary` values, i and i + rotary/2 paired. cosines, sines [n, rotary/2].
void mb_rotary(mb_pool *pool, float *x, ptrdiff_t stride, int32_t n, int32_t heads,
               int32_t head_dim, int32_t rotary, const float *cosines, const float *sines);
/// Softmax of one row in place (f32, max subtracted); returns log Σ exp(x - max) + max.
float mb_softmax(float *x, int32_t count);

// MARK: KV cache of one layer of one sequence

/// Keys and values [kv_heads, capacity, head_dim] each; Q8_0 and Q4_0 in blocks of 32 along
/// head_dim with f16 scales. Untouched pages of a fresh map stay unread.
typedef struct mb_kv {
  mb_dtype dtype;
  int32_t kv_heads;
  int32_t head_dim;
  int32_t capacity;  // positions
  void *keys;
  void *values;
} mb_kv;

/// Bytes of `keys` (and the same of `values`), 64-byte aligned. head_dim must be a multiple of 32 for
/// Q8_0 and Q4_0.
size_t mb_kv_bytes(mb_dtype dtype, int32_t kv_heads, int32_t head_dim, int32_t capacity);
/// Writes n rows [n, kv_heads * head_dim] at slots first ..< first + n.
void mb_kv_store(const mb_kv *kv, int32_t first, int32_t n, const float *keys,
                 const float *values, ptrdiff_t stride);
/// Reads them back as float32 [n, kv_heads * head_dim].
void mb_kv_load(const mb_kv *kv, int32_t first, int32_t n, float *keys, float *values);
/// Copies slots 0 ..< n of one cache to another of the same kind: a shared prefix.
void mb_kv_copy(const mb_kv *from, const mb_kv *to, int32_t n);
/// Moves slots `from ..< from + n` to `to`, which may overlap: eviction.
void mb_kv_move(const mb_kv *kv, int32_t from, int32_t to, int32_t n);

/// Queries of one sequence against its cache.
typedef struct mb_attention {
  const mb_kv *kv;
  const float *queries;  // [n, heads * head_dim], stride in floats
  ptrdiff_t query_stride;
  float *output;  // [n, heads * head_dim]
  ptrdiff_t output_stride;
  int32_t n;
  /// Query i sees slots 0 ... first + i.
  int32_t first;
} mb_attention;

/// Grouped-query attention, softmax(q kᵀ · scale) v, for several sequences at once; heads is a
/// multiple of each cache's kv_heads. Sums run over fixed blocks of slots in order, so a query's
/// bits depend neither on n nor on threads nor on the other sequences.
void mb_attend(mb_pool *pool, const mb_attention *sequences, int32_t count, int32_t heads,
               float scale);

/// Attention without a mask inside segments (windows of an image): segment s has rows
/// bounds[s] ..< bounds[s + 1] of q, k, v [rows, heads * head_dim], stride in floats.
/// `dtype` MB_F32 computes in f32; MB_BF16 rounds q, k, v and the weights of the sum to BF16.
void mb_segment_attend(mb_pool *pool, const float *q, const float *k, const float *v,
                       ptrdiff_t stride, const int32_t *bounds, int32_t segments, int32_t heads,
                       int32_t head_dim, float scale, mb_dtype dtype, float *output,
                       ptrdiff_t output_stride);

#ifdef __cplusplus
}
#endif
#endif
