import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform, terraformSnapshot } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { balanced, EMPTY, id, planText, shop, stageOf, type Resource } from './shop-plan.js';

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

describe('the body of a REST API', () => {
  const LINK = 'aws_api_gateway_vpc_link.shop';
  const API = 'aws_api_gateway_rest_api.shop';
  const RELINKED: Resource = {
    address: LINK,
    actions: ['update'],
    before: {
      id: 'link01',
      name: 'shop',
      target_arns: ['arn:aws:elasticloadbalancing:x:loadbalancer/net/shop/1'],
    },
    after: { id: 'link01', name: 'shop' },
    refs: { target_arns: id('aws_lb.shop', 'arn') },
  };
  it('is a method of each operation, whose port is that of a listener', () => {
    const backend = (port: number): object => ({
      'x-amazon-apigateway-integration': {
        type: 'http_proxy',
        httpMethod: 'ANY',
        connectionType: 'VPC_LINK',
        connectionId: 'link01',
        uri: `http://shop.example.com:${port}/orders`,
      },
    });
    const body = JSON.stringify({ swagger: '2.0', paths: { '/orders': { get: backend(80), post: backend(81) } } });
    const rows = judged([...balanced(), RELINKED, { address: API, after: { name: 'shop', body } }, stageOf(API)]);
    expect(rows.map(({ address, after }) => `${address}: ${after}`)).toEqual([
      `${API} GET /orders: pass`,
      `${API} POST /orders: fail`,
    ]);
  });

  /** The codes of what is found about a stage behind whose link a listener for TLS verifies client certificates. */
  const codesWith = (stage: Resource['after'], ...more: readonly Resource[]): readonly string[] => {
    const integration = {
      type: 'http_proxy',
      httpMethod: 'ANY',
      connectionType: 'VPC_LINK',
      connectionId: 'link01',
      uri: 'https://shop.example.com:443/orders',
    };
    const body = JSON.stringify({
      swagger: '2.0',
      paths: { '/orders': { get: { 'x-amazon-apigateway-integration': integration } } },
    });
    const resources: readonly Resource[] = [
      ...balanced().filter(({ address }) => address !== 'aws_lb_listener.shop'),
      {
        address: 'aws_lb_listener.shop',
        after: {
          port: 443,
          protocol: 'TLS',
          certificate_arn: 'arn:aws:acm:eu-west-1:111122223333:certificate/shop',
          mutual_authentication: [{ mode: 'verify' }],
          default_action: [{ type: 'forward' }],
        },
        refs: {
          load_balancer_arn: id('aws_lb.shop', 'arn'),
          'default_action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
        },
      },
      RELINKED,
      { address: API, after: { name: 'shop', body } },
      ...more,
      {
        address: 'aws_api_gateway_stage.shop',
        after: { stage_name: 'prod', ...stage },
        refs: {
          rest_api_id: id(API),
          ...(more.length > 0 ? { client_certificate_id: id('aws_api_gateway_client_certificate.shop') } : {}),
        },
      },
    ];
    const { findings } = judgeTerraform(readTerraform(planText(resources)), EMPTY, {
      plans: [plans],
      region: 'eu-west-1',
    });
    return findings.map(({ code }) => code ?? '');
  };

  it('a stage without a client certificate fails at a listener for TLS that requires one', () => {
    expect(codesWith({})).toContain('STAGE_WITHOUT_CERTIFICATE');
  });

  it.each([
    ['has an ID', { client_certificate_id: 'ab12cd' }, []],
    ['is created by the plan', {}, [{ address: 'aws_api_gateway_client_certificate.shop', after: {} }]],
  ] as const)('a stage whose client certificate %s presents it there', (_, stage, more) => {
    expect(codesWith(stage, ...more)).not.toContain('STAGE_WITHOUT_CERTIFICATE');
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

describe('another block of the network, which the cloud chooses', () => {
  const second: Resource = {
    address: 'aws_vpc_ipv4_cidr_block_association.second',
    after: {},
    refs: { vpc_id: id('aws_vpc.shop'), cidr_block: id('aws_vpc_ipam_pool_cidr.shop', 'cidr') },
  };

  it('leaves it unknown whether calls arrive: routes of the network follow its blocks', () => {
    expect(judged(shop(second))).toMatchObject([{ after: 'unknown' }]);
  });

  it('changes no verdict where the block is known', () => {
    expect(
      judged(shop({ ...second, after: { cidr_block: '10.1.0.0/16' }, refs: { vpc_id: id('aws_vpc.shop') } })),
    ).toMatchObject([{ after: 'pass' }]);
  });
});

describe('a rule of a listener that compares what the integration writes', () => {
  const comparing = (condition: object, parameters: Readonly<Record<string, string>>): readonly Resource[] => {
    const [integration] = shop().filter(({ address }) => address === 'aws_apigatewayv2_integration.shop');
    return shop(
      {
        address: 'aws_lb_listener.shop',
        after: {
          port: 80,
          protocol: 'HTTP',
          default_action: [
            { type: 'fixed-response', fixed_response: [{ status_code: '403', content_type: 'text/plain' }] },
          ],
        },
        refs: { load_balancer_arn: id('aws_lb.shop', 'arn') },
      },
      {
        address: 'aws_lb_listener_rule.shop',
        after: { priority: 1, action: [{ type: 'forward' }], condition: [condition] },
        refs: {
          listener_arn: id('aws_lb_listener.shop', 'arn'),
          'action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
        },
      },
      {
        ...integration,
        address: 'aws_apigatewayv2_integration.shop',
        after: { ...integration?.after, request_parameters: parameters },
      },
    );
  };
  const header = { http_header: [{ http_header_name: 'X-Key', values: ['k-1*'] }] };
  const query = {
    query_string: [
      { key: 'Key', value: 'k-1' },
      { key: 'key', value: 'k-2' },
    ],
  };
  it.each([
    ['the same header', header, { 'overwrite:header.x-key': 'K-123' }, 'pass'],
    ['another value', header, { 'overwrite:header.X-Key': 'k-2' }, 'fail'],
    ['a header of the caller', header, { 'overwrite:header.X-Key': '$request.header.key' }, 'unknown'],
    ['a text with a part of the caller', header, { 'overwrite:header.X-Key': 'k-1${request.header.key}' }, 'unknown'],
    ['an addition to what the caller sends', header, { 'append:header.X-Key': 'k-123' }, 'unknown'],
    ['another header', header, { 'overwrite:header.X-Other': 'k-123' }, 'unknown'],
    ['the same parameter', query, { 'overwrite:querystring.key': 'k-2' }, 'pass'],
    ['another value of the parameter', query, { 'overwrite:querystring.key': 'k-3' }, 'fail'],
    [
      'a parameter beside it',
      { query_string: [{ key: 'a', value: '1' }, { value: '2' }] },
      { 'overwrite:querystring.a': '1' },
      'unknown',
    ],
  ])('%s', (_, condition, parameters, after) => {
    expect(judged(comparing(condition, parameters))).toMatchObject([{ after }]);
  });

  it('has no value that it compares in a snapshot of the plan', () => {
    const document = readTerraform(planText(comparing(header, {})));
    const { snapshot } = terraformSnapshot(document, undefined, { plans: [plans], region: 'eu-west-1' });
    expect(snapshot.regions[0]?.listeners[0]?.rules?.[0]?.conditions).toEqual([{ kind: 'header', name: 'x-key' }]);
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
