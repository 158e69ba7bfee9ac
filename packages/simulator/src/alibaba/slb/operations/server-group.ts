import { slbFamily } from '../../vpc/request/family.js';
import { newId, seconds } from '../../vpc/request/text-rules.js';
import { shown, type AlibabaCall } from '../../operation/operation.js';
import { readGroupServers } from '../backend-servers.js';
import { slbWords } from '../request.js';
import { backendServersView, getLoadBalancer, getServerGroup, listenersOf } from '../load-balancer.js';
import { isRuleTarget } from '../rules.js';
import type { BackendServerRow, ServerGroupRow } from '../state.js';
import { flag, neededText, text } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

const SERVERS = { VServerGroupId: neededText, BackendServers: neededText };

export const serverGroupActions = slbFamily({
  CreateVServerGroup: {
    parameters: { LoadBalancerId: neededText, VServerGroupName: { ...text, length: [1, 80] }, BackendServers: text },
    run(call, { LoadBalancerId, VServerGroupName, BackendServers = '[]' }) {
      const balancer = getLoadBalancer(call.state, LoadBalancerId);
      const servers = readGroupServers(call, balancer, BackendServers);
      const id = newId(call, 'rsp');
      const name = { VServerGroupId: id, VServerGroupName: VServerGroupName ?? id };
      call.state.slb.serverGroups.set(id, { ...name, LoadBalancerId, CreateTime: seconds(call.now), servers });
      return { VServerGroupId: id, BackendServers: backendServersView(servers) };
    },
  },

  /** One to which a listener or a rule sends stays. */
  DeleteVServerGroup: action({ VServerGroupId: neededText }, ({ state }, { VServerGroupId }) => {
    const row = getServerGroup(state, VServerGroupId);
    if (listenersOf(state, row).length > 0 || isRuleTarget(state, row)) throw slbWords.serverGroupInUse();

    state.slb.serverGroups.delete(VServerGroupId);
    return {};
  }),

  /**
   * The vServer groups of a load balancer, all in one response; with the listeners that send to them where
   * requested.
   */
  DescribeVServerGroups: {
    parameters: { LoadBalancerId: neededText, IncludeListener: flag },
    run({ state }, { LoadBalancerId, IncludeListener = false }) {
      getLoadBalancer(state, LoadBalancerId);
      const groups = [...state.slb.serverGroups.values()];
      return {
        VServerGroups: {
          VServerGroup: groups
            .filter((row) => row.LoadBalancerId === LoadBalancerId)
            .map((row) => ({
              VServerGroupId: row.VServerGroupId,
              VServerGroupName: row.VServerGroupName,
              CreateTime: row.CreateTime,
              ServerCount: row.servers.length,
              AssociatedObjects: {
                Listeners: {
                  Listener: IncludeListener
                    ? listenersOf(state, row).map(({ ListenerPort: Port, protocol: Protocol }) => ({ Port, Protocol }))
                    : [],
                },
              },
            })),
        },
      };
    },
  },

  DescribeVServerGroupAttribute: action({ VServerGroupId: neededText }, ({ state }, { VServerGroupId }) => {
    const row = getServerGroup(state, VServerGroupId);
    return { ...shown(row), BackendServers: backendServersView(row.servers) };
  }),

  /** A server and port that is in the group already gets the new weight. */
  AddVServerGroupBackendServers: action(SERVERS, (call, { VServerGroupId, BackendServers }) => {
    const row = getServerGroup(call.state, VServerGroupId);
    row.servers = merged(row.servers, serversIn(call, row, BackendServers));
    return { VServerGroupId, BackendServers: backendServersView(row.servers) };
  }),

  /** A server and port that is not in the group is ignored. */
  RemoveVServerGroupBackendServers: action(SERVERS, (call, { VServerGroupId, BackendServers }) => {
    const row = getServerGroup(call.state, VServerGroupId);
    row.servers = without(row.servers, serversIn(call, row, BackendServers));
    return { VServerGroupId, BackendServers: backendServersView(row.servers) };
  }),
});

function serversIn(call: AlibabaCall, { LoadBalancerId }: ServerGroupRow, text: string): readonly BackendServerRow[] {
  return readGroupServers(call, getLoadBalancer(call.state, LoadBalancerId), text);
}

const placeOf = ({ ServerId, Port }: BackendServerRow): string => `${ServerId}:${Port ?? ''}`;

/** Servers and ports of two lists; what the second one says of a place decides. */
function merged(before: readonly BackendServerRow[], added: readonly BackendServerRow[]): readonly BackendServerRow[] {
  return [...new Map([...before, ...added].map((row) => [placeOf(row), row])).values()];
}

function without(before: readonly BackendServerRow[], gone: readonly BackendServerRow[]): readonly BackendServerRow[] {
  const places = new Set(gone.map(placeOf));
  return before.filter((row) => !places.has(placeOf(row)));
}
