// SPDX-License-Identifier: Apache-2.0
import zlib from 'node:zlib';
import { chunkFor, gunzip, gzip, ownCopy } from './gzip';

export type Encoding = 'gzip' | 'zstd';

/** Compressed data that says how. */
export interface Compressed {
  readonly body: Buffer;
  readonly encoding: Encoding;
}

/** Of Node.js 22.15 and later. */
interface ZstdLibrary {
  readonly constants: { readonly ZSTD_c_compressionLevel: number };
  readonly zstdCompressSync?: (data: Buffer, options: object) => Buffer;
  readonly zstdDecompressSync: (data: Buffer) => Buffer;
}

const zstd = zlib as unknown as ZstdLibrary;

/** The fastest one of gzip and zstd alike. */
const FASTEST_LEVEL = 1;

/** How an execution environment compresses: with zstd as long as it is wanted, Node.js has it and the intake takes it. */
export class Compression {
  private encoding: Encoding;

  constructor(wanted: Encoding, private readonly gzipLevel: number) {
    this.encoding = zstd.zstdCompressSync ? wanted : 'gzip';
  }

  compress(data: Buffer): Compressed {
    const { encoding } = this;
    return { body: encoding === 'zstd' ? zstdOf(data) : gzip(data, this.gzipLevel), encoding };
  }

  /** For data in an encoding that the intake refuses: from now on everything is gzip. Datadog does not document that its intake takes zstd. */
  fallBack(refused: Compressed): Compressed {
    this.encoding = 'gzip';
    return { body: gzipOf(refused), encoding: 'gzip' };
  }
}

export function decompress({ body, encoding }: Compressed): Buffer {
  return encoding === 'zstd' ? zstd.zstdDecompressSync(body) : gunzip(body);
}

/** As gzip, whatever it is: the form of everything that is stored. */
export function gzipOf(compressed: Compressed): Buffer {
  return compressed.encoding === 'gzip' ? compressed.body : gzip(decompress(compressed), FASTEST_LEVEL);
}

function zstdOf(data: Buffer): Buffer {
  const options = { chunkSize: chunkFor(data), params: { [zstd.constants.ZSTD_c_compressionLevel]: FASTEST_LEVEL } };
  return ownCopy(zstd.zstdCompressSync!(data, options));
}
