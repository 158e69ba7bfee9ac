import { addressesOf } from './fronts.js';
import { OPEN, openServer } from './blocks.js';
import {
  addRule,
  balanced,
  closeEgress,
  networkAcl,
  SERVER,
  serviceAt,
  type AwsWorld,
  type Entry,
  type Row,
} from './parts.js';
import type { Built } from './themes.js';
import type { Finished } from '../situation.js';

/**
 * P8: a group or a network ACL allows the current addresses of a link or an application load balancer, or all but one
 * of them. Sometimes it also allows the subnets.
 */
export async function admitsToday(world: AwsWorld): Promise<Built> {
  const { random, groups, subnets, group, vpcId } = world;
  const some = (addresses: readonly string[]): readonly string[] =>
    addresses.filter(() => random.chance(0.9)).map((address) => `${address}/32`);
  const wide = random.chance(0.2) ? ['10.0.0.0/16'] : [];
  closeIngress(world, groups.server);
  switch (random.below(4)) {
    case 0: {
      for (const CidrIp of [...some(linkAddresses(world)), ...wide])
        addRule(world, 'in', groups.server, { IpRanges: [{ CidrIp }] });
      break;
    }
    case 1: {
      openServer(world);
      const into = [...some(linkAddresses(world)), ...wide].map((block, at): Entry => {
        return { out: false, order: 100 + at, allow: true, ports: [80, 80], block };
      });
      networkAcl(world, subnets.back, [...into, ...OPEN.filter(({ out }) => out)]);
      break;
    }
    default: {
      const balancerGroup = group(vpcId, 'balancer');
      addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
      const { balancer, listener } = await balanced(world, 'application', balancerGroup);
      const own = [...some(addressesOf(world, balancer)), ...wide];
      const isBackend = random.chance(0.5);
      if (isBackend) for (const CidrIp of own) addRule(world, 'in', groups.server, { IpRanges: [{ CidrIp }] });
      else {
        addRule(world, 'in', groups.server, { UserIdGroupPairs: [{ GroupId: balancerGroup }] });
        closeEgress(world, groups.link);
        for (const CidrIp of own) addRule(world, 'out', groups.link, { IpRanges: [{ CidrIp }] });
      }
      return { targetId: listener };
    }
  }
  return { targetId: await serviceAt(world, SERVER, 'today') };
}

/** Removes the inbound rules of the theme. */
function closeIngress({ ec2 }: AwsWorld, GroupId: string): void {
  const Filters = [{ Name: 'group-id', Values: [GroupId] }];
  const rules = ec2('DescribeSecurityGroupRules', { Filters }).SecurityGroupRules.filter(
    (row: Row) => !row['IsEgress'],
  );
  const SecurityGroupRuleIds = rules.map((row: Row) => row['SecurityGroupRuleId']);
  ec2('RevokeSecurityGroupIngress', { GroupId, SecurityGroupRuleIds });
}

function linkAddresses({ ec2, linkId }: AwsWorld): readonly string[] {
  const Filters = [{ Name: 'description', Values: [`API Gateway VPC link ${linkId}`] }];
  const { NetworkInterfaces } = ec2('DescribeNetworkInterfaces', { Filters });
  return NetworkInterfaces.map(({ PrivateIpAddress }: { readonly PrivateIpAddress: string }) => PrivateIpAddress);
}

/** F5: other interfaces use up the free addresses in a subnet of the link. */
export function fillsSubnet(world: AwsWorld, built: Built): Built {
  const { ec2, server, subnets, groups } = world;
  const NetworkInterfaceId = server(subnets.a, groups.other, '10.0.1.250');
  const [{ AvailableIpAddressCount: SecondaryPrivateIpAddressCount }] = ec2('DescribeSubnets', {
    SubnetIds: [subnets.a],
  }).Subnets;
  ec2('AssignPrivateIpAddresses', { NetworkInterfaceId, SecondaryPrivateIpAddressCount });
  return built;
}

/** A ready link has a subnet without a free address. */
export function isFull({ region, linkId }: Finished): boolean {
  const link = region.links.find(({ id }) => id === linkId);
  if (link?.state !== 'ready') return false;
  return region.subnets.some(({ id, freeAddresses }) => link.subnetIds.includes(id) && freeAddresses === 0);
}
