// SPDX-License-Identifier: Apache-2.0

/** As much of a `.jsii` assembly as the rules read, https://github.com/aws/jsii/blob/main/packages/%40jsii/spec/lib/assembly.ts. */
export interface Assembly {
  readonly types: { readonly [fqn: string]: ApiType };
}

export interface ApiType {
  readonly name: string;
  readonly kind: 'class' | 'enum' | 'interface';
  /** A struct: passed by value, read only. */
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly initializer?: ApiMember;
  readonly methods?: ApiMember[];
  readonly properties?: ApiMember[];
  readonly members?: ApiMember[];
}

interface ApiMember {
  readonly name?: string;
  readonly docs?: Docs;
  readonly type?: TypeReference;
  readonly optional?: boolean;
  readonly immutable?: boolean;
  /** The base class or interface that declares the member; its docstring holds for this one. */
  readonly overrides?: string;
  readonly parameters?: { readonly name: string; readonly type: TypeReference }[];
  readonly returns?: { readonly type: TypeReference };
}

interface Docs {
  readonly summary?: string;
  readonly default?: string;
}

interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly elementtype: TypeReference };
  readonly union?: { readonly types: TypeReference[] };
  readonly intersection?: { readonly types: TypeReference[] };
}

/** Each rule lists what breaks it, as `Type.member: why`. */
export const API_RULES: { readonly [rule: string]: (assembly: Assembly) => string[] } = {
  'every optional property of a struct says its default': (assembly) => structProperties(assembly)
    .filter(({ member }) => member.optional && !isDefault(member.docs?.default))
    .map(({ path, member }) => `${path}: @default is '${member.docs?.default ?? ''}'`),

  'every property of a struct is read only': (assembly) => structProperties(assembly)
    .filter(({ member }) => !member.immutable)
    .map(({ path }) => `${path}: can be set`),

  'everything public has a docstring': (assembly) => [
    ...types(assembly).filter((type) => !type.docs?.summary).map((type) => `${type.name}: no docstring`),
    ...members(assembly).filter(({ member }) => !member.docs?.summary && !member.overrides).map(({ path }) => `${path}: no docstring`),
  ],

  'no type is a union': (assembly) => references(assembly).filter(({ type }) => type.union).map(({ path }) => `${path}: a union`),

  'no type is any': (assembly) => references(assembly).filter(({ type }) => type.primitive === 'any').map(({ path }) => `${path}: any`),

  'nothing generated or internal leaks': (assembly) => [
    ...types(assembly).map(({ name }) => name).filter((name) => !/^[A-Z]/.test(name) || /^Cfn|Function(Props)?$/.test(name)),
    ...members(assembly).map(({ path }) => path).filter((path) => /\._/.test(path)),
  ].map((path) => `${path}: no name for a public thing`),
};

function isDefault(text: string | undefined): boolean {
  return text !== undefined && !/^(-\s*)?(undefined|none given)?$/.test(text.trim());
}

function types(assembly: Assembly): ApiType[] {
  return Object.values(assembly.types);
}

/** Methods, properties and values of an enum; the constructor too where asked for. */
function members(assembly: Assembly, withInitializers = false): { readonly path: string; readonly member: ApiMember }[] {
  return types(assembly).flatMap((type) => [
    ...(withInitializers && type.initializer ? [{ ...type.initializer, name: 'constructor' }] : []),
    ...type.methods ?? [],
    ...type.properties ?? [],
    ...type.members ?? [],
  ].map((member) => ({ path: `${type.name}.${member.name}`, member })));
}

function structProperties(assembly: Assembly) {
  const structs = Object.fromEntries(Object.entries(assembly.types).filter(([, type]) => type.datatype));
  return members({ types: structs });
}

/** Every type that a signature names, however deep. */
function references(assembly: Assembly): { readonly path: string; readonly type: TypeReference }[] {
  return members(assembly, true).flatMap(({ path, member }) => [
    ...[member.type, member.returns?.type].flatMap(flatten).map((type) => ({ path, type })),
    ...(member.parameters ?? []).flatMap(({ name, type }) => flatten(type).map((inner) => ({ path: `${path}(${name})`, type: inner }))),
  ]);
}

function flatten(type: TypeReference | undefined): TypeReference[] {
  if (!type) {
    return [];
  }
  const inner = [type.collection?.elementtype, ...type.union?.types ?? [], ...type.intersection?.types ?? []];
  return [type, ...inner.flatMap(flatten)];
}
