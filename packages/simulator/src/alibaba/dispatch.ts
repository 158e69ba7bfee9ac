import type { DispatchRules, Dispatcher } from '../simulation/dispatch/dispatcher.js';
import type { CloudTypes, Caller } from '../simulation/dispatch/operation.js';
import { newAlidns } from './alidns/state.js';
import type { AlibabaCall, AnyAlibabaOperation, AlibabaError, ProductName } from './operation/operation.js';
import { checkInput } from './request/check-input.js';
import { COMMON_PARAMETERS } from './request/decode-input.js';
import { alibabaQuotas } from './operation/quotas.js';
import { alibabaRegistry, alibabaTimers, newAlibabaRegion } from './services.js';
import type { AlibabaState, AlibabaRegionState } from './state/alibaba-state.js';
import { gatewayWords } from './operation/words.js';

/** Which action, where. */
export interface AlibabaCallTarget {
  readonly product: ProductName;
  /** As the service spells it: `CreateInstance`. */
  readonly action: string;
  readonly region: string;
}

/** The types of the simulated Alibaba Cloud. */
export interface Alibaba extends CloudTypes {
  readonly region: AlibabaRegionState;
  readonly state: AlibabaState;
  readonly call: AlibabaCall;
  readonly operation: AnyAlibabaOperation;
  readonly target: AlibabaCallTarget;
  readonly error: AlibabaError;
}

/** How Alibaba Cloud runs actions. */
export const alibabaDispatch: DispatchRules<Alibaba> = {
  cloud: 'alibaba',
  alphabet: 'base36',
  newState: (account, quotas) => ({
    account,
    regions: new Map(),
    quotas,
    roles: new Map(),
    sessions: new Map(),
    peerings: new Map(),
    alidns: newAlidns(),
  }),
  newRegion: newAlibabaRegion,
  timers: alibabaTimers,
  // A RAM user.
  rootCaller: (account, _region, accessKeyId = 'LTAIPOSTERNSIMULATOR') => ({
    arn: `acs:ram::${account}:user/postern`,
    userId: '200000000000000001',
    accessKeyId,
  }),
  quota: alibabaQuotas.valueOf,
  call: (common, alibaba) => Object.assign(common, { alibaba }),
  find: ({ product, action }) => alibabaRegistry.get(product, action),
  check: (operation, input) => {
    const own = withoutCommon(operation, input as Readonly<Record<string, unknown>>);
    checkInput(operation, own);
    return own;
  },
};

/** Common parameters such as `RegionId` may be among an action's own, as everywhere. */
function withoutCommon(
  { parameters }: AnyAlibabaOperation,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const own = Object.entries(input).filter(([name]) => Object.hasOwn(parameters, name) || !COMMON_PARAMETERS.has(name));
  return Object.fromEntries(own);
}

/** The region of a call that names no region: CloudAPI's clients give it only by their endpoint. */
export const DEFAULT_REGION = 'cn-hangzhou';

/** Who signed. @throws {AlibabaError} when the session of a role has expired */
export function callerOf(dispatcher: Dispatcher<Alibaba>, region: string, accessKeyId: string): Caller {
  const session = dispatcher.state.sessions.get(accessKeyId);
  if (!session) return dispatcher.rootCaller(region, accessKeyId);
  if (session.expiresAt <= dispatcher.now()) throw gatewayWords.expired();

  return { arn: session.arn, userId: session.userId, accessKeyId };
}
