import { apply } from '../../engines.js';
import { createContext, driversOf, type Drivers } from '../../../src/do/context.js';
import type { Spec } from '../../../src/do/spec.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { planDestroy } from '../../../src/do/plan/destroy.js';
import { diff } from '../../../src/do/plan/diff.js';
import type { Plan } from '../../../src/do/plan/plan.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';
import { linkSpec, smallSpec } from '../../fake-run.js';
import { FakeInstances } from '../../instances.js';
import { CLOUDS } from '../../clouds.js';

/** A cloud, the spec that is planned on it, and the options. */
export interface PlanScene {
  readonly cloud: FakeCloud;
  readonly drivers: Drivers;
  readonly spec: Spec;
  readonly destroy?: boolean;
}

const ALLOWLIST = ['10.20.0.0/20', '10.30.0.0/20'];

function links(): PlanScene {
  const cloud = new FakeCloud();
  cloud.gateway('api-1', [{ name: 'prod', autoDeploy: false }]);
  cloud.addRoute('api-1', 'GET /foreign');
  cloud.listener('orders', 443);
  const base = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { eu: linkSpec({ allowlist: ALLOWLIST }) },
    integrations: { orders: base, bills: { ...base, routes: { 'ANY /bills': 'orders' } } },
  });
  return { cloud, drivers: driversOf(cloud.driver()), spec };
}

function instances(port = 80): PlanScene {
  const { cloud, drivers } = new FakeInstances();
  const gateway = { httpApi: 'api-1', apiGroup: 'api-1', stages: ['RELEASE'] } as const;
  const targets = { a: { ref: { instance: 'lb-1', port } } };
  const orders = { link: 'eu', gateway, targets, routes: { 'ANY /a': 'a' } };
  const eu = linkSpec({ provider: 'alibaba', allowlist: ['10.20.0.0/20'] });
  return { cloud, drivers, spec: smallSpec({ links: { eu }, integrations: { orders } }) };
}

/** The scene after its spec was applied, with another spec. */
async function changed(scene: PlanScene, fields: Partial<Spec>, destroy = false): Promise<PlanScene> {
  const { cloud, drivers, spec } = scene;
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const events = apply(await planScene(scene), { spec, drivers, context, allowPurchase: true });
  const work = async (): Promise<void> => {
    for await (const _ of events);
  };
  await drive(cloud.clock, work());
  return { ...scene, spec: { ...scene.spec, ...fields }, destroy };
}

/** Scenes whose plans have units and steps of every kind. */
export const PLAN_SCENES: Readonly<Record<string, () => PlanScene | Promise<PlanScene>>> = {
  create: links,
  replace: () => changed(links(), { links: { eu: linkSpec({ allowlist: ALLOWLIST, subnets: ['subnet-1b'] }) } }),
  narrow: () => {
    const { bills } = links().spec.integrations;
    const eu = linkSpec({ allowlist: ['10.20.0.0/20'], name: 'eu-2', tags: { team: 'a' } });
    return changed(links(), { links: { eu }, integrations: { bills: bills! } });
  },
  destroy: () => changed(links(), {}, true),
  adopt: () => {
    const scene = links();
    const { id } = scene.cloud.addLink({ subnetIds: ['subnet-1a'], securityGroupIds: ['sg-1'] });
    return {
      ...scene,
      spec: { ...scene.spec, links: { eu: linkSpec({ id, subnets: undefined, securityGroups: undefined }) } },
    };
  },
  'create instance': () => instances(),
  'other target': () => changed(instances(), { integrations: instances(81).spec.integrations }),
};

export async function planScene({ cloud, drivers, spec, destroy = false }: PlanScene): Promise<Plan> {
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const snapshot = await drive(cloud.clock, observeSpec(spec, drivers, context, { all: destroy }));
  return destroy ? planDestroy(snapshot, spec, { clouds: CLOUDS }) : diff(snapshot, spec, { clouds: CLOUDS });
}
