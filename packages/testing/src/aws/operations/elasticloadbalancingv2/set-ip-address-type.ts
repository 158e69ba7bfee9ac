import type { SetIpAddressTypeInput, SetIpAddressTypeOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { findSubnet } from '../../ec2/vpc/network.js';
import { invalid } from '../../load-balancing/errors.js';
import { getLoadBalancer } from '../../load-balancing/find.js';
import { checkIpAddressType } from '../../load-balancing/load-balancer/ip-address-type.js';
import { IP_ADDRESS_TYPES } from '../../load-balancing/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Sets whether a load balancer accepts IPv6 besides IPv4. */
export const setIpAddressType = operation<Given<SetIpAddressTypeInput>, SetIpAddressTypeOutput>({
  service: 'elasticloadbalancingv2',
  name: 'SetIpAddressType',
  kind: 'write',
  limits: { IpAddressType: { values: IP_ADDRESS_TYPES } },
  run: (call, input) => {
    const row = getLoadBalancer(call.state, input.LoadBalancerArn);
    const wanted = checkIpAddressType(input.IpAddressType, row);
    if (wanted !== 'ipv4') {
      const lacking = row.zones.some(
        ({ subnetId }) => (findSubnet(call.state, subnetId)?.ipv6CidrBlocks.length ?? 0) === 0,
      );
      if (lacking) throw invalid('You must specify subnets with an associated IPv6 CIDR block.');
    }
    row.ipAddressType = wanted;
    return { IpAddressType: wanted };
  },
});
