import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

function judged(resources: readonly Resource[]) {
  return judgeTerraform(readTerraform(planText(resources)), EMPTY, { plans: [plans], region: 'eu-west-1' })
    .integrations;
}

/** Instances in place of an interface: their addresses are known after the apply. */
const instances = (group: string, ...more: readonly Resource[]): readonly Resource[] =>
  shop(
    { address: 'aws_network_interface.backend', actions: ['none'] },
    {
      address: 'aws_instance.backend',
      after: { ami: 'ami-1' },
      refs: {
        subnet_id: id('aws_subnet.a'),
        vpc_security_group_ids: id(`aws_security_group.${group}`),
      },
    },
    {
      address: 'aws_lb_target_group.shop',
      after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'instance' },
      refs: { vpc_id: id('aws_vpc.shop') },
    },
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: { port: 80 },
      refs: {
        target_group_arn: id('aws_lb_target_group.shop', 'arn'),
        target_id: id('aws_instance.backend'),
      },
    },
    ...more,
  );

it.each([
  ['works', instances('backend'), 'pass', undefined],
  ['fails where its group does not allow the load balancer', instances('link'), 'fail', undefined],
  [
    'works by a group that is attached beside its own',
    instances('link', {
      address: 'aws_network_interface_sg_attachment.backend',
      after: {},
      refs: {
        security_group_id: id('aws_security_group.backend'),
        network_interface_id: id('aws_instance.backend', 'primary_network_interface_id'),
      },
    }),
    'pass',
    undefined,
  ],
  [
    'is unknown where a rule is about a part of its subnet',
    instances('backend', {
      address: 'aws_vpc_security_group_egress_rule.balancer',
      after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/28' },
      refs: { security_group_id: id('aws_security_group.balancer') },
    }),
    'unknown',
    'private_ip',
  ],
  [
    'fails where its group allows a part of the subnet that the load balancer is not in',
    instances('link', {
      address: 'aws_vpc_security_group_ingress_rule.part',
      after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.240/28' },
      refs: { security_group_id: id('aws_security_group.link') },
    }),
    'fail',
    undefined,
  ],
] as const)('an instance in a target group: %s', (_, resources, verdict, part) => {
  const [one] = judged(resources);
  expect(one?.after).toBe(verdict);
  if (part === undefined) return;
  const said = JSON.stringify(
    judgeTerraform(readTerraform(planText(resources)), EMPTY, { plans: [plans], region: 'eu-west-1' }).findings,
  );
  expect(said).toContain(part);
});

describe('an instance whose address is registered', () => {
  /** By `aws_instance.backend[*].private_ip`, of which a plan has the instance. */
  const byAddress = (group: string, ...more: readonly Resource[]): readonly Resource[] => [
    ...instances(
      group,
      {
        address: 'aws_lb_target_group.shop',
        after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'ip' },
        refs: { vpc_id: id('aws_vpc.shop') },
      },
      ...more,
    ),
  ];
  it('works, and fails where its group does not allow the load balancer', () => {
    expect(judged(byAddress('backend'))).toMatchObject([{ after: 'pass' }]);
    expect(judged(byAddress('link'))).toMatchObject([{ after: 'fail' }]);
  });

  it('is unknown where a rule is about a part of its subnet: no snapshot would help', () => {
    const resources = byAddress('backend', {
      address: 'aws_vpc_security_group_egress_rule.balancer',
      after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/28' },
      refs: { security_group_id: id('aws_security_group.balancer') },
    });
    const { integrations, findings } = judgeTerraform(readTerraform(planText(resources)), EMPTY, {
      plans: [plans],
      region: 'eu-west-1',
    });
    expect(integrations).toMatchObject([{ after: 'unknown' }]);
    expect(JSON.stringify(findings)).toContain('it is the address of an instance, chosen by the cloud');
    expect(JSON.stringify(findings)).not.toContain('Take the snapshot again');
  });
});

describe('the address of what the plan creates', () => {
  const INTERFACE = 'aws_network_interface.backend';
  const byAddress = (address: string, own: Resource): readonly Resource[] =>
    shop({ address: INTERFACE, actions: ['none'] }, own, {
      address: 'aws_lb_target_group_attachment.shop',
      after: { port: 80 },
      refs: { target_group_arn: id('aws_lb_target_group.shop', 'arn'), target_id: id(address, 'private_ip') },
    });
  const instance = (group: string): readonly Resource[] =>
    byAddress('aws_instance.pod', {
      address: 'aws_instance.pod',
      after: {},
      refs: { subnet_id: id('aws_subnet.a'), vpc_security_group_ids: id(`aws_security_group.${group}`) },
    });
  const own = (group: string): readonly Resource[] =>
    byAddress(INTERFACE, {
      address: INTERFACE,
      after: {},
      refs: { subnet_id: id('aws_subnet.a'), security_groups: id(`aws_security_group.${group}`) },
    });
  const ofPart: Resource = {
    address: 'aws_vpc_security_group_egress_rule.balancer',
    after: { ip_protocol: '-1', cidr_ipv4: '10.0.0.0/28' },
    refs: { security_group_id: id('aws_security_group.balancer') },
  };
  it.each([
    ['pass', 'an instance', instance('backend')],
    ['fail', 'an instance whose group does not allow the load balancer', instance('link')],
    ['pass', 'an interface', own('backend')],
    ['fail', 'an interface whose group does not allow the load balancer', own('link')],
    [
      'unknown',
      'an interface, where a rule is about a part of its subnet',
      [...own('backend').filter(({ address }) => address !== ofPart.address), ofPart],
    ],
  ])('is one of its subnet: %s, %s', (after, _, resources) => {
    expect(judged(resources)).toMatchObject([{ after }]);
  });
});

describe('the default network', () => {
  const [region] = EMPTY.regions;
  const networkId = 'vpc-0bf051b308c148bbd';
  const like = { networkId, account: '111122223333', tags: {} };
  const any = { protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '0.0.0.0/0', order: 100, action: 'allow' };
  const base = {
    ...EMPTY,
    regions: [
      {
        ...region,
        networks: [{ id: networkId, cidrBlocks: ['172.31.0.0/16'], account: '111122223333', tags: {} }],
        subnets: ['a', 'b'].map((name, at) => ({
          ...like,
          id: `subnet-0d0656f1b0444a17${name}`,
          cidrBlock: `172.31.${at * 16}.0/20`,
          zone: `euw1-az${at + 1}`,
          freeAddresses: 4091,
          routeTableId: 'rtb-0a',
          networkAclId: 'acl-0a',
        })),
        routeTables: [
          {
            id: 'rtb-0a',
            networkId,
            main: true,
            routes: [{ cidrBlock: '172.31.0.0/16', nextHop: { kind: 'local' }, state: 'active', origin: 'local' }],
          },
        ],
        networkAcls: [{ id: 'acl-0a', networkId, entries: ['in', 'out'].map((direction) => ({ ...any, direction })) }],
      },
    ],
  } as unknown as typeof EMPTY;
  const adopted = (port: number): string =>
    planText(
      shop(
        { address: 'aws_vpc.shop', after: {} },
        ...['a', 'b'].map((name) => ({
          address: `aws_subnet.${name}`,
          after: { availability_zone: `eu-west-1${name}` },
        })),
        {
          address: 'aws_vpc_security_group_ingress_rule.backend',
          after: { ip_protocol: 'tcp', from_port: port, to_port: port },
          refs: {
            security_group_id: id('aws_security_group.backend'),
            referenced_security_group_id: id('aws_security_group.balancer'),
          },
        },
      ),
    )
      .replaceAll('10.0.', '172.31.')
      .replaceAll(/aws_(vpc|subnet)(?=[."])/g, 'aws_default_$1');

  it.each([
    ['pass', 80],
    ['fail', 443],
  ])('is the one that the snapshot has: %s with a rule for port %s', (after, port) => {
    const { integrations, findings } = judgeTerraform(readTerraform(adopted(port)), base, {
      plans: [plans],
      region: 'eu-west-1',
    });
    expect(integrations, JSON.stringify(findings, null, 1)).toMatchObject([{ after }]);
  });

  it('is unknown where no snapshot has it', () => {
    const { integrations } = judgeTerraform(readTerraform(adopted(80)), EMPTY, { plans: [plans], region: 'eu-west-1' });
    expect(integrations).toMatchObject([{ after: 'unknown' }]);
  });
});

describe('a network ACL', () => {
  const entry = { rule_no: 100, protocol: '-1', cidr_block: '0.0.0.0/0' };
  it.each([
    ['allow', 'pass'],
    ['deny', 'fail'],
    ['newly_made', 'unknown'],
  ])('with the action %s: %s', (action, after) => {
    const acl = {
      address: 'aws_network_acl.a',
      after: { ingress: [{ ...entry, action }], egress: [{ ...entry, action: 'allow' }] },
      refs: { vpc_id: id('aws_vpc.shop'), subnet_ids: id('aws_subnet.a') },
    };
    expect(judged(shop(acl)).map((one) => one.after)).toEqual([after]);
  });
});

it('a route whose authorization is open leads where it leads', () => {
  const open = (attribute: string, group: string): readonly Resource[] => {
    const route = shop().find(({ address }) => address === 'aws_apigatewayv2_route.shop');
    return shop(
      {
        ...route,
        address: 'aws_apigatewayv2_route.shop',
        refs: { ...route?.refs, [attribute]: id('aws_apigatewayv2_authorizer.shop') },
      },
      {
        address: 'aws_apigatewayv2_authorizer.shop',
        after: { name: 'shop', authorizer_type: 'JWT' },
        refs: { api_id: id('aws_apigatewayv2_api.shop') },
      },
      {
        address: 'aws_vpc_security_group_ingress_rule.backend',
        after: { ip_protocol: 'tcp', from_port: 80, to_port: 80 },
        refs: {
          security_group_id: id('aws_security_group.backend'),
          referenced_security_group_id: id(`aws_security_group.${group}`),
        },
      },
    );
  };
  expect(judged(open('authorization_type', 'balancer'))).toMatchObject([{ after: 'pass' }]);
  expect(judged(open('authorization_type', 'link'))).toMatchObject([{ after: 'fail' }]);
});
