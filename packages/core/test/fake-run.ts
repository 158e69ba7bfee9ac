import type { RunEvent } from '../src/do/apply/events.js';
import type { Journal } from '../src/do/apply/journal.js';
import { createContext, driversOf } from '../src/do/context.js';
import type { LinkSpec, Spec } from '../src/do/spec.js';
import { observeSpec } from '../src/do/observe/observe-spec.js';
import { planDestroy } from '../src/do/plan/destroy.js';
import { diff } from '../src/do/plan/diff.js';
import type { Plan, PlanOptions } from '../src/do/plan/plan.js';
import { drive, seeded } from './drive.js';
import { apply } from './engines.js';
import type { Driver } from '../src/do/driver.js';
import type { SimulatedClock } from '../src/ground/clocks/simulated-clock.js';

export interface RunOptions extends PlanOptions {
  readonly journal?: Journal | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  readonly destroy?: boolean | undefined;
  readonly seed?: number | undefined;
  readonly maxDeletes?: number | undefined;
  /** Called between planning and applying. */
  readonly between?: (() => void) | undefined;
}

export interface CloudInMemory {
  readonly clock: SimulatedClock;
  readonly driver: () => Driver;
}

export type RunDone = Extract<RunEvent, { type: 'run.done' }>;

/** The link of every test, with its changes. */
export function linkSpec(fields: Partial<LinkSpec> = {}): LinkSpec {
  return {
    provider: 'aws',
    region: 'eu-west-1',
    subnets: ['subnet-1a'],
    securityGroups: ['sg-1'],
    tags: {},
    ...fields,
  };
}

/** One link, one integration, one route: what most tests change a little. */
export function smallSpec(fields: Partial<Spec> = {}): Spec {
  return {
    version: 1,
    project: 'shop',
    spec: 'shop',
    links: { eu: linkSpec() },
    integrations: {
      orders: {
        link: 'eu',
        gateway: { httpApi: 'api-1' },
        targets: {
          orders: { ref: { listener: { loadBalancer: 'orders', port: 443 } } },
        },
        routes: { 'ANY /orders': 'orders' },
      },
    },
    ...fields,
  };
}

export async function planOf(
  cloud: CloudInMemory,
  spec: Spec,
  options: PlanOptions & { destroy?: boolean } = {},
): Promise<Plan> {
  const { destroy, ...planOptions } = options;
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const drivers = driversOf(cloud.driver());
  const { clouds } = drivers;
  const snapshot = await drive(
    cloud.clock,
    observeSpec(spec, drivers, context, { all: destroy === true || options.all === true }),
  );
  return destroy === true ? planDestroy(snapshot, spec, { clouds }) : diff(snapshot, spec, { clouds, ...planOptions });
}

/** Plans and applies as one process, on the cloud's clock. Rejects as `apply` does. */
export async function runSpec(
  cloud: CloudInMemory,
  spec: Spec,
  options: RunOptions = {},
): Promise<readonly RunEvent[]> {
  const { journal, signal, onEvent, destroy = false, seed = 1, maxDeletes, between, ...planOptions } = options;
  const driver = cloud.driver();
  const context = createContext({ clock: cloud.clock, random: seeded(seed), signal });
  const drivers = driversOf(driver);
  const { clouds } = drivers;
  const events: RunEvent[] = [];
  const work = async (): Promise<void> => {
    const snapshot = await observeSpec(spec, drivers, context, { all: destroy || planOptions.all });
    const plan = destroy ? planDestroy(snapshot, spec, { clouds }) : diff(snapshot, spec, { clouds, ...planOptions });
    between?.();
    for await (const event of apply(plan, { spec, drivers, context, journal, maxDeletes })) {
      events.push(event);
      onEvent?.(event);
    }
  };
  await drive(cloud.clock, work());
  return events;
}

export function doneOf(events: readonly RunEvent[]): RunDone {
  const done = events.at(-1);
  if (done?.type !== 'run.done') throw new Error(`the run did not end: ${JSON.stringify(done)}`);
  return done;
}

export function stepIds(plan: Plan): readonly string[] {
  return plan.units.flatMap(({ steps }) => steps.map(({ id }) => id));
}
