import type { Plan } from '@postern/core/internal/library';
import { judgePlan, check as checkAll, rulesOf, type Report } from '@postern/core/internal/check';
import { diff, planText } from '@postern/core/internal/plan';
import { planFindingsText, reportText } from '@postern/core/internal/report';
import { z } from 'zod';
import { planNow, refusalOf } from '../../apply/plan.js';
import { openSession } from '../../session/open-session.js';
import type { LoadedSpec } from '../../spec/load-spec.js';
import { deletionsOf, PLAN_TTL_SECONDS, change, changeText, withChanges } from '../plans.js';
import { snapshotOf, specOf, type Call } from '../scope.js';
import { findings, findingsOf, linesOf, verdict, verdictOf } from '../answers.js';
import { READS, tool } from '../tool.js';
import { selectionOf } from '../../report/finding-options.js';
import { headingOf } from '../../snapshot/take-snapshot.js';

/** Steps that are listed: the rest is counted. */
const MOST_STEPS = 60;

const step = z.object({ unit: z.string(), step: z.string(), kind: z.string(), reason: z.string() });

export const plan = tool({
  name: 'plan',
  title: 'Plan the spec',
  description: 'Shows what apply would change, delete and leave, with findings about that. Changes nothing.',
  input: z.object({
    only: z.array(z.string().max(200)).max(50).optional().describe('Links, integrations and targets of the spec'),
  }),
  output: findings.extend({
    plan: z.string().optional().describe('ID for apply; valid once'),
    digest: z.string().optional(),
    expiresInSeconds: z.number().optional(),
    takenAt: z.string(),
    changes: z.number(),
    unchanged: z.number(),
    steps: z.array(step),
    moreSteps: z.number(),
    deletions: z.array(z.string()),
    notes: z.array(z.string()),
    refused: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).optional(),
  }),
  hints: READS,
  run: async ({ only }, call) => {
    const loaded = await specOf(call);
    const planned = await planOf(call, loaded, only);
    const { units, findings: found = [], notes, unchanged, takenAt, unread = [] } = planned;
    const steps = units.flatMap((unit) => unit.steps.map((one) => ({ ...one, unit: unit.id })));
    const refused = refusalOf(planned, loaded.spec, {});
    const canApply = call.scope.options.allowApply === true && refused === undefined && steps.length > 0;
    const shown = canApply ? call.scope.plans.add(planned) : undefined;
    const listed = steps.slice(0, MOST_STEPS).map((one) => ({
      unit: one.unit,
      step: one.id,
      kind: one.kind,
      reason: one.reason,
    }));
    return {
      data: {
        ...(shown && { plan: shown.id, digest: shown.digest, expiresInSeconds: PLAN_TTL_SECONDS }),
        takenAt,
        changes: steps.length,
        unchanged,
        steps: listed,
        moreSteps: steps.length - listed.length,
        deletions: deletionsOf(planned),
        notes: [...notes, ...unread.map(({ region, message }) => `${region} could not be read: ${message}`)],
        ...(refused && { refused: { code: refused.code, message: refused.message, remedy: refused.remedy } }),
        ...findingsOf(found),
      },
      lines: [
        ...(shown === undefined ? [] : [`plan ${shown.id}`, `digest ${shown.digest}`, '']),
        ...(refused === undefined ? [] : [`apply would refuse it: ${refused.code}: ${refused.message}`, '']),
        ...linesOf(planText(planned)),
        ...linesOf(planFindingsText(planned)),
      ],
    };
  },
});

/** As `postern plan` computes it; from a snapshot without a call. */
async function planOf(call: Call, loaded: LoadedSpec, only: readonly string[] | undefined): Promise<Plan> {
  const { spec, clouds } = loaded;
  const { profile, debug, snapshot: file } = call.scope.options;
  if (file !== undefined) {
    const { snapshot } = await snapshotOf(call, spec);
    return judgePlan(diff(snapshot, spec, { clouds, only }), snapshot, spec, { clouds });
  }

  const session = await openSession(call.io, { debug, profile, spec, notesWaits: true });
  return planNow(call.io, { ...loaded, session }, { only });
}

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
    const { spec, clouds } = await specOf(call);
    const taken = await snapshotOf(call, spec);
    const before = checkAll(taken.snapshot, spec, { clouds, passes: false });
    const after = checkAll(withChanges(taken.snapshot, changes), spec, { clouds, passes: false, planned: true });
    const integrations = Object.keys(spec.integrations).flatMap((integration) => {
      const isOf = selectionOf({ only: [integration] }, spec, rulesOf(clouds)) ?? (() => true);
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
      lines: [
        heading,
        '',
        `Before: ${data.before}. After ${data.changes.join('; ')}: ${data.after}.`,
        ...integrations.map((one) => `${one.integration}: ${one.before} → ${one.after}`),
        ...(breaks.length === 0
          ? ['Nothing new is found.']
          : ['', ...linesOf(reportText({ ...after, findings: breaks }))]),
        ...(repairs.length === 0 ? [] : [`No longer found: ${repairs.map((one) => keyOf(one)).join('; ')}`]),
      ],
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
