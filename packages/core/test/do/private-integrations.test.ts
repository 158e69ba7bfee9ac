import { expect, expectTypeOf, it } from 'vitest';
import { EVERY_FINDING } from '../engines.js';
import type { RunEvent } from '../../src/do/apply/events.js';
import { memoryJournal } from '../../src/do/apply/journal.js';
import type { METHODS } from '../../src/do/imperative/methods.js';
import type { Spec } from '../../src/do/spec.js';
import type { PlanOptions } from '../../src/do/plan/plan.js';
import { PrivateIntegrations } from '../../src/do/private-integrations.js';
import { drive, seeded } from '../drive.js';
import { FakeCloud } from '../fake-cloud.js';
import { doneOf, planOf, smallSpec, stepIds } from '../fake-run.js';
import { judge } from '../../src/check/judge/judge-plan.js';

function scene() {
  const cloud = new FakeCloud();
  cloud.gateway('api-1', [{ name: 'prod', autoDeploy: false }]);
  const listenerArn = cloud.listener('orders', 443).id;
  const journal = memoryJournal();
  const driver = cloud.driver();
  const gate = new PrivateIntegrations(driver, {
    judge,
    project: 'shop',
    clock: cloud.clock,
    random: seeded(1),
    journal,
  });
  const run = <T>(work: Promise<T>): Promise<T> => drive(cloud.clock, work);
  return { cloud, gate, run, listenerArn, journal };
}

const LINK = { name: 'orders', subnets: ['subnet-1a', 'subnet-1b'] };

type Item<R> = R extends Promise<infer P> ? Item<P> : R extends AsyncIterable<infer E> | Iterable<infer E> ? E : R;

it('answers with each method what its row does', () => {
  type Rows = { [Name in keyof typeof METHODS]: Item<ReturnType<(typeof METHODS)[Name]['run']>> };
  expectTypeOf<Rows>().toMatchTypeOf<{ [Name in keyof Rows]: Item<ReturnType<PrivateIntegrations[Name]>> }>();
});

it('creates link, target, route and allowlist, and returns the egress; a second time nothing changes', async () => {
  const { cloud, gate, run, listenerArn } = scene();
  const make = async () => {
    const link = await gate.ensureLink(LINK);
    const target = await gate.ensureTarget(link, { name: 'orders', listenerArn });
    await gate.ensureRoute('api-1', 'ANY /orders/{proxy+}', target);
    await gate.allow(link, ['10.20.0.0/20']);
    return { link, egress: await gate.egress(link) };
  };
  const { link, egress } = await run(make());
  expect(link).toMatchObject({ state: 'ready', owner: { project: 'shop', spec: 'shop', integration: 'orders' } });
  expect(egress.prefixes).toEqual(['10.0.0.0/24']);
  const [group] = cloud.groups.values();
  expect(group?.entries).toEqual([{ cidrBlock: '10.20.0.0/20', protocol: 'tcp', fromPort: 443, toPort: 443 }]);
  expect(cloud.gateways.get('api-1')!.stages[0]!.deployments).toHaveLength(1);

  const changes = /create|update|delete|tag|rename|allowlist\.(prepare|allow|revoke)|deploy/;
  cloud.calls = [];
  expect((await run(make())).link.id).toBe(link.id);
  expect(cloud.calls.filter((call) => changes.test(call))).toEqual([]);
});

it('deletes only the requested resources', async () => {
  const { cloud, gate, run, listenerArn } = scene();
  const one = await run(gate.ensureLink(LINK));
  const target = await run(gate.ensureTarget(one, { name: 'orders', listenerArn }));
  // contact Low: a malformed key is refused before any call.
  for (const key of ['GET orders', 'get /a', '/a', ''])
    await expect(gate.ensureRoute('api-1', key, target)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await run(gate.ensureRoute('api-1', 'GET /a', target));
  await run(gate.ensureRoute('api-1', 'GET /b', target));
  await run(gate.ensureLink({ ...LINK, name: 'other' }));
  expect(cloud.links.size).toBe(2);
  expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /a', 'GET /b']);
});

it('accepts concurrent calls, with one write to a gateway at a time', async () => {
  const { cloud, gate, run, listenerArn } = scene();
  const links = await run(Promise.all(['a', 'b', 'c'].map((name) => gate.ensureLink({ ...LINK, name }))));
  expect(new Set(links.map(({ id }) => id)).size).toBe(3);
  const target = await run(gate.ensureTarget(links[0]!, { name: 'orders', listenerArn }));
  await run(Promise.all(['GET /a', 'GET /b', 'GET /c'].map((key) => gate.ensureRoute('api-1', key, target))));
  expect(cloud.gateways.get('api-1')!.routes.size).toBe(3);
  expect(cloud.gateways.get('api-1')!.integrations.size).toBe(1);
});

it('waits for many links with one poll, and an abort ends only its own wait', async () => {
  const { cloud, gate, run } = scene();
  const names = Array.from({ length: 20 }, (_, index) => `link-${index}`);
  const stop = new AbortController();
  const made = names.map((name, index) =>
    gate.ensureLink({ ...LINK, name }, index === 0 ? { signal: stop.signal } : {}).catch((error: unknown) => error),
  );
  const later = cloud.clock.sleep(20_000).then(() => stop.abort());
  const [first, ...others] = await run(Promise.all([...made, later]));
  expect(first).toMatchObject({ code: 'ABORTED' });
  expect(others.slice(0, 19).every((link) => (link as { state?: string }).state === 'ready')).toBe(true);
  expect(cloud.calls.filter((call) => call === 'links.statuses')).toHaveLength(25);
});

it('throws the error of the step', async () => {
  const { cloud, gate, run } = scene();
  cloud.trouble = (operation) => (operation === 'links.create' ? 'deny' : undefined);
  await expect(run(gate.ensureLink(LINK))).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
    details: { operation: 'links.create' },
  });
});

it('refuses a route of another owner', async () => {
  const { cloud, gate, run, listenerArn } = scene();
  cloud.addRoute('api-1', 'GET /a');
  const link = await run(gate.ensureLink(LINK));
  const target = await run(gate.ensureTarget(link, { name: 'orders', listenerArn }));
  await expect(run(gate.ensureRoute('api-1', 'GET /a', target))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
});

it('allow and revoke: a covered block is not added, a block that stays allowed is not revoked', async () => {
  const { cloud, gate, run } = scene();
  const link = await run(gate.ensureLink(LINK));
  await run(gate.allow(link, ['10.20.0.0/16', '10.20.5.0/24'], { ports: [443, 444] }));
  await run(gate.allow(link, ['10.20.7.0/24'], { ports: [443] }));
  const [group] = cloud.groups.values();
  expect(group!.entries).toEqual([{ cidrBlock: '10.20.0.0/16', protocol: 'tcp', fromPort: 443, toPort: 444 }]);
  await expect(run(gate.revoke(link, ['10.20.7.0/24']))).rejects.toMatchObject({ code: 'CIDR_CONFLICT' });
  await run(gate.revoke(link, ['10.20.0.0/16']));
  await run(gate.revoke(link, ['10.20.0.0/16']));
  expect(group!.entries).toEqual([]);
  await expect(run(gate.allow(link, ['10.20.0.1/16']))).rejects.toMatchObject({ code: 'INVALID_PREFIX' });
});

it('allow without known ports is refused, and opens all ports only for `all`', async () => {
  const { cloud, gate, run } = scene();
  const link = await run(gate.ensureLink(LINK));
  await expect(run(gate.allow(link, ['10.20.0.0/16']))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    place: { path: 'ports' },
    remedy: "Pass the ports, such as ports: [443], or ports: 'all'.",
  });
  const [group] = cloud.groups.values();
  expect(group!.entries).toEqual([]);
  await run(gate.allow(link, ['10.20.0.0/16'], { ports: 'all' }));
  expect(group!.entries).toEqual([{ cidrBlock: '10.20.0.0/16', protocol: 'tcp', fromPort: 0, toPort: 65_535 }]);
});

it('a link that does not exist has no uses and no target: NOT_FOUND', async () => {
  const { cloud, gate, run, listenerArn } = scene();
  await expect(run(gate.usesOf('typo'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(run(gate.usesOf({ kind: 'vpc-link-v1', id: 'typo' }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(run(gate.ensureTarget('typo', { name: 'orders', listenerArn }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
    message: expect.stringContaining('link typo does not exist'),
  });
  const link = await run(gate.ensureLink(LINK));
  expect(await run(gate.usesOf(link))).toEqual([]);
  const target = await run(gate.ensureTarget(link.id, { name: 'orders', listenerArn }));
  await run(gate.ensureRoute('api-1', 'GET /a', target));
  cloud.links.delete(link.id);
  // What names a deleted link is still a use.
  expect(await run(gate.usesOf(link.id))).toHaveLength(1);
});

it('a link with unmanaged groups only has no allowlist', async () => {
  const { gate, run } = scene();
  const link = await run(gate.ensureLink({ ...LINK, securityGroups: ['sg-1'] }));
  await expect(run(gate.allow(link, ['10.20.0.0/16']))).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});

it('changes no allowlist of another project, and none whose mark was copied', async () => {
  const { cloud, gate, run } = scene();
  const other = new PrivateIntegrations(cloud.driver(), {
    judge,
    project: 'other',
    clock: cloud.clock,
    random: seeded(2),
  });
  const link = await run(gate.ensureLink(LINK));
  for (const of of [link, link.id]) {
    await expect(run(other.allow(of, ['10.20.0.0/16'], { ports: [443] }))).rejects.toMatchObject({
      code: 'NOT_OURS',
      remedy: expect.any(String),
    });
    await expect(run(other.revoke(of, ['10.20.0.0/16']))).rejects.toMatchObject({ code: 'NOT_OURS' });
  }
  const { tags } = cloud.links.get(link.id)!;
  const copy = cloud.addLink({ subnetIds: ['subnet-1a'], name: 'copy', tags: { ...tags } });
  await expect(run(gate.allow(copy.id, ['10.20.0.0/16'], { ports: [443] }))).rejects.toMatchObject({
    code: 'NOT_OURS',
  });
  await expect(run(gate.allow('nosuch', ['10.20.0.0/16']))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect([...cloud.groups.values()].flatMap(({ entries }) => entries)).toEqual([]);
});

it('fails where the list of links could not be read', async () => {
  const { cloud, gate, run } = scene();
  cloud.gaps = [{ what: 'links', operation: 'links.list', code: 'PERMISSION_DENIED', of: 'links' }];
  await expect(run(gate.links().next())).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});

it('lists links, managed or not, and reports every use of one', async () => {
  const { cloud, gate, run, listenerArn } = scene();
  cloud.gateway('api-2');
  const link = await run(gate.ensureLink(LINK));
  const target = await run(gate.ensureTarget(link, { name: 'orders', listenerArn }));
  await run(gate.ensureRoute('api-1', 'GET /a', target));
  cloud.addRoute('api-2', 'GET /foreign', { linkId: link.id, targetId: listenerArn });
  const unused = cloud.addRoute('api-2', 'GET /gone', { linkId: link.id });
  cloud.gateways.get('api-2')!.routes.delete('GET /gone');
  cloud.addLink({ subnetIds: ['subnet-1a'], name: 'foreign' });
  const names: string[] = [];
  await run(
    (async () => {
      for await (const { name } of gate.links()) names.push(name);
    })(),
  );
  expect(names).toEqual(['orders', 'foreign']);
  expect(await run(gate.usesOf(link))).toMatchObject([
    { gateway: { id: 'api-1' }, routeKeys: ['GET /a'], owner: { project: 'shop' } },
    { gateway: { id: 'api-2' }, routeKeys: ['GET /foreign'] },
    { gateway: { id: 'api-2' }, routeKeys: [], integrationId: unused.integrationId },
  ]);
  cloud.gaps = [{ what: 'APIs', operation: 'GetApis', code: 'PERMISSION_DENIED', of: 'gateways' }];
  await expect(run(gate.usesOf(link))).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
});

it('plans and applies a part of a spec with its deployments, and deletes as much as is allowed', async () => {
  const { gate, run } = scene();
  const orders = smallSpec().integrations['orders']!;
  const routes = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`GET /${name}`, 'orders']));
  const spec = smallSpec({ spec: 'shop-1', integrations: { orders, bills: { ...orders, routes } } });
  const apply = async (wanted: Spec, options: PlanOptions, maxDeletes?: number) => {
    const plan = await gate.plan(wanted, options);
    let last: RunEvent | undefined;
    for await (const event of gate.apply(plan, { maxDeletes, ignoreFindings: EVERY_FINDING })) last = event;
    return { steps: stepIds(plan), last };
  };
  const part = await run(apply(spec, { only: ['orders'] }));
  expect(part.steps).toEqual(['create link eu', 'create route ANY /orders on api-1', 'deploy api-1 to prod']);
  expect(part.last).toMatchObject({ type: 'run.done', failed: 0, integrations: { orders: 'done' } });
  expect((await run(apply(spec, {}))).last).toMatchObject({ applied: 5, failed: 0 });
  expect((await run(apply(spec, { only: ['bills'] }))).steps).toEqual([]);
  const fewer = smallSpec({ spec: 'shop-1' });
  await expect(run(apply(fewer, {}))).rejects.toMatchObject({ code: 'TOO_MANY_DELETIONS' });
  expect((await run(apply(fewer, {}, 4))).last).toMatchObject({ applied: 5, failed: 0 });
});

it('observes, plans, applies and destroys', async () => {
  const { cloud, gate, run } = scene();
  const snapshot = await run(gate.observe());
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(JSON.parse(JSON.stringify({ ...snapshot, scope: 'all' })));
  const plan = await run(gate.plan(smallSpec()));
  const events: unknown[] = [];
  await run(
    (async () => {
      for await (const event of gate.apply(plan, { ignoreFindings: EVERY_FINDING })) events.push(event);
    })(),
  );
  expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0 });
  expect(stepIds(await planOf(cloud, smallSpec()))).toEqual([]);
  const gone: any[] = [];
  await run(
    (async () => {
      for await (const event of gate.destroy(smallSpec())) gone.push(event);
    })(),
  );
  expect(doneOf(gone)).toMatchObject({ failed: 0 });
  expect(cloud.gateways.get('api-1')!.routes.size).toBe(0);
});

it('of a spec without links, destroy deletes what carries its identity in the region of the driver', async () => {
  const { cloud, listenerArn, run } = scene();
  const gate = new PrivateIntegrations(cloud.driver(), { judge, project: 'shop', spec: 'life', clock: cloud.clock });
  const nothing: Spec = { version: 1, project: 'shop', spec: 'life', links: {}, integrations: {} };
  const events = async (of: AsyncIterable<RunEvent>) => {
    const seen: RunEvent[] = [];
    for await (const event of of) seen.push(event);
    return seen;
  };
  const make = async (name: string, key: string) => {
    const link = await gate.ensureLink({ ...LINK, name });
    await gate.ensureRoute('api-1', key, await gate.ensureTarget(link, { name, listenerArn }));
  };
  await run(make('orders', 'GET /a'));
  await run(make('bills', 'GET /b'));
  expect(doneOf(await run(events(gate.destroy(nothing))))).toMatchObject({ failed: 0 });
  expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual([]);
  expect(cloud.links.size).toBe(0);
});

it.each<unknown[]>([
  ...['ensure', 'check', 'explain', 'probe', 'plan', 'destroy', 'forgetSpec'].map((name) => [name, smallSpec()]),
  ...['release', 'observe', 'links'].map((name) => [name]),
  ...['getLink', 'deleteLink', 'forget', 'egress', 'usesOf'].map((name) => [name, 'vl-1']),
  ...['allow', 'revoke'].map((name) => [name, 'vl-1', ['10.20.0.0/20']]),
  ['ensureLink', LINK],
  ['deleteRoute', 'api-1', 'GET /a'],
])('%s with a signal that is aborted says that nothing was done', async (name, ...given) => {
  const { cloud, gate } = scene();
  const options = { signal: AbortSignal.abort(), ...(name === 'explain' && { integration: 'orders' }) };
  const call = (gate as any)[name as string](...given, options);
  await expect((async () => (Symbol.asyncIterator in call ? call.next() : call))()).rejects.toThrow(
    `${name}: the signal was aborted before the call, so nothing was done`,
  );
  expect(cloud.calls).toEqual([]);
});

it.each(['', '../x', '__proto__', 'а'])('refuses a project that is not a valid name: %j', (project) => {
  expect(() => new PrivateIntegrations(new FakeCloud().driver(), { judge, project })).toThrow(
    expect.objectContaining({ code: 'INVALID_INPUT' }),
  );
});

it.each([
  [{}, 'without a reference'],
  [{ listenerArn: 'a', service: 'b' }, 'with two references'],
  [{ loadBalancer: 'a' }, 'a load balancer without a port'],
] as const)('refuses a target %j: %s', async (fields, _why) => {
  const { gate, run } = scene();
  await expect(run(gate.ensureTarget('vl-1', { name: 'x', ...fields } as never))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});
