import { plans } from '@postern/alibaba/plans';
import type { Snapshot } from '@postern/core';
import { judgeTerraform, readTerraform } from '@postern/core/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, type Resource } from '../../../aws/test/plans/shop-plan.js';

const REGION = 'cn-hangzhou';
const BASE: Snapshot = {
  ...EMPTY,
  regions: EMPTY.regions.map((one) => ({ ...one, provider: 'alibaba' as const, region: REGION })),
};
const VPC = id('alicloud_vpc.shop');

const vswitch = (name: string, block: string, network = VPC): Resource => ({
  address: `alicloud_vswitch.${name}`,
  after: { cidr_block: block, zone_id: `${REGION}-${name}` },
  refs: { vpc_id: network },
});
const group = (name: string): Resource => ({
  address: `alicloud_security_group.${name}`,
  // Members of one group reach each other by default.
  after: { security_group_name: name, inner_access_policy: 'Drop' },
  refs: { vpc_id: VPC },
});
const rule = (port: number, of = 'server', policy = 'accept'): Resource => ({
  address: `alicloud_security_group_rule.${of}`,
  after: {
    type: 'ingress',
    ip_protocol: 'tcp',
    port_range: `${port}/${port}`,
    cidr_ip: '10.0.0.0/16',
    policy,
    priority: 1,
  },
  refs: { security_group_id: id(`alicloud_security_group.${of}`) },
});
const server = (refs: Resource['refs']): Resource => ({
  address: 'alicloud_instance.server',
  after: { instance_name: 'server', private_ip: '10.0.1.10' },
  refs: {
    vswitch_id: id('alicloud_vswitch.j'),
    security_groups: id('alicloud_security_group.server'),
    ...refs,
  },
});

/** An integration instance before a server of a new network. A test replaces or adds resources by their addresses. */
function shop(...changed: readonly Resource[]): readonly Resource[] {
  const all: readonly Resource[] = [
    { address: 'alicloud_vpc.shop', after: { cidr_block: '10.0.0.0/16' } },
    vswitch('h', '10.0.0.0/24'),
    vswitch('j', '10.0.1.0/24'),
    group('link'),
    group('server'),
    rule(80),
    server({}),
    {
      address: 'alicloud_api_gateway_instance.shop',
      after: {
        instance_name: 'shop',
        instance_type: 'vpc_connect',
        zone_vswitch_security_group: [{ zone_id: `${REGION}-h` }],
      },
      refs: {
        user_vpc_id: VPC,
        'zone_vswitch_security_group.0.vswitch_id': id('alicloud_vswitch.h'),
        'zone_vswitch_security_group.0.security_group': id('alicloud_security_group.link'),
      },
    },
    {
      address: 'alicloud_api_gateway_vpc_access.server',
      after: { name: 'server', port: 80 },
      refs: { vpc_id: VPC, instance_id: id('alicloud_instance.server') },
    },
    {
      address: 'alicloud_api_gateway_group.shop',
      after: { name: 'shop' },
      refs: { instance_id: id('alicloud_api_gateway_instance.shop') },
    },
    {
      address: 'alicloud_api_gateway_api.orders',
      after: {
        name: 'orders',
        auth_type: 'ANONYMOUS',
        service_type: 'HTTP-VPC',
        request_config: [{ protocol: 'HTTP', method: 'GET', path: '/orders', mode: 'PASSTHROUGH' }],
        http_vpc_service_config: [{ name: 'server', path: '/orders', method: 'GET', timeout: 2000 }],
        stage_names: ['RELEASE'],
      },
      refs: { group_id: id('alicloud_api_gateway_group.shop') },
    },
  ];
  return [...new Map([...all, ...changed].map((one) => [one.address, one] as const)).values()];
}

/**
 * What fails, or what of data sources is open. What a new instance may reach is an answer of the service: without either, all but
 * this is judged.
 */
function judged(...changed: readonly Resource[]): readonly string[] {
  const document = readTerraform(planText(shop(...changed)));
  const { integrations, findings } = judgeTerraform(document, BASE, { plans: [plans], region: REGION });
  expect(integrations).toHaveLength(1);
  return findings
    .filter(({ verdict, message }) => verdict === 'fail' || /data\.|is one of/.test(message))
    .map(({ verdict, message }) => `${verdict} ${message}`);
}

const vswitches = (after: Readonly<Record<string, unknown>> = {}, more: Partial<Resource> = {}): Resource => ({
  address: 'data.alicloud_vswitches.found',
  after: { zone_id: `${REGION}-j`, ...after },
  refs: { vpc_id: VPC },
  unknown: { id: true, ids: true },
  dependsOn: ['alicloud_vswitch.h', 'alicloud_vswitch.j'],
  ...more,
});
const groups = (after: Readonly<Record<string, unknown>> = {}, more: Partial<Resource> = {}): Resource => ({
  address: 'data.alicloud_security_groups.found',
  after,
  refs: { vpc_id: VPC },
  unknown: { id: true, ids: true },
  dependsOn: ['alicloud_security_group.link', 'alicloud_security_group.server'],
  ...more,
});
const inFound = server({ vswitch_id: id('data.alicloud_vswitches.found', 'ids') });
const ofFound = server({ security_groups: id('data.alicloud_security_groups.found', 'ids') });
const stack: Resource = { address: 'alicloud_ros_stack.more', after: { stack_name: 'more' } };
const CLOSED = /^fail .*does not allow 10\.0\.0\.0\/24/;
const EARLY = /^unknown .*which may be before alicloud_\w+\.\w+ exists: write depends_on/;
const SOME = /^unknown alicloud_instance\.server\.security_groups is one of \d values/;
const READ = /^unknown .*data\.alicloud_\w+\.found is read during the apply/;

describe('vSwitches that are read during the apply', () => {
  it('are those that the plan creates in the network and the zone', () => {
    expect(judged(vswitches(), inFound)).toEqual([]);
    expect(judged(vswitches(), inFound, rule(81))[0]).toMatch(CLOSED);
  });

  it('are found by their block', () => {
    const found = vswitches({ zone_id: undefined, cidr_block: '10.0.1.0/24' });
    expect(judged(found, inFound)).toEqual([]);
    expect(judged(found, inFound, rule(81))[0]).toMatch(CLOSED);
  });

  it.each([
    ['in a network that exists', vswitches({ vpc_id: 'vpc-1a2b' }, { refs: {} }), undefined],
    ['beside a stack, which may create more of them', vswitches(), stack],
  ])('are not known %s', (_, found, other) => {
    expect(judged(found, inFound, ...(other === undefined ? [] : [other])).join()).toMatch(READ);
  });
});

describe('groups that are read during the apply', () => {
  it('are all that the plan creates in the network', () => {
    expect(judged(groups(), ofFound)).toEqual([]);
    expect(judged(groups(), ofFound, rule(81))[0]).toMatch(CLOSED);
  });

  it('are not all of them, without depends_on or by what is not understood', () => {
    // Of both groups it counts.
    const denied = rule(80, 'link', 'drop');
    expect(judged(groups(), ofFound, denied)[0]).toMatch(CLOSED);
    expect(judged(groups({}, { dependsOn: [] }), ofFound, denied).join()).toMatch(EARLY);
    expect(judged(groups({ name_regex: 'server' }), ofFound, denied).join()).toMatch(SOME);
  });

  it.each([
    ['in a network that exists', groups({ vpc_id: 'vpc-1a2b' }, { refs: {} }), undefined],
    ['beside a stack, which may create more of them', groups(), stack],
  ])('are not known %s', (_, found, other) => {
    expect(judged(found, ofFound, ...(other === undefined ? [] : [other])).join()).toMatch(READ);
  });
});
