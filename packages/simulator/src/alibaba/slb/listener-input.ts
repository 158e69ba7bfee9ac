import type { Parameter } from '../operation/operation.js';
import { clientToken, neededText, oneOf, text, whole } from '../vpc/request/parameters.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { ListenerProtocol, ListenerRow } from './state.js';
import { slbWords } from './errors.js';
import { LISTENER_SETTINGS } from './listener-settings.js';
import { getAccessControlList } from './load-balancer.js';

/**
 * The parameters of the actions that create or change a listener. SLB has no package on npm: our own type.
 */
export interface ListenerInput {
  readonly LoadBalancerId: string;
  readonly ListenerPort: number;
  readonly BackendServerPort?: number;
  /** Only where a listener is made. */
  readonly VServerGroupId?: string;
  readonly Bandwidth?: number;
  readonly Description?: string;
  readonly AclStatus?: 'on' | 'off';
  readonly AclType?: 'white' | 'black';
  /** Comma-joined where there are several. */
  readonly AclId?: string;
  /** Everything else of the protocol. */
  readonly [setting: string]: string | number | undefined;
}

const port: Parameter = { ...whole, range: [1, 65_535] };

/** The parameters of a protocol's listener. */
export function listenerParameters(protocol: ListenerProtocol): Readonly<Record<string, Parameter>> {
  return {
    LoadBalancerId: neededText,
    ListenerPort: { ...port, required: true },
    BackendServerPort: port,
    VServerGroupId: text,
    Bandwidth: { ...whole, range: [-1, 5120] },
    Description: text,
    AclStatus: oneOf('on', 'off'),
    AclType: oneOf('white', 'black'),
    AclId: text,
    ClientToken: clientToken,
    ...LISTENER_SETTINGS[protocol],
  };
}

/**
 * Reads access control: switched on, it needs a type and lists; those are kept when it is switched off.
 * @throws {AlibabaError} `InvalidParameter`, `AclNotExist`
 */
export function readAcl(
  state: AlibabaRegionState,
  { AclStatus, AclType, AclId }: ListenerInput,
  old: Pick<ListenerRow, 'aclStatus' | 'aclType' | 'aclIds'>,
): Pick<ListenerRow, 'aclStatus' | 'aclType' | 'aclIds'> {
  const aclStatus = AclStatus ?? old.aclStatus;
  const aclType = AclType ?? old.aclType;
  const aclIds = AclId === undefined || AclId === '' ? old.aclIds : AclId.split(',').map((id) => id.trim());
  for (const id of aclIds) getAccessControlList(state, id);
  if (aclStatus === 'on' && (aclType === undefined || aclIds.length === 0)) {
    throw slbWords.invalid('The parameters AclType and AclId are required, because AclStatus is on.'); // [?] the words
  }
  return { aclStatus, aclType, aclIds };
}

/** The settings in an input: all that is not a member of its own. `HealthCheckSwitch` is answered as `HealthCheck`. */
export function readSettings(protocol: ListenerProtocol, input: ListenerInput): Record<string, string | number> {
  const settings: Record<string, string | number> = {};
  for (const name of ['Bandwidth', ...Object.keys(LISTENER_SETTINGS[protocol])]) {
    const value = input[name];
    if (value === undefined) continue;
    const answered = { HealthCheckSwitch: 'HealthCheck', healthCheckInterval: 'HealthCheckInterval' }[name] ?? name;
    settings[answered] = value;
  }
  return settings;
}
