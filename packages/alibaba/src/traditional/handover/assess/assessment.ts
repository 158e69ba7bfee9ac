import { defined } from '@postern/core/internal/adapter';
import type { SourceGap } from '../source/source.js';
import { counted, DAY_MS } from '@postern/core/internal/cloud';
import { INSTANCE_RETIREMENT } from '../../cloud/retirement.js';

/** The version of the structure of {@link Assessment}. */
export const ASSESSMENT_VERSION = 1;

/**
 * What becomes of something: carried over as it is; carried over with a difference; not carried over; undecided, because a fact is
 * missing; or given up by the user, with a reason.
 */
export type HandoverVerdict = 'exact' | 'changed' | 'blocked' | 'unknown' | 'waived';

/** The worst last. */
export const VERDICTS: readonly HandoverVerdict[] = ['exact', 'waived', 'changed', 'unknown', 'blocked'];

/** What is handed over, in the words of the classic service. */
export type SourceKind =
  | 'group'
  | 'api'
  | 'backend'
  | 'stage'
  | 'domain'
  | 'certificate'
  | 'plugin'
  | 'app'
  | 'throttle'
  | 'ip-control'
  | 'signature'
  | 'variable'
  | 'instance'
  | 'gateway';

/** Who must act, or must at least know. */
export type Actor = 'none' | 'platform' | 'callers' | 'backend' | 'network' | 'provider';

/** One line of an assessment. */
export interface HandoverItem {
  /** The rule that found it: `path/parameters`. */
  readonly rule: string;
  /** `PATH_PARAMETERS`. */
  readonly code: string;
  readonly verdict: HandoverVerdict;
  readonly stage?: string | undefined;
  readonly source: SourceObject;
  /** What stands for it on the target: `route GET ^/orders/[^/]+$`. Undefined: nothing. */
  readonly target?: string | undefined;
  /** The IDs of the APIs that it concerns. None: it concerns the group, and no API in particular. */
  readonly apis: readonly string[];
  readonly affects: readonly ('callers' | 'backend')[];
  readonly who: Actor;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** Whether the hand-over can go on without it. */
  readonly waivable: boolean;
  /** Of `waived`: what it was, and why it was given up. */
  readonly waiver?: { readonly verdict: 'blocked' | 'unknown'; readonly reason: string } | undefined;
}

/** What an item is about. */
export interface SourceObject {
  readonly kind: SourceKind;
  readonly id: string;
  readonly name: string;
}

/** What a verdict is about. */
export interface About {
  readonly source: SourceObject;
  readonly stage?: string | undefined;
  readonly apis: readonly string[];
}

/** One API on one stage: the worst of its items. */
export interface ApiVerdict {
  readonly id: string;
  readonly name: string;
  readonly stage: string;
  /** `GET /orders/[id]`. */
  readonly key: string;
  readonly verdict: HandoverVerdict;
}

/** What one stage becomes: a target gateway of its own. */
export interface StageVerdict {
  readonly stage: string;
  readonly verdict: HandoverVerdict;
  readonly apis: number;
  /** Of the HTTP API on the target. */
  readonly apiType: 'Http' | 'Rest';
}

/** An instant of the provider's calendar. */
export interface CalendarDay {
  /** `2027-09-21T00:00:00+08:00`. */
  readonly at: string;
  readonly what: string;
  /** Full days until then; negative since then. */
  readonly days: number;
  readonly source?: string | undefined;
}

/** One verdict for each thing of a group, and what follows from them. Plain JSON. */
export interface Assessment {
  readonly version: typeof ASSESSMENT_VERSION;
  /** Of the source, without its instant: the same for a group without edits. */
  readonly digest: string;
  readonly takenAt: string;
  readonly provider: 'alibaba';
  readonly region: string;
  readonly account: string;
  readonly group: { readonly id: string; readonly name: string };
  readonly verdict: HandoverVerdict;
  /** Whether nothing is blocked or undecided. */
  readonly ready: boolean;
  readonly stages: readonly StageVerdict[];
  readonly apis: readonly ApiVerdict[];
  readonly items: readonly HandoverItem[];
  readonly counts: Readonly<Record<HandoverVerdict, number>>;
  readonly calendar: readonly CalendarDay[];
  readonly gaps: readonly SourceGap[];
}

/** The worst of some verdicts; `exact` of none. */
export function worstOf(verdicts: Iterable<HandoverVerdict>): HandoverVerdict {
  let worst = 0;
  for (const verdict of verdicts) worst = Math.max(worst, VERDICTS.indexOf(verdict));
  return VERDICTS[worst] as HandoverVerdict;
}

/** The provider's calendar, and how many full days are left: instants are compared, not days, because they are in UTC+8. */
export function calendarAt(now: number): readonly CalendarDay[] {
  return INSTANCE_RETIREMENT.map(({ at, what, source }) => ({
    at,
    what,
    days: Math.floor((Date.parse(at) - now) / DAY_MS),
    ...defined({ source }),
  }));
}

/** `in 299 days`, `today`, `94 days ago`. */
export function daysText(days: number): string {
  const full = days < 0 ? -days - 1 : days;
  if (full === 0) return 'today';

  const text = counted(full, 'day');
  return days < 0 ? `${text} ago` : `in ${text}`;
}
