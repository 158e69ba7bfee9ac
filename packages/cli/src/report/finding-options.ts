import { InvalidInputError, type Spec, type Report, type Rule } from '@postern/core/internal/library';
import type { check } from '../commands/check/grammar.js';
import type { OptionsOf } from '../grammar/options.js';
import type { CommonOptions } from '../invocation.js';

type Finding = Report['findings'][number];

/** Whether a finding is in a report. */
export type Selection = (finding: Finding) => boolean;

/** Which findings a report has: those of some checks, subjects and integrations. */
export type SelectionOptions = Pick<OptionsOf<typeof check>, 'only' | 'skip'>;

/**
 * What `--only` and `--skip` leave of a report; undefined where neither is given. A pattern is the name of an integration, whose link counts, too; or
 * `CHECK` or `CHECK:SUBJECT`, in which `*` stands for any text: `path/*`, `target/healthy:target orders`.
 * @throws {InvalidInputError} `INVALID_INPUT` for a pattern that no check and no integration matches.
 */
export function selectionOf(
  { only, skip }: SelectionOptions,
  spec: Spec,
  rules: readonly Rule[],
): Selection | undefined {
  if (only === undefined && skip === undefined) return undefined;

  const matchers = (option: string, patterns: readonly string[] = []) =>
    patterns.map((pattern) => matcherOf(option, pattern, spec, rules));
  const [wanted, unwanted] = [matchers('--only', only), matchers('--skip', skip)];
  return (finding) =>
    (only === undefined || wanted.some((fits) => fits(finding))) && !unwanted.some((fits) => fits(finding));
}

function matcherOf(option: string, pattern: string, spec: Spec, rules: readonly Rule[]): Selection {
  const integrations = new Map(Object.entries(spec.integrations));
  if (integrations.has(pattern)) {
    const link = integrations.get(pattern)?.link;
    return ({ integration, about: [first] }) =>
      integration === pattern || (integration === null && first?.kind === 'link' && first.id === link);
  }

  const colon = pattern.indexOf(':');
  const isCheck = wildcard(colon < 0 ? pattern : pattern.slice(0, colon));
  const isSubject = wildcard(colon < 0 ? '*' : pattern.slice(colon + 1).trim());
  if (!rules.some(({ id }) => isCheck(id))) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `${option}: ${JSON.stringify(pattern)} matches no check and no integration`,
      { remedy: 'Write a check or a family, such as path/*, or the name of an integration; docs/checks.md has all.' },
    );
  }

  return ({ check, subject }) => isCheck(check) && isSubject(subject);
}

function wildcard(pattern: string): (text: string) => boolean {
  const parts = pattern.split(/\*+/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const form = new RegExp(`^${parts.join('.*')}$`, 's');
  return (text) => form.test(text);
}

/** The options of `postern check`. */
export type CheckCommandOptions = CommonOptions & OptionsOf<typeof check>;

const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * A moment that was typed, in milliseconds since 1970: a date, which means its beginning in UTC, or a date and time with an offset.
 * @throws {InvalidInputError} `INVALID_INPUT`.
 */
export function momentOf(option: string, text: string): number {
  const moment = DATE.test(text) ? Date.parse(text) : Number.NaN;
  // `2026-02-30` would be read as the second of March.
  const isDay =
    !Number.isNaN(moment) && new Date(Date.parse(text.slice(0, 10))).toISOString().startsWith(text.slice(0, 10));
  if (isDay) return moment;

  throw new InvalidInputError('INVALID_INPUT', `${option}: ${JSON.stringify(text)} is not a valid date`, {
    remedy: 'Write it as in 2026-12-31 or 2026-12-31T12:00:00Z.',
  });
}
