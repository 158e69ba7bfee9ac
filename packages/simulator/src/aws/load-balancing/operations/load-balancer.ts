import type { CreateLoadBalancerInput, DescribeLoadBalancersInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { defaultSecurityGroup } from '../../ec2/vpc/network.js';
import type { Given } from '../../state/given.js';
import { checkArn, loadBalancerArn, loadBalancerPath, listenersOf, rulesOf, noteAttachments } from '../find.js';
import {
  invalid,
  loadBalancerNotFound,
  unfit,
  IP_ADDRESS_TYPES,
  LOAD_BALANCER_TYPES,
  ON_OFF,
  PAGE,
  SCHEMES,
  TAGS,
  TWENTY,
  family,
  paged,
} from '../request.js';
import { canonicalHostedZone, dnsName, PROVISIONING_MS } from '../load-balancer/dns.js';
import { occupy, release, checkSecurityGroups } from '../load-balancer/interfaces.js';
import { checkIpAddressType, placements } from '../load-balancer/subnets.js';
import { loadBalancerAttributes } from '../load-balancer/load-balancer-attributes.js';
import { newTags, tagList } from '../tags.js';
import { loadBalancerView } from '../views.js';
import type { LoadBalancerRow } from '../state.js';

/** Load balancers. */
export const loadBalancerOperations = family({
  /** Makes a load balancer: at first `provisioning`, `active` minutes later. The same call again answers the same balancer. */
  CreateLoadBalancer: {
    limits: {
      Scheme: { values: SCHEMES },
      Type: { values: LOAD_BALANCER_TYPES },
      IpAddressType: { values: IP_ADDRESS_TYPES },
      EnablePrefixForIpv6SourceNat: { values: ON_OFF },
      CustomerOwnedIpv4Pool: { length: [0, 256], pattern: /^(ipv4pool-coip-)[a-zA-Z0-9]+$/ },
      'IpamPools.Ipv4IpamPoolId': { length: [0, 1000], pattern: /^(ipam-pool-)[a-zA-Z0-9]+$/ },
      ...TAGS,
    },
    run(call, input) {
      checkName(input.Name);
      const namesake = [...call.state.loadBalancing.loadBalancers.values()].find((row) => row.name === input.Name);
      if (namesake !== undefined) return { LoadBalancers: [loadBalancerView(sameOr(namesake, input))] };

      checkQuota(call, input.Type ?? 'application');
      const row = newLoadBalancer(call, input);
      call.state.loadBalancing.loadBalancers.set(row.arn, row);
      call.after(PROVISIONING_MS[row.type], 'load-balancing.active', { arn: row.arn });
      return { LoadBalancers: [loadBalancerView(row)] };
    },
  },

  /**
   * Deletes a load balancer with its listeners and rules; target groups stay. Deleting one that does not exist
   * succeeds.
   */
  DeleteLoadBalancer(call, input) {
    checkArn('load balancer', input.LoadBalancerArn);
    const { loadBalancers, listeners, rules } = call.state.loadBalancing;
    const row = loadBalancers.get(input.LoadBalancerArn);
    if (row === undefined) return {};

    checkDeletable(call, row);
    for (const listener of listenersOf(call.state, row.arn)) {
      for (const rule of rulesOf(call.state, listener.arn)) rules.delete(rule.arn);
      listeners.delete(listener.arn);
    }
    loadBalancers.delete(row.arn);
    noteAttachments(call);
    release(call, row.zones);
    return {};
  },

  /** Lists load balancers: all, or those named by ARN or by name (up to 20). */
  DescribeLoadBalancers: {
    limits: { LoadBalancerArns: TWENTY, Names: TWENTY, ...PAGE },
    run(call, input) {
      const rows = chosenBalancers(call, input);
      const { items, next } = paged('DescribeLoadBalancers', rows, input, (row) => row.arn);
      return { LoadBalancers: items.map(loadBalancerView), NextMarker: next };
    },
  },
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html (Name) */
function checkName(name: string): void {
  if (name === '') throw invalid('A load balancer name must be specified');
  if (name.length > 32) throw invalid(`The load balancer name '${name}' cannot be longer than '32' characters`);
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    throw invalid(
      `The load balancer name '${name}' can only contain characters that are alphanumeric characters and hyphens(-)`,
    );
  }
  if (name.startsWith('-')) throw invalid(`The load balancer name '${name}' cannot begin with a hyphen(-)`);
  if (name.endsWith('-')) throw invalid(`The load balancer name '${name}' cannot end with a hyphen(-)`);
  if (name.startsWith('internal-')) throw invalid(`The load balancer name '${name}' cannot begin with 'internal-'`);
}

function sameOr(row: LoadBalancerRow, input: Given<CreateLoadBalancerInput>): LoadBalancerRow {
  const type = input.Type ?? 'application';
  const subnets = input.Subnets ?? input.SubnetMappings?.map(({ SubnetId }) => SubnetId ?? '') ?? [];
  const groups = input.SecurityGroups ?? [];
  const same =
    row.type === type &&
    row.scheme === (type === 'gateway' ? undefined : (input.Scheme ?? 'internet-facing')) &&
    row.ipAddressType === (input.IpAddressType ?? 'ipv4') &&
    sameMembers(
      row.zones.map((zone) => zone.subnetId),
      subnets,
    ) &&
    (groups.length === 0 || sameMembers(row.securityGroups, groups)) &&
    JSON.stringify(tagList(row.tags)) === JSON.stringify(tagList(newTags(input.Tags)));
  if (same) return row;

  throw new ServiceError(
    'DuplicateLoadBalancerName',
    `A load balancer with the same name '${row.name}' exists, but with different settings`,
  );
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}

function checkQuota(call: AwsCall, type: LoadBalancerRow['type']): void {
  if (type === 'gateway') return;

  const most = call.quota(`${type}-load-balancers`);
  const count = [...call.state.loadBalancing.loadBalancers.values()].filter((row) => row.type === type).length;
  if (count >= most)
    throw new ServiceError('TooManyLoadBalancers', `The maximum number of load balancers has been reached`);
}

function newLoadBalancer(call: AwsCall, input: Given<CreateLoadBalancerInput>): LoadBalancerRow {
  const type = input.Type ?? 'application';
  if (type === 'gateway' && input.Scheme !== undefined)
    throw invalid('A scheme cannot be specified for gateway load balancers');

  const scheme = type === 'gateway' ? undefined : (input.Scheme ?? 'internet-facing');
  const ipAddressType = checkIpAddressType(input.IpAddressType ?? 'ipv4', { type, scheme });
  checkSourceNat(input, type, ipAddressType);
  const placed = placements(call, {
    type,
    scheme,
    dualstack: ipAddressType !== 'ipv4',
    subnets: input.Subnets,
    mappings: input.SubnetMappings,
  });
  const vpcId = placed[0]?.subnet.vpcId ?? '';
  const tags = newTags(input.Tags);
  const securityGroups = groups(call, input, type, vpcId);
  const id = call.id('', 16);
  const { Name: name } = input;
  const path = loadBalancerPath(type, name, id);
  return {
    arn: loadBalancerArn(call, path),
    name,
    id,
    type,
    scheme,
    vpcId,
    dnsName: type === 'gateway' || scheme === undefined ? undefined : dnsName(call, { type, name, id, scheme }),
    canonicalHostedZoneId: type === 'gateway' ? undefined : canonicalHostedZone(call.region, type),
    createdTime: new Date(call.now),
    state: 'provisioning',
    stateReason: undefined,
    zones: placed.map((placement) =>
      occupy(call, { type, name, id, scheme, securityGroups, ipAddressType }, placement),
    ),
    securityGroups,
    hasSecurityGroups: securityGroups.length > 0,
    ipAddressType,
    enforcePrivateLinkInbound: type === 'network' && securityGroups.length > 0 ? 'on' : undefined,
    prefixForIpv6SourceNat:
      type === 'network' && ipAddressType === 'dualstack' ? (input.EnablePrefixForIpv6SourceNat ?? 'off') : undefined,
    attributes: {},
    tags,
    heldBy: [],
  };
}

function groups(call: AwsCall, input: CreateLoadBalancerInput, type: LoadBalancerRow['type'], vpcId: string): string[] {
  const asked = input.SecurityGroups ?? [];
  if (type === 'gateway' && asked.length > 0)
    throw unfit('Security Groups are not supported for Gateway Load Balancers.');
  if (asked.length > 0) return checkSecurityGroups(call, vpcId, asked);

  // An application load balancer always has a group: without one named, the VPC's default group.
  return type === 'application' ? [defaultSecurityGroup(call.state, vpcId).id] : [];
}

function checkSourceNat(input: CreateLoadBalancerInput, type: LoadBalancerRow['type'], ipAddressType: string): void {
  if (input.EnablePrefixForIpv6SourceNat === undefined) return;
  if (type !== 'network')
    throw unfit("'EnablePrefixForIpv6SourceNat' can only be specified for LoadBalancer type 'network'.");
  if (input.EnablePrefixForIpv6SourceNat === 'on' && ipAddressType !== 'dualstack') {
    throw unfit("'EnablePrefixForIpv6SourceNat' can only be specified when using IpAddressType 'dualstack'.");
  }
}

function checkDeletable(call: AwsCall, row: LoadBalancerRow): void {
  if (loadBalancerAttributes(row)['deletion_protection.enabled'] === 'true') {
    throw new ServiceError(
      'OperationNotPermitted',
      `Load balancer '${row.arn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  if (row.heldBy.length > 0) {
    throw new ServiceError(
      'ResourceInUse',
      `Load balancer '${row.arn}' cannot be deleted because it is currently associated with another service`,
    );
  }

  for (const group of call.state.loadBalancing.targetGroups.values()) {
    const target = group.targets.some((target) => target.id === row.arn && target.deregisteredAt === undefined);
    if (target) {
      throw new ServiceError(
        'ResourceInUse',
        `Load balancer '${row.arn}' is in use as a target of target group '${group.arn}'`,
      );
    }
  }
}

function chosenBalancers(
  call: AwsCall,
  { LoadBalancerArns: arns = [], Names: names = [] }: DescribeLoadBalancersInput,
): LoadBalancerRow[] {
  const { loadBalancers } = call.state.loadBalancing;
  if (arns.length > 0 && names.length > 0) {
    throw invalid('Load balancer names and load balancer ARNs cannot be specified at the same time');
  }

  for (const arn of arns) checkArn('load balancer', arn);
  const all = [...loadBalancers.values()];
  if (arns.length > 0) {
    const rows = all.filter(({ arn }) => arns.includes(arn));
    const missing = arns.find((arn) => !loadBalancers.has(arn));
    if (missing !== undefined) throw loadBalancerNotFound(missing);

    return rows;
  }
  if (names.length === 0) return all;

  const missing = names.filter((name) => !all.some((row) => row.name === name));
  if (missing.length > 0)
    throw new ServiceError('LoadBalancerNotFound', `Load balancers '[${missing.join(', ')}]' not found`);

  return all.filter(({ name }) => names.includes(name));
}
