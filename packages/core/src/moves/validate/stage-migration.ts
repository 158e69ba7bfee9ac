import { gatewaySpec } from '../../do/kinds/cloud/gateway-kinds.js';
import { inOrder } from '../../do/findings/named-findings.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import { indexOnce } from '../../do/world/index/region-index.js';
import { prepare, type Prepared } from '../../do/world/prepare.js';
import type { LinkView } from '../../do/world/views.js';
import { snapshotTime } from '../../do/world/derived.js';
import type { SortedUses } from '../../do/world/uses/moved-backends.js';
import { gatewayName, type MigrationInput, MIGRATION_REPORT_VERSION, type MigrationReport } from './migration.js';
import { STAGE_CHECKS } from './checks/index.js';
import { findingsOfMove, gapsOf, wayBack } from './findings-of-move.js';
import { futureSpec } from './future-spec.js';
import { impactOf } from './impact.js';
import type { ValidateOptions } from './validate.js';
import { requireGiven } from './given-arguments.js';
import { type StageMigration, type StagePlace, placeOfStage } from './place-of-stage.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { GatewayUse } from '../../do/model/gateway.js';
import type { Listener, LoadBalancer } from '../../do/model/load-balancer.js';
import type { Route } from '../../do/model/route.js';

/**
 * Judges the calls of a stage behind its new link and load balancer, and those behind the old ones after a return, by the
 * checks of a spec. Pure. A return sends calls to the former deployment, whose path must still lead to the backends.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one.
 */
export function judgeStage(
  given: Snapshot,
  request: StageMigration,
  { clouds, passes = true, assume, now }: ValidateOptions,
): { readonly report: MigrationReport; readonly place: StagePlace; readonly input: MigrationInput } {
  const snapshot = sortSnapshot(given);
  const place = placeOfStage(snapshot, request, clouds);
  const { region, gateway, from, to, routes } = place;
  const how = {
    clouds,
    now: now ?? snapshotTime(snapshot),
    assume,
    passes,
    throughout: true as const,
    index: indexOnce(clouds),
  };
  const ends = (linkId: string, backends: SortedUses['backends']): StageEnd => {
    const spec = futureSpec(region, {
      name: gatewayName(gateway),
      gateway: { ...gatewaySpec(clouds, gateway), stage: request.stage } as never,
      routes,
      linkId,
      backends,
      assume,
      clouds,
    });
    const { input, assumptions } = prepare(snapshot, spec, how);
    const [link] = input.links;
    const [future] = input.integrations;
    if (link === undefined || future === undefined) throw new Error('the spec of a stage is incomplete');

    return { check: input, link, future, backends, assumptions };
  };
  const next = ends(to.id, backendsOf(place, request.stage));
  const old = ends(from.id, formerBackends(place, request.stage));
  const judged = (one: StageEnd, other: StageEnd, back: MigrationInput['back']): MigrationInput => ({
    check: one.check,
    region: one.link.region,
    gateway,
    from: other.link,
    to: one.link,
    future: one.future,
    backends: one.backends,
    open: [],
    untold: [],
    back,
  });
  const input = judged(next, old, () =>
    wayBack(
      input,
      judged(old, next, () => undefined),
    ),
  );
  const findings = findingsOfMove(input, STAGE_CHECKS, passes);
  const report: MigrationReport = {
    version: MIGRATION_REPORT_VERSION,
    findings: inOrder(findings, [gatewayName(gateway)]),
    impact: impactOf(input),
    gaps: gapsOf(snapshot),
    assumptions: next.assumptions(),
  };
  return { report, place, input };
}

/**
 * As `validateMigration`, for a stage of a gateway. Pure.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one.
 */
export function validateStage(snapshot: Snapshot, request: StageMigration, options: ValidateOptions): MigrationReport {
  requireGiven('validateStage', snapshot, options);
  return judgeStage(snapshot, request, options).report;
}

/** The calls of a stage behind one of the links, ready for checks. */
interface StageEnd extends Pick<MigrationInput, 'check' | 'future' | 'backends'> {
  readonly link: LinkView;
  readonly assumptions: Prepared['assumptions'];
}

/** What the routes call now, each with its routes. */
function formerBackends(place: StagePlace, stage: string): SortedUses['backends'] {
  return backendsBy(place, stage, ({ targetId }) => {
    if (targetId === undefined) return undefined;

    const target = place.region.targets.find(({ id }) => id === targetId);
    return { id: targetId, name: target?.name === undefined ? targetId : `${target.name}:${target.port ?? ''}` };
  });
}

/** The listeners of the new load balancer that the routes will call, each with its routes. */
function backendsOf(place: StagePlace, stage: string): SortedUses['backends'] {
  const { region, balancer } = place;
  const listeners = region.listeners.filter(({ loadBalancerId }) => loadBalancerId === balancer.id);
  return backendsBy(place, stage, ({ key, targetId }) => {
    const port = region.targets.find(({ id }) => id === targetId)?.port;
    const listener = listenerFor(listeners, port, balancer, key);
    return { id: listener.id, name: `${balancer.name}:${listener.port}` };
  });
}

/** The listeners that `endOf` finds for the routes, each with its routes. */
function backendsBy(
  { region, routes }: StagePlace,
  stage: string,
  endOf: (route: Route) => { readonly id: string; readonly name: string } | undefined,
): SortedUses['backends'] {
  const found = new Map<string, { readonly name: string; readonly uses: GatewayUse[]; tls: boolean }>();
  for (const route of routes) {
    const end = endOf(route);
    if (end === undefined) continue;

    const entry = found.get(end.id) ?? { name: end.name, uses: [], tls: false };
    const { id, key } = route;
    entry.uses.push({ kind: 'route', id, name: key, routeIds: [id], stage, targetId: end.id });
    entry.tls ||= route.tls !== undefined;
    found.set(end.id, entry);
  }
  return [...found].map(([id, { name, uses, tls }]) => ({
    name,
    uses,
    refs: [{ listener: id }],
    targets: [name],
    tls,
    target: region.targets.find((target) => target.id === id),
  }));
}

/** The same port where the load balancer listens on it; else the one port that it listens on. */
function listenerFor(
  listeners: readonly Listener[],
  port: number | undefined,
  { name }: LoadBalancer,
  key: string,
): Listener {
  const [first, ...others] = listeners;
  const found = listeners.find((one) => one.port === port) ?? (others.length === 0 ? first : undefined);
  if (found !== undefined) return found;

  const ports = listeners.map((one) => one.port).join(', ') || 'none';
  throw new InvalidInputError(
    'INVALID_INPUT',
    `${name} has no listener on port ${port ?? 'unknown'}, which ${key} calls`,
    {
      remedy: `Create a listener on ${port === undefined ? 'the port that it calls' : `port ${port}`}. It has listeners on: ${ports}.`,
    },
  );
}
