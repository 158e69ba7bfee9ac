import { REPORT_VERSION, type Finding, type Report } from '../do/findings/finding.js';
import type { Rule } from '../do/findings/check.js';
import { findingOf } from '../do/findings/say.js';
import { aboutThings, part, thing } from '../do/findings/subject.js';
import type { Advice, OptionAdvice } from './advice.js';

/**
 * Advice as a report of checks, for `reportSarif` and `junitSuites`: each option is a check, and what speaks against it is a finding. Where
 * an option fits, the others are notes: nothing has to be done about them. Where none fits, they are errors.
 */
export function adviceReport({ options }: Advice): Report {
  const severity = options.some(({ fits }) => fits === 'yes') ? 'note' : 'error';
  const findings = options.flatMap((option) =>
    option.reasons
      .filter(({ code, verdict }) => verdict !== 'pass' || code === 'FITS')
      .map(({ code, verdict, message }): Finding => {
        const about = aboutThings(undefined, thing('option', option.id), part('reason', code));
        return findingOf({ id: checkOf(option), severity }, { verdict, ...about, code, message, evidence: [] });
      }),
  );
  return { version: REPORT_VERSION, findings, gaps: [], assumptions: [] };
}

/** The options as checks: what a report of advice is about. */
export function adviceRules({ options }: Advice): readonly Rule[] {
  return options.map((option) => ({
    id: checkOf(option),
    title: `${option.title} serves all needs`,
    severity: 'error',
    about: `The option \`${option.id}\` of \`postern advise\`.`,
  }));
}

const checkOf = ({ id }: Pick<OptionAdvice, 'id'>): string => `option/${id}`;
