import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ProductName } from '../../src/alibaba/operation/operation.js';

const require = createRequire(import.meta.url);

/** The products whose official package is installed. SLB, STS and RAM have none. */
export const PACKAGES = {
  CloudAPI: '@alicloud/cloudapi20160714',
  Ecs: '@alicloud/ecs20140526',
  Vpc: '@alicloud/vpc20160428',
} as const satisfies Partial<Record<ProductName, string>>;

export type PackagedProduct = keyof typeof PACKAGES;

/** The type of a model's member, as the generator writes it. */
export type MemberType =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | ModelClass
  | { readonly type: 'array'; readonly itemType: MemberType }
  | { readonly type: 'map'; readonly keyType: 'string'; readonly valueType: MemberType };

/** A generated class: the wire names and types of its members. */
export interface ModelClass {
  new (map: object): { readonly toMap: () => Record<string, unknown> };
  readonly names: () => Readonly<Record<string, string>>;
  readonly types: () => Readonly<Record<string, MemberType>>;
}

/** A member: its name in the class, its name on the wire, its type. */
export interface ModelMember {
  readonly name: string;
  readonly wireName: string;
  readonly type: MemberType;
}

interface OfficialPackage {
  readonly default: new (config: object) => object;
  readonly [name: string]: unknown;
}

/** What the client passes to its transport. */
export interface HandedOver {
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export function officialPackage(product: PackagedProduct): OfficialPackage {
  return require(PACKAGES[product]) as OfficialPackage;
}

/** A generated class by its name: `CreateInstanceRequest`. It has a file of its own: the whole package has 1,700, and takes seconds. */
export function model(product: PackagedProduct, name: string): ModelClass | undefined {
  const folder = path.join(path.dirname(require.resolve(PACKAGES[product])), 'models');
  const isOne = (file: string): boolean => file.toLowerCase() === `${name}.js`.toLowerCase();
  // The class `CreatePrivateDNSRequest` is in the file `CreatePrivateDnsrequest.js`.
  const file = existsSync(path.join(folder, `${name}.js`)) ? `${name}.js` : readdirSync(folder).find(isOne);
  if (file === undefined) return undefined;
  return (require(path.join(folder, file)) as Readonly<Record<string, ModelClass>>)[name];
}

export function membersOf(type: ModelClass): ModelMember[] {
  const types = type.types();
  return Object.entries(type.names()).map(([name, wireName]) => ({ name, wireName, type: types[name] ?? 'any' }));
}

/** Whether a member's type is a separate class. */
export function isModel(type: MemberType): type is ModelClass {
  return typeof type === 'function';
}

/**
 * Calls an action with the official client, with `transport` in place of the client's HTTP transport.
 * @returns the typed answer's body, as the wire would have it
 */
export async function callOfficially(
  product: PackagedProduct,
  action: string,
  request: object | undefined,
  transport: (given: HandedOver) => unknown,
): Promise<Record<string, unknown>> {
  const { default: Client } = officialPackage(product);
  const client = new Client({ accessKeyId: 'LTAIEXAMPLE', accessKeySecret: 'secret', endpoint: '127.0.0.1' }) as Record<
    string,
    unknown
  >;
  client['callApi'] = (_params: unknown, { query = {}, body = {} }: Partial<HandedOver>) =>
    Promise.resolve({ headers: {}, statusCode: 200, body: transport({ query: query ?? {}, body: body ?? {} }) });
  const method = client[action.charAt(0).toLowerCase() + action.slice(1)] as (request?: object) => Promise<{
    readonly body: { readonly toMap: () => Record<string, unknown> };
  }>;
  const { body } = await method.call(client, request);
  return body.toMap();
}
