import type { Plan } from '@postern/core';
import { judgePlan } from '@postern/core/check';
import { diff, planText } from '@postern/core/plan';
import { planFindingsText } from '@postern/core/report';
import { z } from 'zod';
import { planNow } from '../../apply/plan-now.js';
import { refusalOf } from '../../apply/refused.js';
import { openSession } from '../../session/open-session.js';
import type { LoadedSpec } from '../../spec/load-spec.js';
import { deletionsOf } from '../deletions.js';
import { snapshotOf, specOf, type Call } from '../scope.js';
import { PLAN_TTL_SECONDS } from '../shown-plans.js';
import { findings, findingsOf } from '../shapes.js';
import { READS, tool } from '../tool.js';

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
      text: [
        ...(shown === undefined ? [] : [`plan ${shown.id}`, `digest ${shown.digest}`, '']),
        ...(refused === undefined ? [] : [`apply would refuse it: ${refused.code}: ${refused.message}`, '']),
        planText(planned),
        planFindingsText(planned),
      ].join('\n'),
    };
  },
});

/** As `postern plan` computes it; from a snapshot without a call. */
async function planOf(call: Call, { spec, folder }: LoadedSpec, only: readonly string[] | undefined): Promise<Plan> {
  const { profile, debug, snapshot: file } = call.scope.options;
  if (file !== undefined) {
    const { snapshot } = await snapshotOf(call, spec);
    return judgePlan(diff(snapshot, spec, { only }), snapshot, spec);
  }
  const session = await openSession(call.io, { debug, profile, spec, notesWaits: true });
  return planNow(call.io, { spec, folder, session }, { only });
}
