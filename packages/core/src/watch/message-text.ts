import { counted } from '../ground/text/counted.js';
import { displayText } from '../ground/text/display.js';
import { fewText } from '../ground/text/few-text.js';
import type { WatchGroup, WatchMessage } from './message.js';
import type { WatchEvent } from './model.js';
import {
  CAUSE_WORDS,
  changeText,
  EVENT_WORDS,
  lastedText,
  momentText,
  PAST_WORDS,
  reasonText,
  subjectName,
} from './words.js';

/** A group in words: what the renderings of a message have in common. */
export interface GroupWords {
  /** `orders, users: works → broken` */
  readonly heading: string;
  /** `since 2026-06-01 00:05 UTC; worked for 3 d` */
  readonly when: string;
  readonly reasons: readonly { readonly text: string; readonly remedy?: string | undefined }[];
  /** What changed it. */
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
