import type { AlibabaCall } from '../../operation/call.js';
import { familyOf } from '../../operation/family.js';
import { refusals } from './refusals.js';

/** A client token is remembered for about a day. */
const TOKEN_MS = 24 * 3_600_000;

type Run = (call: AlibabaCall, input: never) => unknown;

/**
 * Operations of Cloud-native API Gateway. It has no package on npm: the types are our own, from the official Go client. A parameter is in
 * the path, the query or the body, and has one name in all of them. `run` answers the `data` of the answer.
 * @see https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/developer-reference/api-apig-2024-03-27-overview
 * @see https://github.com/alibabacloud-go/apig-20240327
 */
export const apigFamily = familyOf('APIG', (run: Run, name): Run => (call, input) => {
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
