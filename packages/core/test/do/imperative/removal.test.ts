import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import { PrivateIntegrations } from '../../../src/do/private-integrations.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';

const LINK = { name: 'orders', subnets: ['subnet-1a', 'subnet-1b'] };

/** A link with two routes, of this program; `other` is another program of the project. */
async function scene() {
  const cloud = new FakeCloud();
  cloud.gateway('api-1', [{ name: 'prod', autoDeploy: false }]);
  const listenerArn = cloud.listener('orders', 443).id;
  const program = (spec: string) =>
    new PrivateIntegrations(cloud.driver(), {
      project: 'shop',
      spec,
      clock: cloud.clock,
      random: seeded(1),
      journal: memoryJournal(),
    });
  const run = <T>(work: Promise<T>): Promise<T> => drive(cloud.clock, work);
  const [gate, other] = [program('orders-1'), program('stock-1')];
  const link = await run(gate.ensureLink(LINK));
  const target = await run(gate.ensureTarget(link, { name: 'orders', listenerArn }));
  for (const key of ['GET /a', 'GET /b']) await run(gate.ensureRoute('api-1', key, target));
  return { cloud, gate, other, run, link, target, api: cloud.gateways.get('api-1')! };
}

describe('deleteRoute', () => {
  it('deletes the route, deploys the stage, and leaves the rest; a second time nothing happens', async () => {
    const { cloud, gate, run, api } = await scene();
    const deployments = api.stages[0]!.deployments.length;
    await run(gate.deleteRoute('api-1', 'GET /a'));
    expect([...api.routes.keys()]).toEqual(['GET /b']);
    expect(api.stages[0]!.deployments).toHaveLength(deployments + 1);
    expect(cloud.links.size).toBe(1);
    cloud.calls = [];
    await run(gate.deleteRoute('api-1', 'GET /a'));
    expect(cloud.calls.filter((call) => /delete|deploy|update/.test(call))).toEqual([]);
  });

  it.each([
    ['a route of another program', 'other', 'api-1', 'GET /a', 'NOT_OURS'],
    ['an unmanaged route', 'gate', 'api-1', 'GET /by-hand', 'NOT_OURS'],
    ['a gateway that does not exist', 'gate', 'api-9', 'GET /a', 'NOT_FOUND', /^Did you mean api-1/],
    ['a key that is not one', 'gate', 'api-1', 'a', 'INVALID_INPUT'],
  ] as const)('refuses %s', async (_, by, gateway, key, code, remedy = /./) => {
    const { cloud, run, api, ...programs } = await scene();
    cloud.addRoute('api-1', 'GET /by-hand');
    await expect(run(programs[by].deleteRoute(gateway, key))).rejects.toMatchObject({
      code,
      remedy: expect.stringMatching(remedy),
    });
    expect(api.routes.size).toBe(3);
  });
});

describe('deleteLink', () => {
  it('deletes the link when no route uses it any more, with its events; a second time nothing happens', async () => {
    const { cloud, gate, run, link } = await scene();
    await expect(run(gate.deleteLink(link))).rejects.toMatchObject({
      code: 'STILL_REFERENCED',
      message: expect.stringContaining('GET /a'),
    });
    for (const key of ['GET /a', 'GET /b']) await run(gate.deleteRoute('api-1', key));
    const events: string[] = [];
    await run(gate.deleteLink(link, { onEvent: ({ type }) => void events.push(type) }));
    expect(events).toContain('step.done');
    expect(cloud.links.size).toBe(0);
    expect(cloud.groups.size).toBe(0);
    await run(gate.deleteLink(link));
  });

  it('deletes that link alone, and none of another program', async () => {
    const { cloud, gate, other, run, link } = await scene();
    const second = await run(gate.ensureLink({ ...LINK, name: 'stock' }));
    const unused = await run(gate.ensureLink({ ...LINK, name: 'unused' }));
    await expect(run(other.deleteLink(second))).rejects.toMatchObject({ code: 'NOT_OURS' });
    await run(gate.deleteLink(second.id));
    expect([...cloud.links.keys()]).toEqual([link.id, unused.id]);
  });
});

it('getLink: finds a link by its ID, or by the name that this program gave it', async () => {
  const { gate, other, run, link } = await scene();
  expect(await run(gate.getLink(link.id))).toMatchObject({ id: link.id });
  expect(await run(gate.getLink({ name: 'orders' }))).toMatchObject({ id: link.id });
  expect(await run(other.getLink({ name: 'orders' }))).toBeUndefined();
  expect(await run(gate.getLink('vlink-nowhere'))).toBeUndefined();
  await expect(gate.getLink({ nam: 'orders' } as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('ensureLink: waits for a new link as long as `timeoutMs` says, and calls `onEvent` with each event', async () => {
  const { cloud, gate, run } = await scene();
  const events: string[] = [];
  const stuck = gate.ensureLink(
    { ...LINK, name: 'slow' },
    { timeoutMs: 1_000, onEvent: ({ type }) => void events.push(type) },
  );
  await expect(run(stuck)).rejects.toMatchObject({ code: 'WAIT_TIMEOUT' });
  expect(events).toEqual(expect.arrayContaining(['step.started', 'step.failed']));
  expect(await run(gate.ensureLink({ ...LINK, name: 'slow' }))).toMatchObject({ state: 'ready' });
  expect(cloud.links.size).toBe(2);
});
