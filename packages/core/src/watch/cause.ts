import type { Spec } from '../do/spec.js';
import type { SnapshotChange } from '../do/snapshot-diff/change.js';
import type { WatchCause, WatchChange, WatchReason } from './model.js';

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
    ...(message === undefined ? {} : { message }),
  };
}

/** A change as histories keep it. */
export function watchChange({ provider, region, account, subject, id, details }: SnapshotChange): WatchChange {
  const shown = details.slice(0, MOST_DETAILS);
  if (details.length > shown.length) shown.push(`${details.length - shown.length} more`);
  return { provider, region, account, subject, ...(id === undefined ? {} : { id }), details: shown };
}

/** The regions that calls of a subject begin in; undefined: any. A target may be in another one, which its reasons name. */
function regionsOf(subject: string, spec: Spec): ReadonlySet<string> | undefined {
  const [, kind, name = ''] = /^(integration|link) (.*)$/s.exec(subject) ?? [];
  const link = kind === 'link' ? name : spec.integrations[name]?.link;
  const { provider, region } = spec.links[link ?? ''] ?? {};
  return provider === undefined || region === undefined ? undefined : new Set([`${provider} ${region}`]);
}
