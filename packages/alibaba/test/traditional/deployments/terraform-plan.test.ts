import { PrivateIntegrations, type Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/alibaba/plans';
import { plans as awsPlans } from '@postern/aws/plans';
import { askTerraform, judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { planTwins, simulate, type Simulation } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY, planText, shop as awsShop, type Resource } from '../../../../aws/test/plans/shop-plan.js';
import { idOf } from '../../../../simulator/test/alibaba/ecs/account.js';
import { networkAcl } from '../../../../simulator/test/alibaba/connects/world.js';
import { MINUTE, REGION, shop, type Shop } from '../../../../simulator/test/traffic/alibaba/shop.js';
import { alibaba } from '../../../src/index.js';

// The provider for Alibaba Cloud is not at hand where this is tested: these plans are written after the schema that its
// documentation describes (aliyun/terraform-provider-alicloud, website/docs/r).
const SETTINGS = { clock: 'auto', throttle: false, dataPathDelay: 0 } as const;

let world: Shop;
let saved: ReturnType<Simulation['world']>;
let base: Snapshot;
beforeAll(async () => {
  world = await shop();
  saved = world.sim.world();
  const driver = alibaba({ region: REGION, api: world.sim.alibaba(REGION) });
  base = await new PrivateIntegrations(driver, { project: 'none', clock: world.sim.clock }).observe({ checks: true });
});

const OPTIONS = { plans: [plans], region: REGION, twin: planTwins() };

/** What a plan does once it is carried out. */
async function judge(document: ReturnType<typeof readTerraform>, over = base, options: object = OPTIONS) {
  const all = { ...OPTIONS, ...options };
  return judgeTerraform(document, over, { ...all, ask: await askTerraform(document, over, all) });
}

const judged = async (resources: readonly Resource[], over = base) =>
  (await judge(readTerraform(planText(resources)), over)).integrations;

/** A copy of the world, with its calls. */
function copy(): { readonly sim: Simulation; readonly at: Shop } {
  const sim = simulate({ ...SETTINGS, seed: 3 });
  sim.load(saved);
  const call =
    (product: 'Vpc' | 'Ecs' | 'Slb' | 'CloudAPI') =>
    (action: string, input: Record<string, unknown> = {}): any =>
      sim.callAlibaba({ product, action, region: REGION }, input);
  const cloud = { sim, vpc: call('Vpc'), ecs: call('Ecs'), slb: call('Slb'), cloudapi: call('CloudAPI') };
  return { sim, at: { ...world, cloud, sim } };
}

const rule = (more: object = {}): Readonly<Record<string, unknown>> => ({
  security_group_id: world.groups.server,
  type: 'ingress',
  ip_protocol: 'tcp',
  port_range: '80/80',
  cidr_ip: '10.0.0.0/16',
  policy: 'accept',
  priority: 1,
  ...more,
});
const drop = ({ cloud, groups }: Shop, more: object = {}): unknown =>
  cloud.ecs('AuthorizeSecurityGroup', {
    SecurityGroupId: groups.server,
    IpProtocol: 'tcp',
    PortRange: '80/80',
    SourceCidrIp: '10.0.0.0/22',
    Policy: 'drop',
    ...more,
  });
const access = (): Readonly<Record<string, unknown>> => ({
  name: 'server',
  vpc_id: world.vpcId,
  instance_id: world.serverId,
  port: 80,
});
const replaced = (more: object): Resource => ({
  address: 'alicloud_api_gateway_vpc_access.server',
  actions: ['delete', 'create'],
  before: access(),
  after: { ...access(), ...more },
});
const replaceAccess =
  (more: object) =>
  ({ cloud, vpcId: VpcId, serverId: InstanceId }: Shop): void => {
    cloud.cloudapi('RemoveVpcAccess', { VpcId, InstanceId, Port: 80 });
    cloud.cloudapi('SetVpcAccess', { Name: 'server', VpcId, InstanceId, Port: 80, ...more });
  };
const api = (name: string, path: string, more: object = {}): Readonly<Record<string, unknown>> => ({
  group_id: world.groupId,
  name: 'items',
  auth_type: 'ANONYMOUS',
  service_type: 'HTTP-VPC',
  request_config: [{ protocol: 'HTTP', method: 'GET', path, mode: 'PASSTHROUGH' }],
  http_vpc_service_config: [{ name, path, method: 'GET', timeout: 2000 }],
  stage_names: ['RELEASE'],
  ...more,
});
const listener = (): Readonly<Record<string, unknown>> => ({
  load_balancer_id: world.loadBalancerId,
  frontend_port: 80,
  backend_port: 80,
  protocol: 'tcp',
});
const ORDERS = '/orders/1';
const CARTS = '/carts/1';
const made = (at: Shop, path: string, name: string, stage?: string): void => {
  const ApiId = idOf(
    at.cloud.cloudapi('CreateApi', {
      GroupId: at.groupId,
      ApiName: 'items',
      Visibility: 'PRIVATE',
      AuthType: 'ANONYMOUS',
      RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: path }),
      ServiceConfig: JSON.stringify({
        ServiceProtocol: 'HTTP',
        ServiceTimeout: 2000,
        ServiceVpcEnable: 'TRUE',
        VpcConfig: { Name: name },
      }),
    }),
    'ApiId',
  );
  if (stage !== undefined)
    at.cloud.cloudapi('DeployApi', { GroupId: at.groupId, ApiId, StageName: stage, Description: 'new' });
};

interface Row {
  readonly plan: () => readonly Resource[];
  readonly apply: (at: Shop) => void;
  /** What is called, and whether it works after the plan. */
  readonly calls: Readonly<Record<string, boolean>>;
}

const ROWS: Readonly<Record<string, Row>> = {
  'removes the rule of the server': {
    plan: () => [{ address: 'alicloud_security_group_rule.server', actions: ['delete'], before: rule() }],
    apply: ({ cloud, groups }) =>
      cloud.ecs('RevokeSecurityGroup', {
        SecurityGroupId: groups.server,
        IpProtocol: 'tcp',
        PortRange: '80/80',
        SourceCidrIp: '10.0.0.0/16',
      }),
    calls: { [ORDERS]: false },
  },
  'drops what one vSwitch of the instance sends': {
    plan: () => [
      { address: 'alicloud_security_group_rule.drop', after: rule({ policy: 'drop', cidr_ip: '10.0.0.0/22' }) },
    ],
    apply: (at) => drop(at),
    calls: { [ORDERS]: false },
  },
  'drops it with a later priority than the rule that allows it': {
    plan: () => [
      {
        address: 'alicloud_security_group_rule.drop',
        after: rule({ policy: 'drop', cidr_ip: '10.0.0.0/22', priority: 9 }),
      },
    ],
    apply: (at) => drop(at, { Priority: '9' }),
    calls: { [ORDERS]: true },
  },
  'binds a network ACL that denies': {
    plan: () => [
      {
        address: 'alicloud_network_acl.back',
        after: {
          vpc_id: world.vpcId,
          ingress_acl_entries: [{ policy: 'drop', protocol: 'tcp', port: '80/80', source_cidr_ip: '0.0.0.0/0' }],
          egress_acl_entries: [{ policy: 'accept', protocol: 'all', port: '-1/-1', destination_cidr_ip: '0.0.0.0/0' }],
          resources: [{ resource_id: world.vSwitches.back, resource_type: 'VSwitch' }],
        },
      },
    ],
    apply: (at) =>
      networkAcl(at, at.vSwitches.back, { in: ['drop tcp 80/80 0.0.0.0/0'], out: ['accept all -1/-1 0.0.0.0/0'] }),
    calls: { [ORDERS]: false },
  },
  'removes an authorization': {
    plan: () => [{ address: 'alicloud_api_gateway_vpc_access.server', actions: ['delete'], before: access() }],
    apply: ({ cloud, vpcId: VpcId, serverId: InstanceId }) =>
      cloud.cloudapi('RemoveVpcAccess', { VpcId, InstanceId, Port: 80 }),
    calls: { [ORDERS]: false, [CARTS]: true },
  },
  'moves an authorization to a port that no rule allows': {
    plan: () => [replaced({ port: 81 })],
    apply: replaceAccess({ Port: 81 }),
    calls: { [ORDERS]: false, [CARTS]: true },
  },
  'creates an API': {
    plan: () => [{ address: 'alicloud_api_gateway_api.items', after: api('server', '/items') }],
    apply: (at) => made(at, '/items', 'server', 'RELEASE'),
    calls: { '/items': true },
  },
  'creates an API on no stage': {
    plan: () => [{ address: 'alicloud_api_gateway_api.items', after: api('server', '/items', { stage_names: [] }) }],
    apply: (at) => made(at, '/items', 'server'),
    calls: { '/items': false },
  },
  'removes the listener of the load balancer': {
    plan: () => [{ address: 'alicloud_slb_listener.web', actions: ['delete'], before: listener() }],
    apply: ({ cloud, loadBalancerId }) =>
      cloud.slb('DeleteLoadBalancerListener', { LoadBalancerId: loadBalancerId, ListenerPort: 80 }),
    calls: { [CARTS]: false, [ORDERS]: true },
  },
  'removes the server of the load balancer': {
    plan: () => [
      {
        address: 'alicloud_slb_backend_server.web',
        actions: ['delete'],
        before: {
          load_balancer_id: world.loadBalancerId,
          backend_servers: [{ server_id: world.serverId, weight: 100 }],
        },
      },
    ],
    apply: ({ cloud, loadBalancerId, serverId }) =>
      cloud.slb('RemoveBackendServers', {
        LoadBalancerId: loadBalancerId,
        BackendServers: `[{"ServerId":"${serverId}"}]`,
      }),
    calls: { [CARTS]: false },
  },
  'takes a block away from the instance': {
    plan: () => [
      {
        address: 'alicloud_api_gateway_instance.gateway',
        actions: ['update'],
        before: { id: world.linkId },
        after: { id: world.linkId, delete_vpc_ip_block: '10.0.3.0/24' },
      },
    ],
    apply: ({ cloud, linkId }) =>
      cloud.cloudapi('ModifyInstanceAttribute', {
        InstanceId: linkId,
        DeleteVpcIpBlock: '10.0.3.0/24',
        Token: 'delete',
      }),
    calls: { [ORDERS]: false },
  },
};

const key = (path: string): string =>
  ({ [ORDERS]: 'GET /orders/{id}', [CARTS]: 'GET /carts/{proxy+}' })[path] ?? `GET ${path}`;

describe('a plan for Alibaba Cloud, applied and called', () => {
  it.each(Object.entries(ROWS))('%s', async (_, { plan, apply, calls }) => {
    const integrations = await judged(plan());
    const { sim, at } = copy();
    apply(at);
    await sim.advance(60 * MINUTE);
    for (const [path, works] of Object.entries(calls)) {
      const { outcome } = await sim.traffic.call({ host: world.host, path });
      expect(`${path}: ${outcome === 'delivered'}`).toBe(`${path}: ${works}`);
      const one = integrations.find(({ route }) => route === key(path));
      expect(one?.after, JSON.stringify(one)).toBe(works ? 'pass' : 'fail');
    }
  });

  it.each(['check', 'message', 'remedy', 'fail', 'path', 'orders', 'tcp', 'security'])(
    'changes no word of a finding where an authorization is named %s',
    async (name) => {
      const of = (word: string) => {
        const rename = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('"server"', `"${word}"`)) as T;
        const plan = readTerraform(planText([rename(replaced({ port: 81 }))]));
        return judge(plan, rename(base));
      };
      const text = ({ findings, integrations }: Awaited<ReturnType<typeof of>>): string =>
        JSON.stringify({ findings, integrations });
      const plain = await of('a-server-1');
      expect(plain.findings.map(({ check, verdict }) => `${check} ${verdict}`)).toContain('path/security-group fail');
      // Its own name, of the authorization and of the target in the spec, is all that may differ.
      const found = await of(name);
      const own = JSON.stringify(name).slice(1, -1);
      expect(text(found).replaceAll(own, '').length).toBe(
        text(plain).replaceAll(own, '').replaceAll('a-server-1', '').length,
      );
      expect(
        found.findings.map(({ check, verdict, code, addresses }) => ({ check, verdict, code, addresses })),
      ).toEqual(plain.findings.map(({ check, verdict, code, addresses }) => ({ check, verdict, code, addresses })));
    },
  );

  it('does not know whether a published API follows an authorization that was replaced', async () => {
    const one = (await judged([replaced({})])).find(({ route }) => route === key(ORDERS));
    expect(one).toMatchObject({ before: 'pass', after: 'unknown' });
    // Not for the simulated cloud, as long as it is not published again.
    const { sim, at } = copy();
    replaceAccess({})(at);
    const called = async (): Promise<string> => (await sim.traffic.call({ host: world.host, path: ORDERS })).outcome;
    expect(await called()).not.toBe('delivered');
    at.cloud.cloudapi('DeployApi', {
      GroupId: at.groupId,
      ApiId: at.ordersId,
      StageName: 'RELEASE',
      Description: 'again',
    });
    await sim.advance(MINUTE);
    expect(await called()).toBe('delivered');
  });

  it('reads a published API as not known whose authorization has another target by now', async () => {
    const { sim, at } = copy();
    const published = async (): Promise<unknown> => {
      const driver = alibaba({ region: REGION, api: sim.alibaba(REGION) });
      const read = await new PrivateIntegrations(driver, { project: 'none', clock: sim.clock }).observe({
        checks: true,
      });
      return read.regions[0]?.gateways[0]?.routes.find(({ id }) => id === at.ordersId)?.publishedTargets;
    };
    expect(await published()).toEqual({ RELEASE: 'server' });
    replaceAccess({ Port: 81 })(at);
    expect(await published()).toEqual({});
  });

  /** The group, and its APIs where the plan has them, as another instance would get them. */
  const groupOn = (instance: string, apis: readonly Resource[] = []): readonly Resource[] => [
    {
      address: 'alicloud_api_gateway_group.store',
      actions: ['delete', 'create'],
      before: { id: world.groupId, name: 'store', instance_id: world.linkId },
      after: { name: 'store', instance_id: instance },
    },
    ...apis,
  ];
  const moved = (): Resource => ({
    address: 'alicloud_api_gateway_api.orders',
    actions: ['delete', 'create'],
    before: { ...api('server', '/orders/{id}'), id: `${world.groupId}:${world.ordersId}` },
    after: api('server', '/orders/{id}', { group_id: undefined }),
    refs: { group_id: ['alicloud_api_gateway_group.store.id', 'alicloud_api_gateway_group.store'] },
  });

  it.each<[string, () => readonly Resource[]]>([
    ['without its APIs', () => groupOn('apigateway-hz-2')],
    ['with its APIs', () => groupOn(world.linkId, [moved()])],
  ])('fails where a group is replaced, %s: its name is lost', async (_, planned) => {
    const plan = await judge(readTerraform(planText(planned())));
    expect(plan.integrations.map(({ before, after }) => `${before} → ${after}`)).toContain('pass → fail');
    expect(plan.integrations.map(({ after }) => after)).not.toContain('absent');
    const move = expect.stringContaining('move the group with `postern migrate`, and change `instance_id`');
    expect(plan.findings).toMatchObject([
      // Of an API that is not in the plan the group is not deleted.
      { check: 'plan/refused', message: expect.stringContaining('DependencyViolationApiGroup'), remedy: move },
      {
        check: 'plan/verdict',
        message: expect.stringContaining(`Callers of ${world.host} get no answer`),
        remedy: move,
      },
      ...plan.findings.slice(2),
    ]);
  });

  it('says that groups do not follow an instance that is replaced', async () => {
    const plan = await judge(
      readTerraform(
        planText([
          {
            address: 'alicloud_api_gateway_instance.main',
            actions: ['delete', 'create'],
            before: { id: world.linkId, instance_name: 'gateway' },
            after: { instance_name: 'gateway', instance_cidr: '172.16.0.0/12' },
          },
        ]),
      ),
    );
    expect(plan.integrations.map(({ after }) => after)).toEqual(['fail', 'fail']);
    const remedies = new Set(plan.findings.map(({ remedy }) => remedy));
    expect([...remedies].join()).toMatch(/^Keep the instance: its groups do not follow a new one.*`postern migrate`/);
    expect([...remedies].join()).not.toContain('create_before_destroy');
  });

  it.each([
    ['no other block', [], 'fail', ['cannot connect the backend']],
    ['that of the backend', [{ cidr_block: '10.0.3.0/24', customized: true }], 'pass', []],
  ])('a new instance reaches its vSwitches, and %s', async (_, to_connect_vpc_ip_block, after, reasons) => {
    const id = (address: string): readonly string[] => [`${address}.id`, address];
    const zone = { zone_id: 'cn-hangzhou-j', vswitch_id: world.vSwitches.j, cidr_block: '10.0.1.0/24' };
    const plan: readonly Resource[] = [
      {
        address: 'alicloud_api_gateway_instance.new',
        after: {
          instance_name: 'new',
          instance_type: 'vpc_connect',
          instance_spec: 'api.s1.small',
          instance_cidr: '192.168.0.0/16',
          https_policy: 'HTTPS2_TLS1_0',
          payment_type: 'PayAsYouGo',
          user_vpc_id: world.vpcId,
          zone_vswitch_security_group: [{ ...zone, security_group: world.groups.j }],
          to_connect_vpc_ip_block,
        },
      },
      {
        address: 'alicloud_api_gateway_group.new',
        after: { name: 'new_group' },
        refs: { instance_id: id('alicloud_api_gateway_instance.new') },
      },
      {
        address: 'alicloud_api_gateway_api.new',
        after: api('server', '/new', { group_id: undefined }),
        refs: { group_id: id('alicloud_api_gateway_group.new') },
      },
    ];
    const { integrations, findings } = await judge(readTerraform(planText(plan)));
    const made = integrations.find(({ address }) => address === 'alicloud_api_gateway_api.new');
    expect(made).toMatchObject({ before: 'absent', after, gateway: 'alicloud_api_gateway_group.new' });
    const messages = findings.map(({ message, remedy }) => `${message} ${remedy}`);
    expect(messages).toEqual(reasons.map((one) => expect.stringMatching(`${one}.*to_connect_vpc_ip_block`)));
    expect(JSON.stringify([integrations, findings])).not.toMatch(/apigateway-(?!hz-1)[0-9a-z-]+/);
  });

  it.each<[string, () => Resource]>([
    [
      'the policy of a rule',
      () => ({ address: 'alicloud_security_group_rule.new', after: rule({ policy: 'newly_made' }) }),
    ],
    [
      'the policy of a network ACL',
      () => ({
        address: 'alicloud_network_acl.back',
        after: {
          vpc_id: world.vpcId,
          ingress_acl_entries: [{ policy: 'newly_made', protocol: 'tcp', port: '80/80', source_cidr_ip: '0.0.0.0/0' }],
          egress_acl_entries: [{ policy: 'accept', protocol: 'all', port: '-1/-1', destination_cidr_ip: '0.0.0.0/0' }],
          resources: [{ resource_id: world.vSwitches.back, resource_type: 'VSwitch' }],
        },
      }),
    ],
    [
      'the address type of a load balancer',
      () => ({
        address: 'alicloud_slb_load_balancer.web',
        actions: ['update'],
        before: { id: world.loadBalancerId, address_type: 'intranet' },
        after: { id: world.loadBalancerId, address_type: 'newly_made' },
      }),
    ],
  ])('breaks no route by %s that no table lists', async (_, planned) => {
    const after = (await judged([planned()])).map((one) => one.after);
    expect(after).toContain('unknown');
    expect(after).not.toContain('fail');
  });

  it.each([
    ['deletes', [], 'fail'],
    ['replaces by another', ['delete', 'create'], 'fail'],
    ['keeps', ['no-op'], 'pass'],
  ])('a domain that it %s', async (_, actions, after) => {
    const [region] = base.regions;
    const mappings = [{ path: '', gatewayId: world.groupId }];
    const over = {
      ...base,
      regions: [{ ...region, customDomains: [{ id: 'a.example.com', mappings, raw: null }] }],
    } as Snapshot;
    const bound = (domain_name: string) => ({ group_id: world.groupId, domain_name });
    const name = actions.length > 1 ? 'b.example.com' : 'a.example.com';
    const domain = {
      address: 'alicloud_api_gateway_domain.a',
      actions: actions.length === 0 ? ['delete'] : actions,
      before: bound('a.example.com'),
      ...(actions.length === 0 ? {} : { after: bound(name) }),
    };
    const rows = await judged([domain], over);
    expect(rows.map((one) => `${one.before} → ${one.after}`)).toContain(`pass → ${after}`);
    if (after === 'fail') expect(JSON.stringify(rows)).toContain('callers of a.example.com get no answer');
  });

  it.each([
    ['an instance', {}, {}, 'unknown'],
    ['an instance with an address', { private_ip: '10.0.3.12' }, {}, 'pass'],
    ['a load balancer', {}, { address_type: 'intranet' }, 'unknown'],
    ['a load balancer with an address', {}, { address_type: 'intranet', address: '10.0.3.12' }, 'pass'],
  ])('%s, where only a part of its vSwitch is allowed', async (_, machine, balancer, after) => {
    const id = (address: string): readonly string[] => [`${address}.id`, address];
    const [instance, classic] = ['alicloud_instance.new', 'alicloud_slb_load_balancer.new'];
    const isBalanced = Object.keys(balancer).length > 0;
    const balanced: readonly Resource[] = [
      {
        address: classic,
        after: { load_balancer_name: 'new', vswitch_id: world.vSwitches.back, ...balancer },
      },
      {
        address: 'alicloud_slb_backend_server.new',
        after: { backend_servers: [{ server_id: world.serverId, weight: 100 }] },
        refs: { load_balancer_id: id(classic) },
      },
      {
        address: 'alicloud_slb_listener.new',
        after: { ...listener(), load_balancer_id: undefined },
        refs: { load_balancer_id: id(classic) },
      },
    ];
    const all = { policy: 'accept', protocol: 'all', port: '-1/-1' };
    const plan: readonly Resource[] = [
      {
        address: 'alicloud_network_acl.j',
        after: {
          vpc_id: world.vpcId,
          ingress_acl_entries: [{ ...all, source_cidr_ip: '0.0.0.0/0' }],
          egress_acl_entries: [{ ...all, destination_cidr_ip: '10.0.3.0/28' }],
          resources: ['j', 'k'].map((zone) => ({ resource_id: world.vSwitches[zone], resource_type: 'VSwitch' })),
        },
      },
      {
        address: instance,
        after: { vswitch_id: world.vSwitches.back, security_groups: [world.groups.server], ...machine },
      },
      ...(isBalanced ? balanced : []),
      {
        address: 'alicloud_api_gateway_vpc_access.new',
        after: { name: 'new_one', vpc_id: world.vpcId, port: 80 },
        refs: { instance_id: id(isBalanced ? classic : instance) },
      },
      {
        address: 'alicloud_api_gateway_api.new',
        after: api('new_one', '/new'),
        dependsOn: ['alicloud_api_gateway_vpc_access.new'],
      },
    ];
    const rows = await judged(plan);
    expect(
      rows.find(({ route }) => route === 'GET /new'),
      JSON.stringify(rows),
    ).toMatchObject({ after });
  });

  it('does not know where a plug-in sends calls', async () => {
    const plugin_data = 'routes: [{backend: {address: "http://10.0.3.10"}}]';
    const plan: readonly Resource[] = [
      {
        address: 'alicloud_api_gateway_plugin.routing',
        after: { plugin_name: 'routing', plugin_type: 'routing', plugin_data },
      },
      {
        address: 'alicloud_api_gateway_plugin_attachment.routing',
        after: { group_id: world.groupId, api_id: world.ordersId, stage_name: 'RELEASE' },
        refs: { plugin_id: ['alicloud_api_gateway_plugin.routing.id', 'alicloud_api_gateway_plugin.routing'] },
      },
    ];
    expect((await judged(plan)).map(({ route, before, after }) => `${route}: ${before} → ${after}`)).toEqual([
      'GET /carts/{proxy+}: pass → pass',
      'GET /orders/{id}: pass → unknown',
    ]);
  });

  it('judges both clouds of one plan', async () => {
    const { integrations: rows } = await judge(
      readTerraform(
        planText([
          ...awsShop(),
          { address: 'alicloud_security_group_rule.server', actions: ['delete'], before: rule() },
        ]),
      ),
      { ...base, regions: [...base.regions, ...EMPTY.regions] },
      { plans: [awsPlans, plans], region: undefined },
    );
    expect(rows.map(({ route, before, after }) => `${route}: ${before} → ${after}`)).toEqual([
      'GET /carts/{proxy+}: pass → unknown',
      'GET /orders/{id}: pass → fail',
      'GET /orders: absent → pass',
    ]);
  });
});
