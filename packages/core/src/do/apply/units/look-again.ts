import type { CallContext } from '../../../ground/calls/call-context.js';
import { isPosternError, PosternError } from '../../../ground/errors.js';
import type { Link } from '../../model/link.js';
import type { Step } from '../../plan/plan.js';
import { inputOf } from '../../plan/step-input.js';
import { pause, settle, stepError } from '../outcome.js';
import { type StepOutcome } from '../run.js';
import { readUntil } from '../read-until.js';
import { PLAN_AGAIN } from '../plan-again.js';
import { markUnused } from './mark-unused.js';
import type { UnitTools } from './unit-tools.js';

/**
 * Looks whether a step is still planned (`StillPlanned`). Lists may show for a while what this
 * run has changed: it looks twice. Where callers came back, the mark of a link without callers goes, which a later run would believe.
 */
export async function stillWanted(step: Step, tools: UnitTools): Promise<StepOutcome<null>> {
  const { run, driver, stillPlanned } = tools;
  if (stillPlanned === undefined) return { ok: true, value: null };
  const { linkRef } = inputOf(step, 'delete link', 'revoke allowlist', 'delete target');
  const { stalenessMs } = driver.traits(linkRef.kind);
  const ask = (times: number) =>
    run.step(`${step.id}: look again ${times}`, (ctx) =>
      settle(() => stillPlanned(step, ctx).catch((error: unknown) => unlessDeleted(step, tools, error, ctx))),
    );
  let asked = await ask(1);
  if (asked.ok && asked.value === 'not yet') {
    const waited = await pause(run, `${step.id}: lists`, stalenessMs);
    if (!waited.ok) return waited;
    asked = await ask(2);
  }
  if (asked.ok && asked.value === 'yes') return { ok: true, value: null };
  if (step.resource.type !== 'target' && (asked.ok || asked.error.code === 'STILL_REFERENCED')) {
    const unmarked = await markUnused(step, tools, { linkRef, isUsed: true });
    if (!unmarked.ok) return unmarked;
  }
  return asked.ok ? { ok: false, error: stepError(changedSince(step)) } : asked;
}

/**
 * Another run of the spec has deleted the link, or is about to: then a plan does not have the step, and it has nothing to do but to
 * wait. Reads may show the link longer than those that the plan was made from.
 */
async function unlessDeleted(step: Step, { driver }: UnitTools, error: unknown, ctx: CallContext): Promise<'yes'> {
  const { kind, resource } = step;
  if (kind !== 'delete' || resource.type !== 'link' || !isPosternError(error, 'WORLD_MOVED')) throw error;
  const { linkRef } = inputOf(step, 'delete link');
  const isGone = (link: Link | undefined): boolean => link === undefined || link.state === 'deleting';
  const { stalenessMs } = driver.traits(linkRef.kind);
  if (!isGone(await readUntil(() => driver.links.find(linkRef, ctx), isGone, stalenessMs, ctx))) throw error;
  return 'yes';
}

function changedSince({ resource: { type, id = '' } }: Step): PosternError {
  return new PosternError('STILL_REFERENCED', `routes have to change before ${type} ${id} can go`, {
    remedy: PLAN_AGAIN,
  });
}
