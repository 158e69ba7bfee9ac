import type { SubnetMapping } from '@aws-sdk/client-elastic-load-balancing-v2';
import { findSubnet } from '../../ec2/vpc/network.js';
import { defined } from '../../../simulation/defined.js';
import type { Given } from '../../state/given.js';
import { attributeList } from '../attributes.js';
import { invalid, unfit, ATTRIBUTES, IP_ADDRESS_TYPES, ON_OFF, TWENTY, family } from '../request.js';
import { getLoadBalancer } from '../find.js';
import { occupy, regroup, release, checkSecurityGroups } from '../load-balancer/interfaces.js';
import { checkIpAddressType, placements } from '../load-balancer/subnets.js';
import { changedLoadBalancerAttributes, loadBalancerAttributes } from '../load-balancer/load-balancer-attributes.js';
import type { LoadBalancerZone } from '../state.js';
import { limited } from '../../operation/family.js';

/** What can be set of a load balancer: attributes, network, capacity. */
export const loadBalancerSettingsOperations = family({
  /** Every attribute that a load balancer of its type has. */
  DescribeLoadBalancerAttributes: (call, input) => ({
    Attributes: attributeList(loadBalancerAttributes(getLoadBalancer(call.state, input.LoadBalancerArn))),
  }),

  /** Sets attributes of a load balancer; answers all of them. */
  ModifyLoadBalancerAttributes: {
    limits: { Attributes: TWENTY, ...ATTRIBUTES, 'Attributes[].Value': { length: [0, 1024] } },
    run(call, input) {
      const row = getLoadBalancer(call.state, input.LoadBalancerArn);
      row.attributes = changedLoadBalancerAttributes(row, input.Attributes);
      return { Attributes: attributeList(row.attributes) };
    },
  },

  /** Sets whether a load balancer accepts IPv6 besides IPv4. */
  SetIpAddressType: limited({ IpAddressType: { values: IP_ADDRESS_TYPES } }, (call, input) => {
    const row = getLoadBalancer(call.state, input.LoadBalancerArn);
    const wanted = checkIpAddressType(input.IpAddressType, row.fields);
    if (wanted !== 'ipv4') {
      const lacking = row.zones.some(
        ({ fields }) => (findSubnet(call.state, fields.SubnetId)?.ipv6CidrBlocks.length ?? 0) === 0,
      );
      if (lacking) throw invalid('You must specify subnets with an associated IPv6 CIDR block.');
    }
    row.fields = { ...row.fields, IpAddressType: wanted };
    return { IpAddressType: wanted };
  }),

  /** Replaces the security groups of a load balancer. A network load balancer made without any can have none. */
  SetSecurityGroups: {
    limits: { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: { values: ON_OFF } },
    run(call, input) {
      const row = getLoadBalancer(call.state, input.LoadBalancerArn);
      if (row.fields.Type === 'gateway')
        throw unfit("SetSecurityGroups is not supported for load balancers of type 'gateway'");
      if (row.fields.SecurityGroups === undefined) {
        throw unfit(
          'You cannot set security groups on a Network Load Balancer which was created without any security groups.',
        );
      }
      if (input.SecurityGroups.length === 0) throw invalid('At least one security group must be specified');

      const enforce = input.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
      if (enforce !== undefined && row.fields.Type !== 'network') {
        throw unfit(
          "'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic' can only be specified for LoadBalancer type 'network'.",
        );
      }

      const SecurityGroups = checkSecurityGroups(call, row.fields.VpcId, input.SecurityGroups);
      row.fields = {
        ...row.fields,
        SecurityGroups,
        ...defined({ EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: enforce }),
      };
      regroup(call, row);
      return {
        SecurityGroupIds: SecurityGroups,
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
          row.fields.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic,
      };
    },
  },

  /** Replaces the subnets of a load balancer: subnets that are not named are removed, new ones are added. */
  SetSubnets: {
    limits: { IpAddressType: { values: IP_ADDRESS_TYPES }, EnablePrefixForIpv6SourceNat: { values: ON_OFF } },
    run(call, input) {
      const row = getLoadBalancer(call.state, input.LoadBalancerArn);
      const ipAddressType = checkIpAddressType(input.IpAddressType ?? row.fields.IpAddressType, row.fields);
      const present = new Map(row.zones.map((zone) => [zone.fields.SubnetId, zone]));
      const placed = placements(call, {
        type: row.fields.Type,
        scheme: row.fields.Scheme,
        dualstack: ipAddressType !== 'ipv4',
        subnets: input.Subnets,
        mappings: input.SubnetMappings?.map((mapping) => keepAddress(mapping, present)),
        present: new Set(present.keys()),
        vpcId: row.fields.VpcId,
      });
      const zones = placed.map((placement) => present.get(placement.subnet.id) ?? occupy(call, row.fields, placement));
      release(
        call,
        row.zones.filter((zone) => !zones.includes(zone)),
      );
      row.zones = zones;
      const { EnablePrefixForIpv6SourceNat = row.fields.EnablePrefixForIpv6SourceNat } = input;
      row.fields = { ...row.fields, IpAddressType: ipAddressType, EnablePrefixForIpv6SourceNat };
      return {
        AvailabilityZones: zones.map(({ fields }) => fields),
        IpAddressType: ipAddressType,
        EnablePrefixForIpv6SourceNat,
      };
    },
  },

  /** The capacity reserved for a load balancer: none, since reservations are not simulated. */
  DescribeCapacityReservation(call, input) {
    getLoadBalancer(call.state, input.LoadBalancerArn);
    return { CapacityReservationState: [] };
  },
});

/** Keeps the balancer's own address in a subnet. It is not in use by another interface. */
function keepAddress(mapping: SubnetMapping, present: ReadonlyMap<string, LoadBalancerZone>): Given<SubnetMapping> {
  const held = present.get(mapping.SubnetId ?? '')?.fields.LoadBalancerAddresses?.[0]?.PrivateIPv4Address;
  return held !== undefined && held === mapping.PrivateIPv4Address ? { SubnetId: mapping.SubnetId } : mapping;
}
