import { createContext } from '@postern/core/internal/library';
import { observePlan } from '@postern/core/internal/plan';
import { NotDelivered, type Notifier } from '@postern/core/internal/watch';
import { aws } from '@postern/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORKER_VERSION } from '../src/engine/running-engine.js';
import type { FleetEvent } from '../src/model.js';
import { engineStorage } from './engine-rows.js';
import { fleetWorld, type FleetWorld } from './fleet-world.js';
import { RECORDED, recordedEntries } from './recorded-entries.js';
import { CLOUDS } from '../../core/test/clouds.js';

const ADA = { by: 'ada', reason: 'CHG-1' };

/** What a simulated account was asked to create, by operation. */
function creates({ server }: FleetWorld['accounts'][number]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation, status } of server.simulation.journal()) {
    if (operation.startsWith('Create') && status < 300 && CREATED.test(operation))
      counts[operation] = (counts[operation] ?? 0) + 1;
  }
  return counts;
}

/** What depends on the moment of the kill: a creation that may have been sent is looked for first. */
const isOfKill = (event: FleetEvent): boolean =>
  event.type === 'step.retried' ||
  (event.type === 'step.waiting' && event.message.startsWith('looking for link orders0 for 30 s before it is created'));

describe('runs over several accounts', () => {
  let world: FleetWorld;
  const told: string[] = [];
  let isDown = true;
  const notifier: Notifier = {
    channel: 'webhook',
    send: async ({ title }) => {
      await Promise.resolve();
      if (isDown) throw new NotDelivered('answered 500');
      told.push(title);
    },
  };
  beforeAll(async () => {
    world = await fleetWorld({ accounts: 2, links: 2, workers: 1, speed: 150, notifiers: [notifier] });
  });
  afterAll(() => world.close());

  it('applies each spec once, although a worker is killed', async () => {
    const { client } = world;
    const [first, second] = world.accounts.map(({ id }) => id);
    const waves = [
      { name: 'canary', specs: [first!] },
      { name: 'rest', specs: [second!], approval: true },
    ];
    const request = world.request('first', { waves, approvers: ['ada'] });
    await Promise.all([client.start(request), client.start(request)]);
    await world.until('first', ({ counts }) => (counts.units.running ?? 0) > 0);
    await world.takeOver();
    await world.until('first', ({ state }) => state === 'asking');
    const state = await client.status('first');
    expect(state.approvals).toMatchObject([{ id: 'wave rest', question: [expect.stringContaining('1 done')] }]);
    await expect(client.approve('first', 'wave rest', { by: 'eve', approved: true })).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    });
    await client.approve('first', 'wave rest', { ...ADA, approved: true });
    await expect(client.approve('first', 'wave rest', { ...ADA, approved: false })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'approval wave rest was given by ada',
    });
    const ended = await world.ended('first');
    expect(ended).toMatchObject({ state: 'done', counts: { specs: { done: 2 }, units: { done: 8 } } });
    for (const account of world.accounts) {
      expect(creates(account)).toEqual({ CreateVpcLink: 2, CreateIntegration: 2, CreateRoute: 2 });
      // Two writes to one API at a time are a conflict.
      expect(account.server.simulation.journal().filter(({ status }) => status === 409)).toEqual([]);
    }
    // The same again is the same run, whoever begins it; another one with its ID is reported.
    expect(await client.start({ ...request, by: 'bo' })).toEqual(ended);
    expect(await client.start({ ...request, limits: { maxDeletes: 7 } })).toEqual({ ...ended, differs: true });
    const events = await client.events('first', { spec: first!, unit: 'link:orders0' });
    expect(events.filter((event) => !isOfKill(event)).map(({ type }) => type)).toEqual(['step.started', 'step.done']);
  });

  it('leaves nothing to do for a run of one process', async () => {
    for (const { server, spec, id } of world.accounts) {
      const driver = aws({ region: 'eu-west-1', account: id, simulator: { url: server.url, clock: server.clock } });
      const { plan } = await observePlan(spec, () => driver, createContext({ clock: server.clock }), {
        clouds: CLOUDS,
      });
      expect(plan.units.flatMap(({ steps }) => steps)).toEqual([]);
    }
  });

  it('records what the version of workers stands for', async () => {
    const { 'postern-spec': spec, ...units } = await recordedEntries(world.engine.admin, world.accounts[1]!.id);
    const [link, integration] = ['postern-unit link:orders0', 'postern-unit integration:orders0'].map(
      (of) => units[of],
    );
    // Where this differs, code of another version cannot continue what has begun: raise WORKER_VERSION, and write here what it records.
    expect({ version: WORKER_VERSION, spec, link, integration }).toEqual(RECORDED);
  });

  it('begins no step while it is paused, and none after it was canceled', async () => {
    const { client } = world;
    const specs = world.accounts.map(({ id, spec }) => {
      const { orders0: _gone, ...integrations } = spec.integrations;
      return { name: id, spec: { ...spec, integrations } };
    });
    await client.start(world.request('second', { specs }));
    await client.pause('second', ADA);
    const before = world.accounts.map(({ server }) => server.simulation.journal().filter(isWrite).length);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(world.accounts.map(({ server }) => server.simulation.journal().filter(isWrite).length)).toEqual(before);
    expect(await client.status('second')).toMatchObject({ state: 'paused' });
    await expect(client.start(world.request('beside'))).rejects.toMatchObject({
      code: 'LOCKED',
      message: 'run second has not ended, and changes the same project and account',
    });
    await client.cancel('second', ADA);
    expect(await world.ended('second')).toMatchObject({
      actions: [{ action: 'pause' }, { action: 'cancel', by: 'ada' }],
    });
  });

  it('checks, and keeps what it finds', async () => {
    await world.client.start(world.request('third', { goal: 'check' }));
    const { specs } = await world.ended('third');
    expect(specs[0]?.findings?.['pass']).toBeGreaterThan(0);
    const findings = await world.client.findings('third', specs[0]!.name);
    expect(findings.every(({ verdict }) => verdict !== 'pass')).toBe(true);
    expect((await world.client.runs()).map(({ run }) => run)).toEqual(['third', 'second', 'first']);
  });

  it('watches, and reports each change of a verdict once, although a notifier is down at first', async () => {
    const { id, server, spec } = world.accounts[1]!;
    const watched = async (run: string) => {
      await world.client.start(
        world.request(run, { goal: 'watch', specs: [{ name: id, spec }], waves: [{ name: 'all', specs: [id] }] }),
      );
      const { state, specs } = await world.ended(run);
      const { counts, open = [], history = '' } = specs[0]?.watched ?? {};
      return { state, counts, open: open.map(({ subject }) => subject), history };
    };
    const call = (operation: string, input: object) =>
      server.simulation.call({ service: 'ec2', operation, region: 'eu-west-1' }, input as never) as never;
    const { SecurityGroups: groups } = call('DescribeSecurityGroups', {}) as { SecurityGroups: SecurityGroup[] };
    const { GroupId, IpPermissions } = groups.find(({ GroupName }) => GroupName === 'balancer')!;
    const both = ['integration orders0', 'integration orders1'];
    const before = await watched('watch1');
    expect(before).toMatchObject({ state: 'done', open: [] });
    call('RevokeSecurityGroupIngress', { GroupId, IpPermissions });
    expect(await watched('watch2')).toMatchObject({ state: 'done', counts: { works: 0, broken: 2 }, open: both });
    expect(told).toEqual([]);
    isDown = false;
    await expect
      .poll(() => told, { timeout: 20_000 })
      .toEqual([expect.stringMatching(/orders0 and orders1 are broken$/)]);
    expect(await watched('watch3')).toMatchObject({ open: both });
    call('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
    expect(await watched('watch4')).toMatchObject({ counts: { works: 2, broken: 0 }, open: [] });
    expect(told).toHaveLength(2);
    expect(told[1]).toBe(`shop (${id}): orders0 and orders1 work again`);
    const { log, subjects, undelivered } = await world.client.history(before.history);
    expect(log.filter(({ type }) => type === 'verdict').map(({ cause, to }) => [to, cause?.kind])).toEqual([
      ...both.map(() => ['broken', 'drifted']),
      ...both.map(() => ['works', 'drifted']),
    ]);
    expect(Object.keys(subjects)).toEqual(expect.arrayContaining(both));
    expect(undelivered).toEqual([]);
    server.simulation.faults.add({ kind: 'expired' });
    expect(await watched('watch5')).toMatchObject({ state: 'failed', counts: { works: 0, unknown: 2 }, open: both });
    expect(told.slice(2)).toEqual([`shop (${id}): orders0 and orders1 are not proven any more`]);
    server.simulation.faults.clear();
  });

  it('leaves no credentials in the storage of the engine', async () => {
    const stored = await engineStorage(world.engine.admin);
    expect(stored.includes('orders0')).toBe(true);
    expect(SECRETS.filter((secret) => stored.includes(secret))).toEqual([]);
  });
});

interface SecurityGroup {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly IpPermissions: readonly object[];
}

const CREATED = /^Create(?:VpcLink|Integration|Route)$/;
const SECRETS = ['canary/1', 'secret+key', 'ASIA', 'SecretAccessKey'];

const isWrite = ({ operation }: { readonly operation: string }): boolean => /^(?:Create|Delete|Update)/.test(operation);
