import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { seconds } from '../../network/request/text-rules.js';
import { getServerGroup } from '../../slb/load-balancer.js';
import { backendServersView } from '../../slb/load-balancer-view.js';

/** SLB has no package on npm: our own types. */
interface DescribeVServerGroupAttributeInput {
  readonly VServerGroupId: string;
}
interface DescribeVServerGroupAttributeOutput {
  readonly VServerGroupId: string;
  readonly VServerGroupName: string;
  readonly LoadBalancerId: string;
  readonly CreateTime: string;
  readonly BackendServers: ReturnType<typeof backendServersView>;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describevservergroupattribute */
export const describeVServerGroupAttribute = slbAction<
  DescribeVServerGroupAttributeInput,
  DescribeVServerGroupAttributeOutput
>({
  name: 'DescribeVServerGroupAttribute',
  kind: 'read',
  parameters: { VServerGroupId: neededText },
  run: ({ state }, { VServerGroupId }) => {
    const { id, name, loadBalancerId, servers, createdAt } = getServerGroup(state, VServerGroupId);
    return {
      VServerGroupId: id,
      VServerGroupName: name,
      LoadBalancerId: loadBalancerId,
      CreateTime: seconds(createdAt),
      BackendServers: backendServersView({ backendServers: servers }),
    };
  },
});
