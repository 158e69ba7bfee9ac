import { watchedOf } from './words.js';
import { defined } from '../ground/defined.js';
import type { Spec } from '../do/spec.js';
import type { SnapshotChange } from '../do/snapshot-diff/change.js';
import type { WatchCause, WatchChange, WatchReason } from './model.js';
import type { Check } from '../do/findings/check.js';
import { isNew } from '../do/world/link-facts.js';
import { stageRoutesOf, type StageRoutes } from '../do/world/routes/deployed-routes.js';
import { takingRoute } from '../do/world/routes/route-input.js';
import type { IntegrationView, LinkView, RegionIndex } from '../do/world/views.js';
import { routesByKey } from '../do/world/routes/route-on-stage.js';
import { fewText } from '../ground/text/quantities.js';

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
