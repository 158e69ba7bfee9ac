import { defined, ifText, type Journal, type JournalRecord, type CallContext } from '@postern/core/internal/adapter';
import { membersOf, recordedRuns } from '@postern/core/internal/cloud';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { objectsOf, stepOf } from '../run/objects.js';
import { type HandoverSwitchDriver, type ResolveName, isShown } from './dns.js';
import { builtOf } from '../prove/prove-handover.js';
import { unitOf } from '../run/journaled.js';
import { act, readName } from './move-name.js';
import { foundBefore } from './name-mover.js';
import { shareNow, type NameState } from './next-write.js';
import type { Run } from '@postern/core/internal/engine';

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

/** How far a hand-over is. */
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
  return { handover: plan.handover, phase, stages, ...defined({ last: lastCommand(records) }) };
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
    ...defined({ gatewayId }),
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

export function lastCommand(records: readonly JournalRecord[]): LastCommand | undefined {
  const { begin, end } = recordedRuns(records).findLast((run) => run.begin !== undefined) ?? {};
  if (begin === undefined) return undefined;

  const { state } = membersOf(end?.value);
  return { command: commandOf(begin) ?? '', at: end?.at ?? begin.at, state: ifText(state) ?? 'interrupted' };
}

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

export interface StageNow {
  readonly gatewayId: string | undefined;
  readonly ids: ReadonlyMap<string, { readonly id: string }>;
  readonly missing: readonly string[];
  readonly names: readonly NameNow[];
}

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

/** A step whose record says from when on all names of a stage lead to one side. The command that sends them back makes it void. */
interface Moment {
  readonly step: string;
  readonly voidedBy: string;
}

/** The drain of the classic group begins there. */
export const ALL_SWITCHED: Moment = { step: 'all names lead to the target', voidedBy: 'handover rollback' };

/** The drain of the target begins there. */
export const ALL_RETURNED: Moment = { step: 'all names lead to the classic group', voidedBy: 'handover switch' };

/** Records that all names of a stage lead to one side now. */
export function recordMoment(run: Run, { step }: Moment): Promise<null> {
  return act({ run }, step, () => Promise.resolve(null), { reads: true });
}

/** When that was recorded: the last time, unless the names were sent back since. */
export function momentOf(records: readonly JournalRecord[], unit: string, moment: Moment): string | undefined {
  let last: string | undefined;
  for (const record of records) {
    const { type, unit: of, step, at } = record;
    if (commandOf(record) === moment.voidedBy) last = undefined;
    if (type === 'after' && of === unit && step === moment.step) last = at;
  }
  return last;
}

/** Whether a command of the hand-over was begun. */
export const hasRun = (records: readonly JournalRecord[], command: string): boolean =>
  records.some((record) => commandOf(record) === command);

/** The command of a run, in the record of its beginning. */
const commandOf = ({ type, value }: JournalRecord): string | undefined =>
  type === 'run' ? ifText(membersOf(value)['command']) : undefined;
