import type { JournalRecord, CallContext } from '@postern/core';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { builtOf } from '../prove/built-of.js';
import { unitOf } from '../run/journaled.js';
import { stepOf } from '../run/place.js';
import { isShown, type HandoverSwitchDriver, type ResolveName } from './dns.js';
import { readName } from './move-name.js';
import { foundBefore } from './name-mover.js';
import { shareNow, type NameState } from './next-write.js';

/** Where a name of a stage leads now. */
export interface NameNow {
  readonly name: string;
  /** The name of the target, where it is known. */
  readonly to: string | undefined;
  /** Per cent of the answers that lead to the target. Null: not known, because the account's DNS does not have it. */
  readonly share: number | null;
  /** What the name leads to now. */
  readonly values: readonly string[];
  /** Its records. Undefined: no zone of the account has it. */
  readonly state: NameState | undefined;
}

/** A stage as it is now. */
export interface StageNow {
  readonly gatewayId: string | undefined;
  readonly ids: ReadonlyMap<string, { readonly id: string }>;
  readonly missing: readonly string[];
  readonly names: readonly NameNow[];
}

/** What a stage is read with. */
export interface ReadStageOptions {
  readonly context: CallContext;
  /** Of the journal: what each name led to before. */
  readonly records: readonly JournalRecord[];
  /** Asks resolvers, for records that the account's DNS does not have. */
  readonly resolve?: ResolveName | undefined;
}

/** Reads what of a stage is built, and where its names lead. */
export async function readStage(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: Pick<HandoverSwitchDriver, 'find' | 'dns'>,
  { context, records, resolve }: ReadStageOptions,
): Promise<StageNow> {
  const { ids, missing } = await builtOf(plan, stage, driver, context);
  const gatewayId = ids.get(stepOf({ kind: 'gateway', name: stage.stage }))?.id;
  const access = gatewayId === undefined ? undefined : await driver.dns.accessName(gatewayId, context);
  const names: NameNow[] = [];
  for (const { name } of stage.records) {
    const of = { unit: unitOf(plan.handover, stage.stage), name, fingerprint: plan.fingerprint };
    const to = access ?? foundBefore(records, of)?.to;
    const state = await readName(driver.dns, name, plan.handover, context);
    if (state !== undefined) {
      const values = state.at.filter(({ isEnabled }) => isEnabled).map(({ value }) => value);
      names.push({ name, to, share: to === undefined ? 0 : shareNow(state, to), values, state });
      continue;
    }
    const answers = (await resolve?.(name, context.signal)) ?? [];
    const share = answers.length === 0 || to === undefined ? null : isShown(answers, to) ? 100 : 0;
    names.push({ name, to, share, values: [...new Set(answers.flatMap(({ values }) => values))], state });
  }
  return { gatewayId, ids, missing, names };
}
