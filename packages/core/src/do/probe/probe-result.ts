import { defined } from '../../ground/defined.js';
import { madeAnswer } from '../kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { PosternError } from '../../ground/errors.js';
import type { Finding, Report } from '../findings/finding.js';
import type { GatewayRef, TestCallAnswer } from '../model/reference.js';
import type { GatewayAnswer } from './call-gateway.js';
import type { ProbeRoute } from './probe-routes.js';
import type { MadeAnswer } from '../kinds/gateway/gateway-rules.js';

/** What is at fault where a call fails. */
export type Fault = Exclude<MadeAnswer['fault'], 'caller'>;

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

/**
 * `works`: the backend answered, with whatever status. `refused`: the gateway refused the call before the backend,
 * because of the caller. `failed`: the call did not reach the backend, or not in time. `unknown`: it was not
 * decided. `not-called`: nothing was sent.
 */
export type ProbeVerdict = 'works' | 'refused' | 'failed' | 'unknown' | 'not-called';

/** What became of one declared route on one stage. Plain JSON; no header and no query string is in it. */
export interface ProbeResult {
  readonly integration: string;
  readonly route: string;
  readonly gateway: GatewayRef;
  /** Undefined where the call does not depend on one. */
  readonly stage?: string | undefined;
  readonly via?: 'gateway' | 'test-call' | undefined;
  readonly method?: string | undefined;
  /** Without a query string. */
  readonly url?: string | undefined;
  readonly status?: number | undefined;
  readonly latencyMs?: number | undefined;
  readonly verdict: ProbeVerdict;
  /** As a clause, where the verdict is not `works`. */
  readonly because?: string | undefined;
  /** One sentence with the action to take. Where a finding explains the failure: its own. */
  readonly remedy?: string | undefined;
  /** Why no answer came: `ENDPOINT_UNREACHABLE`, `WAIT_TIMEOUT`, `PERMISSION_DENIED`, …. */
  readonly error?: { readonly code: ErrorCode; readonly message: string } | undefined;
  /** What `check` reports of the same state that explains the failure. */
  readonly finding?:
    Pick<Finding, 'check' | 'code' | 'verdict' | 'subject' | 'message' | 'remedy' | 'params'> | undefined;
}

/** What is the same in all results of a route. */
type Base = Pick<ProbeResult, 'integration' | 'route' | 'gateway' | 'stage'>;

function baseOf({ integration, route, gateway, stage }: ProbeRoute): Base {
  return { integration, route, gateway, ...defined({ stage }) };
}

/** Remedies of calls that the gateway refused. */
const REFUSED: Readonly<Partial<Record<number, string>>> = {
  400: "Pass what the route requires, with --path or --header 'NAME: VALUE' (`paths`, `headers` in a program).",
  401: "Pass what the route requires: --header 'authorization: …' (`headers` in a program).",
  403: "Pass what the route requires: --header 'authorization: …' or 'x-api-key: …' (`headers` in a program).",
  429: 'Run again later, or with fewer calls at once: --max-parallel 1.',
};

/** The path is explained by what `check` found of each hop, also where all of them pass. */
const notExplained = ({ integration, route }: ProbeRoute): string =>
  `No finding explains it. Run \`postern explain ${integration} '${route}'\`, and look in the access logs of the gateway and of the backend.`;

/** The result of a call of the public address. */
export function answered(route: ProbeRoute, answer: GatewayAnswer, report: Report, clouds: Clouds): ProbeResult {
  const facts = { ...baseOf(route), ...callOf(route), status: answer.status, latencyMs: Math.round(answer.latencyMs) };
  const madeByGateway = madeAnswer(clouds, route.gateway.kind, answer, { guarded: route.guarded });
  if (madeByGateway === undefined) {
    return route.doubt === undefined
      ? { ...facts, verdict: 'works' }
      : { ...facts, verdict: 'unknown', ...route.doubt };
  }

  const { verdict, because, fault } = madeByGateway;
  if (fault === 'caller') return { ...facts, verdict, because, remedy: REFUSED[answer.status] ?? REFUSED[400] };

  return { ...facts, verdict, because, ...explained(route, fault, report) };
}

/** The result of the cloud's own call. */
export function tested(route: ProbeRoute, answer: TestCallAnswer, report: Report): ProbeResult {
  const { outcome, status, latencyMs, because } = answer;
  const facts = { ...baseOf(route), ...callOf(route), ...defined({ status, latencyMs }) };
  if (outcome === 'connected') return { ...facts, verdict: 'works' };
  if (outcome === 'unknown') return { ...facts, verdict: 'unknown', because };

  return { ...facts, verdict: 'failed', because, ...explained(route, 'backend', report) };
}

/** The result of a call without an answer. A backend that is too slow is at fault, a network in between is not. */
export function unanswered(route: ProbeRoute, { code, message, remedy }: PosternError, report: Report): ProbeResult {
  const facts = { ...baseOf(route), ...callOf(route), because: message, error: { code, message } };
  if (code === 'WAIT_TIMEOUT') return { ...facts, verdict: 'failed', ...explained(route, 'backend', report, remedy) };
  if (code === 'NOT_FOUND') return { ...facts, verdict: 'failed', ...explained(route, 'route', report, remedy) };

  return { ...facts, verdict: 'unknown', remedy };
}

/** The result of a route that was not called. */
export function uncalled(route: ProbeRoute, report: Report): ProbeResult {
  const { act } = route;
  const base = baseOf(route);
  if (act.is === 'missing') {
    const { because, remedy } = act;
    return {
      ...base,
      verdict: 'failed',
      because,
      ...(remedy === undefined ? explained(route, 'route', report) : { remedy }),
    };
  }
  if (act.is === 'unread') {
    const { code, because, remedy } = act;
    return { ...base, verdict: 'unknown', because, remedy, error: { code, message: because } };
  }

  return act.is === 'none'
    ? { ...base, verdict: 'not-called', because: act.because, remedy: act.remedy }
    : { ...base, verdict: 'not-called', because: 'it was not called' };
}

function callOf({ act, method }: ProbeRoute): Pick<ProbeResult, 'via' | 'method' | 'url'> {
  if (act.is === 'call') return { via: 'gateway', method, url: act.url.replace(/\?.*$/s, '') };

  return act.is === 'test' ? { via: 'test-call', method } : {};
}

function explained(
  route: ProbeRoute,
  fault: Fault,
  report: Report,
  remedy = notExplained(route),
): Pick<ProbeResult, 'finding' | 'remedy'> {
  const found = explainFailure(route, fault, report);
  if (found === undefined) return { remedy };

  const { check, code, verdict, subject, message, params } = found;
  const finding = { check, code, verdict, subject, message, remedy: found.remedy, params };
  return { finding, remedy: found.remedy ?? remedy };
}
