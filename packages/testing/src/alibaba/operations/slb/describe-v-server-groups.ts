import { slbAction } from '../../network/request/network-action.js';
import { flag, neededText } from '../../network/request/parameters.js';
import { seconds } from '../../network/request/text-rules.js';
import { getLoadBalancer, listenersOf } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DescribeVServerGroupsInput {
  readonly LoadBalancerId: string;
  readonly IncludeListener?: boolean;
}
interface DescribeVServerGroupsOutput {
  readonly VServerGroups: { readonly VServerGroup: readonly object[] };
}

/**
 * The vServer groups of a load balancer, all in one response; with the listeners that send to them where
 * requested.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describevservergroups
 */
export const describeVServerGroups = slbAction<DescribeVServerGroupsInput, DescribeVServerGroupsOutput>({
  name: 'DescribeVServerGroups',
  kind: 'read',
  parameters: { LoadBalancerId: neededText, IncludeListener: flag },
  run: ({ state }, { LoadBalancerId, IncludeListener = false }) => {
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
});
