import type { AlibabaCall } from '../../../operation/operation.js';
import { refusals } from './refusals.js';
import { hasTags, readTags } from '../../../vpc/request/tags.js';
import { ownFamilyOf } from '../../../operation/family.js';
import { listOf, required, text, texts } from '../../../operation/parameters.js';

export const neededText = required({ type: 'string', length: [1, 4_096] });
export const neededTexts = required({ ...texts, length: [1, 100] });

export const clientToken = { type: 'string', length: [0, 64] } as const;
/** In a list of the query it is one JSON text. */
export const tags = listOf({ key: text, value: text, Key: text, Value: text });

/** Rows that appear in lists some seconds after they were created: 0 to 10 here [I]. */
export const LIST_LAG_MS = 10_000;

/** Whether a list shows a row already. */
export const isListed =
  (now: number) =>
  ({ listedFrom }: { readonly listedFrom: number }): boolean =>
    listedFrom <= now;

/** A tag, as bodies (`key`) and queries (`Key`) write it. */
export interface GivenApigTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

const native = (given: readonly GivenApigTag[] | undefined) =>
  given?.map(({ key, value, Key, Value }) => ({ Key: key ?? Key, Value: value ?? Value }));

/** @throws {AlibabaError} in the words that all products have for tags */
export const readApigTags = (given: readonly GivenApigTag[] | undefined) => readTags(native(given));

/** Whether a resource has all requested tags. */
export const hasApigTags = (tags: Readonly<Record<string, string>>, asked: readonly GivenApigTag[] | undefined) =>
  hasTags({ ...tags }, native(asked));

/** A client token is remembered for about a day. */
const TOKEN_MS = 24 * 3_600_000;

type Run = (call: AlibabaCall, input: never) => unknown;

/**
 * Operations of Cloud-native API Gateway. It has no package on npm: the types are our own, from the official Go client. A parameter is in
 * the path, the query or the body, and has one name in all of them. `run` answers the `data` of the answer.
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-overview
 * @see https://github.com/alibabacloud-go/apig-20240327
 */
export const apigFamily = ownFamilyOf('APIG', (run: Run, name): Run => (call, input) => {
  const { clientToken = '', dryRun, ...rest }: { readonly clientToken?: string; readonly dryRun?: boolean } = input;
  if (dryRun === true) return rehearsed(call, rest as never, run);

  return clientToken === '' ? run(call, input) : once(call, `${name}/${clientToken}`, input, run);
});

/** All is checked on a copy of the region, and nothing done. */
function rehearsed(call: AlibabaCall, input: never, run: Run): unknown {
  return run({ ...call, state: structuredClone(call.state), after: () => undefined }, input);
}

/** The same token with the same parameters gets the same answer. */
function once(call: AlibabaCall, key: string, input: object, run: Run): unknown {
  const { clientTokens } = call.state.apig;
  const used = clientTokens.get(key);
  const text = JSON.stringify(input);
  if (used && call.now - used.at < TOKEN_MS) {
    if (used.input !== text) throw refusals.otherParameters();

    return JSON.parse(used.output);
  }

  const output = run(call, input as never);
  clientTokens.set(key, { input: text, output: JSON.stringify(output ?? {}), at: call.now });
  return output;
}
