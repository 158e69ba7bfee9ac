import type { SetSubnetsInput, SetSubnetsOutput, SubnetMapping } from '@aws-sdk/client-elastic-load-balancing-v2';
import { getLoadBalancer } from '../../load-balancing/find.js';
import { occupy, release } from '../../load-balancing/load-balancer/interfaces.js';
import { checkIpAddressType } from '../../load-balancing/load-balancer/ip-address-type.js';
import { IP_ADDRESS_TYPES, ON_OFF } from '../../load-balancing/limits.js';
import { placements } from '../../load-balancing/load-balancer/subnets.js';
import { zoneView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { LoadBalancerZone } from '../../state/load-balancing-state.js';

/** Replaces the subnets of a load balancer: subnets that are not named are removed, new ones are added. */
export const setSubnets = operation<Given<SetSubnetsInput>, SetSubnetsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'SetSubnets',
  kind: 'write',
  limits: { IpAddressType: { values: IP_ADDRESS_TYPES }, EnablePrefixForIpv6SourceNat: { values: ON_OFF } },
  run: (call, input) => {
    const row = getLoadBalancer(call.state, input.LoadBalancerArn);
    const ipAddressType = checkIpAddressType(input.IpAddressType ?? row.ipAddressType, row);
    const present = new Map(row.zones.map((zone) => [zone.subnetId, zone]));
    const placed = placements(call, {
      type: row.type,
      scheme: row.scheme,
      dualstack: ipAddressType !== 'ipv4',
      subnets: input.Subnets,
      mappings: input.SubnetMappings?.map((mapping) => keepAddress(mapping, present)),
      present: new Set(present.keys()),
      vpcId: row.vpcId,
    });
    const zones = placed.map((placement) => present.get(placement.subnet.id) ?? occupy(call, row, placement));
    release(
      call,
      row.zones.filter((zone) => !zones.includes(zone)),
    );
    row.zones = zones;
    row.ipAddressType = ipAddressType;
    if (input.EnablePrefixForIpv6SourceNat !== undefined)
      row.prefixForIpv6SourceNat = input.EnablePrefixForIpv6SourceNat;
    return {
      AvailabilityZones: zones.map(zoneView),
      IpAddressType: ipAddressType,
      EnablePrefixForIpv6SourceNat: row.prefixForIpv6SourceNat,
    };
  },
});

/** Keeps the balancer's own address in a subnet. It is not in use by another interface. */
function keepAddress(mapping: SubnetMapping, present: ReadonlyMap<string, LoadBalancerZone>): Given<SubnetMapping> {
  const held = present.get(mapping.SubnetId ?? '')?.privateIpv4Address;
  return held !== undefined && held === mapping.PrivateIPv4Address ? { SubnetId: mapping.SubnetId } : mapping;
}
