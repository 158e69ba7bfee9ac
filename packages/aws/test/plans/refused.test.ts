import { describe, expect, it } from 'vitest';
import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, type PlanJudgement } from '@postern/core/overlay';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

function judged(...changed: readonly Resource[]): PlanJudgement {
  return judgeTerraform(readTerraform(planText(shop(...changed))), EMPTY, { plans: [plans], region: 'eu-west-1' });
}

const refused = ({ findings }: PlanJudgement) => findings.filter(({ check }) => check === 'plan/refused');

const ROUTE = 'aws_apigatewayv2_route.shop';
const API = { api_id: id('aws_apigatewayv2_api.shop') };
const GROUP = 'aws_lb_target_group.shop';
const VPC = { vpc_id: id('aws_vpc.shop') };

const route = (key: string, name = 'shop'): Resource => ({
  address: `aws_apigatewayv2_route.${name}`,
  after: { route_key: key },
  refs: { ...API, target: id('aws_apigatewayv2_integration.shop') },
});

const integration = (after: object, refs: Resource['refs'] = {}): Resource => ({
  address: 'aws_apigatewayv2_integration.shop',
  after: {
    connection_type: 'VPC_LINK',
    integration_type: 'HTTP_PROXY',
    integration_method: 'ANY',
    payload_format_version: '1.0',
    ...after,
  },
  refs: {
    ...API,
    connection_id: id('aws_apigatewayv2_vpc_link.shop'),
    integration_uri: id('aws_lb_listener.shop', 'arn'),
    ...refs,
  },
});

const group = (after: object, more: Partial<Resource> = {}): Resource => ({
  address: GROUP,
  after: { name: 'shop', port: 80, protocol: 'HTTP', target_type: 'ip', ...after },
  refs: VPC,
  ...more,
});

const balancer = (after: object, subnets: readonly string[] = ['a', 'b']): Resource => ({
  address: 'aws_lb.shop',
  after: {
    name: 'shop',
    internal: true,
    load_balancer_type: 'application',
    subnets: subnets.map(() => null),
    ...after,
  },
  refs: {
    subnets: subnets.flatMap((one) => id(`aws_subnet.${one}`)),
    security_groups: id('aws_security_group.balancer'),
  },
});

const subnet = (name: string, block: string, zone: string): Resource => ({
  address: `aws_subnet.${name}`,
  after: { cidr_block: block, availability_zone: `eu-west-1${zone}` },
  refs: VPC,
});

const rows: readonly (readonly [code: string, at: string, ...changed: readonly Resource[]])[] = [
  ['ROUTE_KEY_FORM', ROUTE, route('ANY /orders/{proxy+}/execution')],
  ['ROUTE_KEY_TWICE', ROUTE, route('GET /orders', 'again')],
  ['ROUTE_VARIABLE_CLASH', ROUTE, route('GET /orders/{o}'), route('GET /orders/{id}', 'again')],
  ['PAYLOAD_FORMAT', 'aws_apigatewayv2_integration.shop', integration({ payload_format_version: '2.0' })],
  [
    'RESERVED_HEADER',
    'aws_apigatewayv2_integration.shop',
    integration({ request_parameters: { 'overwrite:header.Authorization': '$request.header.x-token' } }),
  ],
  ...(['id', 'arn', 'dns_name'] as const).map(
    (attribute) =>
      [
        'URI_NOT_CALLED',
        'aws_apigatewayv2_integration.shop',
        integration({}, { integration_uri: id('aws_lb.shop', attribute) }),
      ] as const,
  ),
  [
    'LINK_KIND',
    'aws_apigatewayv2_integration.shop',
    integration({}, { connection_id: id('aws_api_gateway_vpc_link.shop') }),
    {
      address: 'aws_api_gateway_vpc_link.shop',
      after: { name: 'old', target_arns: [null] },
      refs: { target_arns: id('aws_lb.shop', 'arn') },
    },
  ],
  ['CHECK_TIMEOUT', GROUP, group({ health_check: [{ timeout: 30, interval: 30 }] })],
  // The default of an interval is 30 s.
  ['CHECK_TIMEOUT', GROUP, group({ health_check: [{ timeout: 30 }] })],
  ['CHECK_PROTOCOL', GROUP, group({ health_check: [{ protocol: 'TCP' }] })],
  ['GROUP_PROTOCOL_MISFIT', 'aws_lb_listener.shop', group({ protocol: 'TCP' })],
  [
    'TARGET_KIND',
    'aws_lb_target_group_attachment.shop',
    group({ target_type: 'instance' }),
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: { target_id: '10.0.0.100' },
      refs: { target_group_arn: id(GROUP, 'arn') },
    },
  ],
  // An ARN has colons, as addresses of IPv6 have.
  [
    'TARGET_KIND',
    'aws_lb_target_group_attachment.shop',
    group({ target_type: 'ip' }),
    {
      address: 'aws_lb_target_group_attachment.shop',
      after: {},
      refs: { target_group_arn: id(GROUP, 'arn'), target_id: id('aws_lb.shop', 'arn') },
    },
  ],
  ['NAME_FORM', GROUP, group({ name: 'shop_1' })],
  [
    'NAME_TAKEN',
    GROUP,
    {
      address: 'aws_lb_target_group.again',
      after: { name: 'shop', port: 81, protocol: 'HTTP', target_type: 'ip' },
      refs: VPC,
    },
  ],
  [
    'NAME_TAKEN',
    'aws_security_group.link',
    { address: 'aws_security_group.again', after: { name: 'link' }, refs: VPC },
  ],
  ['ONE_ZONE', 'aws_lb.shop', balancer({}, ['a'])],
  ['ZONE_TWICE', 'aws_lb.shop', balancer({}), subnet('b', '10.0.1.0/24', 'a')],
  ['SUBNET_OVERLAPS', 'aws_subnet.b', subnet('b', '10.0.0.128/25', 'b')],
  ['SUBNET_OUTSIDE', 'aws_subnet.b', subnet('b', '10.1.0.0/24', 'b')],
  [
    'RULE_TWICE',
    'aws_vpc_security_group_ingress_rule.balancer',
    {
      address: 'aws_vpc_security_group_ingress_rule.again',
      after: { ip_protocol: 'tcp', from_port: 80, to_port: 80, description: 'the same' },
      refs: {
        security_group_id: id('aws_security_group.balancer'),
        referenced_security_group_id: id('aws_security_group.link'),
      },
    },
  ],
];

describe('what the cloud refuses by values of the plan', () => {
  it.each(rows.map((row) => [`${row[0]} at ${row[1]}`, row] as const))('fails: %s', (_, [code, at, ...changed]) => {
    const found = judged(...changed);
    expect(found.integrations.find(({ address }) => address === ROUTE)?.after).toBe('fail');
    const own = refused(found).filter((one) => one.code === code && one.addresses[0] === at);
    expect(own.map(({ addresses }) => addresses)).toEqual([expect.arrayContaining([at, ROUTE])]);
    expect(own[0]?.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('is nothing that exists already', () => {
    const values = { name: 'shop_1', port: 80, protocol: 'HTTP', target_type: 'ip' };
    const before = { ...values, id: 'arn:x', arn: 'arn:x', deregistration_delay: '300' };
    const same = { ...before, deregistration_delay: '10' };
    expect(refused(judged(group(same, { actions: ['update'], before })))).toEqual([]);
  });

  it('is nothing that is not known for certain', () => {
    const either = integration(
      {},
      { integration_uri: [...id('aws_lb.shop', 'arn'), ...id('aws_lb_listener.shop', 'arn')] },
    );
    expect(refused(judged(either))).toEqual([]);
    const local = integration({}, { integration_uri: ['local.uri'] });
    expect(refused(judged(local))).toEqual([]);
  });
});

describe('a name that is taken until the old one is gone', () => {
  const before = { name: 'shop', port: 81, protocol: 'HTTP', target_type: 'ip', id: 'arn:old', arn: 'arn:old' };
  const replaced = (name: string, actions: readonly string[]) => judged(group({ name }, { actions, before }));

  it('is refused where the new one is created first, and says what helps', () => {
    const found = replaced('shop', ['create', 'delete']);
    expect(found.integrations).toMatchObject([{ after: 'fail' }]);
    expect(refused(found)).toMatchObject([
      {
        code: 'NAME_TAKEN',
        message:
          'shop is the name of what it replaces, which exists until the new one does: CreateTargetGroup answers DuplicateTargetGroupName',
        remedy: 'Write name_prefix in place of name, or another name, and keep create_before_destroy.',
      },
    ]);
  });

  it.each([
    ['another name', 'shop-2', ['create', 'delete']],
    ['the old one deleted first', 'shop', ['delete', 'create']],
  ])('is not refused with %s', (_, name, actions) => {
    expect(refused(replaced(name, actions))).toEqual([]);
  });
});
