import { createContext, type RegionSnapshot } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { alibaba, type AlibabaApi } from '../../../src/index.js';
import { checkedWorld, EVERYTHING } from '../../world/checked-world.js';
import { REGION } from '../../world/simulated.js';

/** Answers of the service for what is not simulated: bodies by action; a function changes what is simulated. */
type Answers = Readonly<Record<string, object | ((body: Readonly<Record<string, unknown>>) => object)>>;

/** The region as it is read with these answers. */
async function readWith(answersFor: (balancer: string, machine: string) => Answers) {
  const { simulation, ids } = await checkedWorld();
  const real: AlibabaApi = simulation.alibaba(REGION);
  const answers = answersFor(ids.balancer, ids.machine);
  const api: AlibabaApi = {
    call: async (params, query, options) => {
      const given = answers[params.action];
      if (given !== undefined && typeof given !== 'function') return { statusCode: 200, headers: {}, body: given };
      const answer = await real.call(params, query, options);
      return given === undefined ? answer : { ...answer, body: given(answer.body as Record<string, unknown>) };
    },
  };
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const region: RegionSnapshot = await alibaba({ region: REGION, api }).observe(EVERYTHING, ctx);
  const of = (port: number) => ({
    listener: region.listeners.find((one) => one.loadBalancerId === ids.balancer && one.port === port),
    group: region.targetGroups?.find(({ id }) => id === `${ids.balancer}:${port}`),
  });
  return { region, ids, of };
}

/** Every listener forwards to a vServer group. */
const toGroup = (body: Readonly<Record<string, unknown>>) => ({
  ...body,
  Listeners: (body['Listeners'] as object[]).map((row) => ({ ...row, VServerGroupId: 'rsp-1' })),
});
const servers = (...rows: readonly object[]) => ({ BackendServers: { BackendServer: rows } });

describe('vServer groups of CLB', () => {
  it('have weights of their own, independent of the default group', async () => {
    const { of } = await readWith((_, machine) => ({
      DescribeLoadBalancerListeners: toGroup,
      DescribeVServerGroupAttribute: servers({ ServerId: machine, Port: 80, Weight: 0, Type: 'ecs' }),
    }));
    expect(of(80).group?.targets?.[0]).toMatchObject({ health: 'unused', reason: 'weight 0, normal' });
  });

  it('report the health of a server as undetermined where its weight was not read', async () => {
    const { of } = await readWith(() => ({
      DescribeLoadBalancerListeners: toGroup,
      DescribeVServerGroupAttribute: servers(),
    }));
    const [first, second] = of(80).group?.targets ?? [];
    expect(first).toMatchObject({
      health: 'unknown',
      reason: 'normal, and its weight in the server group was not read',
    });
    // The default group has the weight 0 for it, which does not count here.
    expect(second).toMatchObject({ health: 'unknown' });
  });
});

/** What the service would add to each listener. */
const saying = (port: number, more: object) => (body: Readonly<Record<string, unknown>>) => ({
  ...body,
  Listeners: (body['Listeners'] as { ListenerPort: number }[]).map((row) =>
    row.ListenerPort === port ? { ...row, ...more } : row,
  ),
});

describe('listeners of CLB', () => {
  it.each([
    ['white', 'allow', ['10.10.0.0/16']],
    ['black', 'deny', ['10.10.0.0/16']],
    ['made', 'allow', undefined],
  ])('have an access control list of the type %s', async (AclType, kind, cidrBlocks) => {
    const { of } = await readWith(() => ({ DescribeLoadBalancerListeners: saying(80, { AclType }) }));
    expect(of(80).listener?.accessControl).toMatchObject({ kind });
    expect(of(80).listener?.accessControl?.cidrBlocks).toEqual(cidrBlocks);
  });

  it.each(['starting', 'configuring', 'stopping', 'abnormal'])(
    'are neither running nor stopped while %s',
    async (word) => {
      const { of } = await readWith(() => ({ DescribeLoadBalancerListeners: saying(80, { Status: word }) }));
      expect(of(80).listener?.state).toBe('other');
      expect(of(8443).listener?.state).toBe('stopped');
    },
  );

  it.each(['CACertificateId', 'CaCertificateId'])('require a client certificate with %s', async (name) => {
    const config = { HTTPSListenerConfig: { ServerCertificateId: 'cert-1', [name]: 'ca-1' } };
    const { of } = await readWith(() => ({ DescribeLoadBalancerListeners: saying(8443, config) }));
    expect(of(8443).listener?.clientCertificates).toBe('required');
    expect(of(80).listener?.clientCertificates).toBeUndefined();
  });
});

it('forwarding rules of CLB: precede the default group, with a group each whose health is not read', async () => {
  const { of, region, ids } = await readWith((_, machine) => ({
    DescribeRules: {
      Rules: {
        Rule: [
          { RuleId: 'rule-2', Domain: '*.shop.example', Url: '', VServerGroupId: 'rsp-2' },
          { RuleId: 'rule-1', Domain: '', Url: '/orders', VServerGroupId: 'rsp-1' },
          { RuleId: 'rule-3', Domain: 'a.shop.example', Url: '/', VServerGroupId: 'rsp-1' },
        ],
      },
    },
    DescribeVServerGroupAttribute: servers(
      { ServerId: machine, Port: 8080, Weight: 100, Type: 'ecs' },
      { ServerId: 'i-idle', Port: 8080, Weight: 0, Type: 'ecs' },
    ),
  }));
  const group = (id: string) => `${ids.balancer}:8443/${id}`;
  expect(of(80).listener?.rules).toBeUndefined();
  expect(of(8443).listener?.rules).toMatchObject([
    { priority: 1, conditions: [{ kind: 'host', values: ['a.shop.example'] }, { kind: 'path' }] },
    { priority: 2, conditions: [{ kind: 'host', values: ['*.shop.example'] }] },
    {
      priority: 3,
      conditions: [{ kind: 'path' }],
      actions: [{ kind: 'forward', targetGroupIds: [group('rsp-1')] }],
    },
  ]);
  expect(region.targetGroups?.find(({ id }) => id === group('rsp-1'))?.targets).toMatchObject([
    { id: ids.machine, port: 8080, health: 'unknown' },
    { id: 'i-idle', health: 'unused', reason: 'weight 0' },
  ]);
  expect(region.targetGroups?.some(({ id }) => id === group('rsp-2'))).toBe(true);
});

/** An answer with a word that no table has, in the place of another. */
const replacing = (member: string) => (body: Readonly<Record<string, unknown>>) =>
  JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === member ? 'made' : value))) as object;

it.each([
  ['networkAcls', 'DescribeNetworkAcls', 'Policy'],
  ['securityGroups', 'DescribeSecurityGroupAttribute', 'Policy'],
  ['securityGroups', 'DescribeSecurityGroupAttribute', 'InnerAccessPolicy'],
] as const)('%s without a documented %s.%s are gaps', async (list, action, member) => {
  const { region: before } = await readWith(() => ({}));
  const { region } = await readWith(() => ({ [action]: replacing(member) }));
  const left = new Set(region[list]?.map(({ id }) => id));
  const gone = (before[list] ?? []).flatMap(({ id }) => (left.has(id) ? [] : [id]));
  expect(gone).not.toEqual([]);
  expect(region.gaps.map(({ of, id, code }) => [of, id, code]).toSorted()).toEqual(
    gone.map((id) => [list, id, 'UNSUPPORTED']).toSorted(),
  );
});

it('load balancers with an address type that is not documented are neither internal nor public', async () => {
  const { region, ids } = await readWith(() => ({ DescribeLoadBalancers: replacing('AddressType') }));
  const balancer = region.loadBalancers.find(({ id }) => id === ids.balancer);
  expect(balancer).toBeDefined();
  expect(balancer).not.toHaveProperty('scheme', 'internet-facing');
  expect(balancer?.addresses).toBeUndefined();
});
