import { defined } from '../ground/defined.js';
import { isOpen, type OpenFinding, type Report } from '../do/findings/finding.js';
import { subjectOf } from '../do/findings/subject.js';
import type { Spec } from '../do/spec.js';
import type { WatchReason, WatchVerdict, WatchCause, WatchChange } from './model.js';
import { addTo } from '../ground/grouped.js';
import { watchedOf } from './words.js';
import type { SnapshotChange } from '../do/snapshot-diff/change.js';
import type { Check } from '../do/findings/check.js';
import { isNew } from '../do/world/link-facts.js';
import { stageRoutesOf, type StageRoutes } from '../do/world/routes/deployed-routes.js';
import { takingRoute } from '../do/world/routes/route-input.js';
import type { IntegrationView, LinkView, RegionIndex } from '../do/world/views.js';
import { routesByKey } from '../do/world/routes/route-on-stage.js';
import { fewText } from '../ground/text/quantities.js';

/** The verdict of one observation about one subject. */
export interface Judged {
  readonly verdict: WatchVerdict;
  readonly reasons: readonly WatchReason[];
  readonly more: number;
  /** Whether its link or a route does not exist yet. */
  readonly isNew?: true | undefined;
}

/** So many reasons of a verdict are kept. */
const MOST_REASONS = 3;
const MOST_IDS = 12;

/**
 * The verdicts of a report: of each integration, of each link that no integration uses, and of the spec for all other findings. Only
 * findings of severity `error` that the spec does not ignore count. A finding about a link counts for each of its integrations. A part
 * that does not exist yet is not proven, although no check fails. Neither is a part that `postern apply` would change: verdicts of
 * checks hold for the state after the apply, and calls take the state before it.
 */
export function judged(report: Report, spec: Spec, uncreated: Uncreated = new Map()): ReadonlyMap<string, Judged> {
  const integrations = Object.entries(spec.integrations);
  const used = new Set(integrations.map(([, { link }]) => link));
  const ofLink = new Map<string, [OpenFinding, ...OpenFinding[]]>();
  const found = new Map<string, [OpenFinding, ...OpenFinding[]]>();
  for (const finding of report.findings) {
    if (!isOpen(finding) || finding.suppressed !== undefined) continue;
    if (finding.severity !== 'error' && !isUnapplied(finding)) continue;

    const { integration } = finding;
    const link = subjectOf('link', finding)?.id;
    if (integration !== null && Object.hasOwn(spec.integrations, integration))
      addTo(found, `integration ${integration}`, finding);
    else if (link !== undefined && Object.hasOwn(spec.links, link)) addTo(ofLink, link, finding);
    else addTo(found, SPEC, finding);
  }
  return new Map([
    ...integrations.map(([name, { link }]): [string, Judged] => {
      const key = `integration ${name}`;
      return [key, judgedBy([...(ofLink.get(link) ?? []), ...(found.get(key) ?? [])], uncreated.get(key))];
    }),
    ...Object.keys(spec.links)
      .filter((name) => !used.has(name))
      .map((name): [string, Judged] => {
        const key = `link ${name}`;
        return [key, judgedBy(ofLink.get(name) ?? [], uncreated.get(key))];
      }),
    [SPEC, judgedBy(found.get(SPEC) ?? [])],
  ]);
}

/** Whether live objects differ from the spec until the next apply. The checks then report a warning only. */
function isUnapplied({ severity, verdict, mendedBy }: OpenFinding): boolean {
  return severity === 'warning' && verdict === 'fail' && mendedBy === 'apply';
}

/** The subject of what is about no integration and no link. */
export const SPEC = 'spec';

function judgedBy(findings: readonly OpenFinding[], uncreated?: WatchReason): Judged {
  const failed = findings.filter((one) => one.verdict === 'fail' && !isUnapplied(one));
  const isNew = uncreated === undefined ? undefined : true;
  if (failed.length > 0) return { verdict: 'broken', ...shortened(failed.map(reasonOf)), isNew };

  const reasons = [...(uncreated === undefined ? [] : [uncreated]), ...findings.map(reasonOf)];
  return { verdict: reasons.length === 0 ? 'works' : 'unknown', ...shortened(reasons), isNew };
}

function shortened(reasons: readonly WatchReason[]): Pick<Judged, 'reasons' | 'more'> {
  return { reasons: reasons.slice(0, MOST_REASONS), more: Math.max(0, reasons.length - MOST_REASONS) };
}

function reasonOf({ check, code, subject, message, remedy, about, evidence }: OpenFinding): WatchReason {
  const ids = [...new Set([...evidence.map(({ id }) => id), ...about.map(({ id }) => id)])].slice(0, MOST_IDS);
  return { check, code, subject, message, ...defined({ remedy }), ids };
}

/** What differs between two observations. */
export interface Between {
  /** The observation before, and this one. */
  readonly after: string;
  readonly before: string;
  readonly isEdited: boolean;
  readonly changes: readonly SnapshotChange[];
  /** Whether the changes are not known. */
  readonly isLost?: boolean | undefined;
  /** Why nothing could be read. */
  readonly message?: string | undefined;
}

const MOST_CHANGES = 5;
const MOST_DETAILS = 6;

/**
 * What changed the verdict of a subject: first the changes of what the verdicts name, before and after; where there is none, the changes in
 * the regions of its links. Undefined: it is not known.
 */
export function causeOf(
  { after, before, isEdited, changes, isLost, message }: Between,
  {
    subject,
    spec,
    reasons,
    isProof,
  }: {
    readonly subject: string;
    readonly spec: Spec;
    readonly reasons: readonly WatchReason[];
    /** Whether proof is lost, or back. */
    readonly isProof: boolean;
  },
): WatchCause | undefined {
  if (isLost === true && !isEdited && message === undefined) return undefined;

  const ids = new Set(reasons.flatMap((reason) => reason.ids));
  const regions = regionsOf(subject, spec);
  const isThere = ({ provider, region }: SnapshotChange): boolean =>
    regions === undefined || regions.has(`${provider} ${region}`);
  const isReading = ({ kind }: SnapshotChange): boolean => kind === 'gap' || kind === 'unread';
  // An edit changes what is read: what the spec does not need any more explains nothing. A refused reading does.
  const explains = ({ kind }: SnapshotChange): boolean => kind === 'gap' || (kind === 'unread' && !isEdited);
  const of = (candidates: readonly SnapshotChange[]): readonly SnapshotChange[] => {
    const named = candidates.filter(({ id }) => id !== undefined && ids.has(id));
    return named.length > 0 ? named : candidates.filter((one) => one.paths && isThere(one));
  };
  const drifted = of(changes.filter((one) => !isReading(one)));
  const reading = of(changes.filter(explains));
  const [first, second] = isProof ? [reading, drifted] : [drifted, reading];
  const related = first.length > 0 ? first : second;
  const kind = isEdited
    ? 'edited'
    : message !== undefined || (related === reading && reading.length > 0)
      ? 'reading'
      : related.length > 0
        ? 'drifted'
        : isProof
          ? 'reading'
          : 'time';
  return {
    kind,
    after,
    before,
    changes: related.slice(0, MOST_CHANGES).map(watchChange),
    more: Math.max(0, related.length - MOST_CHANGES),
    ...defined({ message }),
  };
}

/** A change as histories keep it. */
export function watchChange({ provider, region, account, subject, id, details }: SnapshotChange): WatchChange {
  const shown = details.slice(0, MOST_DETAILS);
  if (details.length > shown.length) shown.push(`${details.length - shown.length} more`);
  return { provider, region, account, subject, ...defined({ id }), details: shown };
}

/** The regions that calls of a subject begin in; undefined: any. A target may be in another one, which its reasons name. */
function regionsOf(subject: string, spec: Spec): ReadonlySet<string> | undefined {
  const { kind, name } = watchedOf(subject);
  const link = kind === 'link' ? name : spec.integrations[name]?.link;
  const { provider, region } = spec.links[link ?? ''] ?? {};
  return provider === undefined || region === undefined ? undefined : new Set([`${provider} ${region}`]);
}

/**
 * Why calls cannot use a subject of a history yet: its link or one of its routes does not exist, and a plan would create it. Checks judge
 * that as the spec declares it, so none of them fails for it.
 */
export type Uncreated = ReadonlyMap<string, WatchReason>;

/** A check without findings: it collects what does not exist from the views that all checks get. */
export function collectsUncreated(found: Map<string, WatchReason>): Check {
  const about = 'Collects links and routes that do not exist yet.';
  return {
    id: CREATED,
    title: about,
    about,
    severity: 'note',
    sources: [],
    run: ({ integrations, links }) => {
      const add = (subject: string, reason: WatchReason | undefined): void => {
        if (reason !== undefined) found.set(subject, reason);
      };
      for (const link of links) add(`link ${link.name}`, absentLink(link));
      for (const view of integrations) add(`integration ${view.name}`, absentLink(view.link) ?? absentRoutes(view));
      return [];
    },
  };
}

const CREATED = 'watch/created';

function absentLink(view: LinkView): WatchReason | undefined {
  if (!isNew(view)) return undefined;

  const still = view.replaced === undefined ? '' : `; ${view.replaced.id}, which it replaces, carries the calls`;
  return reason(`link ${view.name}`, `Link ${view.name} does not exist yet${still}.`);
}

/** What callers do not get: a route that the gateway does not have, or that a stage does not serve. */
function absentRoutes({ name, spec, link, gateway, targets }: IntegrationView): WatchReason | undefined {
  // `gateway/live-route` fails for routes of others that do not exist.
  if (spec.owner === 'external' || gateway === undefined || link.region.missing('gateways', gateway.id) !== undefined)
    return undefined;

  const routesOfGateway = routesByKey(link.region, gateway);
  const stages = stageRoutesOf(link.region.clouds, gateway, spec.gateway);
  const keys = targets.flatMap(({ routeKeys }) => routeKeys);
  const absent = keys.filter((key) => {
    const answers = stages.map((stage) => serves(link.region, stage, key));
    return answers.includes(false) || (!routesOfGateway.has(key) && !answers.includes(true));
  });
  if (absent.length === 0) return undefined;

  const many = `${absent.length} of ${keys.length} routes do not exist on ${gateway.id} yet: ${fewText(absent)}.`;
  const text = keys.length === 1 ? `Route ${absent[0]} does not exist on ${gateway.id} yet.` : many;
  return reason(`routes of ${name}`, text);
}

/** Undefined: its routes were not read. */
function serves(region: RegionIndex, on: StageRoutes, key: string): boolean | undefined {
  return on.routes && takingRoute(routesByKey(region, on), key) !== undefined;
}

function reason(subject: string, message: string): WatchReason {
  return { check: CREATED, code: 'NOT_CREATED', subject, message, remedy: 'Run `postern apply`.', ids: [] };
}
