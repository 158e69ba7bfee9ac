import { defined } from '../../simulation/defined.js';
import type { AlibabaCall } from '../operation/operation.js';
import { clientToken } from '../vpc/request/text-rules.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { ListenerProtocol, ListenerRow } from './state.js';
import { slbWords } from './request.js';
import { LISTENER_SETTINGS, LISTENER_DEFAULTS, listenerDetails } from './listener-settings.js';
import { getAccessControlList, getListener, getLoadBalancer, getServerGroup, listenerKey } from './load-balancer.js';
import {
  type Member,
  neededText,
  oneOf,
  text,
  whole,
  required,
  type InputOf,
  type ParameterTable,
} from '../operation/family.js';
import { MAX_PORT } from '../../simulation/ports.js';

const port = { ...whole, range: [1, MAX_PORT] } as const;

const CHANGED = {
  LoadBalancerId: neededText,
  ListenerPort: required(port),
  Bandwidth: { ...whole, range: [-1, 5120] },
  Description: text,
  AclStatus: oneOf('on', 'off'),
  AclType: oneOf('white', 'black'),
  /** Comma-joined where there are several. */
  AclId: text,
  ClientToken: clientToken,
} as const;
const CREATED = { ...CHANGED, BackendServerPort: port, VServerGroupId: text };
const TARGET = { LoadBalancerId: neededText, ListenerPort: required(whole) };

const NO_ACL: ListenerRow['acl'] = { AclStatus: 'off', AclIds: [] };

/**
 * Reads access control: switched on, it needs a type and lists; those are kept when it is switched off.
 * @throws {AlibabaError} `InvalidParameter`, `AclNotExist`
 */
function readAcl(
  state: AlibabaRegionState,
  { AclStatus, AclType, AclId }: InputOf<typeof CHANGED>,
  old: ListenerRow['acl'],
): ListenerRow['acl'] {
  const AclIds = AclId === undefined || AclId === '' ? old.AclIds : AclId.split(',').map((id) => id.trim());
  for (const id of AclIds) getAccessControlList(state, id);
  const acl = { ...old, ...defined({ AclStatus, AclType }), AclIds };
  if (acl.AclStatus === 'on' && (acl.AclType === undefined || AclIds.length === 0)) {
    throw slbWords.invalid('The parameters AclType and AclId are required, because AclStatus is on.'); // [?] the words
  }

  return acl;
}

/** The settings in an input: all that is not a member of its own. `HealthCheckSwitch` is answered as `HealthCheck`. */
function readSettings(
  protocol: ListenerProtocol,
  input: Readonly<Record<string, unknown>>,
): Record<string, string | number> {
  const settings: Record<string, string | number> = {};
  for (const name of ['Bandwidth', ...Object.keys(LISTENER_SETTINGS[protocol])]) {
    const value = input[name];
    if (typeof value !== 'string' && typeof value !== 'number') continue;

    const answered = { HealthCheckSwitch: 'HealthCheck', healthCheckInterval: 'HealthCheckInterval' }[name] ?? name;
    settings[answered] = value;
  }
  return settings;
}

/** An action on a listener of one protocol, whose settings are parameters besides those of `T`. */
type ListenerMember<T extends ParameterTable> = Member<InputOf<T>, unknown, T>;

/** TCP, HTTP and HTTPS share ports; UDP has its own. */
const clashes = (a: ListenerProtocol, b: ListenerProtocol): boolean => (a === 'udp') === (b === 'udp');

/** CreateLoadBalancer…Listener of one protocol. A new listener is stopped. */
export function createListener(protocol: ListenerProtocol): ListenerMember<typeof CREATED> {
  return {
    parameters: { ...CREATED, ...LISTENER_SETTINGS[protocol] },
    run: (call, input) => {
      const balancer = getLoadBalancer(call.state, input.LoadBalancerId);
      const { ListenerPort: port, BackendServerPort: backendPort, VServerGroupId: groupId } = input;
      const listeners = [...balancer.listeners.values()];
      if (listeners.some((row) => row.ListenerPort === port && clashes(row.protocol, protocol)))
        throw slbWords.listenerThere();
      if (listeners.length >= call.quota('listeners-per-load-balancer')) throw slbWords.tooManyListeners();
      if (groupId !== undefined && getServerGroup(call.state, groupId).LoadBalancerId !== input.LoadBalancerId) {
        throw slbWords.noServerGroup(); // [?] for one of another load balancer
      }
      if (groupId === undefined && backendPort === undefined) {
        throw slbWords.invalid('The specified parameter BackendServerPort is not valid.');
      }

      const settings = readSettings(protocol, input);
      if (protocol === 'https' && settings['ServerCertificateId'] === undefined) {
        throw slbWords.invalid('The specified parameter ServerCertificateId is not valid.'); // [?] the words
      }

      balancer.listeners.set(listenerKey(protocol, port), {
        protocol,
        ListenerPort: port,
        // A vServer group has a port for each server.
        ...(groupId === undefined ? { BackendServerPort: backendPort } : { VServerGroupId: groupId }),
        Status: 'stopped',
        Description: input.Description ?? '',
        acl: readAcl(call.state, input, NO_ACL),
        settings: { Bandwidth: -1, ...LISTENER_DEFAULTS[protocol], ...settings },
      });
      return {};
    },
  };
}

/** SetLoadBalancer…ListenerAttribute of one protocol: changes what is given. */
export function setListener(protocol: ListenerProtocol): ListenerMember<typeof CHANGED> {
  return {
    parameters: { ...CHANGED, ...LISTENER_SETTINGS[protocol] },
    run: (call, input) => {
      const row = listenerOf(call, input, protocol);
      row.acl = readAcl(call.state, input, row.acl);
      row.Description = input.Description ?? row.Description;
      row.settings = { ...row.settings, ...readSettings(protocol, input) };
      return {};
    },
  };
}

/** DescribeLoadBalancer…ListenerAttribute of one protocol. */
export function describeListener(protocol: ListenerProtocol): ListenerMember<typeof TARGET> {
  return {
    parameters: TARGET,
    run: (call, input) => listenerDetails(listenerOf(call, input, protocol)),
  };
}

function listenerOf({ state }: AlibabaCall, target: InputOf<typeof TARGET>, protocol: ListenerProtocol): ListenerRow {
  return getListener(getLoadBalancer(state, target.LoadBalancerId), target.ListenerPort, protocol);
}
