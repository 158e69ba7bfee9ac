import type { Finding, Severity, Verdict, Report, Rule } from '@postern/core/internal/library';
import { aboutThings, part, thing } from '@postern/core/internal/checks';
import { findingOf, REPORT_VERSION } from '@postern/core/internal/cloud';
import type { Assessment, HandoverItem, HandoverVerdict } from '../assess/assessment.js';
import type { HandoverRule } from '../assess/rule.js';
import { HANDOVER_RULES } from '../assess/rules/index.js';
import { remedyText, waiveText } from './shown-items.js';

/** What the words of an assessment are among the verdicts of checks: docs/decisions/0039-one-vocabulary-of-verdicts.md. */
const VERDICTS: Readonly<
  Record<HandoverVerdict, { readonly verdict: Verdict; readonly severity?: Severity | undefined }>
> = {
  exact: { verdict: 'pass' },
  waived: { verdict: 'pass' },
  changed: { verdict: 'fail', severity: 'warning' },
  blocked: { verdict: 'fail', severity: 'error' },
  unknown: { verdict: 'unknown', severity: 'error' },
};

/**
 * An assessment as a report of checks, for `reportSarif` and `junitSuites`: each rule is a check, and each item a finding of it. What is
 * carried over as it is passes; a difference is a warning; a waiver suppresses a finding, with its reason.
 */
export function assessmentReport({ items }: Assessment): Report {
  return { version: REPORT_VERSION, findings: items.map(itemFinding), gaps: [], assumptions: [] };
}

/** The rules of the hand-over as checks. */
export const handoverRules = (): readonly Rule[] => HANDOVER_RULES.map(ruleOf);

function ruleOf({ id, classic, apig, codes }: HandoverRule): Rule {
  const given = Object.values(codes);
  const severity = given.some((one) => one === 'blocked' || one === 'unknown')
    ? 'error'
    : given.includes('changed')
      ? 'warning'
      : 'note';
  const about = `API Gateway (Traditional): ${classic}. Cloud-native API Gateway: ${apig}.`;
  return { id, title: `It is carried over: ${classic}`, severity, about, codes: Object.keys(codes) };
}

function itemFinding(item: HandoverItem): Finding {
  const { rule, code, source, stage, target, message, waiver } = item;
  const { kind, id, name } = source;
  const word = waiver?.verdict ?? item.verdict;
  const waive = waiveText(item);
  const remedies = [remedyText(item), waive === undefined ? undefined : `To go on without it: ${waive}`];
  const remedy = remedies.filter((one) => one !== undefined).join(' ');
  const stages = stage === undefined ? [] : [part('stage', stage)];
  const { verdict, severity = 'note' } = VERDICTS[word];
  const finding = findingOf(
    { id: rule, severity },
    {
      verdict,
      ...aboutThings(undefined, thing(kind, id, `${kind} ${name}`), ...stages),
      code,
      params: { kind, id, name, stage, target },
      message,
      evidence: target === undefined ? [] : [{ kind, id, text: `on the target: ${target}` }],
      remedy: remedy === '' ? undefined : remedy,
    },
  );
  return finding.verdict === 'pass' || waiver === undefined
    ? finding
    : { ...finding, suppressed: { reason: waiver.reason } };
}
