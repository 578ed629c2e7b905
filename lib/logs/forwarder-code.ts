// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { CfnResource, FileAssetLocation, FileAssetPackaging, Lazy, Names, Stack, Stage } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cxapi from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { handlerAsset } from '../private/handler-asset';

const HANDLER = path.join(handlerAsset('log-forwarder'), 'index.js');

interface WrittenAsset {
  readonly location: FileAssetLocation;
  /** Relative to the cloud assembly, as the asset manifest names it. */
  readonly directory: string;
}

/** What lies beside the handler: by file name, what writes the file, or finds that there is none. */
export type HandlerData = { readonly [fileName: string]: () => string | undefined };

/**
 * The handler beside what the app knows: `identities.json` and `message-rules.json`.
 *
 * Who is subscribed is known only when the whole app is. So the asset is made when the template asks for its address, as a nested stack's template is:
 * a directory in the cloud assembly, named by the hash of its contents, registered with the stack's synthesizer.
 */
export class ForwarderCode extends lambda.Code {
  public readonly isInline = false;
  private readonly written = new Map<string, WrittenAsset>();

  constructor(private readonly data: HandlerData) {
    super();
  }

  public bind(scope: Construct): lambda.CodeConfig {
    return {
      s3Location: {
        // Not cached: a value that was asked for early must not outlive a group that was added later.
        bucketName: Lazy.uncachedString({ produce: () => this.write(scope).location.bucketName }),
        objectKey: Lazy.uncachedString({ produce: () => this.write(scope).location.objectKey }),
      },
    };
  }

  /** Lets SAM and the CDK CLI find the code of a function. */
  public bindToResource(resource: CfnResource, options: lambda.ResourceBindOptions = {}): void {
    if (!resource.node.tryGetContext(cxapi.ASSET_RESOURCE_METADATA_ENABLED_CONTEXT)) {
      return;
    }
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PATH_KEY, Lazy.uncachedString({ produce: () => this.write(resource).directory }));
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_IS_BUNDLED_KEY, false);
    resource.addMetadata(cxapi.ASSET_RESOURCE_METADATA_PROPERTY_KEY, options.resourceProperty ?? 'Code');
  }

  private write(scope: Construct): WrittenAsset {
    const files = this.files();
    const hash = hashOf(files);
    const existing = this.written.get(hash);
    if (existing) {
      return existing;
    }
    const stack = Stack.of(scope);
    const stage = Stage.of(scope);
    if (!stage) {
      throw new Error(`the stack of '${scope.node.path}' must belong to an App or a Stage: its assets have no place otherwise`);
    }
    const directory = path.join(stage.assetOutdir, `asset.${hash}`);
    fs.mkdirSync(directory, { recursive: true });
    for (const [name, content] of files) {
      fs.writeFileSync(path.join(directory, name), content);
    }
    const fileName = path.relative(stage.outdir, directory);
    const location = stack.synthesizer.addFileAsset({
      fileName,
      sourceHash: hash,
      packaging: FileAssetPackaging.ZIP_DIRECTORY,
      displayName: `${Names.stackRelativeConstructPath(scope)} Code`,
    });
    const written = { location, directory: fileName };
    this.written.set(hash, written);
    return written;
  }

  private files(): Array<readonly [string, Buffer]> {
    const data = Object.keys(this.data).sort().flatMap((name) => {
      const text = this.data[name]();
      return text === undefined ? [] : [[name, Buffer.from(text)] as const];
    });
    return [...data, ['index.js', fs.readFileSync(HANDLER)]];
  }
}

/** Of names and contents only: equal in every folder, time zone, locale and on every version of Node.js. */
function hashOf(files: ReadonlyArray<readonly [string, Buffer]>): string {
  const hash = createHash('sha256');
  for (const [name, content] of files) {
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
