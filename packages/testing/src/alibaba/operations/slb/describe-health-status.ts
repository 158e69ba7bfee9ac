import { slbAction } from '../../network/request/network-action.js';
import { neededText, oneOf, whole } from '../../network/request/parameters.js';
import { slbWords } from '../../slb/errors.js';
import { healthOf, serverPort, serversOf } from '../../slb/health.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DescribeHealthStatusInput {
  readonly LoadBalancerId: string;
  readonly ListenerPort?: number;
  readonly ListenerProtocol?: string;
}
interface DescribeHealthStatusOutput {
  readonly BackendServers: { readonly BackendServer: readonly object[] };
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describehealthstatus */
export const describeHealthStatus = slbAction<DescribeHealthStatusInput, DescribeHealthStatusOutput>({
  name: 'DescribeHealthStatus',
  kind: 'read',
  parameters: {
    LoadBalancerId: neededText,
    ListenerPort: whole,
    ListenerProtocol: oneOf('tcp', 'udp', 'http', 'https'),
  },
  run: ({ state, now, conditionAt }, { LoadBalancerId, ListenerPort, ListenerProtocol }) => {
    const balancer = getLoadBalancer(state, LoadBalancerId);
    const listeners = [...balancer.listeners.values()].filter(
      (row) =>
        (ListenerPort === undefined || row.port === ListenerPort) &&
        (ListenerProtocol === undefined || row.protocol === ListenerProtocol),
    );
    if (ListenerPort !== undefined && listeners.length === 0) throw slbWords.noListener();
    return {
      BackendServers: {
        BackendServer: listeners.flatMap((listener) =>
          serversOf(state, balancer, listener).map((server) => ({
            ListenerPort: listener.port,
            Port: serverPort(listener, server),
            Protocol: listener.protocol,
            ServerHealthStatus: healthOf(state, listener, server, { now, conditionAt }),
            ServerId: server.serverId,
            ServerIp: server.serverIp,
            Type: server.type,
          })),
        ),
      },
    };
  },
});
