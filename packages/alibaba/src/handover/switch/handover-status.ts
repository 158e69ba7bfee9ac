import type { Journal, JournalRecord, CallContext } from '@postern/core';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { objectsOf } from '../run/objects.js';
import type { HandoverSwitchDriver, ResolveName } from './dns.js';
import { readStage } from './read-stage.js';

/** The phase of a hand-over, by what the cloud has now. */
export type HandoverPhase = 'planned' | 'building' | 'built' | 'switching' | 'switched';

/** A record of a domain, as it is now. */
export interface StatusRecord {
  readonly name: string;
  /** Per cent of the answers that lead to the target. Null: not known, because the account's DNS does not have it. */
  readonly share: number | null;
  /** What the name leads to now. */
  readonly values: readonly string[];
}

/** A stage of a hand-over, as it is now. */
export interface StageStatus {
  readonly stage: string;
  readonly phase: HandoverPhase;
  readonly gatewayId?: string | undefined;
  /** Objects of the plan, and how many of them exist as planned. */
  readonly objects: number;
  readonly built: number;
  readonly missing: readonly string[];
  readonly records: readonly StatusRecord[];
}

/** The last command of a hand-over that changed something, from the journal. */
export interface LastCommand {
  /** `handover switch`. */
  readonly command: string;
  readonly at: string;
  /** How it ended: `built`, `switched`. `interrupted`: it has no end. */
  readonly state: string;
}

export interface HandoverStatus {
  readonly handover: string;
  /** The earliest phase of all stages. */
  readonly phase: HandoverPhase;
  readonly stages: readonly StageStatus[];
  readonly last?: LastCommand | undefined;
}

/** What a status is read with. */
export interface HandoverStatusOptions {
  readonly context: CallContext;
  readonly journal: Pick<Journal, 'read'>;
  /** Asks resolvers, for records that the account's DNS does not have. */
  readonly resolve?: ResolveName | undefined;
}

/** Reads where a hand-over is, from the cloud and the journal. Changes nothing. @throws {CloudError} of the reads */
export async function handoverStatus(
  plan: HandoverPlan,
  driver: Pick<HandoverSwitchDriver, 'find' | 'dns'>,
  options: HandoverStatusOptions,
): Promise<HandoverStatus> {
  const records = await options.journal.read();
  const stages: StageStatus[] = [];
  for (const stage of plan.stages) stages.push(await stageStatus(plan, stage, driver, { ...options, records }));
  const phases = stages.map(({ phase }) => phase);
  const phase = PHASES.find((one) => phases.includes(one)) ?? 'planned';
  const last = lastCommand(records);
  return { handover: plan.handover, phase, stages, ...(last === undefined ? {} : { last }) };
}

const PHASES: readonly HandoverPhase[] = ['planned', 'building', 'built', 'switching', 'switched'];

async function stageStatus(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: Pick<HandoverSwitchDriver, 'find' | 'dns'>,
  options: HandoverStatusOptions & { readonly records: readonly JournalRecord[] },
): Promise<StageStatus> {
  const { gatewayId, missing, names } = await readStage(plan, stage, driver, options);
  const found = names.map(({ name, share, values }): StatusRecord => ({ name, share, values }));
  const objects = objectsOf(stage).length;
  return {
    stage: stage.stage,
    phase: phaseOf(found, { objects, missing }),
    ...(gatewayId === undefined ? {} : { gatewayId }),
    objects,
    built: objects - missing.length,
    missing,
    records: found,
  };
}

function phaseOf(
  records: readonly StatusRecord[],
  { objects, missing }: { readonly objects: number; readonly missing: readonly string[] },
): HandoverPhase {
  if (records.length > 0 && records.every(({ share }) => share === 100)) return 'switched';
  if (records.some(({ share }) => share !== null && share > 0)) return 'switching';
  if (missing.length === 0) return 'built';
  // A gateway that exists before the hand-over is the only object that may be there without a run.
  return objects - missing.length > 1 ? 'building' : 'planned';
}

function lastCommand(records: readonly JournalRecord[]): LastCommand | undefined {
  const begun = records.findLast(({ type }) => type === 'run');
  if (begun === undefined) return undefined;
  const end = records.find(({ type, run }) => type === 'end' && run === begun.run);
  const { command = '' } = (begun.value ?? {}) as { readonly command?: string };
  const { state = 'interrupted' } = (end?.value ?? {}) as { readonly state?: string };
  return { command, at: end?.at ?? begun.at, state };
}
