import { describe, expect, it } from 'vitest';
import { apply, type ApplyOptions } from '../../../src/do/apply/apply.js';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import type { Spec } from '../../../src/do/spec.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import { drive, seeded } from '../../drive.js';
import { type FakeCloud, smallCloud } from '../../fake-cloud.js';
import { linkSpec, planOf, runSpec, smallSpec } from '../../fake-run.js';
import { judge } from '../../../src/check/judge/judge-plan.js';

const SPEC = smallSpec({ spec: 'shop-a' });

/** Applies a plan on the cloud, and gives its events. */
async function applied(
  cloud: FakeCloud,
  plan: Plan,
  options: Partial<ApplyOptions> & { readonly signal?: AbortSignal } = {},
) {
  const { signal, ...rest } = options;
  const context = createContext({ clock: cloud.clock, random: seeded(1), signal });
  const events: RunEvent[] = [];
  const work = async (): Promise<void> => {
    const drivers = driversOf(cloud.driver());
    for await (const event of apply(plan, { judge, spec: SPEC, drivers, context, ignoreFindings: ['*'], ...rest }))
      events.push(event);
  };
  await drive(cloud.clock, work());
  return events;
}
const refusalOf = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );
const writes = ({ calls }: FakeCloud): readonly string[] =>
  calls.filter((one) => /create|update|delete|tag|rename/.test(one));

describe('a plan that is not applied', () => {
  it.each<[string, Partial<ApplyOptions>, string, RegExp]>([
    ['a drain below 0', { drain: -1 }, 'INVALID_INPUT', /Pass seconds from 0 to 3600/],
    ['a drain of more than an hour', { drain: 3_601 }, 'INVALID_INPUT', /Pass seconds from 0 to 3600/],
    ['a drain that is no number', { drain: Number.NaN }, 'INVALID_INPUT', /Pass seconds/],
    ['a check that does not exist', { ignoreFindings: ['x'] }, 'INVALID_INPUT', /docs\/checks\.md/],
  ])('with %s', async (_, options, code, remedy) => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, SPEC);
    cloud.calls = [];
    expect(await refusalOf(applied(cloud, plan, options))).toMatchObject({
      code,
      remedy: expect.stringMatching(remedy),
    });
    expect(cloud.calls).toEqual([]);
  });

  it.each([0, 3_600])('is one, with a drain of %i s', async (drain) => {
    const cloud = smallCloud();
    expect((await applied(cloud, await planOf(cloud, SPEC), { drain })).at(-1)).toMatchObject({
      type: 'run.done',
      failed: 0,
    });
  });

  it('without its spec, or of another version', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, SPEC);
    expect(await refusalOf(applied(cloud, { ...plan }, { spec: undefined }))).toMatchObject({
      code: 'INVALID_INPUT',
      remedy: 'Pass the spec that the plan was computed from.',
    });
    expect(await refusalOf(applied(cloud, { ...plan, version: 2 } as never))).toMatchObject({
      code: 'UNSUPPORTED_VERSION',
      remedy: 'Compute the plan again with this version.',
    });
    expect((await applied(cloud, plan, { spec: undefined })).at(-1)).toMatchObject({ failed: 0 });
  });

  it('after an abort, and the journal is not held then', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const plan = await planOf(cloud, SPEC);
    cloud.calls = [];
    const error = await refusalOf(applied(cloud, plan, { signal: AbortSignal.abort('enough'), journal }));
    expect(error).toMatchObject({ code: 'ABORTED', message: expect.stringContaining('apply') });
    expect(cloud.calls).toEqual([]);
    await (await journal.lock()).release();
  });

  it('that deletes all routes needs consent', async () => {
    const cloud = smallCloud();
    await runSpec(cloud, SPEC);
    const none: Spec = { ...SPEC, integrations: { orders: { ...SPEC.integrations['orders']!, routes: {} } } };
    const plan = await planOf(cloud, none);
    for (const deleteAllRoutes of [undefined, false])
      expect(await refusalOf(applied(cloud, plan, { spec: none, deleteAllRoutes }))).toMatchObject({
        code: 'DELETES_ALL_ROUTES',
      });
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(1);
    await applied(cloud, plan, { spec: none, deleteAllRoutes: true });
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(0);
  });

  it('of a spec that declares nothing; a removal of such a spec is applied', async () => {
    const cloud = smallCloud();
    const empty: Spec = { ...SPEC, links: {}, integrations: {} };
    const plan = await planOf(cloud, SPEC);
    expect(await refusalOf(applied(cloud, plan, { spec: empty }))).toMatchObject({ code: 'EMPTY_SPEC' });
    await runSpec(cloud, SPEC);
    const removal = await planOf(cloud, empty, { destroy: true });
    expect((await applied(cloud, removal, { spec: empty })).at(-1)).toMatchObject({ type: 'run.done', failed: 0 });
  });
});

describe('a plan that is not the one of now', () => {
  const moved = async (cloud: FakeCloud, plan: Plan, spec: Spec = SPEC) => {
    cloud.calls = [];
    const error = await refusalOf(applied(cloud, plan, { spec }));
    expect(error).toMatchObject({ code: 'WORLD_MOVED', remedy: 'Plan again, review the new plan, and apply it.' });
    expect(writes(cloud)).toEqual([]);
    return error as { message: string; details: Record<string, unknown>; cause?: unknown };
  };

  it('is refused with the steps that are needed, too, and those that are not', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, SPEC);
    await runSpec(cloud, SPEC);
    const later = await moved(cloud, plan);
    expect(later.message).toContain('link:eu: create link eu is not needed');
    expect(later.message).not.toContain('also needed');
    expect(later.details).toMatchObject({
      added: [],
      changed: [],
      removed: expect.arrayContaining(['link:eu: create link eu']),
    });
    const fresh = smallCloud();
    const again = await moved(fresh, await planOf(cloud, SPEC));
    expect(again.message).toContain('link:eu: create link eu is also needed');
    expect(again.message).not.toContain('not needed');
    expect(again.details).toMatchObject({
      removed: [],
      changed: [],
      added: expect.arrayContaining(['link:eu: create link eu']),
    });
  });

  it('is refused with the steps that do something else now', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, SPEC);
    const other = { ...SPEC, links: { eu: linkSpec({ subnets: ['subnet-1b'] }) } };
    const error = await moved(cloud, plan, other);
    expect(error.message).toContain('link:eu: create link eu now has a different effect');
    expect(error.details).toMatchObject({ added: [], removed: [], changed: ['link:eu: create link eu'] });
  });

  it('names at most five steps', async () => {
    const cloud = smallCloud();
    const orders = SPEC.integrations['orders']!;
    const routes = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`GET /r${at}`, 'orders']));
    const spec = { ...SPEC, integrations: { orders: { ...orders, routes } } };
    const plan = await planOf(cloud, spec);
    await runSpec(cloud, spec);
    const error = await moved(cloud, plan, spec);
    expect(error.message.split('; ')).toHaveLength(5);
    expect(error.details['removed']).toHaveLength(10);
  });

  it('is refused where it was computed for another project or account, although it has the same steps', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, SPEC);
    for (const changed of [
      { ...plan, fingerprint: 'x' },
      { ...plan, project: 'crm' },
    ])
      expect((await moved(cloud, changed)).message).toContain('it was computed for another project, account or region');
  });

  it('is refused where the spec does not match the cloud any more, with the code of that', async () => {
    const cloud = smallCloud();
    const plan = await planOf(cloud, SPEC);
    cloud.targets.length = 0;
    const error = await moved(cloud, plan);
    expect(error).toMatchObject({ details: { code: 'NOT_FOUND' }, cause: { code: 'NOT_FOUND' } });
    expect(error.message).toContain('the spec does not match the current state');
  });

  it('is applied where only a wait differs', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    await runSpec(cloud, SPEC, { journal });
    const [row] = cloud.links.values();
    row!.state = 'pending';
    const tagged = { ...SPEC, links: { eu: linkSpec({ tags: { team: 'a' } }) } };
    const plan = await planOf(cloud, tagged);
    expect(plan.units.flatMap(({ steps }) => steps.map(({ id }) => id))).toEqual(['await link eu', 'tag link eu']);
    row!.state = 'ready';
    expect((await applied(cloud, plan, { spec: tagged })).at(-1)).toMatchObject({
      type: 'run.done',
      applied: 1,
      failed: 0,
    });
    expect(row!.tags).toMatchObject({ team: 'a' });
  });

  it('is refused where another step than a wait differs', async () => {
    const cloud = smallCloud();
    const { id } = cloud.addLink({ subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'], name: 'eu', state: 'ready' });
    const byId = {
      ...SPEC,
      links: { eu: linkSpec({ id, subnets: undefined, securityGroups: undefined }) },
      integrations: {},
    };
    const plan = await planOf(cloud, byId);
    await runSpec(cloud, byId);
    expect((await moved(cloud, plan, byId)).message).toContain(`link:eu: adopt link eu is not needed`);
  });
});

describe('a run that is stopped', () => {
  it('by its signal ends with ABORTED after its last event, and frees the journal', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const abort = new AbortController();
    cloud.onChange = () => abort.abort('enough');
    const plan = await planOf(cloud, SPEC);
    const error = await refusalOf(applied(cloud, plan, { signal: abort.signal, journal }));
    expect(error).toMatchObject({ code: 'ABORTED' });
    expect((await journal.read()).at(-1)).toMatchObject({ type: 'end' });
    await (await journal.lock()).release();
  });

  it('by its reader finishes the step in progress, and frees the journal', async () => {
    const cloud = smallCloud();
    const journal = memoryJournal();
    const plan = await planOf(cloud, SPEC);
    const context = createContext({ clock: cloud.clock, random: seeded(1) });
    const drivers = driversOf(cloud.driver());
    const work = async (): Promise<void> => {
      for await (const event of apply(plan, { judge, spec: SPEC, drivers, context, journal, ignoreFindings: ['*'] }))
        if (event.type === 'step.started') break;
    };
    await drive(cloud.clock, work());
    const records = await journal.read();
    expect(records.at(-1)).toMatchObject({ type: 'end' });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual([]);
    await (await journal.lock()).release();
  });
});
