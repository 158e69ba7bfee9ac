import { hashJson } from '../ground/hash.js';
import { counted, fewText } from '../ground/text/quantities.js';
import {
  isTold,
  WATCH_VERDICTS,
  WATCH_VERSION,
  type WatchCause,
  type WatchedSpec,
  type WatchEvent,
  type WatchHistory,
  type WatchReason,
  type WatchVerdict,
} from './model.js';
import {
  placeName,
  subjectName,
  verdictWords,
  CAUSE_WORDS,
  changeText,
  EVENT_WORDS,
  lastedText,
  momentText,
  PAST_WORDS,
  reasonText,
} from './words.js';
import { displayText } from '../ground/text/display.js';

/** Events that say the same of several subjects. */
export interface WatchGroup {
  readonly type: WatchEvent['type'];
  readonly subjects: readonly string[];
  /** How many subjects are not listed. */
  readonly more: number;
  readonly from?: WatchVerdict | undefined;
  readonly to?: WatchVerdict | undefined;
  /** Of a change to `works`: the subjects did not exist before. */
  readonly isFirst?: boolean | undefined;
  readonly since?: string | undefined;
  readonly lastedMs?: number | undefined;
  readonly cause?: WatchCause | undefined;
  readonly reasons?: readonly WatchReason[] | undefined;
  readonly message?: string | undefined;
  readonly remedy?: string | undefined;
}

/** What a notifier receives at once. Plain JSON: the body of a webhook. */
export interface WatchMessage {
  readonly version: typeof WATCH_VERSION;
  readonly type: 'postern.watch';
  /** The same for the same events: a receiver that has it already can drop the message. */
  readonly digest: string;
  readonly at: string;
  readonly spec: WatchedSpec;
  /** One line: `shop: orders is broken`. */
  readonly title: string;
  readonly counts: Readonly<Record<WatchVerdict, number>>;
  readonly groups: readonly WatchGroup[];
  /** How many groups are not listed. */
  readonly more: number;
  /** How many older changes are in no group: only the newest ones wait for a notifier. */
  readonly dropped: number;
}

const MOST_GROUPS = 20;
const MOST_SUBJECTS = 20;

/**
 * The message of events, in the state that a history shows. Events that are information only are left out. `dropped`: how many
 * older changes are not among the events.
 */
export function watchMessage(history: WatchHistory, events: readonly WatchEvent[], dropped = 0): WatchMessage {
  const told = events.filter(isTold);
  const groups = grouped(told);
  return {
    version: WATCH_VERSION,
    type: 'postern.watch',
    digest: hashJson(told.map(({ digest }) => digest)),
    at: told.at(-1)?.at ?? history.lastAt,
    spec: history.spec,
    title: `${placeName(history.spec)}: ${titleOf(told)}${dropped === 0 ? '' : `; ${counted(dropped, 'older change')} not listed`}`,
    counts: verdictCounts(history),
    groups: groups.slice(0, MOST_GROUPS),
    more: Math.max(0, groups.length - MOST_GROUPS),
    dropped,
  };
}

/** How many integrations and links have each verdict now. */
export function verdictCounts({ subjects }: WatchHistory): Readonly<Record<WatchVerdict, number>> {
  const counts = { works: 0, broken: 0, unknown: 0 };
  for (const [subject, { verdict }] of Object.entries(subjects)) {
    if (verdict !== undefined && subject !== 'spec') counts[verdict] += 1;
  }
  return counts;
}

/** In the order of events; those that differ in their subject only are one. */
function grouped(events: readonly WatchEvent[]): readonly WatchGroup[] {
  const groups = new Map<string, { first: WatchEvent; subjects: string[] }>();
  for (const event of events) {
    const { type, from, to, isFirst, at, cause, reasons = [], message, subject } = event;
    const why = reasons.map(({ check, code, message: text }) => [check, code, text]);
    const key = JSON.stringify([type, from, to, isFirst, at, cause, why, message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: event, subjects: [subject] });
    else if (!group.subjects.includes(subject)) group.subjects.push(subject);
  }
  return [...groups.values()].map(({ first, subjects }) => {
    const { digest: _, at: __, subject: ___, more: ____, paths: _____, ...facts } = first;
    const shown = subjects.slice(0, MOST_SUBJECTS);
    return { ...facts, subjects: shown, more: subjects.length - shown.length };
  });
}

function titleOf(events: readonly WatchEvent[]): string {
  const last = new Map<string, WatchEvent>();
  for (const event of events) {
    last.delete(event.subject);
    if (event.type === 'verdict') last.set(event.subject, event);
  }
  const told = [...last.values()];
  const words = [...WATCH_VERDICTS]
    .reverse()
    .flatMap((verdict) => told.filter(({ to }) => to === verdict).map(verdictWords));
  const verdicts = [...new Set(words)].map((own) => {
    const names = told.filter((event) => verdictWords(event) === own).map(({ subject }) => subjectName(subject));
    return `${fewText(names, 2, ' and ')} ${names.length === 1 ? own?.one : own?.several}`;
  });
  const near = events.filter(({ type }) => type === 'near').length;
  const far = events.filter(({ type }) => type === 'no-longer-near').length;
  const limits = [
    near === 0 ? '' : `${counted(near, 'limit')} near`,
    far === 0 ? '' : `${counted(far, 'limit')} no longer near`,
  ].filter((text) => text !== '');
  const ended = events.some(({ type }) => type === 'ended') ? ['watching has ended'] : [];
  return [...verdicts, ...limits, ...ended].join('; ');
}

/** A group in words: what the renderings of a message have in common. */
export interface GroupWords {
  /** `orders, users: works → broken` */
  readonly heading: string;
  /** `since 2026-06-01 00:05 UTC; worked for 3 d` */
  readonly when: string;
  readonly reasons: readonly { readonly text: string; readonly remedy?: string | undefined }[];
  readonly cause?: { readonly text: string; readonly changes: readonly string[] } | undefined;
}

const MOST_NAMED = 5;

/** A group of a message in words. */
export function groupWords(group: WatchGroup): GroupWords {
  const { type, subjects, more, from, to, since, lastedMs, cause, reasons = [], message, remedy } = group;
  const names = fewText([...subjects.map(subjectName), ...Array.from({ length: more }, () => '')], MOST_NAMED, ' and ');
  if (type === 'ended') return { heading: EVENT_WORDS.ended, when: '', reasons: [{ text: message ?? '' }] };
  if (type !== 'verdict') {
    const state = type === 'near' ? 'is near' : 'is not near any more';
    return {
      heading: `${names}: a limit ${state}`,
      when: since === undefined ? '' : `first seen ${momentText(since)}`,
      reasons: [{ text: message ?? '', remedy }],
    };
  }

  const lasted =
    from === undefined || lastedMs === undefined ? '' : `; ${PAST_WORDS[from]} for ${lastedText(lastedMs)} before`;
  return {
    heading: `${names}: ${from === undefined ? '' : `${from} → `}${to ?? ''}`,
    when: since === undefined ? '' : `since ${momentText(since)}${lasted}`,
    reasons: reasons.map((one) => ({ text: reasonText(one), remedy: one.remedy })),
    cause: cause && {
      text: cause.message === undefined ? CAUSE_WORDS[cause.kind] : `Nothing could be read: ${cause.message}`,
      changes: [...cause.changes.map(changeText), ...(cause.more > 0 ? [counted(cause.more, 'more change')] : [])],
    },
  };
}

/** What a message does not list, a sentence each. */
export function leftOut({ more, dropped }: WatchMessage): readonly string[] {
  return [
    ...(more > 0 ? [`${counted(more, 'more change')} not shown.`] : []),
    ...(dropped > 0
      ? [`${counted(dropped, 'older change')} not listed; the report has the verdict of each integration.`]
      : []),
  ];
}

/** A message as lines for a terminal or a log. */
export function watchText(message: WatchMessage): string {
  const { groups, counts } = message;
  const lines = groups.flatMap((group) => {
    const { heading, when, reasons, cause } = groupWords(group);
    return [
      `${heading}${when === '' ? '' : ` (${when})`}`,
      ...reasons.flatMap(({ text, remedy }) => [`  ${text}`, ...(remedy === undefined ? [] : [`    → ${remedy}`])]),
      ...(cause === undefined ? [] : [`  ${cause.text}`, ...cause.changes.map((change) => `    ~ ${change}`)]),
    ];
  });
  return [message.title, ...lines, ...leftOut(message), countsText(counts)]
    .map((line) => `${displayText(line)}\n`)
    .join('');
}

/** An event as one line: `integration orders: works → broken; path/security-group …; security group sg-1 (web): …`. */
export function eventText({ type, subject, from, to, cause, message, paths, reasons = [] }: WatchEvent): string {
  const what =
    type === 'verdict'
      ? `${subject}: ${from === undefined ? '' : `${from} → `}${to ?? ''}`
      : type === 'drifted'
        ? `drifted${paths === true ? '' : ', without effect on a path'}`
        : `${EVENT_WORDS[type]}: ${subject}`;
  const why = [message, cause?.message, ...reasons.map(reasonText), ...(cause?.changes ?? []).map(changeText)];
  return [what, ...why.filter((one) => one !== undefined)].join('; ');
}

/** `Now: 12 work, 1 is broken, 0 are not proven.` */
export function countsText({ works, broken, unknown }: WatchMessage['counts']): string {
  const be = (count: number): string => (count === 1 ? 'is' : 'are');
  return `Now: ${works} ${works === 1 ? 'works' : 'work'}, ${broken} ${be(broken)} broken, ${unknown} ${be(unknown)} not proven.`;
}
