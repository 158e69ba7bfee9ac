import { describe, expect, it } from 'vitest';
import { apply } from '../../engines.js';
import { createContext, type Drivers } from '../../../src/do/context.js';
import type { IntegrationSpec, Spec } from '../../../src/do/spec.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import type { Plan, PlanOptions } from '../../../src/do/plan/plan.js';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { drive, seeded } from '../../drive.js';
import type { FakeCloud } from '../../fake-cloud.js';
import { linkSpec, smallSpec, stepIds } from '../../fake-run.js';
import { FakeInstances } from '../../instances.js';
import { PLAN_SCENES, planScene } from './plan-scenes.js';
import { CLOUDS } from '../../clouds.js';

interface Scene {
  readonly cloud: FakeCloud;
  readonly drivers: Drivers;
}

/** The routes of the fake gateway are published like those of an API group. */
const GATEWAY = { httpApi: 'api-1', apiGroup: 'api-1', stages: ['RELEASE'] } as const;

const integration = (port: number, fields: Partial<IntegrationSpec> = {}): IntegrationSpec => ({
  link: 'eu',
  gateway: GATEWAY,
  targets: { a: { ref: { instance: 'lb-1', port } } },
  routes: { 'ANY /a': 'a' },
  ...fields,
});

/** A spec with an instance; its integration `orders` calls `lb-1` on a port. */
function specOf(port: number, fields: Partial<Spec> = {}): Spec {
  const eu = linkSpec({ provider: 'alibaba', allowlist: ['10.20.0.0/20'] });
  return smallSpec({ spec: 'orders-1', links: { eu }, integrations: { orders: integration(port) }, ...fields });
}

async function seen({ cloud, drivers }: Scene, spec: Spec): Promise<Snapshot> {
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  return drive(cloud.clock, observeSpec(spec, drivers, context, { all: true, plan: {} }));
}

async function planOf(scene: Scene, spec: Spec, options: PlanOptions = {}): Promise<Plan> {
  return diff(await seen(scene, spec), spec, { clouds: CLOUDS, ...options });
}

/** A cloud to which a spec was applied. */
async function applied(spec: Spec): Promise<FakeInstances> {
  const scene = new FakeInstances();
  const context = createContext({ clock: scene.cloud.clock, random: seeded(1) });
  const plan = await planOf(scene, spec);
  const work = async (): Promise<void> => {
    for await (const event of apply(plan, { spec, drivers: scene.drivers, context, allowPurchase: true }))
      expect(event.type).not.toBe('step.failed');
  };
  await drive(scene.cloud.clock, work());
  return scene;
}

const deletions = (plan: Plan): readonly string[] => stepIds(plan).filter((id) => id.startsWith('delete '));

describe('a target that another one replaces', () => {
  it('is deleted, also by a part of the spec, and does not count as a deletion', async () => {
    const scene = await applied(specOf(80));
    const [id] = [...scene.authorizations.keys()];
    for (const options of [{}, { only: ['orders'] }]) {
      const plan = await planOf(scene, specOf(81), options);
      expect(deletions(plan)).toEqual([`delete target a of orders (${id})`]);
      expect(plan.deletions).toBeUndefined();
    }
  });

  it('is kept by a spec that deletes nothing', async () => {
    const plan = await planOf(await applied(specOf(80)), specOf(81), { prune: false });
    expect(deletions(plan)).toEqual([]);
  });
});

describe('targets', () => {
  it('are kept where they are declared, or of another owner, and deleted and counted where they are left', async () => {
    const scene = await applied(specOf(80));
    const [own] = [...scene.authorizations.values()];
    const mark = { project: 'shop', spec: 'orders-1', integration: 'orders' };
    scene.authorize('t-foreign', { instance: 'lb-1', port: 90 }, { ...mark, project: 'crm', name: 'b' });
    scene.authorize('t-other', { instance: 'lb-1', port: 91 }, { ...mark, spec: 'bills-2', name: 'c' });
    expect(deletions(await planOf(scene, specOf(80)))).toEqual([]);
    scene.authorize('t-left', { instance: 'lb-1', port: 92 }, { ...mark, name: 'd' });
    const plan = await planOf(scene, specOf(80));
    expect(deletions(plan)).toEqual(['delete target d of orders (t-left)']);
    expect(plan.deletions).toEqual({ resources: ['target d of orders (t-left)'], owned: 4 });
    expect(own?.owner?.name).toBe('a');
  });
});

it('a link that another one replaces: does not count as a deletion', async () => {
  const plan = await planScene(await PLAN_SCENES['replace']!());
  expect(deletions(plan)).toHaveLength(1);
  expect(plan.deletions).toBeUndefined();
});

describe('a part of a spec', () => {
  const two = (link: string): Spec =>
    specOf(80, {
      links: {
        eu: linkSpec({ provider: 'alibaba', allowlist: ['10.20.0.0/20'] }),
        next: linkSpec({ provider: 'alibaba', allowlist: ['10.20.0.0/20'] }),
      },
      integrations: {
        orders: integration(80, { link }),
        bills: integration(81, { link, routes: { 'ANY /b': 'a' } }),
      },
    });

  it('that would move routes of others with their API group is refused; the whole spec is not', async () => {
    const scene = await applied(two('eu'));
    const { integrations, ...spec } = two('next');
    const gateway = { apiGroup: 'api-1', stages: ['RELEASE'] };
    const next: Spec = {
      ...spec,
      integrations: Object.fromEntries(Object.entries(integrations).map(([name, one]) => [name, { ...one, gateway }])),
    };
    const snapshot = await seen(scene, two('next'));
    const linkId = snapshot.regions[0]?.gateways[0]?.routes[0]?.linkId;
    const ofGroups: Snapshot = {
      ...snapshot,
      regions: snapshot.regions.map((region) => ({
        ...region,
        gateways: region.gateways.map((one) => ({ ...one, kind: 'api-group', linkId })),
      })),
    };
    expect(() => diff(ofGroups, next, { clouds: CLOUDS, only: ['orders'] })).toThrow(
      /moves from .* to link next as a whole/,
    );
    expect(diff(ofGroups, next, { clouds: CLOUDS }).units.length).toBeGreaterThan(0);
  });

  it('tells of renamed keys of that part only', async () => {
    const moved = [
      { kind: 'integration', from: 'was-orders', to: 'orders', path: 'moved[0]' },
      { kind: 'integration', from: 'was-bills', to: 'bills', path: 'moved[1]' },
    ] as const;
    const scene = await applied(two('eu'));
    const told = async (options: PlanOptions): Promise<readonly string[]> =>
      (await planOf(scene, { ...two('eu'), moved }, options)).notes.filter((note) => note.startsWith('moved['));
    expect(await told({})).toHaveLength(2);
    expect(await told({ only: ['bills'] })).toEqual([expect.stringMatching(/^moved\[1\]/)]);
  });
});
