import type { FaultRule } from '@postern/simulator/internal/simulation';

/** Ages of what stale reads see, in simulated milliseconds. */
const STALE = { ms: 30_000, leastMs: 2_000 };
/** Longer than a call waits for its answer. */
const LATE_MS = 120_000;

/** Faults of a single call, by the names that traces have. */
export const CALL_FAULTS = {
  throttle: { kind: 'throttle' },
  'throttle-after': { kind: 'throttle-after' },
  error: { kind: 'error' },
  'error-after': { kind: 'error-after' },
  deny: { kind: 'deny' },
  expired: { kind: 'expired' },
  reset: { kind: 'reset' },
  lost: { kind: 'lost' },
  html: { kind: 'html' },
  truncate: { kind: 'truncate' },
  late: { kind: 'slow', ms: LATE_MS },
  stale: { kind: 'stale', ...STALE },
} as const satisfies Readonly<Record<string, FaultRule>>;

/** The ends of a process. */
export const KILLS = [
  'kill', // before the call has an effect, the record is written, the wait begins
  'kill-after', // after it, before the process hears of it
  'kill-and-lose', // as `kill`, and its journal is gone
  'kill-and-switch', // as `kill`, and the next run is on the other of two machines, with a journal of its own
] as const;

/** Another process that begins. */
export const OTHERS = [
  'twin', // another machine applies the same spec, with a journal of its own; a second operator gives the same command of a move
  'rival', // another project applies the last spec of the scenario, on the same gateways
] as const;

/** What the process has from now on. */
export const CONDITIONS = [
  'small-pages', // lists come in pages of few items
  'expired-token', // as `small-pages`, and the token of the next second page is refused; numbered pages have none
  'repeated-token', // as `small-pages`, and the next second page names itself as the page after it
  'clock-ahead', // its clock jumps by two hours
  'clock-back',
] as const;

/** What the world has from now on. */
export const LOSSES = [
  'lose-region', // no call of the last region of the specs is answered any more
  'lists-lag', // no list is younger than 2 to 30 s, until events stop
] as const;

/** What trials that apply no specs have in place of `lists-lag`. */
export const LAGS = [
  'reads-lag', // no read is younger than 2 to 30 s, each of another age, until events stop
] as const;

/** One of {@link CONDITIONS}. */
export type Condition = (typeof CONDITIONS)[number];

/** Faults of a single call. */
export type CallFault = keyof typeof CALL_FAULTS;

/** What can happen at a moment of a trial, with the edits and removals of its scenario. */
export type EventKind =
  | CallFault
  | (typeof KILLS)[number]
  | (typeof OTHERS)[number]
  | Condition
  | (typeof LOSSES)[number]
  | (typeof LAGS)[number]
  | `edit:${string}`
  | `removal:${string}`;

/** Something that happens in a trial. */
export interface TrialEvent {
  /** Counts what processes await, from 0: calls, records, reads and locks of journals, waits. */
  readonly moment: number;
  readonly kind: EventKind;
}

/** All kinds that need no edits. */
export const EVENT_KINDS: readonly EventKind[] = [
  ...(Object.keys(CALL_FAULTS) as CallFault[]),
  ...KILLS,
  ...OTHERS,
  ...CONDITIONS,
  ...LOSSES,
];

/** The kinds of trials that apply no specs, as of moves: each has one region, so nothing is lost; a `twin` has the same journal, and there is one machine. */
export const MOVE_EVENTS: readonly EventKind[] = [
  ...EVENT_KINDS.filter(
    (kind) => kind !== 'rival' && kind !== 'kill-and-switch' && !(LOSSES as readonly EventKind[]).includes(kind),
  ),
  ...LAGS,
];

/** Whether trials with events of these kinds read the past. Undefined: of all kinds. */
export function readsPast(kinds: ReadonlySet<EventKind> | undefined): boolean {
  return kinds === undefined || (['stale', 'lists-lag', ...LAGS] as const).some((kind) => kinds.has(kind));
}

export function isCallFault(kind: EventKind): kind is CallFault {
  return Object.hasOwn(CALL_FAULTS, kind);
}

/** Whether the process has it from now on. */
export function isCondition(kind: EventKind): kind is Condition {
  return (CONDITIONS as readonly EventKind[]).includes(kind);
}

/** `lost@17 kill@40`: a trace as one line. */
export function traceText(events: readonly TrialEvent[]): string {
  return events.map(({ kind, moment }) => `${kind}@${moment}`).join(' ');
}

/**
 * Reads what {@link traceText} wrote.
 * @throws {RangeError} for an unknown event
 */
export function parseTrace(text: string): readonly TrialEvent[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [, kind = '', moment = ''] = /^(.+)@(\d{1,9})$/.exec(word) ?? [];
      if (![...EVENT_KINDS, ...LAGS].includes(kind as EventKind) && !/^(?:edit|removal):/.test(kind)) {
        throw new RangeError(`"${word}" is not an event. Write KIND@MOMENT; kinds are ${EVENT_KINDS.join(', ')}.`);
      }

      return { kind: kind as EventKind, moment: Number(moment) };
    });
}
