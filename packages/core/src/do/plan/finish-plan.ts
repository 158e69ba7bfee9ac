import { defined } from '../../ground/defined.js';
import { hashJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { LinkRef } from '../model/reference.js';
import type { Spec } from '../spec.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import {
  PLAN_VERSION,
  type Deletions,
  type LeftOut,
  type Plan,
  type PlanOptions,
  type Unit,
  type UnreadPart,
} from './plan.js';
import { leftIn } from './elsewhere.js';
import { paceNotes } from './notes/pace-notes.js';
import { isTemporaryRoute } from '../kinds/gateway/gateway-spec.js';
import type { Gateway, Stage } from '../model/gateway.js';
import { unitsOf, type PlanPart, SPEC_REMOVED, type PlanScope } from './plan-scope.js';
import { routeKeyOf, type RouteChanges } from './references.js';
import type { LinkPlan } from './links/link-plan.js';
import { isAdopted, isProtected } from './links/make-link.js';
import type { Problems } from '../world/resolve/problems.js';
import { keptForMoney } from './removal/remove-links.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { publicAddress } from '../kinds/gateway/gateway-rules.js';
import type { Route, RouteSettings } from '../model/route.js';
import type { OpenCall } from '../world/routes/route-input.js';

/**
 * The spec that a plan was computed from in this process, so that `PrivateIntegrations.apply(plan)` does not need it again: a hidden
 * member, which neither the plan's files nor copies of it have.
 */
const SPEC = Symbol('spec');

interface ComputedPlan extends Plan {
  readonly [SPEC]?: Spec;
}

function withSpec(plan: Plan, spec: Spec | undefined): Plan {
  return spec === undefined ? plan : Object.defineProperty(plan, SPEC, { value: spec });
}

/** The spec that a plan was computed from, where that was in this process. */
export function specOf(plan: ComputedPlan): Spec | undefined {
  return plan[SPEC];
}

/** A plan without a fingerprint, and what it depends on: what was not read may change it. Regions are by `placeKey`. */
export interface DraftedPlan {
  readonly plan: Plan;
  /** The spec's links that exist already, by their names in the spec. */
  readonly links: ReadonlyMap<string, LinkRef>;
  /** The regions where the plan keeps something only because gateways that the spec does not name were not read. */
  readonly unread: ReadonlySet<string>;
  /** The regions where the plan deletes or keeps a target without knowing what stages serve. */
  readonly unreadUses: ReadonlySet<string>;
  /** The regions where the plan removes entries from an allowlist. */
  readonly narrowing: ReadonlySet<string>;
}

/** What a plan is made from. */
interface PlanContents {
  readonly spec: Spec;
  readonly snapshot: Snapshot;
  readonly part: PlanPart;
  readonly goal: Plan['goal'];
  readonly options: PlanOptions;
  readonly unchanged: number;
  readonly links?: ReadonlyMap<string, LinkRef> | undefined;
  readonly incomplete?: readonly string[] | undefined;
  readonly deletions?: Deletions | undefined;
  readonly leftOut?: LeftOut | undefined;
  readonly unread: readonly UnreadPart[];
  /** Undefined: the plan is that of a part, and has nothing elsewhere. */
  readonly clouds?: Clouds | undefined;
}

/** A plan of what its parts come to, with its fingerprint and the options that it was computed with. */
export function finishPlan(parts: PlanContents): Plan {
  return withFingerprint(draftedPlan(parts).plan, parts.snapshot);
}

/** The same with its fingerprint, which takes longer than the rest of {@link draftedPlan}. */
export function withFingerprint(plan: Plan, snapshot: Snapshot): Plan {
  return withMembers(plan, { fingerprint: fingerprint(plan.project, plan.goal, snapshot, plan.units) });
}

/** As {@link finishPlan}, without a fingerprint: an observation makes several plans, and only the last one is for others. */
export function draftedPlan(parts: PlanContents): DraftedPlan {
  const { spec, snapshot, part, goal, options, unchanged, unread } = parts;
  const units = unitsOf(part.units);
  const gaps = snapshot.regions.flatMap(({ region, gaps: list, unread: nothing }) =>
    (nothing === undefined ? list : []).map(({ what, code }) => `${what} in ${region} could not be read: ${code}`),
  );
  const elsewhere = parts.clouds === undefined ? [] : leftIn(snapshot, spec, parts.clouds, options.elsewhere ?? []);
  const kept: PlanOptions = {
    ...(options.only === undefined ? {} : { only: [...options.only] }),
    ...defined({ prune: options.prune }),
    ...(options.replaceFailed === true ? { replaceFailed: true } : {}),
    ...(options.deleteInstances === undefined || options.deleteInstances === false
      ? {}
      : { deleteInstances: options.deleteInstances }),
    ...defined({ names: options.names }),
    ...(snapshot.scope === 'all' ? { all: true } : {}),
    ...(elsewhere.length === 0 ? {} : { elsewhere }),
  };
  const plan: Plan = {
    version: PLAN_VERSION,
    project: spec.project,
    goal,
    takenAt: snapshot.takenAt,
    fingerprint: '',
    ...(Object.keys(kept).length === 0 ? {} : { options: kept }),
    units,
    notes: [...new Set([...unread.map(unreadNote), ...part.notes, ...paceNotes(units), ...gaps])],
    unchanged,
    ...(unread.length === 0 ? {} : { unread }),
    ...defined({ leftOut: parts.leftOut, deletions: parts.deletions }),
    ...(parts.incomplete === undefined || parts.incomplete.length === 0 ? {} : { incomplete: parts.incomplete }),
  };
  return {
    plan: withSpec(plan, spec),
    links: parts.links ?? new Map<string, LinkRef>(),
    unread: new Set(part.unread),
    unreadUses: new Set(part.unreadUses),
    narrowing: new Set(part.narrowing),
  };
}

/** The same plan with more members: it was computed from the same spec. */
export function withMembers(plan: ComputedPlan, members: Partial<Plan>): Plan {
  return withSpec({ ...plan, ...members }, plan[SPEC]);
}

function unreadNote({ provider, region, account, links, integrations, code }: UnreadPart): string {
  const parts = [...links.map((name) => `link ${name}`), ...integrations.map((name) => `integration ${name}`)];
  return `${provider} ${region} of account ${account} could not be read (${code}): ${parts.join(', ')} left out of this plan`;
}

/**
 * Of what matters: where the plan applies (accounts and regions), and every step with all that it would do. What changed in
 * the world without changing any of that does not matter.
 */
export function fingerprint(project: string, goal: string, snapshot: Snapshot, units: readonly Unit[]): string {
  const places = snapshot.regions
    .map(({ provider, product, region, account }) =>
      [provider, ...(product === undefined ? [] : [product]), region, account].join('/'),
    )
    .toSorted();
  return hashJson({ project, goal, places, units: comparable(units) });
}

/**
 * Units without their waits and tests. Both may have changed since the plan was computed (a part of a wait has passed, a
 * former route was edited), and neither is in what a step does to its resource.
 */
export function comparable(units: readonly Unit[]): readonly object[] {
  return units.map(({ steps, ...unit }) => ({
    ...unit,
    steps: steps.map(({ drainMs: _drainMs, ...step }) => ({ ...step, input: withoutTests(step.input) })),
  }));
}

function withoutTests(input: Json): Json {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;

  const { leaves: _leaves, unusedMs: _unused, tests: _tests, ...rest } = input as Record<string, Json>;
  return rest;
}

/** Refuses the plan where it deletes routes of an integration that the spec protects: `PROTECTED`. */
export function refuseProtectedRoutes(
  scope: PlanScope,
  { unpublished }: Pick<RouteChanges, 'unpublished'>,
  gateway: Gateway,
  spec: Spec,
  problems: Problems,
): void {
  for (const { id, key, owner } of gateway.routes) {
    if (!unpublished.has(routeKeyOf(gateway, id)) || isTemporaryRoute({ key })) continue;

    const name = Object.entries(spec.integrations).find(
      ([one, { protect }]) => protect === true && one === owner?.integration,
    )?.[0];
    if (name === undefined) continue;

    const declare = scope.reason === SPEC_REMOVED ? '' : 'Declare that route, or ';
    problems.add('PROTECTED', `integrations.${name}`, `route ${key} of ${gateway.id} is protected`, {
      remedy: `${declare === '' ? 'Remove' : `${declare}remove`} \`protect\` from integration ${name} first.`,
    });
  }
}

/**
 * Refuses the plan where a protected link would be deleted because a replacement is created: `PROTECTED`. Where the
 * replacement exists already, the protected one is kept with a note. `kept`: the IDs of the kept links.
 */
export function keptProtected(
  scope: PlanScope,
  plan: LinkPlan,
  problems: Problems,
): { readonly kept: ReadonlySet<string>; readonly notes: readonly string[] } {
  const { resolved, current, replaced } = plan;
  const { name, spec } = resolved;
  const kept = new Set<string>();
  const notes: string[] = [];
  for (const link of replaced) {
    if (spec.protect !== true && !isProtected(link)) continue;
    if (isAdopted(link) || link.state === 'deleting' || keptForMoney(scope, resolved.region, link) !== undefined)
      continue;

    kept.add(link.id);
    if (current !== undefined) {
      notes.push(`link ${link.id} is not declared and is protected: it is kept`);
      continue;
    }

    problems.add(
      'PROTECTED',
      `links.${name}`,
      `link ${link.id} is protected, and the changes of the spec need a new link in its place`,
      { remedy: `Keep the link as it is, or remove \`protect\` from link ${name}, apply that, and then change it.` },
    );
  }
  return { kept, notes };
}

/**
 * How a route is called without authorization on a stage that shows its changes at once. A route whose callers must be
 * authorized, now or after the plan, is not called: nor is a temporary route made that leads where it does.
 */
export function openCall(
  clouds: Clouds,
  gateway: Gateway,
  region: string,
  { open }: Pick<Route, 'open'>,
  { authorizer = 'none', apiKey = false }: RouteSettings,
): OpenCall {
  const stage = stageOf(gateway);
  if (stage === undefined) return { because: `no stage of ${gateway.id} deploys by itself` };

  const address = publicAddress(clouds.gateway(gateway.kind).rules, gateway, region, stage.name);
  if ('because' in address) return { because: address.because };
  if (open !== true || authorizer !== 'none' || apiKey) return { because: 'its callers must be authorized' };

  return { base: address.base };
}

/** All stages that deploy by themselves show the same routes. */
function stageOf({ stages }: Gateway): Stage | undefined {
  const own = stages.filter(({ autoDeploy }) => autoDeploy);
  return own.find(({ name }) => name === '$default') ?? own[0];
}
