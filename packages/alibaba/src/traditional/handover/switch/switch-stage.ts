import type { CallContext, JournalRecord } from '@postern/core/internal/library';
import { FailedStep, outcomeOf, pause, untilReadsShow, valueOf } from '@postern/core/internal/cloud';
import type { StepError } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { ALL_SWITCHED, recordMoment } from './handover-status.js';
import { isShown, type ResolveName } from './dns.js';
import { act, moveName, takesNoWeights, type MovedName, type MoveTools } from './move-name.js';
import { findName, type FoundBefore, type NameMover } from './name-mover.js';
import { SHARES, type Share } from './next-write.js';
import { untilServing, type ServingTools } from './serves-again.js';
import type { StageOutcome, StageProgress, WantedRecord } from './switch-events.js';
import { judge, type Judged, type WatchCalls, type WatchRequest, type Witness } from './witness.js';

export interface StageSwitch extends MoveTools, ServingTools {
  readonly stage: PlannedStage;
  readonly gatewayId: string;
  /** The access domain name of the gateway. */
  readonly to: string;
  readonly plan: Pick<HandoverPlan, 'fingerprint' | 'group'>;
  readonly before: (name: string) => FoundBefore | undefined;
  /** Of the run that began the switch. */
  readonly baseline: Witness | undefined;
  readonly watch: WatchCalls | undefined;
  readonly resolve: ResolveName | undefined;
  /** Whether a step may go on without a witness. */
  readonly acceptUnwatched: boolean;
  readonly tolerance: number;
  /** How long a record that is changed by hand is waited for. */
  readonly waitMs: number;
  readonly onWanted: (record: WantedRecord) => void;
  readonly onJudged: (judged: Judged) => void;
}

/** Resolvers keep an answer for its TTL; some a little longer. */
const AFTER_TTL_MS = 5_000;

/** The step whose answer is what the classic group served before the first change. */
export const BASELINE = 'baseline';

/** Over how long a witness looks before the first change. */
const BASELINE_MS = 600_000;

/** The same from the journal, for a switch that goes on. */
export function baselineBefore(records: readonly JournalRecord[], unit: string): Witness | undefined {
  const last = records.findLast((one) => one.type === 'after' && one.unit === unit && one.step === BASELINE);
  const { value } = (last?.value ?? {}) as { readonly value?: Witness | null };
  return value ?? undefined;
}

/** A name with the way that it takes now: one whose weights are refused is moved in one step. */
type Moving = { mover: NameMover; share: number };

/** Moves the names of a stage through all shares. After each, a TTL passes, and the witness is asked. */
export async function switchStage(tools: StageSwitch, at: StageProgress): Promise<StageOutcome> {
  const names: Moving[] = [];
  try {
    return await switchNames(names, tools, at);
  } finally {
    at.records.push(...names.map(({ mover: { name, way }, share }) => ({ name, way, share, to: tools.to })));
  }
}

async function switchNames(names: Moving[], tools: StageSwitch, at: StageProgress): Promise<StageOutcome> {
  at.step = 'find';
  names.push(...(await beginning(tools)).map((mover): Moving => ({ mover, share: mover.share })));
  const weighted = names.filter(({ mover }) => mover.way === 'weights').map(({ share }) => share);
  const begun = weighted.length === 0 ? 0 : Math.min(...weighted);
  at.step = BASELINE;
  const before =
    names.some(({ share }) => share > 0) && tools.baseline !== undefined
      ? tools.baseline
      : await watched(tools, { share: begun, overMs: BASELINE_MS }, BASELINE);
  for (const share of SHARES) {
    // A stage that was killed goes on at the share that it has: it waits there again.
    if (share < begun || !isStep(names, share)) continue;

    for (const one of names) {
      at.step = `record ${one.mover.name}`;
      at.writes += (await moveTo(one, share, tools, at.notes)).writes;
    }
    if (!isStep(names, share)) continue; // no name takes weights

    if (share === 100) {
      at.step = 'records by hand';
      const missing = await awaitByHand(names, tools);
      at.notes.push(...missing.map((name) => `${name} is not changed yet`));
      if (missing.length > 0) return { state: 'waiting' };
    }
    at.step = `${share} %`;
    if (share === 100) await recordMoment(tools.run, ALL_SWITCHED);
    const overMs = ttlMs(names, share);
    valueOf(await pause(tools.run, `${share} %: one TTL`, overMs));
    const now = await watched(tools, { share, overMs }, `${share} %: witness`);
    const verdict = judge(share, { before, now, tolerance: tools.tolerance });
    at.judged.push(verdict);
    tools.onJudged(verdict);
    if (verdict.verdict === 'worse') return switchBack(names, tools, verdict, at);
    if (verdict.verdict === 'unknown' && !tools.acceptUnwatched) {
      at.notes.push(`at ${share} %: ${verdict.message}; go on with consent, or roll back`);
      return { state: 'waiting' };
    }
  }
  return { state: 'switched' };
}

/** Whether a share is one that the names of a stage can have: without weights there is one step. */
const isStep = (names: readonly Moving[], share: Share): boolean =>
  share === 100 || names.some(({ mover }) => mover.way === 'weights');

/** The records of all names before the first change. Those that have a share may have been read too early: then again. */
async function beginning(tools: StageSwitch): Promise<readonly NameMover[]> {
  const found = await findNames(tools);
  if (found.every(({ share }) => share === 0)) return found;

  valueOf(await untilReadsShow(tools.run, 'the shares'));
  return findNames(tools);
}

/** The records of all names of a stage. */
async function findNames(tools: StageSwitch): Promise<readonly NameMover[]> {
  const { stage, to, plan, before } = tools;
  const movers: NameMover[] = [];
  for (const planned of stage.records) {
    movers.push(await findName(planned, { to, before: before(planned.name), plan }, tools));
  }
  return movers;
}

const NOT_MOVED = { writes: 0, isRemoved: false } as const;

async function moveTo(one: Moving, share: Share, tools: StageSwitch, notes: string[]): Promise<MovedName> {
  const { name, way, from, to } = one.mover;
  if (way === 'by-hand' || from === null || share < one.share) return NOT_MOVED;
  if (way === 'one-step' && share < 100) return NOT_MOVED;

  const moved = await outcomeOf(moveName({ name, from, to, way, share }, tools));
  if (moved.ok) {
    one.share = share;
    return moved.value;
  }
  if (way !== 'weights' || one.share > 0 || !takesNoWeights(moved.error)) throw new FailedStep(moved.error);

  const why = `weights are refused: ${moved.error.message}`;
  notes.push(`${name} is changed in one step: ${why}`);
  one.mover = { ...one.mover, way: 'one-step', why };
  return moveTo(one, share, tools, notes);
}

/** Says which records are to be written, and waits until resolvers show them. Returns the names that they do not show. */
async function awaitByHand(names: readonly Moving[], tools: StageSwitch): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const one of names) {
    const { name, way, to, why } = one.mover;
    if (way !== 'by-hand') continue;

    if (await untilShown({ name, type: 'CNAME', value: to, why }, tools)) one.share = 100;
    else missing.push(name);
  }
  return missing;
}

const POLL_MS = 30_000;

/** What waiting for a record needs. */
export type ShownTools = Pick<StageSwitch, 'run' | 'resolve' | 'waitMs' | 'onWanted' | 'onWait' | 'onRetry'>;

/** Waits until every resolver shows a record that a user writes. Without resolvers it only says which. */
export async function untilShown(record: WantedRecord, tools: ShownTools): Promise<boolean> {
  const { run, resolve, waitMs, onWanted, onWait } = tools;
  const { name, value } = record;
  for (let waitedMs = 0, count = 1; ; waitedMs += POLL_MS, count += 1) {
    const id = `resolve ${name}: ${value} ${count}`;
    const look = async ({ signal }: CallContext): Promise<boolean> =>
      resolve !== undefined && isShown(await resolve(name, signal), value);
    if (await act(tools, id, look, { reads: true })) return true;
    if (count === 1) onWanted(record);
    if (resolve === undefined || waitedMs >= waitMs) return false;

    onWait(`record ${name}`, `waiting until resolvers show ${value}`, waitedMs);
    valueOf(await pause(run, `${id}: sleep`, POLL_MS));
  }
}

function ttlMs(names: readonly Moving[], share: Share): number {
  const moved = names.filter(({ mover }) => share === 100 || mover.way === 'weights');
  return Math.max(0, ...moved.map(({ mover }) => mover.ttlSeconds * 1_000)) + AFTER_TTL_MS;
}

/** What both gateways serve; undefined without a witness, and where it fails: then nothing is known. */
async function watched(
  tools: StageSwitch,
  at: Pick<WatchRequest, 'share' | 'overMs'>,
  id: string,
): Promise<Witness | undefined> {
  const { watch, stage, gatewayId } = tools;
  if (watch === undefined) return undefined;

  const look = async ({ signal }: CallContext): Promise<Witness | null> => {
    const seen = await watch({ ...at, stage: stage.stage, gatewayId }, signal).catch(() => null);
    signal?.throwIfAborted();
    return seen;
  };
  return (await act(tools, id, look, { reads: true })) ?? undefined;
}

/** The former records, after the target's calls failed more often. */
async function switchBack(
  names: readonly Moving[],
  tools: StageSwitch,
  { message, share }: Judged,
  at: StageProgress,
): Promise<StageOutcome> {
  const forward = async (): Promise<void> => {
    for (const one of names) await moveTo(one, 100, tools, []);
  };
  at.step = `${share} %: return`;
  await untilServing({ ...tools, onLost: forward });
  const wanted: string[] = [];
  for (const one of names) {
    const { name, way, from, to } = one.mover;
    if (way === 'by-hand' || from === null) {
      if (one.share === 0) continue;

      const value = from?.value ?? 'its former record';
      tools.onWanted({ name, type: from?.type ?? 'CNAME', value, why: 'the calls of the target fail' });
      wanted.push(`change ${name} back to ${value}`);
      continue;
    }

    at.step = `record ${name}: back`;
    await moveName({ name, from, to, way, share: 0 }, tools);
    one.share = 0;
  }
  const error: StepError = {
    code: 'VERIFICATION_FAILED',
    message: `at ${share} %: ${message}`,
    remedy: 'Find why calls of the target fail, prove again, and switch again.',
  };
  at.notes = wanted;
  return { state: 'switched-back', failure: { step: `${share} %: witness`, error } };
}
