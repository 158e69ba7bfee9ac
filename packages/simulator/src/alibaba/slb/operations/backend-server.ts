import { slbFamily } from '../../vpc/request/family.js';
import { readBackendServers } from '../backend-servers.js';
import { slbWords, readServerIds } from '../request.js';
import { healthOf, serverPort, serversOf } from '../health.js';
import { backendServersView, getLoadBalancer } from '../load-balancer.js';
import { neededText, oneOf, whole } from '../../operation/parameters.js';
import { action } from '../../operation/family.js';

const BACKEND_SERVERS = { LoadBalancerId: neededText, BackendServers: neededText };

/** Backend servers, and their health. */
export const backendServerActions = slbFamily({
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
