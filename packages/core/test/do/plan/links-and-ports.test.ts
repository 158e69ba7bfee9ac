import { describe, expect, it } from 'vitest';
import type { LinkSpec, Spec } from '../../../src/do/spec.js';
import { FakeCloud } from '../../fake-cloud.js';
import { linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';

function cloudWith(hasPort = true): FakeCloud {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  const listener = cloud.listener('orders', 443);
  if (!hasPort) cloud.targets[0] = { ...listener, port: undefined };
  return cloud;
}
const withLinks = (links: Readonly<Record<string, Partial<LinkSpec>>>, fields: Partial<Spec> = {}): Spec =>
  smallSpec({
    spec: 'shop-a',
    links: Object.fromEntries(Object.entries(links).map(([name, one]) => [name, linkSpec(one)])),
    ...fields,
  });
const byId = (id: string, fields: Partial<LinkSpec> = {}): Partial<LinkSpec> => ({
  id,
  subnets: undefined,
  securityGroups: undefined,
  ...fields,
});

describe('two names for one link', () => {
  it('are refused at the second, unless the link is external', async () => {
    const cloud = cloudWith();
    const { id } = cloud.addLink({ subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'], name: 'x', state: 'ready' });
    await expect(planOf(cloud, withLinks({ eu: byId(id), us: byId(id) }, { integrations: {} }))).rejects.toMatchObject({
      code: 'INVALID_SPEC',
      message: `links eu and us are the same link, ${id}`,
      place: { path: 'links.us' },
      remedy: expect.stringContaining('Keep one of them'),
    });
    const external = { owner: 'external' } as const;
    const plan = await planOf(
      cloud,
      withLinks({ eu: byId(id, external), us: byId(id, external) }, { integrations: {} }),
    );
    expect(stepIds(plan)).toEqual([]);
  });

  it('are not found where each has its own, or neither exists', async () => {
    const cloud = cloudWith();
    const [a, b] = ['a', 'b'].map((name) =>
      cloud.addLink({ subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'], name, state: 'ready' }),
    );
    const plan = await planOf(cloud, withLinks({ eu: byId(a!.id), us: byId(b!.id) }, { integrations: {} }));
    expect(stepIds(plan)).toEqual(['adopt link eu', 'adopt link us']);
    const fresh = await planOf(cloudWith(), withLinks({ eu: {}, us: { subnets: ['subnet-1b'] } }));
    expect(stepIds(fresh)).toEqual(expect.arrayContaining(['create link eu', 'create link us']));
  });
});

describe('an allowlist for targets whose ports are not known', () => {
  const LIST = ['10.20.0.0/20'];
  /** The target by its ARN, which names no port. */
  const byArn = ({ targets }: FakeCloud): Spec['integrations'] => ({
    orders: { ...smallSpec().integrations['orders']!, targets: { orders: { ref: { listener: targets[0]!.id } } } },
  });
  const note = async (cloud: FakeCloud, link: Partial<LinkSpec>, fields: Partial<Spec> = {}) =>
    (
      await planOf(cloud, withLinks({ eu: { allowlist: LIST, ...link } }, { integrations: byArn(cloud), ...fields }))
    ).notes.filter((one) => /ports/.test(one));
  const wide = 'the allowlist of link eu allows all TCP ports: the port of target orders is not known';

  it('allows all of them, which is noted where it changes', async () => {
    const cloud = cloudWith(false);
    expect(await note(cloud, {})).toEqual([expect.stringContaining(wide)]);
    expect(await note(cloudWith(), {})).toEqual([]);
    expect(await note(cloud, { allowPorts: { '10.20.0.0/20': [{ fromPort: 443, toPort: 443 }] } })).toEqual([]);
    const two = [...LIST, '10.40.0.0/20'];
    expect(
      await note(cloud, { allowlist: two, allowPorts: { '10.20.0.0/20': [{ fromPort: 443, toPort: 443 }] } }),
    ).toHaveLength(1);
    await runSpec(cloud, withLinks({ eu: { allowlist: LIST } }, { integrations: byArn(cloud) }));
    expect(await note(cloud, {})).toEqual([]);
    expect(await note(cloud, { tags: { team: 'a' } })).toEqual([]);
    expect(await note(cloud, { allowlist: two })).toEqual([expect.stringContaining(wide)]);
    expect(await note(cloud, { subnets: ['subnet-1b'] })).toEqual([expect.stringContaining(wide)]);
  });

  it('opens nothing where no target is declared, which is noted', async () => {
    const [one] = await note(cloudWith(), {}, { integrations: {} });
    expect(one).toContain('10.20.0.0/20 opens nothing yet, because no target of link eu says which ports to open');
  });

  it('counts the targets of its own integrations only', async () => {
    const cloud = cloudWith(false);
    cloud.listener('bills', 80);
    const orders = byArn(cloud)['orders']!;
    const bills = {
      ...orders,
      link: 'us',
      routes: { 'ANY /bills': 'bills' },
      targets: { bills: { ref: { listener: { loadBalancer: 'bills', port: 80 } } } },
    };
    const links = { eu: { allowlist: LIST }, us: { allowlist: LIST, subnets: ['subnet-1b'] } };
    const plan = await planOf(cloud, withLinks(links, { integrations: { orders, bills } }));
    expect(plan.notes.filter((text) => text.includes('TCP ports'))).toEqual([expect.stringContaining(wide)]);
  });
});
