import type {
  CreateLoadBalancerInput,
  DescribeLoadBalancersInput,
  LoadBalancer,
  LoadBalancerTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { defaultSecurityGroup } from '../../ec2/vpc/network.js';
import type { Given } from '../../state/given.js';
import { checkArn, loadBalancerArn, listenersOf, rulesOf, noteAttachments } from '../find.js';
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
  checkQuota,
  family,
  paged,
} from '../request.js';
import { canonicalHostedZone, dnsName, PROVISIONING_MS } from '../load-balancer/dns.js';
import { occupy, release, checkSecurityGroups } from '../load-balancer/interfaces.js';
import { checkIpAddressType, placements } from '../load-balancer/subnets.js';
import { loadBalancerAttributes } from '../load-balancer/load-balancer-attributes.js';
import { newTags } from '../tags.js';
import type { LoadBalancerRow } from '../state.js';
import { tagList, limited } from '../../operation/family.js';

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
      const namesake = [...call.state.loadBalancing.loadBalancers.values()].find(
        (row) => row.fields.LoadBalancerName === input.Name,
      );
      if (namesake !== undefined) return { LoadBalancers: [view(sameOr(namesake, input))] };

      checkCount(call, input.Type ?? 'application');
      const row = newLoadBalancer(call, input);
      call.state.loadBalancing.loadBalancers.set(row.fields.LoadBalancerArn, row);
      call.after(PROVISIONING_MS[row.fields.Type], 'load-balancing.active', { arn: row.fields.LoadBalancerArn });
      return { LoadBalancers: [view(row)] };
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
    for (const listener of listenersOf(call.state, row.fields.LoadBalancerArn)) {
      for (const rule of rulesOf(call.state, listener.fields.ListenerArn)) rules.delete(rule.fields.RuleArn);
      listeners.delete(listener.fields.ListenerArn);
    }
    loadBalancers.delete(row.fields.LoadBalancerArn);
    noteAttachments(call);
    release(call, row.zones);
    return {};
  },

  /** Lists load balancers: all, or those named by ARN or by name (up to 20). */
  DescribeLoadBalancers: limited({ LoadBalancerArns: TWENTY, Names: TWENTY, ...PAGE }, (call, input, name) =>
    paged('LoadBalancers', name, chosenBalancers(call, input).map(view), input, (row) => row.LoadBalancerArn ?? ''),
  ),
});

function view({ fields, zones }: LoadBalancerRow): LoadBalancer {
  return { ...fields, AvailabilityZones: zones.map((zone) => zone.fields) };
}

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
  const { fields, zones, tags } = row;
  const type = input.Type ?? 'application';
  const subnets = input.Subnets ?? input.SubnetMappings?.map(({ SubnetId }) => SubnetId ?? '') ?? [];
  const groups = input.SecurityGroups ?? [];
  const same =
    fields.Type === type &&
    fields.Scheme === (type === 'gateway' ? undefined : (input.Scheme ?? 'internet-facing')) &&
    fields.IpAddressType === (input.IpAddressType ?? 'ipv4') &&
    sameMembers(
      zones.map((zone) => zone.fields.SubnetId),
      subnets,
    ) &&
    (groups.length === 0 || sameMembers(fields.SecurityGroups ?? [], groups)) &&
    JSON.stringify(tagList(tags)) === JSON.stringify(tagList(newTags(input.Tags)));
  if (same) return row;

  throw new ServiceError(
    'DuplicateLoadBalancerName',
    `A load balancer with the same name '${fields.LoadBalancerName}' exists, but with different settings`,
  );
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}

function checkCount(call: AwsCall, type: LoadBalancerTypeEnum): void {
  if (type === 'gateway') return;

  const same = [...call.state.loadBalancing.loadBalancers.values()].filter((row) => row.fields.Type === type);
  checkQuota(call, `${type}-load-balancers`, same.length, 'TooManyLoadBalancers', 'load balancers');
}

function newLoadBalancer(call: AwsCall, input: Given<CreateLoadBalancerInput>): LoadBalancerRow {
  const type = input.Type ?? 'application';
  if (type === 'gateway' && input.Scheme !== undefined)
    throw invalid('A scheme cannot be specified for gateway load balancers');

  const scheme = type === 'gateway' ? undefined : (input.Scheme ?? 'internet-facing');
  const ipAddressType = checkIpAddressType(input.IpAddressType ?? 'ipv4', { Type: type, Scheme: scheme });
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
  const fields: LoadBalancerRow['fields'] = {
    LoadBalancerArn: loadBalancerArn(call, type, name, id),
    DNSName: type === 'gateway' || scheme === undefined ? undefined : dnsName(call, { type, name, id, scheme }),
    CanonicalHostedZoneId: type === 'gateway' ? undefined : canonicalHostedZone(call.region, type),
    CreatedTime: new Date(call.now),
    LoadBalancerName: name,
    Scheme: scheme,
    VpcId: vpcId,
    State: { Code: 'provisioning' },
    Type: type,
    SecurityGroups: securityGroups.length > 0 ? securityGroups : undefined,
    IpAddressType: ipAddressType,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic:
      type === 'network' && securityGroups.length > 0 ? 'on' : undefined,
    EnablePrefixForIpv6SourceNat:
      type === 'network' && ipAddressType === 'dualstack' ? (input.EnablePrefixForIpv6SourceNat ?? 'off') : undefined,
  };
  const zones = placed.map((placement) => occupy(call, fields, placement));
  return { fields, zones, attributes: {}, tags, heldBy: [] };
}

function groups(call: AwsCall, input: CreateLoadBalancerInput, type: LoadBalancerTypeEnum, vpcId: string): string[] {
  const asked = input.SecurityGroups ?? [];
  if (type === 'gateway' && asked.length > 0)
    throw unfit('Security Groups are not supported for Gateway Load Balancers.');
  if (asked.length > 0) return checkSecurityGroups(call, vpcId, asked);

  // An application load balancer always has a group: without one named, the VPC's default group.
  return type === 'application' ? [defaultSecurityGroup(call.state, vpcId).id] : [];
}

function checkSourceNat(input: CreateLoadBalancerInput, type: LoadBalancerTypeEnum, ipAddressType: string): void {
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
      `Load balancer '${row.fields.LoadBalancerArn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  if (row.heldBy.length > 0) {
    throw new ServiceError(
      'ResourceInUse',
      `Load balancer '${row.fields.LoadBalancerArn}' cannot be deleted because it is currently associated with another service`,
    );
  }

  for (const group of call.state.loadBalancing.targetGroups.values()) {
    const target = group.targets.some(
      (target) => target.id === row.fields.LoadBalancerArn && target.deregisteredAt === undefined,
    );
    if (target) {
      throw new ServiceError(
        'ResourceInUse',
        `Load balancer '${row.fields.LoadBalancerArn}' is in use as a target of target group '${group.fields.TargetGroupArn}'`,
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
    const rows = all.filter(({ fields }) => arns.includes(fields.LoadBalancerArn));
    const missing = arns.find((arn) => !loadBalancers.has(arn));
    if (missing !== undefined) throw loadBalancerNotFound(missing);

    return rows;
  }
  if (names.length === 0) return all;

  const missing = names.filter((name) => !all.some((row) => row.fields.LoadBalancerName === name));
  if (missing.length > 0)
    throw new ServiceError('LoadBalancerNotFound', `Load balancers '[${missing.join(', ')}]' not found`);

  return all.filter(({ fields }) => names.includes(fields.LoadBalancerName));
}
