// SPDX-License-Identifier: Apache-2.0

/** Of Node.js 21 and later. */
type Transferable = ArrayBuffer & { readonly transfer?: (length: number) => ArrayBuffer };

/**
 * Gives the memory of a buffer back at once; the buffer must not be used again. V8 sees little of what lies outside of its heap, and what zlib
 * made survives its frequent collections: tens of megabytes would pile up before it cleans them away.
 */
export function release(buffer: Buffer): void {
  const memory = buffer.buffer as Transferable;
  if (memory.byteLength <= Buffer.poolSize) {
    // Other buffers may lie in the same memory.
    return;
  }
  if (memory.transfer) {
    memory.transfer(0);
  } else {
    // Goes to a buffer that nobody has, which one of the frequent collections finds.
    structuredClone(memory, { transfer: [memory] });
  }
}
