import {
  driversOf,
  type ApplyOptions,
  type Driver,
  type Plan,
  type PlanOptions,
  type RunEvent,
  type Snapshot,
  type Spec,
} from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { clouds, withLoadedChecks, type Clouds } from '@postern/core/internal/kinds';
import { apply, diff, observeSpec, planDestroy } from '@postern/core/internal/plan';
import { expect } from 'vitest';
import { PROJECT, type Trial } from '../trial.js';

/** Links that cost money are deleted where nothing else is asked. */
const DELETIONS: PlanOptions = { deleteInstances: true };

type LinkSpec = Spec['links'][string];
type IntegrationSpec = Spec['integrations'][string];

/** The identity of a spec that names none. */
export const PAY = 'pay-7f3k2q';

/** What a check declares beside the defaults: the spec's identity, and what differs of its link and integration. */
export interface SpecParts {
  readonly identity?: string;
  readonly link?: Partial<LinkSpec>;
  readonly integration?: Partial<IntegrationSpec>;
}

/** A link of the world with an allowlist; with an ID, an adopted one. */
export function linkOf({ driver, linkKind, traits, world }: Trial, more: Partial<LinkSpec> = {}): LinkSpec {
  const created = {
    subnets: world.subnetIds.slice(0, 2),
    ...(!traits.allowlistNeedsCreation && { securityGroups: world.securityGroupIds ?? [] }),
    ...(driver.allowlist !== undefined && { allowlist: ['10.10.8.0/24'] }),
    native: world.native,
  };
  const place = { provider: driver.provider, region: driver.region, kind: linkKind, tags: {} };
  return { ...place, ...(more.id === undefined && created), ...more };
}

/** An integration of the gateway over a link, with the route `GET /<link>`. */
export const integrationOf = (
  { world }: Trial,
  link: string,
  more: Partial<IntegrationSpec> = {},
): IntegrationSpec => ({
  link,
  gateway: world.gateway.ref,
  targets: { t: { ref: world.targets[0] } },
  routes: { [`GET /${link}`]: 't' },
  ...more,
});

/** The spec of one folder: a link, and an integration of the same name over it. */
export const specOf = (trial: Trial, name: string, { identity = PAY, link, integration }: SpecParts = {}): Spec => ({
  version: 1,
  project: PROJECT,
  spec: identity,
  links: { [name]: linkOf(trial, link) },
  integrations: { [name]: integrationOf(trial, name, integration) },
});

export const cloudsOf = ({ driver }: Pick<Trial, 'driver'>): Promise<Clouds> =>
  withLoadedChecks(clouds([driver.cloud]));

/** A driver in front of a cloud. */
type Cloud = Pick<Trial, 'driver' | 'ctx'>;

export const snapshotOf = ({ driver, ctx }: Cloud, spec: Spec): Promise<Snapshot> =>
  observeSpec(spec, driversOf(driver), ctx, { all: true });

export const planOf = async (cloud: Cloud, spec: Spec, options: PlanOptions = {}): Promise<Plan> =>
  diff(await snapshotOf(cloud, spec), spec, { clouds: await cloudsOf(cloud), ...DELETIONS, ...options });

export const destroyOf = async (cloud: Cloud, spec: Spec, options: PlanOptions = DELETIONS): Promise<Plan> =>
  planDestroy(await snapshotOf(cloud, spec), spec, { clouds: await cloudsOf(cloud), ...options });

interface Runner {
  /** That of another process. */
  readonly driver?: Driver | undefined;
  /** Whether new links are tested before routes use them, as by default. */
  readonly probe?: boolean | undefined;
}

/** Applies a plan. @returns its events, the last one, the errors of its steps, and what its steps tell */
export async function carriedOut(
  { driver, ctx }: Cloud,
  spec: Spec,
  plan: Plan,
  { onEvent, ...options }: Partial<ApplyOptions> & { readonly onEvent?: (event: RunEvent) => void } = {},
) {
  const events: RunEvent[] = [];
  const how = { judge, spec, drivers: driversOf(driver), context: ctx, allowPurchase: true, ignoreFindings: ['*'] };
  for await (const event of apply(plan, { ...how, ...options })) {
    events.push(event);
    onEvent?.(event);
  }
  const failed = events.filter((event) => event.type === 'step.failed');
  return {
    events,
    failed,
    done: events.at(-1),
    errors: failed.map(({ error }) => error),
    told: events.flatMap((event) => (event.type === 'step.progress' ? [event.message] : [])),
  };
}

/** Applies a plan, and returns the steps that failed. */
export async function failuresOf(cloud: Cloud, spec: Spec, plan: Plan, { driver, probe }: Runner = {}) {
  const { failed } = await carriedOut({ ...cloud, driver: driver ?? cloud.driver }, spec, plan, { probe });
  return failed.map(({ step, error: { code, message, remedy } }) => ({ step, code, text: `${message} ${remedy}` }));
}

/** Applies a plan in which no step fails: by default that of the spec. */
export async function applied(cloud: Cloud, spec: Spec, plan?: Plan, runner?: Runner): Promise<void> {
  expect(await failuresOf(cloud, spec, plan ?? (await planOf(cloud, spec)), runner)).toEqual([]);
}

export const stepsOf = ({ units }: Plan) => units.flatMap(({ steps }) => steps);

/** The IDs of the steps, without the gateway at their end. */
export const idsOf = (plan: Plan): readonly string[] =>
  stepsOf(plan).map(({ id }) => id.replace(/ (?:on|of) \w{6,}$/, ''));

/** Everything that carries a mark of the project: what it is, its ID or name, and what the mark names. */
export async function marked({ driver, ctx }: Trial): Promise<readonly (readonly (string | undefined)[])[]> {
  const { links, gateways, targets, securityGroups } = await driver.observe({ all: true, project: PROJECT }, ctx);
  const rows = Object.entries({
    link: links,
    route: gateways.flatMap(({ routes }) => routes),
    integration: gateways.flatMap(({ integrations = [] }) => integrations),
    target: targets,
  }).flatMap(([what, list]) =>
    list.flatMap(({ id, owner }) => (owner?.project === PROJECT ? [[what, id, owner.integration, owner.spec]] : [])),
  );
  const groups = securityGroups.filter(({ tags }) => tags['postern:project'] === PROJECT);
  return [
    ...rows,
    ...groups.map(({ id, tags }) => ['group', id, tags['postern:integration'], tags['postern:spec']]),
  ].toSorted();
}
