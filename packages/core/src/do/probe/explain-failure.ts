import type { Finding, Report } from '../findings/finding.js';
import type { MadeAnswer } from '../kinds/gateway/gateway-rules.js';
import type { ProbeRoute } from './probe-routes.js';

/** What is at fault where a call fails. */
export type Fault = Exclude<MadeAnswer['fault'], 'caller'>;

/** What a route is named by. */
export type RouteNames = Pick<ProbeRoute, 'integration' | 'link' | 'target' | 'route' | 'gateway' | 'stage'>;

/** The families of checks that explain a fault, first. */
const FAMILIES: Readonly<Record<Fault, RegExp>> = {
  route: /^gateway\//,
  backend: /^(?:link|path|target|cidr)\//,
};

/**
 * The finding of severity `error` that explains best why a call of a route failed: a failure before an undecided check,
 * the families of the fault first, then what is about the route itself, its target, its link and its gateway.
 * Of equal ones the first of the report counts: what stops calls on the path is before what is wrong behind it.
 * Undefined where none is about them.
 */
export function explainFailure(
  route: RouteNames,
  fault: Fault,
  { findings }: Pick<Report, 'findings'>,
): Finding | undefined {
  let best: { readonly finding: Finding; readonly rank: readonly number[] } | undefined;
  for (const finding of findings) {
    if (finding.severity !== 'error') continue;
    const nearness = nearnessOf(finding, route);
    if (nearness === undefined) continue;
    const isFitting = FAMILIES[fault].test(finding.check);
    // An undecided check of another family explains nothing.
    if (finding.verdict === 'unknown' && !isFitting) continue;
    const rank = [finding.verdict === 'fail' ? 0 : 1, isFitting ? 0 : 1, nearness];
    if (best === undefined || isLess(rank, best.rank)) best = { finding, rank };
  }
  return best?.finding;
}

/** Subjects by which a finding is about a route, the nearest first. */
const NEAR = ['route', 'stage', 'target', 'link', 'gateway', 'routes'] as const;

/** How near a finding is to a route: 0 is the route itself. Undefined: it is about another one, or about none. */
function nearnessOf({ about, integration }: Finding, route: RouteNames): number | undefined {
  if (integration !== null && integration !== route.integration) return undefined;
  const own: Readonly<Record<(typeof NEAR)[number], string | undefined>> = {
    route: route.route,
    stage: route.stage,
    target: route.target,
    link: route.link,
    gateway: route.gateway.id,
    routes: route.integration,
  };
  const known = about.flatMap(({ kind, id }) => {
    const at = NEAR.findIndex((near) => near === kind);
    const [name] = NEAR.slice(at, at + 1);
    return at < 0 || name === undefined || own[name] === undefined ? [] : [{ at, isOwn: own[name] === id }];
  });
  if (known.length === 0 || known.some(({ isOwn }) => !isOwn)) return undefined;
  return Math.min(...known.map(({ at }) => at));
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
