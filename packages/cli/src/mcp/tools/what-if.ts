import { check as checkAll, rulesOf, type Report } from '@postern/core/check';
import { reportText } from '@postern/core/report';
import { z } from 'zod';
import { selectionOf } from '../../report/select-findings.js';
import { headingOf } from '../../snapshot/take-snapshot.js';
import { change, changeText, withChanges } from '../changes.js';
import { snapshotOf, specOf } from '../scope.js';
import { findings, findingsOf, verdict, verdictOf } from '../shapes.js';
import { READS, tool } from '../tool.js';

type Finding = Report['findings'][number];

export const whatIf = tool({
  name: 'what_if',
  title: 'Judge a change',
  description:
    'Judges changes of the network before anyone makes them: which integrations break, which are repaired. Changes nothing.',
  input: z.object({ changes: z.array(change).min(1).max(20) }),
  output: z.object({
    heading: z.string(),
    changes: z.array(z.string()),
    before: verdict,
    after: verdict,
    integrations: z.array(z.object({ integration: z.string(), before: verdict, after: verdict })),
    breaks: findings,
    repairs: findings,
  }),
  hints: READS,
  run: async ({ changes }, call) => {
    const { spec } = await specOf(call);
    const taken = await snapshotOf(call, spec);
    const before = checkAll(taken.snapshot, spec, { passes: false });
    const after = checkAll(withChanges(taken.snapshot, changes), spec, { passes: false });
    const integrations = Object.keys(spec.integrations).flatMap((integration) => {
      const isOf = selectionOf({ only: [integration] }, spec, rulesOf(spec.clouds)) ?? (() => true);
      const [was, is] = [before, after].map((report) => verdictOf(report.findings.filter(isOf)));
      return was === undefined || is === undefined || was === is ? [] : [{ integration, before: was, after: is }];
    });
    const breaks = without(after.findings, before.findings);
    const repairs = without(before.findings, after.findings);
    const heading = headingOf(taken);
    const data = {
      heading,
      changes: changes.map(changeText),
      before: verdictOf(before.findings),
      after: verdictOf(after.findings),
      integrations,
      breaks: findingsOf(breaks),
      repairs: findingsOf(repairs),
    };
    return {
      data,
      text: [
        heading,
        '',
        `Before: ${data.before}. After ${data.changes.join('; ')}: ${data.after}.`,
        ...integrations.map((one) => `${one.integration}: ${one.before} → ${one.after}`),
        ...(breaks.length === 0 ? ['Nothing new is found.'] : ['', reportText({ ...after, findings: breaks })]),
        ...(repairs.length === 0 ? [] : [`No longer found: ${repairs.map((one) => keyOf(one)).join('; ')}`]),
      ].join('\n'),
    };
  },
});

/** Findings that a list has and another one has not. */
function without(some: readonly Finding[], others: readonly Finding[]): readonly Finding[] {
  const known = new Set(others.map(keyOf));
  return some.filter((one) => !known.has(keyOf(one)));
}

function keyOf({ check, subject, verdict: found, code }: Finding): string {
  return `${check} ${code} ${found}: ${subject}`;
}
