import type { SubnetMapping } from '@aws-sdk/client-elastic-load-balancing-v2';
import { findSubnet } from '../../ec2/vpc/network.js';
import type { Given } from '../../state/given.js';
import { attributeList } from '../attributes.js';
import { invalid, unfit, ATTRIBUTES, IP_ADDRESS_TYPES, ON_OFF, TWENTY, family } from '../request.js';
import { getLoadBalancer } from '../find.js';
import { occupy, regroup, release, checkSecurityGroups } from '../load-balancer/interfaces.js';
import { checkIpAddressType, placements } from '../load-balancer/subnets.js';
import { changedLoadBalancerAttributes, loadBalancerAttributes } from '../load-balancer/load-balancer-attributes.js';
import { zoneView } from '../views.js';
import type { LoadBalancerZone } from '../state.js';

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
  SetIpAddressType: {
    limits: { IpAddressType: { values: IP_ADDRESS_TYPES } },
    run(call, input) {
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
  },

  /** Replaces the security groups of a load balancer. A network load balancer made without any can have none. */
  SetSecurityGroups: {
    limits: { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: { values: ON_OFF } },
    run(call, input) {
      const row = getLoadBalancer(call.state, input.LoadBalancerArn);
      if (row.type === 'gateway')
        throw unfit("SetSecurityGroups is not supported for load balancers of type 'gateway'");
      if (!row.hasSecurityGroups) {
        throw unfit(
          'You cannot set security groups on a Network Load Balancer which was created without any security groups.',
        );
      }
      if (input.SecurityGroups.length === 0) throw invalid('At least one security group must be specified');

      const enforce = input.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
      if (enforce !== undefined && row.type !== 'network') {
        throw unfit(
          "'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic' can only be specified for LoadBalancer type 'network'.",
        );
      }

      row.securityGroups = checkSecurityGroups(call, row.vpcId, input.SecurityGroups);
      if (enforce !== undefined) row.enforcePrivateLinkInbound = enforce;
      regroup(call, row);
      return {
        SecurityGroupIds: [...row.securityGroups],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: row.enforcePrivateLinkInbound,
      };
    },
  },

  /** Replaces the subnets of a load balancer: subnets that are not named are removed, new ones are added. */
  SetSubnets: {
    limits: { IpAddressType: { values: IP_ADDRESS_TYPES }, EnablePrefixForIpv6SourceNat: { values: ON_OFF } },
    run(call, input) {
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
  },

  /** The capacity reserved for a load balancer: none, since reservations are not simulated. */
  DescribeCapacityReservation(call, input) {
    getLoadBalancer(call.state, input.LoadBalancerArn);
    return { CapacityReservationState: [] };
  },
});

/** Keeps the balancer's own address in a subnet. It is not in use by another interface. */
function keepAddress(mapping: SubnetMapping, present: ReadonlyMap<string, LoadBalancerZone>): Given<SubnetMapping> {
  const held = present.get(mapping.SubnetId ?? '')?.privateIpv4Address;
  return held !== undefined && held === mapping.PrivateIPv4Address ? { SubnetId: mapping.SubnetId } : mapping;
}
