import { slbFamily } from '../../vpc/request/family.js';
import { newId, seconds } from '../../vpc/request/text-rules.js';
import type { AlibabaCall } from '../../operation/operation.js';
import { readGroupServers } from '../backend-servers.js';
import { slbWords } from '../request.js';
import { backendServersView, getLoadBalancer, getServerGroup, listenersOf } from '../load-balancer.js';
import { isRuleTarget } from '../rules.js';
import type { BackendServerRow, ServerGroupRow } from '../state.js';
import { flag, neededText, text } from '../../operation/parameters.js';

const SERVERS = { VServerGroupId: neededText, BackendServers: neededText };

/** vServer groups. */
export const serverGroupActions = slbFamily({
  CreateVServerGroup: {
    parameters: { LoadBalancerId: neededText, VServerGroupName: { ...text, length: [1, 80] }, BackendServers: text },
    run(call, { LoadBalancerId, VServerGroupName, BackendServers = '[]' }) {
      const balancer = getLoadBalancer(call.state, LoadBalancerId);
      const servers = readGroupServers(call, balancer, BackendServers);
      const id = newId(call, 'rsp');
      const name = VServerGroupName ?? id;
      call.state.slb.serverGroups.set(id, { id, name, loadBalancerId: balancer.id, servers, createdAt: call.now });
      return { VServerGroupId: id, BackendServers: backendServersView({ backendServers: servers }) };
    },
  },

  /** One to which a listener or a rule sends stays. */
  DeleteVServerGroup: {
    parameters: { VServerGroupId: neededText },
    run({ state }, { VServerGroupId }) {
      const row = getServerGroup(state, VServerGroupId);
      if (listenersOf(state, row).length > 0 || isRuleTarget(state, row)) throw slbWords.serverGroupInUse();

      state.slb.serverGroups.delete(row.id);
      return {};
    },
  },

  /**
   * The vServer groups of a load balancer, all in one response; with the listeners that send to them where
   * requested.
   */
  DescribeVServerGroups: {
    parameters: { LoadBalancerId: neededText, IncludeListener: flag },
    run({ state }, { LoadBalancerId, IncludeListener = false }) {
      const { id } = getLoadBalancer(state, LoadBalancerId);
      const rows = [...state.slb.serverGroups.values()].filter(({ loadBalancerId }) => loadBalancerId === id);
      return {
        VServerGroups: {
          VServerGroup: rows.map((row) => ({
            VServerGroupId: row.id,
            VServerGroupName: row.name,
            CreateTime: seconds(row.createdAt),
            ServerCount: row.servers.length,
            AssociatedObjects: {
              Listeners: {
                Listener: IncludeListener
                  ? listenersOf(state, row).map(({ port, protocol }) => ({ Port: port, Protocol: protocol }))
                  : [],
              },
            },
          })),
        },
      };
    },
  },

  DescribeVServerGroupAttribute: {
    parameters: { VServerGroupId: neededText },
    run({ state }, { VServerGroupId }) {
      const { id, name, loadBalancerId, servers, createdAt } = getServerGroup(state, VServerGroupId);
      return {
        VServerGroupId: id,
        VServerGroupName: name,
        LoadBalancerId: loadBalancerId,
        CreateTime: seconds(createdAt),
        BackendServers: backendServersView({ backendServers: servers }),
      };
    },
  },

  /** A server and port that is in the group already gets the new weight. */
  AddVServerGroupBackendServers: {
    parameters: SERVERS,
    run(call, { VServerGroupId, BackendServers }) {
      const row = getServerGroup(call.state, VServerGroupId);
      row.servers = merged(row.servers, serversIn(call, row, BackendServers));
      return { VServerGroupId, BackendServers: backendServersView({ backendServers: row.servers }) };
    },
  },

  /** A server and port that is not in the group is ignored. */
  RemoveVServerGroupBackendServers: {
    parameters: SERVERS,
    run(call, { VServerGroupId, BackendServers }) {
      const row = getServerGroup(call.state, VServerGroupId);
      row.servers = without(row.servers, serversIn(call, row, BackendServers));
      return { VServerGroupId, BackendServers: backendServersView({ backendServers: row.servers }) };
    },
  },
});

function serversIn(call: AlibabaCall, { loadBalancerId }: ServerGroupRow, text: string): readonly BackendServerRow[] {
  return readGroupServers(call, getLoadBalancer(call.state, loadBalancerId), text);
}

const placeOf = ({ serverId, port }: BackendServerRow): string => `${serverId}:${port ?? ''}`;

/** Servers and ports of two lists; what the second one says of a place decides. */
function merged(before: readonly BackendServerRow[], added: readonly BackendServerRow[]): readonly BackendServerRow[] {
  return [...new Map([...before, ...added].map((row) => [placeOf(row), row])).values()];
}

function without(before: readonly BackendServerRow[], gone: readonly BackendServerRow[]): readonly BackendServerRow[] {
  const places = new Set(gone.map(placeOf));
  return before.filter((row) => !places.has(placeOf(row)));
}
