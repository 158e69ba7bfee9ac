import { lengthOfTime } from '../ground/text/quantities.js';
import type { WatchCause, WatchChange, WatchedSpec, WatchEvent, WatchReason, WatchVerdict } from './model.js';

/** A change of a verdict in words, for one subject and for several. */
interface VerdictWords {
  readonly one: string;
  readonly several: string;
}

/** `works again`, `is broken`, `is not proven any more`. */
const VERDICT_WORDS: Readonly<Record<WatchVerdict, VerdictWords>> = {
  works: { one: 'works again', several: 'work again' },
  broken: { one: 'is broken', several: 'are broken' },
  unknown: { one: 'is not proven any more', several: 'are not proven any more' },
};
const NOT_PROVEN: VerdictWords = { one: 'is not proven', several: 'are not proven' };
const WORKS_FIRST: VerdictWords = { one: 'works for the first time', several: 'work for the first time' };

/** What an event says of its subject; undefined: it is not a change of a verdict. */
export function verdictWords({ type, from, to, isFirst }: WatchEvent): VerdictWords | undefined {
  if (type !== 'verdict' || to === undefined) return undefined;
  if (isFirst === true) return WORKS_FIRST;

  return to === 'unknown' && from === undefined ? NOT_PROVEN : VERDICT_WORDS[to];
}

/** The verdict before: `worked for 3 d`. */
export const PAST_WORDS: Readonly<Record<WatchVerdict, string>> = {
  works: 'worked',
  broken: 'was broken',
  unknown: 'was not proven',
};

/** A cause as a sentence. */
export const CAUSE_WORDS: Readonly<Record<WatchCause['kind'], string>> = {
  edited: 'Edited: the spec was changed.',
  drifted: 'Drifted: the cloud changed, and the spec did not.',
  reading: 'Reading: what can be read changed.',
  time: 'Nothing that was read changed.',
};

/** Events that are not a change of a verdict. */
export const EVENT_WORDS: Readonly<Record<Exclude<WatchEvent['type'], 'verdict'>, string>> = {
  near: 'A limit is near',
  'no-longer-near': 'A limit is not near any more',
  drifted: 'Drifted',
  edited: 'The spec was edited',
  watched: 'Watched from now on',
  unwatched: 'No longer watched',
  ended: 'Watching has ended',
};

/** `shop`; of an entry of a fleet `shop (teams/shop.yaml@prod/eu-west-1)`. */
export function placeName({ project, entry }: WatchedSpec): string {
  return entry === undefined ? project : `${project} (${entry})`;
}

/** What is watched: `integration orders`, `link main`. */
export function watchedOf(subject: string): { readonly kind: string; readonly name: string } {
  const [, kind = '', name = ''] = /^(integration|link) (.*)$/s.exec(subject) ?? [];
  return { kind, name };
}

/** `integration orders` is `orders`: most of what is watched are integrations. */
export function subjectName(subject: string): string {
  const { kind, name } = watchedOf(subject);
  return kind === 'integration' ? name : subject;
}

/** `security group sg-1 (web) in aws eu-west-1 of account 111122223333: rule out tcp 443 to 10.0.0.0/8 removed`. */
export function changeText({ subject, provider, region, account, details }: WatchChange): string {
  const [first = ''] = details;
  const clause = /^(?:is|are|was|were|could) /.test(first) ? ` ${details.join(', ')}` : `: ${details.join('; ')}`;
  return `${subject}${clause} (${provider} ${region}, account ${account})`;
}

/** `path/security-group link eu → target main: …` */
export function reasonText({ check, subject, message }: WatchReason): string {
  return `${check} ${subject}: ${message}`;
}

/** `2026-06-01 00:05 UTC` */
export function momentText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** `3 d 2 h`, `12 min` */
export function lastedText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1_440) return lengthOfTime(minutes < 1 ? ms : minutes * 60_000);

  const days = Math.floor(minutes / 1_440);
  const hours = Math.round((minutes % 1_440) / 60);
  return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
}
