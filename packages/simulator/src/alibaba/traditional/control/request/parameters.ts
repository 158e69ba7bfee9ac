import { type AnyAlibabaOperation, type AlibabaCall, AlibabaError } from '../../../operation/operation.js';
import type * as sdk from '@alicloud/cloudapi20160714';
import { familyOf, type Family, listOf, type ParameterTable } from '../../../operation/family.js';
import { isJsonObject, textOf, type JsonObject, type JsonValue } from '../../../state/json-object.js';

const tagItem = {
  Key: { type: 'string', required: true, length: [1, 128] },
  Value: { type: 'string', length: [0, 128] },
} as const;

/** `Tag.1.Key`, `Tag.1.Value`: at most twenty. @see https://www.alibabacloud.com/help/en/api-gateway/api-cloudapi-2016-07-14-tagresources */
export const tagList = { ...listOf(tagItem), length: [1, 20] } as const;

/** Names of groups and APIs: 4 to 50 letters, Chinese characters, digits and underscores, the first a letter or Chinese. */
export const longName = {
  type: 'string',
  pattern: /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9_\u4e00-\u9fa5]{3,49}$/,
} as const;

/** RELEASE, PRE, TEST: the stages that each group has. */
export const STAGES = ['RELEASE', 'PRE', 'TEST'] as const;

/** @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/configure-https-security-policies */
export const HTTPS_POLICIES = ['HTTPS2_TLS1_2', 'HTTPS2_TLS1_0', 'HTTPS1_1_TLS1_0'];

/** 4 to 50 letters, Chinese characters, digits and underscores, the first no underscore. */
export const pluginName = {
  type: 'string',
  pattern: /^[A-Za-z0-9\u4e00-\u9fa5][A-Za-z0-9_\u4e00-\u9fa5]{3,49}$/,
} as const;

/**
 * CloudAPI's families of errors. Each code contains its subject. All but Forbidden have status 400.
 * @see https://help.aliyun.com/document_detail/43906.html
 */
export const say = {
  notFound: (what: string) =>
    new AlibabaError(`NotFound${what}`, `Cannot find resource according to your specified ${what}.`),
  missing: (what: string) => new AlibabaError(`Missing${what}`, `${what} is mandatory for this action.`),
  invalid: (what: string, why = `Specified parameter ${what} is not valid.`) => new AlibabaError(`Invalid${what}`, why),
  duplicate: (what: string) =>
    new AlibabaError(`Duplicate${what}`, `The specified parameter ${what} value is duplicate.`),
  inUse: (what: string, by: string) =>
    new AlibabaError(`DependencyViolation${what}`, `The specified ${what} has ${by} definitions.`),
  exceeded: (what: string) => new AlibabaError(`ExceedLimit${what}`, `The specified ${what} count exceeds the limit.`),
  forbidden: (what: string, why: string) => new AlibabaError(`Forbidden${what}`, why, 403),
  /** A token that did its work already. */
  repeated: () => new AlibabaError('RepeatedCommit', 'Resubmit request.'),
  /** Another operation is in progress that this one has to wait for. */
  busy: () =>
    new AlibabaError('ConcurrencyLockTimeout', 'The request processing has failed due to concurrency lock timeout.'),
  otherParameters: () =>
    new AlibabaError(
      'IdempotentParameterMismatch',
      'The request uses the same client token as a previous, but non-identical request.',
    ),
  /** The sentence of the documentation of VPC integration instances. */
  unreachable: (address: string) => new AlibabaError('InvalidBackend', unreachableSentence(address)),
} as const;

/** The service's message for an address in another VPC or outside the accessible blocks. */
export function unreachableSentence(address: string): string {
  return `instance cannot connect the backend ${address}`;
}

interface WithToken {
  readonly Token?: string | undefined;
}

/**
 * Tokens of CreateInstance, ModifyInstanceSpec and ModifyVpcAccessAndUpdateApis prevent double submission:
 * the action runs once. The response to a second use is not documented. Here it is the product's error for
 * any request that was submitted already.
 * @throws {AlibabaError} `RepeatedCommit`, `IdempotentParameterMismatch` for a token that was used with
 * other parameters
 */
export function checkFreshToken({ state }: AlibabaCall, action: string, input: WithToken): void {
  const used = state.cloudApi.tokens.get(`${action}/${input.Token ?? ''}`);
  if (used === undefined) return;

  throw used === JSON.stringify(input) ? say.repeated() : say.otherParameters();
}

/**
 * The token of ModifyInstanceAttribute is an ordinary client token: whether this very call was made before, so that it
 * only needs the same answer.
 * @throws {AlibabaError} `IdempotentParameterMismatch`
 */
export function isReplay({ state }: AlibabaCall, action: string, input: WithToken): boolean {
  if (input.Token === undefined || input.Token === '') return false;

  const used = state.cloudApi.tokens.get(`${action}/${input.Token}`);
  if (used !== undefined && used !== JSON.stringify(input)) throw say.otherParameters();

  return used !== undefined;
}

/** The call went through: its token is used. */
export function useToken({ state }: AlibabaCall, action: string, input: WithToken): void {
  if (input.Token !== undefined && input.Token !== '') {
    state.cloudApi.tokens.set(`${action}/${input.Token}`, JSON.stringify(input));
  }
}

/** A moment as CloudAPI writes it: `2016-08-01T06:53:02Z`. */
export function written(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '');
}

/** The times of something new. */
export const newTimes = (now: number) => ({ CreatedTime: written(now), ModifiedTime: written(now) });

/** Parameters of which some are always there, because the action requires them. */
export type Given<P, K extends keyof P> = P & Required<Pick<P, K>>;

/** Actions of CloudAPI. */
export const family: <P extends Readonly<Record<string, ParameterTable>>>(
  members: Family<typeof sdk, P>,
) => readonly AnyAlibabaOperation[] = familyOf('CloudAPI');

/**
 * Reads a JSON object from a parameter. The service accepts names in camelCase, too (Terraform's provider
 * sends them); they are kept in PascalCase.
 * @throws {AlibabaError} `Invalid<what>`
 */
export function readObject(what: string, text: string): JsonObject {
  const value = readJson(what, text);
  if (!isJsonObject(value)) throw say.invalid(what);

  return value;
}

/** Reads a JSON array of objects out of a parameter. @throws {AlibabaError} `Invalid<what>` */
export function readObjects(what: string, text: string): readonly JsonObject[] {
  const value = readJson(what, text);
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw say.invalid(what);

  return value;
}

function readJson(what: string, text: string): JsonValue {
  try {
    return pascal(JSON.parse(text) as JsonValue);
  } catch {
    throw say.invalid(what);
  }
}

function pascal(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(pascal);
  if (!isJsonObject(value)) return value;

  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toUpperCase() + name.slice(1), pascal(member)]),
  );
}

/** The named members that an object has, as texts. */
export function texts<N extends string>(object: JsonObject, names: readonly N[]): Partial<Record<N, string>> {
  const found = names.map((name) => [name, textOf(object, name)] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(found) as Partial<Record<N, string>>;
}

/** The named members that an object has, as numbers, however they are written. */
export function numbers<N extends string>(object: JsonObject, names: readonly N[]): Partial<Record<N, number>> {
  const found = names.map((name) => [name, Number(textOf(object, name) || Number.NaN)] as const);
  return Object.fromEntries(found.filter(([, value]) => !Number.isNaN(value))) as Partial<Record<N, number>>;
}

/** The named members that an object has, as booleans, however they are written. */
export function booleans<N extends string>(object: JsonObject, names: readonly N[]): Partial<Record<N, boolean>> {
  const found = names.map((name) => [name, textOf(object, name)] as const).filter(([, value]) => value !== '');
  return Object.fromEntries(found.map(([name, value]) => [name, /^true$/i.test(value)])) as Partial<Record<N, boolean>>;
}
