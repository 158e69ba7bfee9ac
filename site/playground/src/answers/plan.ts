import type { Snapshot, Spec } from '@postern/core/internal/library';
import { judgePlan, stoppingFindings } from '@postern/core/internal/check';
import { diff, planText } from '@postern/core/internal/plan';
import { planFindingsText } from '@postern/core/internal/report';
import { CLOUDS } from '../clouds.js';
import { linesOf, paint, UNBROKEN } from '../painted.js';
import type { Answer } from '../answer.js';

/** The plan from the state of a snapshot to a spec, with what checks find about what it changes. */
export function planAnswer(spec: Spec, snapshot: Snapshot): Omit<Answer, 'marks'> {
  const plan = judgePlan(diff(snapshot, spec, { clouds: CLOUDS }), snapshot, spec, { clouds: CLOUDS });
  const text = planText(plan, { paint });
  const summary = text.trimEnd().split('\n').at(-1) ?? '';
  const stops = stoppingFindings(plan.findings ?? []).length > 0;
  const found = planFindingsText(plan, { paint, width: UNBROKEN });
  return {
    sentence: `Plan: ${summary.replace(/\.$/, '')}${stops ? '; findings stop it' : ''}.`,
    tone: stops ? 'bad' : 'good',
    lines: linesOf(found === '' ? text : `${text}\n${found}`),
  };
}
