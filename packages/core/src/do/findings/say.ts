import type { Missing } from '../world/views.js';
import type { Outcome } from './check.js';
import type { Evidence, Mending, Params, Severity, Verdict } from './finding.js';
import { missingEvidence, missingParams, undetermined } from './missing.js';
import {
  fill,
  type TextOf,
  type Template,
  type Names,
  type Optional,
  type Printable,
  type Required,
} from './template.js';

/** A verdict of a check: its sentences as templates (`./template.ts`). */
export interface Text<V extends Verdict = Verdict, T extends string = string> {
  readonly verdict: V;
  /** The message; of an unknown without a remedy what follows `cannot determine whether`. A list: the first text that applies. */
  readonly message: Template;
  readonly remedy?: Template | undefined;
  /** Only in types: its texts. */
  readonly texts?: T | undefined;
  /** Where it is not that of the check. */
  readonly severity?: Severity | undefined;
}

/** The verdicts of a check by their codes. */
export type Texts = Readonly<Record<string, Text>>;

/** It passes. */
export function pass<const M extends Template>(message: M): Text<'pass', TextOf<M>> {
  return { verdict: 'pass', message };
}

/** It fails. `remedy`: one sentence with the action to take. */
export function fail<const M extends Template, const R extends Template = never>(
  message: M,
  remedy?: R,
  severity?: Severity,
): Text<'fail', TextOf<M> | TextOf<R>> {
  return { verdict: 'fail', message, remedy, severity };
}

/** It cannot be determined. `whether`: what follows `cannot determine whether`. `severity`: where it is not that of the check. */
export function unknown<const M extends Template>(whether: M, severity?: Severity): Text<'unknown', TextOf<M>> {
  return { verdict: 'unknown', message: whether, severity };
}

/** It cannot be determined, although no fact is missing: the whole message, and one sentence with the action to take. */
export function undecided<const M extends Template, const R extends Template>(
  message: M,
  remedy: R,
  severity?: Severity,
): Text<'unknown', TextOf<M> | TextOf<R>> {
  return { verdict: 'unknown', message, remedy, severity };
}

/** What an outcome is about. */
export type SayAbout = Pick<Outcome, 'about' | 'subject' | 'integration'>;

/** What an outcome has besides its sentences. */
export interface Said {
  readonly evidence?: readonly Evidence[] | undefined;
  /** Where it is not that of the text. */
  readonly severity?: Severity | undefined;
  /** See `Finding.mendedBy`. */
  readonly mendedBy?: Mending | undefined;
  /** Values of placeholders that are not published as params. They precede params of the same name. */
  readonly words?: Readonly<Record<string, Optional>> | undefined;
}

/** The placeholders of a text that its params do not fill. */
type Lacking<T extends string, P> = {
  readonly [N in Required<T> as N extends keyof P ? (P[N] extends Printable ? never : N) : N]: Printable;
} & { readonly [N in Exclude<Names<T>, Required<T> | keyof P>]: Optional };

/** The evidence alone, or more; words are asked for where params leave placeholders open. */
type More<T extends string, P> = [keyof Lacking<T, P>] extends [never]
  ? [said?: readonly Evidence[] | Said]
  : [said: Said & { readonly words: Lacking<T, P> }];

/**
 * The verdicts of a check by their codes: each takes what it is about, the facts that are published, for an unknown the missing fact
 * (which becomes evidence and a param; undefined where none is missing), and the evidence.
 *
 * ```ts
 * codes: { NO_TEAM: fail('{subnet} has no tag team', 'Give {subnet} the tag team.') },
 * *run({ links }, say) { … yield say.NO_TEAM(about, { subnet: id }, [{ kind: 'subnet', id, text: cidrBlock }]); }
 * ```
 */
export type Say<T extends Texts = Texts> = {
  readonly [C in keyof T]: T[C] extends Text<infer V, infer S>
    ? V extends 'unknown'
      ? <P extends object>(about: SayAbout, params: P, missing: Missing | undefined, ...more: More<S, P>) => Outcome
      : <P extends object>(about: SayAbout, params: P, ...more: More<S, P>) => Outcome
    : never;
};

/** A pass that is counted only: it has no sentence. */
export const COUNTED: Outcome = { verdict: 'pass', subject: '', message: '', evidence: [] };

type Given = Said | readonly Evidence[] | undefined;

function saidOf(given: Given): Said {
  return given === undefined ? {} : Array.isArray(given) ? { evidence: given } : (given as Said);
}

function listed(code: string, text: Text, about: SayAbout, params: object, given: Given, missing?: Missing): Outcome {
  const { evidence = [], severity = text.severity, mendedBy, words } = saidOf(given);
  const values = words === undefined ? { ...params } : { ...params, ...words };
  const message = fill(text.message, values);
  const isWhole = text.verdict !== 'unknown' || text.remedy !== undefined;
  const remedy = text.remedy === undefined ? {} : { remedy: fill(text.remedy, values) };
  return {
    verdict: text.verdict,
    ...about,
    code,
    ...(isWhole ? { message, ...remedy } : undetermined(message, missing)),
    ...(severity === undefined ? {} : { severity }),
    ...(mendedBy === undefined ? {} : { mendedBy }),
    params: missing === undefined ? (params as Params) : { ...params, missing: missingParams(missing) },
    evidence: missing === undefined ? evidence : [...evidence, missingEvidence(missing)],
  };
}

/** The verdicts of `codes`, for a check that lists its passes, or only counts them. */
export function sayOf<T extends Texts>(codes: T, { passes }: { readonly passes: boolean }): Say<T> {
  const said = Object.entries(codes).map(([code, text]) => [
    code,
    text.verdict === 'unknown'
      ? (about: SayAbout, params: object, missing?: Missing, given?: Given) =>
          listed(code, text, about, params, given, missing)
      : text.verdict === 'pass' && !passes
        ? () => COUNTED
        : (about: SayAbout, params: object, given?: Given) => listed(code, text, about, params, given),
  ]);
  // The compiler does not see that each entry keeps the placeholders of its text.
  return Object.fromEntries(said) as Say<T>;
}
