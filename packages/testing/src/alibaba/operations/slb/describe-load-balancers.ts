import { admits, admitsAny, admitsOneOf } from '../../network/request/lists.js';
import { slbAction } from '../../network/request/network-action.js';
import { oneOf, PAGE, tags, text } from '../../network/request/parameters.js';
import { hasTags, type GivenTag } from '../../network/request/tags.js';
import { page, type NumberedPage, type NumberedPageRequest } from '../../page.js';
import { loadBalancerView } from '../../slb/load-balancer-view.js';

/** SLB has no package on npm: our own types. */
interface DescribeLoadBalancersInput extends NumberedPageRequest {
  readonly LoadBalancerId?: string;
  readonly LoadBalancerName?: string;
  readonly LoadBalancerStatus?: string;
  readonly AddressType?: string;
  readonly NetworkType?: string;
  readonly VpcId?: string;
  readonly VSwitchId?: string;
  readonly Address?: string;
  readonly ServerId?: string;
  readonly ServerIntranetAddress?: string;
  readonly Tag?: readonly GivenTag[];
}
type DescribeLoadBalancersOutput = NumberedPage<never>['numbers'] & {
  readonly LoadBalancers: { readonly LoadBalancer: readonly object[] };
};

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancers */
export const describeLoadBalancers = slbAction<DescribeLoadBalancersInput, DescribeLoadBalancersOutput>({
  name: 'DescribeLoadBalancers',
  kind: 'read',
  parameters: {
    LoadBalancerId: text,
    LoadBalancerName: text,
    LoadBalancerStatus: oneOf('inactive', 'active', 'locked'),
    AddressType: oneOf('internet', 'intranet'),
    NetworkType: oneOf('vpc', 'classic'),
    VpcId: text,
    VSwitchId: text,
    Address: text,
    ServerId: text,
    ServerIntranetAddress: text,
    Tag: tags,
    ...PAGE,
  },
  run: (call, input) => {
    const rows = [...call.state.slb.loadBalancers.values()].filter(
      (row) =>
        admitsOneOf(input.LoadBalancerId, row.id) &&
        admitsOneOf(input.LoadBalancerName, row.name) &&
        admits(input.LoadBalancerStatus, row.status) &&
        admits(input.AddressType, row.addressType) &&
        admits(input.NetworkType, row.networkType) &&
        admits(input.VpcId, row.vpcId) &&
        admits(input.VSwitchId, row.vSwitchId) &&
        admits(input.Address, row.address) &&
        admitsAny(
          some(input.ServerId),
          row.backendServers.map(({ serverId }) => serverId),
        ) &&
        admitsAny(
          some(input.ServerIntranetAddress),
          row.backendServers.map(({ serverIp }) => serverIp),
        ) &&
        hasTags(row.tags, input.Tag),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    return { ...numbers, LoadBalancers: { LoadBalancer: items.map((row) => loadBalancerView(call, row)) } };
  },
});

const some = (text: string | undefined): readonly string[] | undefined => text?.split(',');
