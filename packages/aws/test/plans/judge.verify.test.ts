import { describe, expect, it } from 'vitest';
import type { Snapshot } from '@postern/core/internal/library';
import { judged } from './judged-plan.js';
import { EMPTY, id, shop, type Modules, type Resource } from './shop-plan.js';

const ROUTE = 'aws_apigatewayv2_route.shop';

/** The verdict of the route after the plan. */
async function after(resources: readonly Resource[], modules?: Modules): Promise<string> {
  const { integrations } = await judged(resources, { modules });
  return integrations.map((one) => one.after).join();
}

const none = (address: string): Resource => ({ address, actions: ['none'] });

/** The same configuration inside of a module: addresses get the module, references stay as they are. */
function inside(module: string, resources: readonly Resource[]): readonly Resource[] {
  return resources.map((one) => ({ ...one, address: `${module}.${one.address}` }));
}

/** A rule of the load balancer that admits a group. */
const admits = (references: readonly string[]): Resource => ({
  address: 'aws_vpc_security_group_ingress_rule.balancer',
  after: { ip_protocol: 'tcp', from_port: 80, to_port: 80 },
  refs: { security_group_id: id('aws_security_group.balancer'), referenced_security_group_id: references },
});

const other: Resource = {
  address: 'aws_security_group.other',
  after: { name: 'other' },
  refs: { vpc_id: id('aws_vpc.shop') },
};

describe('actions that a plan runs', () => {
  const act = (type: string, instance_id: string, unknown = {}): object => ({
    address: `action.${type}.a`,
    type,
    config_values: { instance_id },
    config_unknown: unknown,
    lifecycle_action_trigger: { triggering_resource_address: 'aws_lb.shop', action_trigger_event: 'AfterUpdate' },
  });
  const beside: Resource = {
    address: 'aws_network_interface.beside',
    after: { private_ips: ['10.0.0.200'] },
    refs: { subnet_id: id('aws_subnet.a'), security_groups: id('aws_security_group.backend') },
  };
  it.each<[what: string, after: string, action: object]>([
    ['changes what is not on the path', 'pass', act('aws_ec2_stop_instance', '10.0.0.200')],
    ['may change what is on the path', 'unknown', act('aws_ec2_stop_instance', '10.0.0.100')],
    ['names what is not known yet', 'unknown', act('aws_ec2_stop_instance', '', { instance_id: true })],
    ['runs a program', 'unknown', act('aws_lambda_invoke', 'migrate')],
    ['changes nothing that calls notice', 'pass', act('aws_cloudfront_create_invalidation', 'E1')],
  ])('%s: %s', async (_, after, action) => {
    const found = await judged(shop(beside), {
      more: { action_invocations: [action], policy_results: [], applyable: true },
    });
    expect(found.integrations).toMatchObject([{ after }]);
    expect(found.notes).toContainEqual(
      expect.stringMatching(/^the plan runs action\.\w+\.a \(\w+\) after the update of aws_lb/),
    );
    expect(found.notes).toContain('the file has members that this version does not read: policy_results');
  });
});

describe('a plan that creates all', () => {
  it('names the default group of a network by its attribute, and not as the network', async () => {
    const [balancer] = shop().filter(({ address }) => address === 'aws_lb.shop');
    const { subnets = [] } = balancer?.refs ?? {};
    const { findings } = await judged(shop({ ...(balancer as Resource), refs: { subnets } }));
    expect(findings.map(({ message }) => message).join()).toContain(
      'no rule of aws_vpc.shop.default_security_group_id allows inbound tcp 80',
    );
  });

  it('works after it', async () => {
    const { integrations, findings } = await judged(shop());
    expect(findings).toEqual([]);
    expect(integrations).toMatchObject([{ address: ROUTE, before: 'absent', after: 'pass', route: 'GET /orders' }]);
  });

  it.each([
    ['no rule of the load balancer', none('aws_vpc_security_group_ingress_rule.balancer')],
    ['no rule of the link', none('aws_vpc_security_group_egress_rule.link')],
    ['no rule of the backend', none('aws_vpc_security_group_ingress_rule.backend')],
    ['no target', none('aws_lb_target_group_attachment.shop')],
    ['a rule for another group', admits(id('aws_security_group.backend'))],
  ])('fails with %s, and names addresses instead of IDs', async (_, change) => {
    const { integrations, findings } = await judged(shop(change));
    expect(integrations).toMatchObject([{ after: 'fail' }]);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(finding.addresses).toContain(ROUTE);
      expect(JSON.stringify(finding)).not.toMatch(/\b(?:vpc|subnet|sg|eni)-[0-9a-f]{17}\b/);
    }
  });
});

describe('what changes nothing', () => {
  const all = shop();
  const rows: [string, readonly Resource[], Modules?][] = [
    ['the order of resources', all.toReversed()],
    ['a module', inside('module.shop', all), {}],
    [
      'modules in modules, with keys that have dots and quotes',
      inside(String.raw`module.a["x.y"].module.b["k[\"1\"]"]`, all),
    ],
    [
      'count in place of single resources',
      shop(
        none('aws_subnet.a'),
        none('aws_subnet.b'),
        ...[0, 1].map((at): Resource => ({
          address: `aws_subnet.many[${at}]`,
          after: { cidr_block: `10.0.${at}.0/24`, availability_zone: `eu-west-1${'ab'[at]}` },
          refs: { vpc_id: id('aws_vpc.shop') },
        })),
        {
          ...(all.find(({ address }) => address === 'aws_apigatewayv2_vpc_link.shop') as Resource),
          after: { name: 'shop' },
          refs: { subnet_ids: ['aws_subnet.many'], security_group_ids: id('aws_security_group.link') },
        },
        {
          ...(all.find(({ address }) => address === 'aws_lb.shop') as Resource),
          after: { name: 'shop', internal: true, load_balancer_type: 'application' },
          refs: { subnets: ['aws_subnet.many'], security_groups: id('aws_security_group.balancer') },
        },
        {
          address: 'aws_network_interface.backend',
          after: { private_ips: ['10.0.0.100'] },
          refs: {
            subnet_id: ['aws_subnet.many[0].id', 'aws_subnet.many[0]', 'aws_subnet.many'],
            security_groups: id('aws_security_group.backend'),
          },
        },
      ),
    ],
    [
      'inline rules',
      shop(none('aws_vpc_security_group_egress_rule.link'), {
        address: 'aws_security_group.link',
        after: {
          name: 'link',
          egress: [{ protocol: 'tcp', from_port: 80, to_port: 80, cidr_blocks: ['10.0.0.0/16'] }],
        },
        refs: { vpc_id: id('aws_vpc.shop') },
      }),
    ],
    [
      'a group from another module, by a variable and an output',
      [
        ...shop(
          none('aws_security_group.link'),
          admits(['module.net.group', 'module.net']),
          {
            ...(all.find(({ address }) => address === 'aws_apigatewayv2_vpc_link.shop') as Resource),
            refs: {
              subnet_ids: [...id('aws_subnet.a'), ...id('aws_subnet.b')],
              security_group_ids: ['module.net.group', 'module.net'],
            },
          },
          {
            ...(all.find(({ address }) => address === 'aws_vpc_security_group_egress_rule.link') as Resource),
            refs: { security_group_id: ['module.net.group', 'module.net'] },
          },
        ),
        { address: 'module.net.aws_security_group.this', after: { name: 'link' }, refs: { vpc_id: ['var.vpc'] } },
      ],
      { net: { inputs: { vpc: id('aws_vpc.shop') }, outputs: { group: id('aws_security_group.this') } } },
    ],
  ];
  it.each(rows)('%s', async (_, resources, modules = {}) => {
    expect(await after(resources, modules)).toBe('pass');
  });
});

describe('what is not known', () => {
  it.each([
    [
      'is unknown where it depends on which of two',
      shop(other, admits([...id('aws_security_group.link'), ...id('aws_security_group.other')])),
      'unknown',
    ],
    [
      'passes where both work',
      shop(other, admits([...id('aws_security_group.link'), ...id('aws_security_group.other')]), {
        ...admits(id('aws_security_group.link')),
        address: 'aws_vpc_security_group_ingress_rule.too',
      }),
      'pass',
    ],
    [
      'fails where neither works',
      shop(other, admits([...id('aws_security_group.backend'), ...id('aws_security_group.other')])),
      'fail',
    ],
  ])('of several references %s', async (_, resources, verdict) => {
    expect(await after(resources)).toBe(verdict);
  });

  it.each([
    ['a local value', admits(['local.group']), '.referenced_security_group_id is one of 5 values'],
    [
      'an attribute of the provider',
      admits(id('aws_security_group.link', 'arn_suffix')),
      ' (referenced_security_group_id is not known)',
    ],
    [
      'a sensitive value',
      {
        ...admits([]),
        after: { ip_protocol: 'tcp', from_port: 80, to_port: 80, referenced_security_group_id: 'sg-secret0123' },
        refs: { security_group_id: id('aws_security_group.balancer') },
        sensitive: ['referenced_security_group_id'],
      },
      ' (referenced_security_group_id is sensitive)',
    ],
  ] as const)('names address, attribute and reason of %s', async (_, change, reason) => {
    const plan = await judged(shop(change));
    expect(plan.integrations).toMatchObject([{ after: 'unknown' }]);
    const said = JSON.stringify(plan);
    expect(said).toContain(`aws_vpc_security_group_ingress_rule.balancer${reason}`);
    expect(said).not.toContain('sg-secret0123');
  });

  it('is all that a change of a type without a row may affect', async () => {
    const changed: Resource = { address: 'aws_vpc_security_group_rules_exclusive.a', after: {} };
    const { integrations, notes } = await judged(shop(changed));
    expect(integrations).toMatchObject([{ after: 'unknown' }]);
    expect(notes.join()).toContain('aws_vpc_security_group_rules_exclusive');
  });

  it('proves nothing by a plan that is not whole', async () => {
    const { integrations, notes } = await judged(shop(), { more: { errored: true } });
    expect(integrations).toMatchObject([{ after: 'unknown', because: 'the plan ended with an error' }]);
    expect(notes.join()).toContain('error');
  });
});

describe('a plan of two aliases of a provider', () => {
  const WEST = 'us-west-2';
  const [east] = EMPTY.regions;
  if (east === undefined) throw new Error('no region');
  const both = {
    ...EMPTY,
    regions: [
      east,
      { ...east, region: WEST, zones: ['a', 'b'].map((name) => ({ id: `w-${name}`, name: WEST + name })) },
    ],
  };
  const providers = {
    aws: { name: 'aws', expressions: { region: { constant_value: 'eu-west-1' } } },
    'aws.west': { name: 'aws', alias: 'west', expressions: { region: { references: ['var.west'] } } },
  };
  const west = (resources: readonly Resource[]): readonly Resource[] =>
    inside('module.west', resources).map((one) => {
      const { availability_zone: zone, ...after } = one.after ?? {};
      const there = typeof zone === 'string' ? { availability_zone: zone.replace('eu-west-1', WEST) } : {};
      return { ...one, provider: 'aws.west', after: { ...after, ...there } };
    });
  const verdicts = async (resources: readonly Resource[]): Promise<readonly string[]> => {
    const more = { providers, variables: { west: { value: WEST } } };
    const { integrations } = await judged(
      resources.map((one) => ({ provider: 'aws', ...one })),
      { base: both, more },
    );
    return integrations.map(({ address, after }) => `${address} ${after}`);
  };

  it('is two networks, with the same blocks', async () => {
    const broken = shop(none('aws_vpc_security_group_ingress_rule.balancer'));
    expect(await verdicts([...shop(), ...west(shop())])).toEqual([`${ROUTE} pass`, `module.west.${ROUTE} pass`]);
    expect(await verdicts([...shop(), ...west(broken)])).toEqual([`${ROUTE} pass`, `module.west.${ROUTE} fail`]);
    expect(await verdicts([...broken, ...west(shop())])).toEqual([`${ROUTE} fail`, `module.west.${ROUTE} pass`]);
  });
});

describe('a link that the plan creates or replaces', () => {
  /** The region has a zone in which links are not available. */
  const zones = [
    { id: 'euw1-az1', name: 'eu-west-1a', servesLinks: true },
    { id: 'euw1-az2', name: 'eu-west-1b', servesLinks: true },
    { id: 'euw1-az9', name: 'eu-west-1c', servesLinks: false },
  ];
  const base: Snapshot = { ...EMPTY, regions: EMPTY.regions.map((one) => ({ ...one, zones })) };
  const LINK = 'aws_apigatewayv2_vpc_link.shop';
  const subnet: Resource = {
    address: 'aws_subnet.c',
    after: { cidr_block: '10.0.2.0/24', availability_zone: 'eu-west-1c' },
    refs: { vpc_id: id('aws_vpc.shop') },
  };
  const link = (...names: readonly string[]): Resource => ({
    address: LINK,
    after: { name: 'shop', subnet_ids: names.map(() => null) },
    refs: {
      subnet_ids: names.flatMap((name) => id(`aws_subnet.${name}`)),
      security_group_ids: id('aws_security_group.link'),
    },
  });
  const over = (resources: readonly Resource[]) => judged(resources, { base });

  it('works in zones where links are available', async () => {
    const { integrations } = await over(shop(subnet, link('a', 'b')));
    expect(integrations).toMatchObject([{ after: 'pass' }]);
  });

  it('is refused in a second network, at its address', async () => {
    const other: readonly Resource[] = [
      { address: 'aws_vpc.other', after: { cidr_block: '10.9.0.0/16' } },
      {
        address: 'aws_subnet.c',
        after: { cidr_block: '10.9.2.0/24', availability_zone: 'eu-west-1b' },
        refs: { vpc_id: id('aws_vpc.other') },
      },
    ];
    const { integrations, findings } = await over(shop(...other, link('a', 'c')));
    expect(integrations).toMatchObject([{ address: ROUTE, after: 'fail' }]);
    expect(findings).toMatchObject([{ check: 'plan/refused', verdict: 'fail', addresses: [LINK, ROUTE] }]);
    expect(findings[0]?.message).toContain('All subnets must belong to the same VPC');
  });
});

describe('a map that a module is given', () => {
  const NET = 'module.net';
  const LISTENER = `${NET}.aws_lb_listener.more`;
  /** A second listener in a module, on a port whose targets answer or do not. */
  const more = (open: boolean): readonly Resource[] => [
    ...(open
      ? []
      : [
          {
            address: 'aws_lb_target_group.closed',
            after: { name: 'closed', port: 9090, protocol: 'HTTP', target_type: 'ip' },
            refs: { vpc_id: id('aws_vpc.shop') },
          },
          {
            address: 'aws_lb_target_group_attachment.closed',
            after: { port: 9090 },
            refs: {
              target_group_arn: id('aws_lb_target_group.closed', 'arn'),
              target_id: id('aws_network_interface.backend', 'private_ip'),
            },
          },
        ]),
    // Two listeners of a load balancer have ports of their own.
    {
      address: LISTENER,
      after: { port: 8080, protocol: 'HTTP', default_action: [{ type: 'forward' }] },
      refs: {
        load_balancer_arn: ['var.balancer'],
        'default_action.0.target_group_arn': ['var.group'],
      },
    },
    {
      address: 'aws_vpc_security_group_ingress_rule.balancer',
      after: { ip_protocol: 'tcp', from_port: 80, to_port: 8080 },
      refs: {
        security_group_id: id('aws_security_group.balancer'),
        referenced_security_group_id: id('aws_security_group.link'),
      },
    },
    {
      address: 'aws_vpc_security_group_egress_rule.link',
      after: { ip_protocol: 'tcp', from_port: 80, to_port: 8080, cidr_ipv4: '10.0.0.0/16' },
      refs: { security_group_id: id('aws_security_group.link') },
    },
  ];
  const modules = (open: boolean, ...listeners: readonly string[]): Modules => ({
    net: {
      inputs: {
        balancer: id('aws_lb.shop', 'arn'),
        group: id(`aws_lb_target_group.${open ? 'shop' : 'closed'}`, 'arn'),
      },
      outputs: { listener: id('aws_lb_listener.more', 'arn'), whole: ['aws_lb_listener.more'] },
    },
    api: {
      inputs: { listener_arns: listeners },
      outputs: { orders: ['var.listener_arns["orders"]', 'var.listener_arns'] },
    },
  });
  const integration = (uri: readonly string[]): Resource => ({
    address: 'aws_apigatewayv2_integration.shop',
    after: {
      connection_type: 'VPC_LINK',
      integration_type: 'HTTP_PROXY',
      integration_method: 'ANY',
      payload_format_version: '1.0',
    },
    refs: {
      api_id: id('aws_apigatewayv2_api.shop'),
      connection_id: id('aws_apigatewayv2_vpc_link.shop'),
      integration_uri: uri,
    },
  });
  const BY_KEY = ['module.api.orders', 'module.api'];
  const of = async (open: boolean, uri: readonly string[], ...listeners: readonly string[]) => {
    const own = { address: 'aws_lb_listener.shop', actions: ['none'] };
    const alone = listeners.length > 2 ? [] : [own];
    const { integrations } = await judged(
      shop(...alone, ...more(open), { address: 'module.api.terraform_data.x', after: {} }, integration(uri)),
      { modules: modules(open, ...listeners) },
    );
    return integrations[0];
  };

  it.each([
    ['one listener, under a key', BY_KEY, ['module.net.listener', 'module.net']],
    [
      'a whole listener, of which an attribute is taken',
      ['module.net.whole["orders"].arn', 'module.net.whole', 'module.net'],
      [],
    ],
  ])('of %s is that one', async (_, uri, listeners) => {
    expect(await of(true, uri, ...listeners)).toMatchObject({ after: 'pass' });
    expect(await of(false, uri, ...listeners)).toMatchObject({ after: 'fail' });
  });

  it('of several passes where all work, and else names the map', async () => {
    const both = [...id('aws_lb_listener.shop', 'arn'), 'module.net.listener', 'module.net'];
    expect(await of(true, BY_KEY, ...both)).toMatchObject({ after: 'pass' });
    expect(await of(false, BY_KEY, ...both)).toMatchObject({
      after: 'unknown',
      because:
        'aws_apigatewayv2_integration.shop.integration_uri is one of 2 values of a map or object with several IDs: it depends on which. Give each ID a variable or an output of its own',
    });
  });
});
