import { describe, expect, it } from 'vitest';
import { stillPlanned } from '../../../src/do/apply/plan-again.js';
import { simulatedClock } from '../../../src/ground/clocks/simulated-clock.js';
import { createContext } from '../../../src/do/context.js';
import type { Plan, Step } from '../../../src/do/plan/plan.js';
import { planStep } from './units/scene.js';

const LINK = { kind: 'vpc-link-v2', id: 'l-1' };
const remove = (input: object = {}): Step => planStep('eu', 'delete', 'link', { linkRef: LINK, ...input });
const moved = planStep('GET /a', 'retarget', 'route', { key: 'GET /a' });
const swept = planStep('unused', 'delete', 'route', { project: 'shop' });
const planOf = (before: readonly Step[], own: readonly Step[], notes: readonly string[] = []): Plan =>
  ({
    notes,
    units: [
      { id: 'a', dependsOn: [], steps: before },
      { id: 'b', dependsOn: ['a'], steps: own },
    ],
  }) as never;

const EU = { links: [{ id: 'l-1', state: 'ready' }], gaps: [] };

const scene = (...plans: readonly Plan[]) => sceneIn(EU, ...plans);

function sceneIn(region: object, ...plans: readonly Plan[]) {
  const snapshot = { regions: [region] } as never;
  const clock = simulatedClock(0);
  const ctx = createContext({ clock });
  let reads = 0;
  const ask = stillPlanned(
    async () => {
      reads += 1;
      return { snapshot, fresh: plans[Math.min(reads, plans.length - 1)]! };
    },
    { atMs: 0, snapshot, fresh: plans[0]! },
  );
  return { clock, reads: () => reads, ask: (step = remove()) => ask(step, ctx) };
}

describe('whether a step is still planned', () => {
  it('is known from the plan of the run, where nothing comes first and it is new', async () => {
    const { ask, reads, clock } = scene(planOf([swept], [remove()]));
    expect(await ask(remove({ unusedMs: 7 }))).toBe('yes');
    expect(reads()).toBe(0);
    await clock.advance(10_001);
    expect(await ask()).toBe('yes');
    expect(reads()).toBe(1);
  });

  it('is read again where routes come first, once for those that ask at the same time', async () => {
    const { ask, reads } = scene(planOf([moved], [remove()]), planOf([], [remove()]));
    expect(await Promise.all([ask(), ask()])).toEqual(['yes', 'yes']);
    expect(reads()).toBe(1);
  });

  it.each([
    ['in a unit before it', planOf([moved], [remove()])],
    ['in its own unit', planOf([], [moved, remove()])],
  ])('is not so yet while routes have to change %s', async (_, plan) => {
    expect(await scene(plan, plan).ask()).toBe('not yet');
  });

  it.each([
    [
      'what the planner notes about it',
      ['link l-2 is kept', 'link l-1 is kept: route GET /b'],
      'link l-1 is kept: route GET /b',
    ],
    ['that no plan has it', [], 'a plan made now does not have this step: delete link eu'],
  ])('where it is not, the error says %s', async (_, notes, message) => {
    const other = remove({ linkRef: { ...LINK, id: 'l-2' } });
    await expect(scene(planOf([moved], [remove()]), planOf([], [other], notes)).ask()).rejects.toMatchObject({
      code: notes.length === 0 ? 'WORLD_MOVED' : 'STILL_REFERENCED',
      message,
    });
  });

  it.each([
    ['is not there any more', { ...EU, links: [] }, 'yes'],
    ['is being deleted', { ...EU, links: [{ id: 'l-1', state: 'deleting' }] }, 'yes'],
    ['may be there', { ...EU, links: [], gaps: [{ what: 'links', code: 'PERMISSION_DENIED' }] }, 'PERMISSION_DENIED'],
  ])('where another run has deleted the link, so that it %s: %s', async (_, region, answer) => {
    const { ask } = sceneIn(region, planOf([moved], [remove()]), planOf([], []));
    expect(await ask().catch(({ code }: { readonly code: string }) => code)).toBe(answer);
  });

  it('is another step where other entries are revoked', async () => {
    const revoke = (cidrBlock: string): Step =>
      planStep('eu', 'revoke', 'allowlist', { linkRef: LINK, entries: [{ cidrBlock }] });
    const { ask } = scene(planOf([], []), planOf([], [revoke('10.0.0.0/8')]));
    await expect(ask(revoke('10.0.0.0/8'))).rejects.toMatchObject({ code: 'WORLD_MOVED' });
  });
});
