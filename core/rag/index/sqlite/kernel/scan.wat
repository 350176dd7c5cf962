;; First stage of the vector search: estimates of 32 vectors at a time from 1-bit codes.
;; A block holds, for every 4 dimensions, 16 bytes (low half: vectors 0-15, high half: 16-31), then
;; 32 factors and 32 bases of 16 bits. Table entries are at most 15, so sixteen sums fit in a byte.
;; The layout is FAISS FastScan's (arXiv 1812.09162), the estimate RaBitQ's (arXiv 2405.12497).
(module
  (import "vectors" "memory" (memory 1))

  ;; Appends (slot, estimate) for every vector above the threshold to $out; returns its new end.
  ;; estimate = factor * ((sum << shift) + offset) + weight * base, in 1.15 fixed point.
  ;; $state: the threshold, how many estimates above it were counted, how many are wanted (each 32 bits), 4 bytes
  ;; unused, then the counts: 2,048 of 32 bits, one for each 32 neighbouring estimates. The threshold is raised to
  ;; the end of a count's estimates as soon as those above are enough.
  ;; Bytes 0-63 of the memory are its scratch.
  (func (export "scan")
    (param $block i32) (param $blocks i32) (param $tables i32) (param $chunks i32) (param $shift i32)
    (param $offset16 i32) (param $weight16 i32) (param $state i32) (param $slot i32) (param $out i32)
    (result i32)
    (local $at i32) (local $entry i32) (local $chunk i32) (local $mask i32) (local $lane i32)
    (local $best i32) (local $above i32) (local $wanted i32) (local $estimate i32) (local $count i32) (local $fewer i32)
    (local $codes v128) (local $table v128) (local $nibble v128) (local $low v128) (local $high v128)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local $e0 v128) (local $e1 v128) (local $e2 v128) (local $e3 v128)
    (local $offset v128) (local $weight v128) (local $threshold v128)
    (local.set $nibble (i8x16.splat (i32.const 15)))
    (local.set $offset (i16x8.splat (local.get $offset16)))
    (local.set $weight (i16x8.splat (local.get $weight16)))
    (local.set $best (i32.load (local.get $state)))
    (local.set $above (i32.load offset=4 (local.get $state)))
    (local.set $wanted (i32.load offset=8 (local.get $state)))
    (local.set $threshold (i16x8.splat (local.get $best)))
    (local.set $at (local.get $block))
    (loop $next_block
      (local.set $entry (local.get $tables))
      (local.set $chunk (i32.shr_u (local.get $chunks) (i32.const 1)))
      (local.set $s0 (v128.const i32x4 0 0 0 0))
      (local.set $s1 (v128.const i32x4 0 0 0 0))
      (local.set $s2 (v128.const i32x4 0 0 0 0))
      (local.set $s3 (v128.const i32x4 0 0 0 0))
      ;; Two chunks of 8 groups at a time while there are two.
      (if (local.get $chunk)
        (then
          (loop $next_chunks
            (local.set $codes (v128.load offset=0 (local.get $at)))
            (local.set $table (v128.load offset=0 (local.get $entry)))
            (local.set $low (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble))))
            (local.set $high (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble))))
            (local.set $codes (v128.load offset=16 (local.get $at)))
            (local.set $table (v128.load offset=16 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=32 (local.get $at)))
            (local.set $table (v128.load offset=32 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=48 (local.get $at)))
            (local.set $table (v128.load offset=48 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=64 (local.get $at)))
            (local.set $table (v128.load offset=64 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=80 (local.get $at)))
            (local.set $table (v128.load offset=80 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=96 (local.get $at)))
            (local.set $table (v128.load offset=96 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=112 (local.get $at)))
            (local.set $table (v128.load offset=112 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=128 (local.get $at)))
            (local.set $table (v128.load offset=128 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=144 (local.get $at)))
            (local.set $table (v128.load offset=144 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=160 (local.get $at)))
            (local.set $table (v128.load offset=160 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=176 (local.get $at)))
            (local.set $table (v128.load offset=176 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=192 (local.get $at)))
            (local.set $table (v128.load offset=192 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=208 (local.get $at)))
            (local.set $table (v128.load offset=208 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=224 (local.get $at)))
            (local.set $table (v128.load offset=224 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $codes (v128.load offset=240 (local.get $at)))
            (local.set $table (v128.load offset=240 (local.get $entry)))
            (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
            (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
            (local.set $s0 (i16x8.add (local.get $s0) (local.get $low)))
            (local.set $s1 (i16x8.add (local.get $s1) (i16x8.shr_u (local.get $low) (i32.const 8))))
            (local.set $s2 (i16x8.add (local.get $s2) (local.get $high)))
            (local.set $s3 (i16x8.add (local.get $s3) (i16x8.shr_u (local.get $high) (i32.const 8))))
            (local.set $at (i32.add (local.get $at) (i32.const 256)))
            (local.set $entry (i32.add (local.get $entry) (i32.const 256)))
            (br_if $next_chunks (local.tee $chunk (i32.sub (local.get $chunk) (i32.const 1)))))))
      (if (i32.and (local.get $chunks) (i32.const 1))
        (then
          (local.set $codes (v128.load offset=0 (local.get $at)))
          (local.set $table (v128.load offset=0 (local.get $entry)))
          (local.set $low (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble))))
          (local.set $high (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble))))
          (local.set $codes (v128.load offset=16 (local.get $at)))
          (local.set $table (v128.load offset=16 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $codes (v128.load offset=32 (local.get $at)))
          (local.set $table (v128.load offset=32 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $codes (v128.load offset=48 (local.get $at)))
          (local.set $table (v128.load offset=48 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $codes (v128.load offset=64 (local.get $at)))
          (local.set $table (v128.load offset=64 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $codes (v128.load offset=80 (local.get $at)))
          (local.set $table (v128.load offset=80 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $codes (v128.load offset=96 (local.get $at)))
          (local.set $table (v128.load offset=96 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $codes (v128.load offset=112 (local.get $at)))
          (local.set $table (v128.load offset=112 (local.get $entry)))
          (local.set $low (i8x16.add (local.get $low) (i8x16.swizzle (local.get $table) (v128.and (local.get $codes) (local.get $nibble)))))
          (local.set $high (i8x16.add (local.get $high) (i8x16.swizzle (local.get $table) (v128.and (i16x8.shr_u (local.get $codes) (i32.const 4)) (local.get $nibble)))))
          (local.set $s0 (i16x8.add (local.get $s0) (local.get $low)))
          (local.set $s1 (i16x8.add (local.get $s1) (i16x8.shr_u (local.get $low) (i32.const 8))))
          (local.set $s2 (i16x8.add (local.get $s2) (local.get $high)))
          (local.set $s3 (i16x8.add (local.get $s3) (i16x8.shr_u (local.get $high) (i32.const 8))))
          (local.set $at (i32.add (local.get $at) (i32.const 128)))
          (local.set $entry (i32.add (local.get $entry) (i32.const 128)))))
      ;; Even lanes hold 256 times the odd ones beside their own sums; then both in order of their vectors.
      (local.set $low (i16x8.sub (local.get $s0) (i16x8.shl (local.get $s1) (i32.const 8))))
      (local.set $high (i16x8.sub (local.get $s2) (i16x8.shl (local.get $s3) (i32.const 8))))
      (local.set $s0 (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $low) (local.get $s1)))
      (local.set $s1 (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $low) (local.get $s1)))
      (local.set $s2 (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $high) (local.get $s3)))
      (local.set $s3 (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $high) (local.get $s3)))
      (local.set $e0
        (i16x8.add_sat_s
          (i16x8.q15mulr_sat_s
            (i16x8.add (i16x8.shl (local.get $s0) (local.get $shift)) (local.get $offset))
            (v128.load offset=0 (local.get $at)))
          (i16x8.q15mulr_sat_s (v128.load offset=64 (local.get $at)) (local.get $weight))))
      (local.set $e1
        (i16x8.add_sat_s
          (i16x8.q15mulr_sat_s
            (i16x8.add (i16x8.shl (local.get $s1) (local.get $shift)) (local.get $offset))
            (v128.load offset=16 (local.get $at)))
          (i16x8.q15mulr_sat_s (v128.load offset=80 (local.get $at)) (local.get $weight))))
      (local.set $e2
        (i16x8.add_sat_s
          (i16x8.q15mulr_sat_s
            (i16x8.add (i16x8.shl (local.get $s2) (local.get $shift)) (local.get $offset))
            (v128.load offset=32 (local.get $at)))
          (i16x8.q15mulr_sat_s (v128.load offset=96 (local.get $at)) (local.get $weight))))
      (local.set $e3
        (i16x8.add_sat_s
          (i16x8.q15mulr_sat_s
            (i16x8.add (i16x8.shl (local.get $s3) (local.get $shift)) (local.get $offset))
            (v128.load offset=48 (local.get $at)))
          (i16x8.q15mulr_sat_s (v128.load offset=112 (local.get $at)) (local.get $weight))))
      (local.set $mask
        (i32.or
          (i8x16.bitmask
            (i8x16.narrow_i16x8_s
              (i16x8.gt_s (local.get $e0) (local.get $threshold))
              (i16x8.gt_s (local.get $e1) (local.get $threshold))))
          (i32.shl
            (i8x16.bitmask
              (i8x16.narrow_i16x8_s
                (i16x8.gt_s (local.get $e2) (local.get $threshold))
                (i16x8.gt_s (local.get $e3) (local.get $threshold))))
            (i32.const 16))))
      (if (local.get $mask)
        (then
          (v128.store offset=0 (i32.const 0) (local.get $e0))
          (v128.store offset=16 (i32.const 0) (local.get $e1))
          (v128.store offset=32 (i32.const 0) (local.get $e2))
          (v128.store offset=48 (i32.const 0) (local.get $e3))
          (loop $next_lane
            (local.set $lane (i32.ctz (local.get $mask)))
            (local.set $estimate (i32.load16_s (i32.shl (local.get $lane) (i32.const 1))))
            (i32.store (local.get $out) (i32.add (local.get $slot) (local.get $lane)))
            (i32.store offset=4 (local.get $out) (local.get $estimate))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))
            ;; Byte address of the estimate's count: its number >> 5 << 2.
            (local.set $count
              (i32.add (local.get $state)
                (i32.and (i32.shr_u (i32.add (local.get $estimate) (i32.const 32768)) (i32.const 3)) (i32.const 0x1ffc))))
            (i32.store offset=16 (local.get $count) (i32.add (i32.load offset=16 (local.get $count)) (i32.const 1)))
            (local.set $above (i32.add (local.get $above) (i32.const 1)))
            (br_if $next_lane
              (local.tee $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))))
          ;; Without the lowest count that is above, are there still enough?
          (block $raised
            (loop $raise
              (local.set $count
                (i32.and (i32.shr_u (i32.add (local.get $best) (i32.const 32769)) (i32.const 3)) (i32.const 0x3ffc)))
              (local.set $fewer
                (i32.sub (local.get $above) (i32.load offset=16 (i32.add (local.get $state) (local.get $count)))))
              (br_if $raised (i32.lt_s (local.get $fewer) (local.get $wanted)))
              (local.set $above (local.get $fewer))
              (local.set $best (i32.sub (i32.shl (local.get $count) (i32.const 3)) (i32.const 32737)))
              (br $raise)))
          (local.set $threshold (i16x8.splat (local.get $best)))))
      (local.set $slot (i32.add (local.get $slot) (i32.const 32)))
      (local.set $at (i32.add (local.get $at) (i32.const 128)))
      (br_if $next_block (local.tee $blocks (i32.sub (local.get $blocks) (i32.const 1)))))
    (i32.store (local.get $state) (local.get $best))
    (i32.store offset=4 (local.get $state) (local.get $above))
    (local.get $out))

  ;; Cosine of a unit query (32-bit floats) with an 8-bit vector; both padded with zeros to 16.
  (func (export "cosine") (param $query i32) (param $vector i32) (param $steps i32) (result f32)
    (local $bytes v128) (local $near v128) (local $far v128) (local $square v128) (local $length f32)
    (local $d0 v128) (local $d1 v128)
    (loop $next
      (local.set $bytes (v128.load (local.get $vector)))
      (local.set $near (i16x8.extend_low_i8x16_s (local.get $bytes)))
      (local.set $far (i16x8.extend_high_i8x16_s (local.get $bytes)))
      (local.set $square (i32x4.add (local.get $square)
        (i32x4.add (i32x4.dot_i16x8_s (local.get $near) (local.get $near)) (i32x4.dot_i16x8_s (local.get $far) (local.get $far)))))
      (local.set $d0 (f32x4.add (local.get $d0)
        (f32x4.mul (v128.load (local.get $query)) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $near))))))
      (local.set $d1 (f32x4.add (local.get $d1)
        (f32x4.mul (v128.load offset=16 (local.get $query)) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $near))))))
      (local.set $d0 (f32x4.add (local.get $d0)
        (f32x4.mul (v128.load offset=32 (local.get $query)) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $far))))))
      (local.set $d1 (f32x4.add (local.get $d1)
        (f32x4.mul (v128.load offset=48 (local.get $query)) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $far))))))
      (local.set $vector (i32.add (local.get $vector) (i32.const 16)))
      (local.set $query (i32.add (local.get $query) (i32.const 64)))
      (br_if $next (local.tee $steps (i32.sub (local.get $steps) (i32.const 1)))))
    (local.set $length (f32.sqrt (f32.convert_i32_s
      (i32.add
        (i32.add (i32x4.extract_lane 0 (local.get $square)) (i32x4.extract_lane 1 (local.get $square)))
        (i32.add (i32x4.extract_lane 2 (local.get $square)) (i32x4.extract_lane 3 (local.get $square)))))))
    (if (f32.eq (local.get $length) (f32.const 0)) (then (return (f32.const 0))))
    (local.set $d0 (f32x4.add (local.get $d0) (local.get $d1)))
    (f32.div
      (f32.add
        (f32.add (f32x4.extract_lane 0 (local.get $d0)) (f32x4.extract_lane 1 (local.get $d0)))
        (f32.add (f32x4.extract_lane 2 (local.get $d0)) (f32x4.extract_lane 3 (local.get $d0))))
      (local.get $length))))
