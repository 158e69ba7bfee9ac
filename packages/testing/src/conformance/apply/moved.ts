import type { Spec } from '@postern/core/internal/library';
import { check as findingsOf } from '@postern/core/internal/check';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from '../check.js';
import { PROJECT, type Trial } from '../trial.js';
import {
  applied,
  cloudsOf,
  destroyOf,
  failuresOf,
  idsOf,
  integrationOf,
  linkOf,
  marked,
  PAY,
  planOf,
  snapshotOf,
  stepsOf,
} from './spec-runs.js';

const needs = ['subnets', 'linkChanges', 'adoption'] as const;
const KEYS = ['GET /pay', 'POST /pay'];

interface Keys {
  readonly link?: string;
  readonly name?: string;
  readonly target?: string;
  readonly routes?: readonly string[];
  /** The former key of each that has another one; `old` where not. */
  readonly from?: string;
}

/** A link, an integration with two routes and a target, all with the key `old`, unless `keys` names another one. */
function specOf(trial: Trial, keys: Keys = {}, isMoved = true): Spec {
  const { link = 'old', name = 'old', target = 'old', routes = KEYS, from = 'old' } = keys;
  const moves = [
    { kind: 'integration', to: name },
    { kind: 'target', integration: name, to: target },
    { kind: 'link', to: link },
  ] as const;
  const moved = moves
    .filter(({ to }) => isMoved && to !== 'old')
    .map((one, at) => ({ ...one, from, path: `moved[${at}]` }));
  return {
    version: 1,
    project: PROJECT,
    spec: PAY,
    links: { [link]: linkOf(trial, { name: 'pay' }) },
    integrations: {
      [name]: integrationOf(trial, link, {
        targets: { [target]: { ref: trial.world.targets[0] } },
        routes: Object.fromEntries(routes.map((key) => [key, target])),
      }),
    },
    moved,
  };
}

async function start(trial: Trial, keys: Keys = {}) {
  await applied(trial, specOf(trial, keys));
  return seen(trial);
}

/** What serves calls, without marks, and the names in marks. */
async function seen(trial: Trial) {
  const { gateways } = await trial.driver.observe({ all: true, project: PROJECT }, trial.ctx);
  const routes = gateways.flatMap((one) => one.routes).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return {
    served: routes.map(({ id, key, linkId, targetId, integrationId, stages }) => [
      id,
      key,
      linkId,
      targetId,
      integrationId,
      stages,
    ]),
    stages: gateways.flatMap(({ stages }) => stages.map(({ name, deploymentId }) => [name, deploymentId])),
    marks: await marked(trial),
  };
}

/** The same, where what is of these kinds has the key `new`. */
const renamed = ({ marks, ...same }: Awaited<ReturnType<typeof seen>>, ...kinds: readonly string[]) => ({
  ...same,
  marks: marks.map(([what = '', id, name, spec]) => [what, id, kinds.includes(what) ? 'new' : name, spec]),
});

const ofRoutes = ['route', 'integration'];
const entry = (key: string): string => `moved[0] (${key.replaceAll('*', 'old')} → ${key.replaceAll('*', 'new')})`;

/** What a target's note says: where it is a resource, its name cannot be changed. */
function movedNote({ marks }: Awaited<ReturnType<typeof seen>>, key: string): string {
  const [, id] = marks.find(([what]) => what === 'target') ?? [];
  if (id === undefined) return `${entry(key)}: no mark has the former name; remove the entry`;

  return `${entry(key)}: the name and the mark of ${id} cannot be changed, and stay; this spec owns it by its identity, so remove the entry`;
}

/** What gets another key in the spec, with an entry of `moved`. */
export const movedChecks: readonly Check[] = [
  check('keeps a link whose key changes: only its marks change', needs, async (trial) => {
    const before = await start(trial);
    const id = before.marks.find(([what]) => what === 'link')?.[1];
    const unmoved = await planOf(trial, specOf(trial, { link: 'new' }, false));
    expect(idsOf(unmoved)).toContain('create link new');
    // Where the link is free, and its own allowlist shows that Postern made it: its name is not that of the mark.
    const { linksCostMoney, allowlistNeedsCreation } = trial.traits;
    if (!linksCostMoney && allowlistNeedsCreation) expect(stepsOf(unmoved).map(({ kind }) => kind)).toContain('delete');
    const spec = specOf(trial, { link: 'new' });
    const plan = await planOf(trial, spec);
    const reason = `renamed from old; ${id} is kept, only its marks change`;
    expect(stepsOf(plan)).toMatchObject([{ id: 'move link new', kind: 'tag', resource: { id }, reason }]);
    await applied(trial, spec, plan);
    expect(await seen(trial)).toEqual(renamed(before, 'link', 'group'));
    for (const after of [spec, specOf(trial, { link: 'new' }, false)])
      expect(stepsOf(await planOf(trial, after))).toEqual([]);
    if (trial.driver.allowlist === undefined) return;

    const { allowlists } = await trial.driver.observe({ all: true, project: PROJECT }, trial.ctx);
    expect(allowlists.filter(({ linkId }) => linkId === id)).toMatchObject([{ owned: true }]);
  }),
  check(
    'keeps an integration whose key changes: only marks are written, and the next plan is empty',
    needs,
    async (trial) => {
      const before = await start(trial);
      const spec = specOf(trial, { name: 'new' });
      const plan = await planOf(trial, spec);
      expect(stepsOf(plan)).toMatchObject(
        KEYS.map((key) => ({
          id: expect.stringMatching(new RegExp(`^move route ${key} on `)),
          changes: [{ field: 'owner', from: 'old', to: 'new' }],
          reason: 'integration old was renamed; only the mark of the route changes',
        })),
      );
      const stays = before.marks.flatMap(([what, id]) =>
        what === 'target'
          ? [expect.stringContaining(`the name and the mark of ${id} cannot be changed, and stay`)]
          : [],
      );
      expect(plan.notes).toEqual(stays);
      await applied(trial, spec, plan);
      expect(await seen(trial)).toEqual(renamed(before, ...ofRoutes));
      const next = await planOf(trial, spec);
      expect([stepsOf(next), next.notes]).toEqual([[], [movedNote(before, 'integrations.*')]]);
      expect(stepsOf(await planOf(trial, specOf(trial, { name: 'new' }, false)))).toEqual([]);
    },
  ),
  ...[1, 2, 3, 4].flatMap((at) =>
    (['before', 'after'] as const).map((when): Check =>
      check(
        `continues with another key after a process that was killed ${when} write ${at}`,
        ['process', ...needs],
        async (trial) => {
          const { process } = trial.setup;
          const before = await start(trial);
          const spec = specOf(trial, { name: 'new' });
          const failed = await failuresOf(trial, spec, await planOf(trial, spec), { driver: process?.(at, when) });
          if (at === 1) expect(failed).not.toEqual([]);
          await applied(trial, spec);
          expect(await seen(trial)).toEqual(renamed(before, ...ofRoutes));
          expect(stepsOf(await planOf(trial, spec))).toEqual([]);
        },
      ),
    ),
  ),
  check(
    'deletes a route that is not declared any more, under either key, and shares what is there with a new one',
    needs,
    async (trial) => {
      const before = await start(trial);
      const spec = specOf(trial, { name: 'new', routes: ['GET /pay', 'PUT /pay'] });
      const plan = await planOf(trial, spec);
      expect(plan.units.filter(({ kind }) => kind === 'integration').map(({ name }) => name)).toEqual(['new']);
      await applied(trial, spec, plan);
      const { served } = await seen(trial);
      expect(served.map(([, key]) => key)).toEqual(['GET /pay', 'PUT /pay']);
      // Where both routes had one integration, they still have it.
      const [first, second] = before.served.map((one) => one[4]);
      if (first === second) expect(served.map((one) => one[4])).toEqual([first, first]);
      expect(stepsOf(await planOf(trial, spec))).toEqual([]);
    },
  ),
  check('destroys what has other keys before its marks change', needs, async (trial) => {
    await start(trial);
    const spec = specOf(trial, { link: 'new', name: 'new', target: 'new' });
    const plan = await destroyOf(trial, spec);
    expect(stepsOf(plan).filter(({ resource }) => resource.type === 'link')).toMatchObject([{ kind: 'delete' }]);
    await applied(trial, spec, plan);
    expect(await seen(trial)).toMatchObject({ served: [], marks: [] });
  }),
  check(
    'deletes a target of a former key when nothing needs it that is declared',
    ['targetResources', ...needs],
    async (trial) => {
      await start(trial);
      const spec = specOf(trial, { name: 'new' });
      await applied(trial, spec);
      const plan = await planOf(trial, { ...spec, integrations: {}, moved: [] }, { deleteInstances: false });
      expect(idsOf(plan).map((id) => id.replace(/ of .*/, ''))).toEqual([
        'delete route GET /pay',
        'delete route POST /pay',
        'delete target old',
        expect.stringMatching(/^mark unused link /),
      ]);
    },
  ),
  check(
    'refuses a former key that is misspelled, where the spec owns what the plan would delete',
    needs,
    async (trial) => {
      const misspelled = specOf(trial, { link: 'new', from: 'odl' });
      expect(idsOf(await planOf(trial, misspelled))).toContain('create link new');
      await start(trial);
      for (const [spec, remedy] of [
        [specOf(trial, { name: 'new', from: 'odl' }), 'Write integrations.old, or remove the entry.'],
        [misspelled, 'Write links.old, or remove the entry to create another link.'],
      ] as const) {
        const error = await expectRefusal(planOf(trial, spec), 'NOT_FOUND');
        expect(error).toMatchObject({ remedy, place: { path: 'moved[0].from' } });
      }
      await applied(trial, specOf(trial, { link: 'new' }));
      expect(stepsOf(await planOf(trial, misspelled))).toEqual([]);
    },
  ),
  check(
    'gives routes that share an integration another one where its key changes without an entry',
    needs,
    async (trial) => {
      const before = (await start(trial)).served.map((one) => one[4]);
      await applied(trial, specOf(trial, { name: 'new' }, false));
      const after = (await seen(trial)).served.map((one) => one[4]);
      expect(after).toHaveLength(KEYS.length);
      if (before[0] !== undefined && before[0] === before[1])
        for (const shared of after) expect(before).not.toContain(shared);
    },
  ),
  check('reports nothing of another key in a check', needs, async (trial) => {
    await start(trial);
    const clouds = await cloudsOf(trial);
    const codes = async (spec: Spec) =>
      findingsOf(await snapshotOf(trial, spec), spec, { clouds }).findings.flatMap(({ verdict, code }) =>
        verdict === 'fail' ? [code] : [],
      );
    expect(await codes(specOf(trial, { name: 'new' }))).toEqual(await codes(specOf(trial)));
  }),
  check('changes nothing where only a target gets another key', needs, async (trial) => {
    const before = await start(trial);
    const plan = await planOf(trial, specOf(trial, { target: 'new' }));
    expect([idsOf(plan), plan.notes]).toEqual([[], [movedNote(before, 'integrations.old.targets.*')]]);
  }),
];
