import { defined } from '../../ground/defined.js';
import type { Missing } from '../world/views.js';
import type { Outcome, Rule } from './check.js';
import type { Evidence, Mending, Params, Severity, Verdict, Finding } from './finding.js';
import {
  fill,
  type TextOf,
  type Template,
  type Names,
  type Optional,
  type Printable,
  type Required,
} from '../../ground/text/template.js';
import { part, thing, type Subject } from './subject.js';
import type { Text, Texts } from './text.js';

export type { Text, Texts } from './text.js';

/** It passes. */
export function pass<const M extends Template>(message: M): Text<'pass', TextOf<M>> {
  return { verdict: 'pass', message };
}

/** It fails. `remedy`: one sentence with the action to take. `inPlan`: the same in a plan of another tool, where it names a spec. */
export function fail<const M extends Template, const R extends Template = never, const P extends Template = never>(
  message: M,
  remedy?: R,
  severity?: Severity,
  inPlan?: P,
): Text<'fail', TextOf<M> | TextOf<R> | TextOf<P>> {
  return { verdict: 'fail', message, remedy, severity, inPlan };
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

export type SayAbout = Pick<Outcome, 'about' | 'subject' | 'integration' | 'routes'>;

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

function listed(
  code: string,
  text: Text,
  about: SayAbout,
  params: object,
  given: Given,
  missing: Missing | undefined,
  isPlanned: boolean,
): Outcome {
  const { evidence = [], severity = text.severity, mendedBy, words } = saidOf(given);
  const values = words === undefined ? { ...params } : { ...params, ...words };
  const message = fill(text.message, values);
  const isWhole = text.verdict !== 'unknown' || text.remedy !== undefined;
  const template = (isPlanned ? text.inPlan : undefined) ?? text.remedy;
  const remedy = template === undefined ? {} : { remedy: fill(template, values) };
  return {
    verdict: text.verdict,
    ...about,
    code,
    ...(isWhole ? { message, ...remedy } : undetermined(message, missing)),
    ...defined({ severity, mendedBy }),
    params: missing === undefined ? (params as Params) : { ...params, missing: missingParams(missing) },
    evidence: missing === undefined ? evidence : [...evidence, missingEvidence(missing)],
  };
}

/** The verdicts of `codes`, for a check that lists its passes, or only counts them. `planned`: of a plan of another tool. */
export function sayOf<T extends Texts>(
  codes: T,
  { passes, planned = false }: { readonly passes: boolean; readonly planned?: boolean | undefined },
): Say<T> {
  const said = Object.entries(codes).map(([code, text]) => [
    code,
    text.verdict === 'unknown'
      ? (about: SayAbout, params: object, missing?: Missing, given?: Given) =>
          listed(code, text, about, params, given, missing, planned)
      : text.verdict === 'pass' && !passes
        ? () => COUNTED
        : (about: SayAbout, params: object, given?: Given) =>
            listed(code, text, about, params, given, undefined, planned),
  ]);
  // The compiler does not see that each entry keeps the placeholders of its text.
  return Object.fromEntries(said) as Say<T>;
}

const CODES: Readonly<Record<Verdict, string>> = { pass: 'PASSED', fail: 'FAILED', unknown: 'UNKNOWN' };
const NO_PARAMS: Params = {};

/** An outcome of a check as a finding, in the order of members that JSON shows. */
export function findingOf(rule: Pick<Rule, 'id' | 'severity'>, outcome: Outcome): Finding {
  const { verdict, subject, message, evidence, remedy } = outcome;
  const { severity = rule.severity, integration = null, code = CODES[verdict], params = NO_PARAMS } = outcome;
  const about = outcome.about ?? aboutText(subject);
  if (verdict === 'pass')
    return { check: rule.id, verdict, integration, subject, message, evidence, code, about, params };

  // Written out twice: a report may have a hundred thousand of these, and spreading takes longer than the
  // checks.
  const finding =
    remedy === undefined
      ? { check: rule.id, verdict, severity, integration, subject, message, evidence, code, about, params }
      : { check: rule.id, verdict, severity, integration, subject, message, evidence, remedy, code, about, params };
  const { mendedBy, routes } = outcome;
  return mendedBy === undefined && routes === undefined ? finding : { ...finding, ...defined({ routes, mendedBy }) };
}

/** A subject as checks of the package write it: `link eu, subnet-a`. */
const SUBJECT = /^(link|target|gateway|route) ([^,]+)(?:, (.*))?$/s;

/** The subject of a user's check that gives a text and no kinds. */
function aboutText(subject: string): readonly Subject[] {
  const [, kind, id, rest] = SUBJECT.exec(subject) ?? [];
  if (kind === undefined || id === undefined) return [part('subject', subject)];

  return rest === undefined ? [thing(kind, id)] : [thing(kind, id), part('part', rest)];
}

type MissingFact = Pick<Missing, 'what' | 'permission' | 'permissions'>;

/** The sentence where it cannot be determined `whether …`, and the fact that is missing. */
function undetermined(
  whether: string,
  missing: Missing | undefined,
): { readonly message: string; readonly remedy?: string } {
  const message = `cannot determine whether ${whether}`;
  return missing === undefined
    ? { message }
    : { message: `${message}: ${missing.what} could not be read`, remedy: missing.remedy };
}

/** A missing fact as a param: `{ what: 'route tables of eu-west-1', permission: 'ec2:DescribeRouteTables' }`. */
export function missingParams({ what, permission, permissions }: MissingFact): Params {
  const own = permission ?? permissions?.[0];
  return own === undefined ? { what } : { what, permission: own };
}

/** A missing fact as evidence; its id is the permission that would supply it, where one would. */
export function missingEvidence({ what, permission }: MissingFact): Evidence {
  return {
    kind: 'missing fact',
    id: permission ?? what,
    text: permission === undefined ? what : `${what} (${permission})`,
  };
}
