// SPDX-License-Identifier: Apache-2.0

export interface ListedObject {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** What one call of ListObjectsV2 tells. */
export interface ObjectPage {
  readonly objects: readonly ListedObject[];
  /** Of the next page, when there is one. */
  readonly continuation?: string;
}

/**
 * Reads the answer to ListObjectsV2 with `encoding-type=url`: then every key is plain text, whatever characters it has, and no XML parser is
 * needed. What is not understood throws: half a list must not look like the end of one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function parseObjectPage(xml: string): ObjectPage {
  if (!/<ListBucketResult[\s>]/.test(xml) || !xml.trimEnd().endsWith('</ListBucketResult>')) {
    throw new Error('S3 answered ListObjectsV2 with something that is no list');
  }
  const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, contents]) => ({
    key: decodeKey(element(contents, 'Key')),
    lastModified: parseTime(element(contents, 'LastModified')),
  }));
  // Outside of the contents, where no key can look like an element.
  const frame = xml.replace(/<Contents>.*?<\/Contents>/gs, '');
  const isTruncated = element(frame, 'IsTruncated') === 'true';
  return { objects, continuation: isTruncated ? unescapeXml(element(frame, 'NextContinuationToken')) : undefined };
}

function element(xml: string, name: string): string {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (text === undefined) {
    throw new Error(`S3 answered ListObjectsV2 without ${name}`);
  }
  return text;
}

function parseTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new Error('S3 answered ListObjectsV2 with a LastModified that is no time');
  }
  return time;
}

/** As forms encode it. */
function decodeKey(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'' };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) {
      return ENTITIES[name] ?? whole;
    }
    return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hexadecimal, 16));
  });
}
