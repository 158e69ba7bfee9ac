import { defined, InvalidInputError, type Verdict, type Severity } from '@postern/core/internal/adapter';
import { fill, type Filling, type Template, type TextOf, type Text } from '@postern/core/internal/checks';
import { nearest } from '@postern/core/internal/cloud';
import type { About, Actor, HandoverItem, HandoverVerdict } from './assessment.js';
import type { AssessView } from './view.js';

/** What an item shows besides its message. */
interface More<T extends Template, R extends Template> {
  readonly target?: T | undefined;
  readonly affects?: readonly ('callers' | 'backend')[] | undefined;
  readonly who?: Actor | undefined;
  readonly remedy?: R | undefined;
  /** False: the hand-over cannot go on without it. */
  readonly waivable?: false | undefined;
}

/** A verdict as data: texts with placeholders, as those of checks, and who is concerned. */
export interface HandoverText<S extends string = string> extends Text<Verdict, S>, More<Template, Template> {
  readonly remedy?: Template | undefined;
}

type Word = Exclude<HandoverVerdict, 'waived'>;
/** The verdicts of a rule by their codes. */
export type HandoverTexts = Readonly<Record<string, HandoverText>>;

/** An item as a rule finds it. */
export type Found = Omit<HandoverItem, 'rule'>;

/** The verdicts of a rule by their codes: each takes what it is about, and the values of its placeholders. */
export type Say<T extends HandoverTexts> = {
  readonly [C in keyof T]: T[C] extends HandoverText<infer S> ? (about: About, ...values: Filling<S>) => Found : never;
};

/** What a hand-over calls verdicts and severities: docs/decisions/0039-one-vocabulary-of-verdicts.md. */
const text =
  (verdict: Verdict, severity?: Severity) =>
  <const M extends Template, const T extends Template = never, const R extends Template = never>(
    message: M,
    more: More<T, R> = {},
  ): HandoverText<TextOf<M> | TextOf<T> | TextOf<R>> => ({ verdict, severity, message, ...more });

/** It is carried over as it is. */
export const exact = text('pass');
/** It is carried over with a difference. */
export const changed = text('fail', 'warning');
/** It is not carried over. */
export const blocked = text('fail', 'error');
/** It is undecided: a fact is missing, or no source says what the service does. */
export const unknown = text('unknown', 'error');

function wordOf({ verdict, severity }: Pick<HandoverText, 'verdict' | 'severity'>): Word {
  if (verdict !== 'fail') return verdict === 'pass' ? 'exact' : 'unknown';

  return severity === 'warning' ? 'changed' : 'blocked';
}

/** One row of the mapping: how it is found in a group, and what becomes of it. */
export interface HandoverRule {
  /** `path/parameters`. */
  readonly id: string;
  /** What it is in the classic service, and on APIG. */
  readonly classic: string;
  readonly apig: string;
  /** Every code that it may give, with its verdict. */
  readonly codes: Readonly<Record<string, Word>>;
  /** Their texts with placeholders. */
  readonly texts: HandoverTexts;
  readonly find: (view: AssessView) => Iterable<Found>;
}

/** A rule as it is written. */
interface Definition<T extends HandoverTexts> extends Omit<HandoverRule, 'codes' | 'texts' | 'find'> {
  readonly codes: T;
  readonly find: (view: AssessView, say: Say<T>) => Iterable<Found>;
}

/** A rule without its condition. */
export type Row<T extends HandoverTexts> = Omit<Definition<T>, 'find'>;

/** A rule: its condition, and the texts of each verdict. */
export function handoverRule<const T extends HandoverTexts>({ codes, find, ...row }: Definition<T>): HandoverRule {
  const say = sayOf(codes);
  return {
    ...row,
    codes: Object.fromEntries(Object.entries(codes).map(([code, one]) => [code, wordOf(one)])),
    texts: codes,
    find: (view) => find(view, say),
  };
}

/** A rule whose condition is asked for each of some objects. */
export interface Each<T extends HandoverTexts, One, R = Found | undefined> extends Row<T> {
  readonly find: (one: One, say: Say<T>, view: AssessView) => R;
}

/** Makes rules for each of the objects that a view has. */
export const ruleForEach =
  <One>(each: (view: AssessView) => Iterable<One>) =>
  <const T extends HandoverTexts>({ find, ...row }: Each<T, One>): HandoverRule =>
    handoverRule<HandoverTexts>({
      ...row,
      *find(view, say) {
        for (const one of each(view)) {
          const found = find(one, say as Say<T>, view);
          if (found !== undefined) yield found;
        }
      },
    });

/** A rule for each API on each stage. */
export const apiRule = ruleForEach((view) => view.published);

function sayOf<T extends HandoverTexts>(codes: T): Say<T> {
  const said = Object.entries(codes).map(([code, one]) => [
    code,
    (about: About, values = {}): Found => itemOf(code, one, about, values),
  ]);
  // The compiler does not see that each entry keeps the placeholders of its text.
  return Object.fromEntries(said) as Say<T>;
}

function itemOf(code: string, one: HandoverText, { source, stage, apis }: About, values: object): Found {
  const { message, target, remedy, affects = [], who = 'none', waivable = true } = one;
  const filled = (template: Template): string => fill(template, values as Readonly<Record<string, unknown>>);
  const shown = target === undefined ? '' : filled(target);
  return {
    code,
    verdict: wordOf(one),
    ...defined({ stage }),
    source,
    ...(shown === '' ? {} : { target: shown }),
    apis,
    affects,
    who,
    message: filled(message),
    ...(remedy === undefined ? {} : { remedy: filled(remedy) }),
    waivable,
  };
}

/** What the user gives up: the ID of a rule, or of a rule and one object, with the reason. */
export interface Waiver {
  /** `api/nonce`, `api/nonce:orders`. The object is a name or an ID. */
  readonly item: string;
  readonly reason: string;
}

/**
 * Parses `ITEM=REASON`.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function parseWaiver(text: string): Waiver {
  const at = text.indexOf('=');
  const [item, reason] = [text.slice(0, Math.max(0, at)).trim(), text.slice(at + 1).trim()];
  if (at > 0 && item !== '' && reason !== '') return { item, reason };

  throw new InvalidInputError('INVALID_INPUT', `waiver ${JSON.stringify(text)}: expected ITEM=REASON`, {
    remedy:
      'Write the rule, or the rule and the object, and why it is given up: --waive "api/nonce:orders=the backend is idempotent".',
  });
}

/** Applies waivers to the items of one rule. `used` gets the waivers that fit an item. */
export function waived(rule: string, found: Found, waivers: readonly Waiver[], used: Set<Waiver>): Found {
  if (found.verdict !== 'blocked' && found.verdict !== 'unknown') return found;

  const own = waivers.find(({ item }) =>
    [rule, `${rule}:${found.source.name}`, `${rule}:${found.source.id}`].includes(item),
  );
  if (own === undefined) return found;

  used.add(own);
  if (!found.waivable) {
    throw new InvalidInputError('INVALID_INPUT', `${own.item} cannot be waived: ${found.message}`, {
      ...defined({ remedy: found.remedy }),
      details: { item: own.item, code: found.code },
    });
  }

  return { ...found, verdict: 'waived', waiver: { verdict: found.verdict, reason: own.reason } };
}

/** Refuses a waiver that fits nothing: it may have a typing error. @throws {InvalidInputError} `INVALID_INPUT` */
export function requireUsed(waivers: readonly Waiver[], used: ReadonlySet<Waiver>, open: readonly string[]): void {
  const unused = waivers.find((waiver) => !used.has(waiver));
  if (unused === undefined) return;

  const similar = nearest(unused.item, open);
  throw new InvalidInputError('INVALID_INPUT', `${unused.item} is nothing that is blocked or unknown`, {
    remedy:
      similar === undefined ? 'Remove it: only what is blocked or unknown is waived.' : `Did you mean ${similar}?`,
  });
}
