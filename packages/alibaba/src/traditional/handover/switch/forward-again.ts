import type { CallContext, JournalRecord } from '@postern/core/internal/library';
import { isPosternError, type PosternError } from '@postern/core/internal/adapter';
import { failing } from '@postern/core/internal/cloud';
import type { StepError } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { unitOf } from '../run/journaled.js';
import { ALL_SWITCHED, hasRun, lastCommand, readStage, recordMoment } from './handover-status.js';
import type { HandoverSwitchDriver, ResolveName } from './dns.js';
import { moveName, type MoveTools } from './move-name.js';
import { findName, foundBefore } from './name-mover.js';
import { requireServing, type ServingSide } from './serves-again.js';
import type { StageProgress } from './switch-events.js';
import type { ShownTools } from './switch-stage.js';

type Driver = HandoverSwitchDriver & { readonly classic: ServingSide };

/** Why the classic group would not serve callers that return; undefined where nothing shows that. @throws {CloudError} of the reads */
export async function lossOfClassic(
  plan: HandoverPlan,
  driver: Driver,
  context: CallContext,
): Promise<PosternError | undefined> {
  try {
    await requireServing(plan, driver, context);
    return undefined;
  } catch (error) {
    if (isPosternError(error, 'FINDINGS_FAILED')) return error;

    throw error;
  }
}

/**
 * Whether callers are on both sides, or on the classic side by a return that has not ended, and the target is there as planned: then it
 * serves those that the classic group does not.
 */
export async function isHalfBack(
  plan: HandoverPlan,
  driver: Driver,
  options: {
    readonly context: CallContext;
    readonly records: readonly JournalRecord[];
    readonly resolve?: ResolveName | undefined;
  },
): Promise<boolean> {
  const { records } = options;
  const shares: number[] = [];
  for (const stage of plan.stages) {
    const { names, missing } = await readStage(plan, stage, driver, options);
    if (missing.length > 0) return false;

    shares.push(...names.flatMap(({ share }) => share ?? []));
  }
  if (shares.some((share) => share > 0)) return shares.some((share) => share < 100);

  const last = lastCommand(records);
  return hasRun(records, 'handover switch') && last?.command === 'handover rollback' && last.state !== 'rolled-back';
}

/** Sends all callers of a stage to the target again, because the classic group does not serve them. @throws {FailedStep} always: so it failed */
export async function forwardAgain(
  plan: HandoverPlan,
  stage: PlannedStage,
  tools: MoveTools &
    ShownTools & {
      readonly driver: HandoverSwitchDriver;
      readonly records: readonly JournalRecord[];
      readonly to: string;
    },
  at: StageProgress,
  why: StepError,
): Promise<never> {
  const { run, to } = tools;
  at.step = 'return';
  for (const planned of stage.records) {
    const { name } = planned;
    const unit = unitOf(plan.handover, stage.stage);
    const before = foundBefore(tools.records, { unit, name, fingerprint: plan.fingerprint });
    const { way, from } = await findName(planned, { to, before, plan }, tools);
    if (way === 'by-hand' || from === null) {
      tools.onWanted({ name, type: 'CNAME', value: to, why: why.message });
      at.notes.push(`change ${name} to ${to}: ${why.message}`);
      continue;
    }

    at.writes += (await moveName({ name, from, to, way, share: 100 }, tools)).writes;
    at.records.push({ name, way, share: 100, to });
  }
  await recordMoment(run, ALL_SWITCHED);
  throw failing(
    'FINDINGS_FAILED',
    `callers are on the target again: ${why.message}`,
    `${why.remedy ?? ''} Then \`postern handover rollback\` returns the callers of ${plan.handover}; ` +
      '`postern handover finish` keeps the target.',
  );
}
