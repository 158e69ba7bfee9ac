import { describe, expect, it } from 'vitest';
import { interruptedSteps } from '../../../src/do/apply/outcome.js';
import { memoryJournal, type JournalRecord } from '../../../src/do/apply/journal.js';
import { ownerTags } from '../../../src/do/model/marks.js';
import { linkHash } from '../../../src/do/world/resolve/link-identity.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec, stepIds } from '../../fake-run.js';
import { FakeInstances } from '../../instances.js';
import { createContext } from '../../../src/do/context.js';
import { apply } from '../../engines.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { drive, seeded } from '../../drive.js';
import { CLOUDS } from '../../clouds.js';

const LAG_MS = 30_000;
const NOW = Date.parse('2026-06-01T00:10:00Z');
const record = (type: JournalRecord['type'], fields: Partial<JournalRecord> = {}): JournalRecord => ({
  type,
  at: '2026-06-01T00:00:00Z',
  run: 'r',
  unit: 'link:eu',
  step: 'create link eu',
  ...fields,
});
/** A moment before the next run. */
const just = { at: '2026-06-01T00:09:57Z' };
const run: JournalRecord = { type: 'run', at: '2026-06-01T00:00:00Z', run: 'r' };

describe('steps of former runs whose outcome is unknown', () => {
  it.each<[string, readonly JournalRecord[], boolean]>([
    ['started and not ended', [run, record('before')], true],
    ['not tried again by a later run that was killed, too', [run, record('before'), run], true],
    ['ended', [run, record('before'), record('after')], false],
    ['ended a moment before the run was killed', [run, record('before', just), record('after', just)], true],
    ['ended a moment ago, as its run did', [record('after', just), record('end', { unit: undefined, ...just })], false],
    ['refused', [record('before'), record('failed', { value: { code: 'PERMISSION_DENIED' } })], false],
    ['aborted without an outcome', [record('before'), record('failed', { value: { outcomeUnknown: true } })], true],
    ['refused in the middle', [record('before'), record('failed', { value: { unfinished: true } })], true],
    ['refused for no reason', [record('before'), record('failed', { value: null })], false],
    ['of another day', [record('before', { at: '2026-05-31T00:00:00Z' })], false],
    ['of a clock that was ahead', [record('before', { at: '2026-06-02T00:00:00Z' })], true],
  ])('%s', (_, records, open) => {
    expect(interruptedSteps(records, NOW).has('link:eu create link eu')).toBe(open);
  });

  it('ended a moment ago, in a run that ended: only where any run counts', () => {
    const ended = (at: string) => [record('after', { at }), record('end', { unit: undefined, at })];
    const open = (at: string) => interruptedSteps(ended(at), NOW, 'any').has('link:eu create link eu');
    expect([open(just.at), open('2026-06-01T00:08:00Z')]).toEqual([true, false]);
  });
});

describe('a run that was killed after it created a link, with lists that lag', () => {
  it.each([0, 2_000, 5_000, 10_000, 15_000])('and continued %i ms later has one link', async (afterMs) => {
    const cloud = new FakeCloud();
    cloud.lagMs = LAG_MS;
    cloud.gateway('api-1');
    cloud.listener('orders', 443);
    const journal = memoryJournal();
    const dying = {
      ...journal,
      append: (one: JournalRecord) =>
        cloud.links.size > 0 ? Promise.reject(new Error('killed')) : journal.append(one),
    };
    await expect(runSpec(cloud, smallSpec(), { journal: dying })).rejects.toThrow('killed');
    await cloud.clock.advance(afterMs);
    const events = await runSpec(cloud, smallSpec(), { journal });
    expect(doneOf(events)).toMatchObject({ failed: 0, skipped: 0 });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'step.waiting', message: expect.stringContaining('before it is created') }),
    );
    expect([...cloud.links.keys()]).toHaveLength(1);
    expect(stepIds(await planOf(cloud, smallSpec()))).toEqual([]);
  });

  it('searches for the same time before it buys a link that costs money, without a journal of the former run', async () => {
    const there = new FakeInstances();
    const { cloud, drivers } = there;
    cloud.lagMs = LAG_MS;
    const spec = smallSpec({ links: { eu: linkSpec({ provider: 'alibaba' }) }, integrations: {} });
    const owner = { project: 'shop', spec: 'shop', integration: 'eu' };
    const shape = { subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] };
    cloud.addLink({
      ...shape,
      createdMs: cloud.clock.now(),
      name: 'eu',
      tags: ownerTags({ ...owner, specHash: linkHash(owner, shape) }),
    });
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const work = async (): Promise<void> => {
      const plan = diff(await observeSpec(spec, drivers, context), spec, { clouds: CLOUDS });
      expect(stepIds(plan)).toEqual(['create link eu']);
      for await (const event of apply(plan, { spec, drivers, context, allowPurchase: true })) {
        expect(event.type).not.toBe('step.failed');
      }
    };
    await drive(cloud.clock, work());
    expect(cloud.links.size).toBe(1);
  });
});
