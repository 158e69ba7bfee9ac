import type { Outcome, Rule } from './check.js';
import type { Finding, Params, Verdict } from './finding.js';
import { part, thing, type Subject } from './subject.js';

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
  return outcome.mendedBy === undefined ? finding : { ...finding, mendedBy: outcome.mendedBy };
}

/** A subject as checks of the package write it: `link eu, subnet-a`. */
const SUBJECT = /^(link|target|gateway|route) ([^,]+)(?:, (.*))?$/s;

/** The subject of a user's check that gives a text and no kinds. */
function aboutText(subject: string): readonly Subject[] {
  const [, kind, id, rest] = SUBJECT.exec(subject) ?? [];
  if (kind === undefined || id === undefined) return [part('subject', subject)];
  return rest === undefined ? [thing(kind, id)] : [thing(kind, id), part('part', rest)];
}
