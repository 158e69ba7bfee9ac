import { expect, it } from 'vitest';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import type { Spec } from '../../../src/do/spec.js';
import { describeOnEachEngine } from '../../engines.js';
import { FakeCloud, type Trouble } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec, stepIds, type RunDone } from '../../fake-run.js';
import { runs } from '../../runs.js';

/** Each change is disturbed in `npm run prove`. */
const EACH = runs(5, 1);

/** Two integrations over one link with an allowlist, and a stage that has to be deployed. */
function scene(): { readonly cloud: FakeCloud; readonly spec: Spec } {
  const cloud = new FakeCloud();
  cloud.gateway('api-1', [{ name: 'prod', autoDeploy: false }]);
  cloud.addRoute('api-1', 'GET /foreign'); // so that the stage is also deployed after the last deletion
  cloud.listener('orders', 443);
  const base = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { eu: linkSpec({ allowlist: ['10.20.0.0/20'] }) },
    integrations: { orders: base, bills: { ...base, routes: { 'ANY /bills': 'orders' } } },
  });
  return { cloud, spec };
}

/** The resources that must exist at the end, without duplicates. */
async function expectWhole(cloud: FakeCloud): Promise<void> {
  await cloud.clock.advance(60_000); // the deletions of a killed run end meanwhile
  cloud.settle();
  expect(cloud.links.size).toBe(1);
  expect(cloud.groups.size).toBe(1);
  const [link] = cloud.links.values();
  expect(cloud.stateOf(link!)).toBe('ready');
  const { routes, integrations, stages } = cloud.gateways.get('api-1')!;
  expect([...routes.keys()].toSorted()).toEqual(['ANY /bills', 'ANY /orders', 'GET /foreign']);
  expect(integrations.size).toBe(2);
  expect([...integrations.values()].map(({ linkId }) => linkId)).toEqual([link!.id, link!.id]);
  expect(stages[0]?.deployments.at(-1)?.routes).toEqual(cloud.leads(cloud.gateways.get('api-1')!));
}

function expectNothing(cloud: FakeCloud): void {
  expect([...cloud.links.values()].filter((row) => cloud.stateOf(row) !== 'deleting')).toEqual([]);
  expect(cloud.groups.size).toBe(0);
  expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /foreign']);
  expect(cloud.gateways.get('api-1')!.integrations.size).toBe(0);
}

/** One change fails; returns whether there was such a change. */
function troubleAt(cloud: FakeCloud, at: number, trouble: Trouble): { hit: () => string | undefined } {
  let hit: string | undefined;
  let count = 0;
  cloud.trouble = (operation) => {
    count += 1;
    if (count - 1 !== at) return undefined;
    hit = operation;
    return trouble;
  };
  return { hit: () => hit };
}

/** Runs until the plan is empty; a run that fails is repeated. */
async function converge(cloud: FakeCloud, spec: Spec, destroy = false): Promise<number> {
  for (let count = 1; count <= 4; count += 1) {
    const done: RunDone = doneOf(await runSpec(cloud, spec, { destroy }));
    if (done.failed + done.skipped === 0) {
      expect(stepIds(await planOf(cloud, spec, { destroy }))).toEqual([]);
      return count;
    }
  }
  throw new Error('does not converge');
}

describeOnEachEngine('a run that was killed is continued by running again', () => {
  it.each(['kill before', 'kill after'] as const)('at every change: %s', async (trouble) => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      const { hit } = troubleAt(cloud, changes, trouble);
      await runSpec(cloud, spec).catch(() => undefined);
      if (hit() === undefined) break;
      cloud.trouble = () => undefined;
      await converge(cloud, spec);
      await expectWhole(cloud);
    }
    expect(changes).toBeGreaterThanOrEqual(7);
  });

  it.each(['kill before', 'kill after'] as const)('while it destroys, at every change: %s', async (trouble) => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      await runSpec(cloud, spec);
      const { hit } = troubleAt(cloud, changes, trouble);
      await runSpec(cloud, spec, { destroy: true }).catch(() => undefined);
      if (hit() === undefined) break;
      cloud.trouble = () => undefined;
      await converge(cloud, spec, true);
      expectNothing(cloud);
    }
    expect(changes).toBeGreaterThanOrEqual(7);
  });

  it.each(['kill before', 'kill after'] as const)('while it replaces a link, at every change: %s', async (trouble) => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      await runSpec(cloud, spec);
      const moved = { ...spec, links: { eu: linkSpec({ allowlist: ['10.20.0.0/20'], subnets: ['subnet-1b'] }) } };
      const { hit } = troubleAt(cloud, changes, trouble);
      await runSpec(cloud, moved).catch(() => undefined);
      if (hit() === undefined) break;
      cloud.trouble = () => undefined;
      await converge(cloud, moved);
      await expectWhole(cloud);
      expect([...cloud.links.values()][0]?.subnetIds).toEqual(['subnet-1b']);
    }
    expect(changes).toBeGreaterThanOrEqual(7);
  });
});

describeOnEachEngine('a run of the other kind after a killed one', () => {
  it.each([
    [false, 'deletes the resources of a killed apply, partly created ones too'],
    [true, 'creates the resources that a killed destroy deleted'],
  ])('destroy: %s: %s', async (destroyFirst) => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      if (destroyFirst) await runSpec(cloud, spec);
      const { hit } = troubleAt(cloud, changes, 'kill after');
      await runSpec(cloud, spec, { destroy: destroyFirst }).catch(() => undefined);
      if (hit() === undefined) break;
      cloud.trouble = () => undefined;
      await converge(cloud, spec, !destroyFirst);
      if (destroyFirst) await expectWhole(cloud);
      else expectNothing(cloud);
    }
    expect(changes).toBeGreaterThanOrEqual(6);
  });
});

describeOnEachEngine('a link that is being deleted', () => {
  it('is not used as the declared link', async () => {
    const { cloud, spec } = scene();
    await runSpec(cloud, spec);
    const [old] = cloud.links.values();
    old!.deletedMs = cloud.clock.now();
    await converge(cloud, spec);
    await expectWhole(cloud);
    expect(cloud.links.has(old!.id)).toBe(false);
  });
});

describeOnEachEngine('a lost response creates no duplicate', () => {
  it('at every change, in the same run', async () => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      const { hit } = troubleAt(cloud, changes, 'lost');
      await runSpec(cloud, spec);
      if (hit() === undefined) break;
      await converge(cloud, spec);
      await expectWhole(cloud);
    }
    expect(changes).toBeGreaterThanOrEqual(7);
  });

  it('the create of a link is reported as retried, and the link is found', async () => {
    const { cloud, spec } = scene();
    let lost = false;
    cloud.trouble = (operation) => {
      const hit = operation === 'links.create' && !lost;
      lost ||= hit;
      return hit ? 'lost' : undefined;
    };
    const events = await runSpec(cloud, spec);
    expect(doneOf(events)).toMatchObject({ failed: 0 });
    expect(events.find(({ type }) => type === 'step.retried')).toMatchObject({
      unit: 'link:eu',
      step: 'create link eu',
    });
    expect(cloud.calls.filter((call) => call === 'links.create')).toHaveLength(1);
    await expectWhole(cloud);
  });

  it('while it destroys, at every change', async () => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      await runSpec(cloud, spec);
      const { hit } = troubleAt(cloud, changes, 'lost');
      await runSpec(cloud, spec, { destroy: true });
      if (hit() === undefined) break;
      await converge(cloud, spec, true);
      expectNothing(cloud);
    }
    expect(changes).toBeGreaterThanOrEqual(7);
  });
});

describeOnEachEngine('a run that stops at a refusal is completed by the next run', () => {
  it.each(['deny', 'throttle'] as const)('at every change: %s', async (trouble) => {
    let changes = 0;
    for (; ; changes += EACH) {
      const { cloud, spec } = scene();
      const { hit } = troubleAt(cloud, changes, trouble);
      const done = doneOf(await runSpec(cloud, spec));
      if (hit() === undefined) break;
      if (trouble === 'deny') expect(done.failed).toBe(1);
      await converge(cloud, spec);
      await expectWhole(cloud);
    }
    expect(changes).toBeGreaterThanOrEqual(7);
  });
});

it('a run in this process that was killed is continued by running again: at every record of the journal', async () => {
  let records = 0;
  for (; ; records += runs(11, 1)) {
    const { cloud, spec } = scene();
    const journal = memoryJournal();
    let left = records;
    const killed = {
      ...journal,
      append: (record: Parameters<typeof journal.append>[0]) => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('killed')) : journal.append(record);
      },
    };
    const whole = await runSpec(cloud, spec, { journal: killed }).then(
      () => true,
      () => false,
    );
    if (whole) break;
    await converge(cloud, spec);
    await expectWhole(cloud);
  }
  expect(records).toBeGreaterThan(14);
});
