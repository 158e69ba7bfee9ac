import type { Parameter, AlibabaCall } from '../operation/operation.js';
import { clientToken, neededText, oneOf, text, whole } from '../vpc/request/text-rules.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { ListenerProtocol, ListenerRow } from './state.js';
import { slbWords } from './request.js';
import { LISTENER_SETTINGS, LISTENER_DEFAULTS, listenerDetails } from './listener-settings.js';
import { getAccessControlList, getListener, getLoadBalancer, getServerGroup, listenerKey } from './load-balancer.js';
import type { Member } from '../operation/family.js';

/**
 * The parameters of the actions that create or change a listener. SLB has no package on npm: our own type.
 */
interface ListenerInput {
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
function listenerParameters(protocol: ListenerProtocol): Readonly<Record<string, Parameter>> {
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
function readAcl(
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
function readSettings(protocol: ListenerProtocol, input: ListenerInput): Record<string, string | number> {
  const settings: Record<string, string | number> = {};
  for (const name of ['Bandwidth', ...Object.keys(LISTENER_SETTINGS[protocol])]) {
    const value = input[name];
    if (value === undefined) continue;
    const answered = { HealthCheckSwitch: 'HealthCheck', healthCheckInterval: 'HealthCheckInterval' }[name] ?? name;
    settings[answered] = value;
  }
  return settings;
}

type Nothing = Readonly<Record<never, never>>;

/** A port and its load balancer. */
export interface ListenerTarget {
  readonly LoadBalancerId: string;
  readonly ListenerPort: number;
}

/** TCP, HTTP and HTTPS share ports; UDP has its own. */
const clashes = (a: ListenerProtocol, b: ListenerProtocol): boolean => (a === 'udp') === (b === 'udp');

/** CreateLoadBalancer…Listener of one protocol. A new listener is stopped. */
export function createListener(protocol: ListenerProtocol): Member<ListenerInput, Nothing> {
  return {
    parameters: listenerParameters(protocol),
    run: (call, input) => {
      const balancer = getLoadBalancer(call.state, input.LoadBalancerId);
      const { ListenerPort: port, BackendServerPort: backendPort, VServerGroupId: groupId } = input;
      const listeners = [...balancer.listeners.values()];
      if (listeners.some((row) => row.port === port && clashes(row.protocol, protocol))) throw slbWords.listenerThere();
      if (listeners.length >= call.quota('listeners-per-load-balancer')) throw slbWords.tooManyListeners();
      if (groupId !== undefined && getServerGroup(call.state, groupId).loadBalancerId !== balancer.id) {
        throw slbWords.noServerGroup(); // [?] for one of another load balancer
      }
      if (groupId === undefined && backendPort === undefined) {
        throw slbWords.invalid('The specified parameter BackendServerPort is not valid.');
      }
      if (protocol === 'https' && input['ServerCertificateId'] === undefined) {
        throw slbWords.invalid('The specified parameter ServerCertificateId is not valid.'); // [?] the words
      }
      balancer.listeners.set(listenerKey(protocol, port), {
        protocol,
        port,
        // A vServer group has a port for each server.
        backendServerPort: groupId === undefined ? backendPort : undefined,
        ...(groupId === undefined ? {} : { serverGroupId: groupId }),
        status: 'stopped',
        description: input.Description ?? '',
        ...readAcl(call.state, input, { aclStatus: 'off', aclType: undefined, aclIds: [] }),
        settings: { Bandwidth: -1, ...LISTENER_DEFAULTS[protocol], ...readSettings(protocol, input) },
      });
      return {};
    },
  };
}

/** SetLoadBalancer…ListenerAttribute of one protocol: changes what is given. */
export function setListener(protocol: ListenerProtocol): Member<ListenerInput, Nothing> {
  const { BackendServerPort: _port, VServerGroupId: _group, ...parameters } = listenerParameters(protocol);
  return {
    parameters,
    run: (call, input) => {
      const row = listenerOf(call, input, protocol);
      Object.assign(row, readAcl(call.state, input, row));
      row.description = input.Description ?? row.description;
      row.settings = { ...row.settings, ...readSettings(protocol, input) };
      return {};
    },
  };
}

/** DescribeLoadBalancer…ListenerAttribute of one protocol. */
export function describeListener(
  protocol: ListenerProtocol,
): Member<ListenerTarget, Readonly<Record<string, unknown>>> {
  return {
    parameters: { LoadBalancerId: neededText, ListenerPort: { ...whole, required: true } },
    run: (call, input) => listenerDetails(listenerOf(call, input, protocol)),
  };
}

function listenerOf({ state }: AlibabaCall, target: ListenerTarget, protocol: ListenerProtocol): ListenerRow {
  return getListener(getLoadBalancer(state, target.LoadBalancerId), target.ListenerPort, protocol);
}
