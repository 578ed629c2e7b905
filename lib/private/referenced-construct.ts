// SPDX-License-Identifier: Apache-2.0
import { DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The construct that a text refers to, where it is nothing but a reference; one that is produced late counts too. */
export function referencedConstruct(text: string, scope: IConstruct): IConstruct | undefined {
  if (Tokenization.reverseString(text).length !== 1) {
    return undefined;
  }
  const resolver = new ReferenceFinder();
  Tokenization.resolve(text, { scope, resolver, preparing: false });
  return resolver.reference?.target;
}

/** Finds the reference that tokens lead to, and looks no further. */
class ReferenceFinder extends DefaultTokenResolver {
  public reference?: Reference;

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) {
      this.reference = token;
      return undefined;
    }
    return super.resolveToken(token, context, postProcessor);
  }
}
