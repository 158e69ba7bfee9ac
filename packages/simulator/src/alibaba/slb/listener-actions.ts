import type { AlibabaCall } from '../operation/call.js';
import type { Member } from '../operation/family.js';
import { neededText, whole } from '../vpc/request/parameters.js';
import type { ListenerProtocol, ListenerRow } from './state.js';
import { slbWords } from './errors.js';
import { listenerParameters, readAcl, readSettings, type ListenerInput } from './listener-input.js';
import { LISTENER_DEFAULTS } from './listener-settings.js';
import { listenerDetails } from './listener-view.js';
import { getListener, getLoadBalancer, getServerGroup, listenerKey } from './load-balancer.js';

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
