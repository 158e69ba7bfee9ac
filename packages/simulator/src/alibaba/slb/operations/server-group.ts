import { slbFamily, newId, seconds } from '../../vpc/request/text-rules.js';
import { shown, type AlibabaCall } from '../../operation/operation.js';
import { readGroupServers, readBackendServers } from '../backend-servers.js';
import { slbWords, readServerIds } from '../request.js';
import {
  backendServersView,
  getLoadBalancer,
  getServerGroup,
  listenersOf,
  healthOf,
  serverPort,
  serversOf,
} from '../load-balancer.js';
import { isRuleTarget } from '../rules.js';
import type { BackendServerRow, ServerGroupRow } from '../state.js';
import { flag, neededText, text, action, oneOf, whole } from '../../operation/family.js';

const SERVERS = { VServerGroupId: neededText, BackendServers: neededText };

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

const BACKEND_SERVERS = { LoadBalancerId: neededText, BackendServers: neededText };

/** Groups of servers, backend servers, and their health. */
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
   * The vServer groups of a load balancer, all in one response; with the listeners that send to them where requested.
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

  /** A server that is already in the list keeps its place and gets the new weight. */
  AddBackendServers: action(BACKEND_SERVERS, (call, { LoadBalancerId, BackendServers }) => {
    const balancer = getLoadBalancer(call.state, LoadBalancerId);
    const servers = new Map(balancer.backendServers.map((row) => [row.ServerId, row]));
    for (const row of readBackendServers(call, balancer, BackendServers)) {
      servers.set(row.ServerId, row);
    }
    if (servers.size > call.quota('backend-servers-per-load-balancer')) throw slbWords.tooManyServers();

    balancer.backendServers = [...servers.values()];
    return { LoadBalancerId, BackendServers: backendServersView(balancer.backendServers) };
  }),

  /** Sets weights of existing servers. */
  SetBackendServers: action(BACKEND_SERVERS, (call, { LoadBalancerId, BackendServers }) => {
    const balancer = getLoadBalancer(call.state, LoadBalancerId);
    const changed = new Map(readBackendServers(call, balancer, BackendServers).map((row) => [row.ServerId, row]));
    const present = new Set(balancer.backendServers.map((row) => row.ServerId));
    if ([...changed.keys()].some((id) => !present.has(id))) throw slbWords.noServer();

    balancer.backendServers = balancer.backendServers.map((row) => changed.get(row.ServerId) ?? row);
    return { LoadBalancerId, BackendServers: backendServersView(balancer.backendServers) };
  }),

  /** Accepts a list of IDs or of servers. A server that is not in the list of backend servers is not an error. */
  RemoveBackendServers: action(BACKEND_SERVERS, ({ state }, { LoadBalancerId, BackendServers }) => {
    const balancer = getLoadBalancer(state, LoadBalancerId);
    const ids = readServerIds(BackendServers);
    if (ids.length === 0) throw slbWords.invalid('The specified parameter BackendServers is not valid.');

    balancer.backendServers = balancer.backendServers.filter((row) => !ids.includes(row.ServerId));
    return { LoadBalancerId, BackendServers: backendServersView(balancer.backendServers) };
  }),

  DescribeHealthStatus: action(
    { LoadBalancerId: neededText, ListenerPort: whole, ListenerProtocol: oneOf('tcp', 'udp', 'http', 'https') },
    ({ state, now, conditionAt }, { LoadBalancerId, ListenerPort, ListenerProtocol }) => {
      const balancer = getLoadBalancer(state, LoadBalancerId);
      const listeners = [...balancer.listeners.values()].filter(
        (row) =>
          (ListenerPort === undefined || row.ListenerPort === ListenerPort) &&
          (ListenerProtocol === undefined || row.protocol === ListenerProtocol),
      );
      if (ListenerPort !== undefined && listeners.length === 0) throw slbWords.noListener();

      return {
        BackendServers: {
          BackendServer: listeners.flatMap((listener) =>
            serversOf(state, balancer, listener).map((server) => ({
              ListenerPort: listener.ListenerPort,
              Port: serverPort(listener, server),
              Protocol: listener.protocol,
              ServerHealthStatus: healthOf(state, listener, server, { now, conditionAt }),
              ServerId: server.ServerId,
              ServerIp: server.serverIp,
              Type: server.Type,
            })),
          ),
        },
      };
    },
  ),
});
