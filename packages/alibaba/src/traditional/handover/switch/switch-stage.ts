import type { JournalRecord } from '@postern/core/internal/library';
import { pause, repeat, untilReadsShow } from '@postern/core/internal/cloud';
import type { StepError, StepOutcome } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { ALL_SWITCHED, recordMoment } from './handover-status.js';
import type { UnbuiltObject } from './delete-built.js';
import { isShown, type ResolveName } from './dns.js';
import { moveName, takesNoWeights, type MovedName, type MoveTools } from './move-name.js';
import { findName, type FoundBefore, type NameMover } from './name-mover.js';
import { SHARES, type Share } from './next-write.js';
import { untilServing, type ServingTools } from './serves-again.js';
import type { SwitchedStage, SwitchState, WantedRecord } from './switch-events.js';
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

/** How the switch of one stage, or its return, ended. */
export interface StageEnd extends SwitchedStage {
  readonly state: SwitchState;
  readonly writes: number;
  readonly notes: readonly string[];
  readonly unbuilt?: readonly UnbuiltObject[] | undefined;
  readonly failure?: { readonly step: string; readonly error: StepError } | undefined;
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
export async function switchStage(tools: StageSwitch): Promise<StageEnd> {
  const found = await beginning(tools);
  if (!found.ok) return ended(tools, [], 'failed', { failure: { step: 'find', error: found.error } });

  const names = found.value.map((mover): Moving => ({ mover, share: mover.share }));
  const judged: Judged[] = [];
  const notes: string[] = [];
  let writes = 0;
  const end = (state: SwitchState, more: Partial<StageEnd> = {}): StageEnd =>
    ended(tools, names, state, { judged, notes, writes, ...more });
  const weighted = names.filter(({ mover }) => mover.way === 'weights').map(({ share }) => share);
  const begun = weighted.length === 0 ? 0 : Math.min(...weighted);
  const { baseline } = tools;
  const before =
    names.some(({ share }) => share > 0) && baseline !== undefined
      ? ({ ok: true, value: baseline } as const)
      : await watched(tools, { share: begun, overMs: BASELINE_MS }, BASELINE);
  if (before !== undefined && !before.ok) return end('failed', { failure: { step: BASELINE, error: before.error } });

  for (const share of SHARES) {
    // A stage that was killed goes on at the share that it has: it waits there again.
    if (share < begun || !isStep(names, share)) continue;

    for (const one of names) {
      const moved = await moveTo(one, share, tools, notes);
      if (!moved.ok) return end('failed', { failure: { step: `record ${one.mover.name}`, error: moved.error } });

      writes += moved.value.writes;
    }
    if (!isStep(names, share)) continue; // no name takes weights

    if (share === 100) {
      const missing = await awaitByHand(names, tools);
      if (!missing.ok) return end('failed', { failure: { step: 'records by hand', error: missing.error } });
      if (missing.value.length > 0) {
        return end('waiting', { notes: [...notes, ...missing.value.map((name) => `${name} is not changed yet`)] });
      }

      const recorded = await recordMoment(tools.run, ALL_SWITCHED);
      if (!recorded.ok) return end('failed', { failure: { step: `${share} %`, error: recorded.error } });
    }
    const overMs = ttlMs(names, share);
    const slept = await pause(tools.run, `${share} %: one TTL`, overMs);
    if (!slept.ok) return end('failed', { failure: { step: `${share} %`, error: slept.error } });

    const now = await watched(tools, { share, overMs }, `${share} %: witness`);
    if (now !== undefined && !now.ok) return end('failed', { failure: { step: `${share} %`, error: now.error } });

    const verdict = judge(share, {
      before: before?.value ?? undefined,
      now: now?.value ?? undefined,
      tolerance: tools.tolerance,
    });
    judged.push(verdict);
    tools.onJudged(verdict);
    if (verdict.verdict === 'worse') return switchBack(names, tools, verdict, end);
    if (verdict.verdict === 'unknown' && !tools.acceptUnwatched) {
      return end('waiting', {
        notes: [...notes, `at ${share} %: ${verdict.message}; go on with consent, or roll back`],
      });
    }
  }
  return end('switched');
}

/** Whether a share is one that the names of a stage can have: without weights there is one step. */
const isStep = (names: readonly Moving[], share: Share): boolean =>
  share === 100 || names.some(({ mover }) => mover.way === 'weights');

/** The records of all names before the first change. Those that have a share may have been read too early: then again. */
async function beginning(tools: StageSwitch): Promise<StepOutcome<NameMover[]>> {
  const found = await findNames(tools);
  if (!found.ok || found.value.every(({ share }) => share === 0)) return found;

  const slept = await untilReadsShow(tools.run, 'the shares');
  return slept.ok ? findNames(tools) : slept;
}

/** The records of all names of a stage. */
async function findNames(tools: StageSwitch): Promise<StepOutcome<NameMover[]>> {
  const { stage, to, plan, before } = tools;
  const movers: NameMover[] = [];
  for (const planned of stage.records) {
    const found = await findName(planned, { to, before: before(planned.name), plan }, tools);
    if (!found.ok) return found;

    movers.push(found.value);
  }
  return { ok: true, value: movers };
}

const NOT_MOVED = { ok: true, value: { writes: 0, isRemoved: false } } as const;

async function moveTo(one: Moving, share: Share, tools: StageSwitch, notes: string[]): Promise<StepOutcome<MovedName>> {
  const { name, way, from, to } = one.mover;
  if (way === 'by-hand' || from === null || share < one.share) return NOT_MOVED;
  if (way === 'one-step' && share < 100) return NOT_MOVED;

  const moved = await moveName({ name, from, to, way, share }, tools);
  if (moved.ok) {
    one.share = share;
    return moved;
  }
  if (way !== 'weights' || one.share > 0 || !takesNoWeights(moved.error)) return moved;

  const why = `weights are refused: ${moved.error.message}`;
  notes.push(`${name} is changed in one step: ${why}`);
  one.mover = { ...one.mover, way: 'one-step', why };
  return moveTo(one, share, tools, notes);
}

/** Says which records are to be written, and waits until resolvers show them. Returns the names that they do not show. */
async function awaitByHand(names: readonly Moving[], tools: StageSwitch): Promise<StepOutcome<string[]>> {
  const missing: string[] = [];
  for (const one of names) {
    const { name, way, to, why } = one.mover;
    if (way !== 'by-hand') continue;

    const shown = await untilShown({ name, type: 'CNAME', value: to, why }, tools);
    if (!shown.ok) return shown;

    if (shown.value) one.share = 100;
    else missing.push(name);
  }
  return { ok: true, value: missing };
}

const POLL_MS = 30_000;

/** What waiting for a record needs. */
export type ShownTools = Pick<StageSwitch, 'run' | 'resolve' | 'waitMs' | 'onWanted' | 'onWait' | 'onRetry'>;

/** Waits until every resolver shows a record that a user writes. Without resolvers it only says which. */
export async function untilShown(record: WantedRecord, tools: ShownTools): Promise<StepOutcome<boolean>> {
  const { run, resolve, waitMs, onWanted, onWait, onRetry } = tools;
  const { name, value } = record;
  for (let waitedMs = 0, count = 1; ; waitedMs += POLL_MS, count += 1) {
    const id = `resolve ${name}: ${value} ${count}`;
    const shown = await repeat<boolean>(
      run,
      id,
      async ({ signal }) => resolve !== undefined && isShown(await resolve(name, signal), value),
      { reads: true, onRetry: (retry) => onRetry(id, retry) },
    );
    if (!shown.ok || shown.value) return shown;

    if (count === 1) onWanted(record);
    if (resolve === undefined || waitedMs >= waitMs) return shown;

    onWait(`record ${name}`, `waiting until resolvers show ${value}`, waitedMs);
    const slept = await pause(run, `${id}: sleep`, POLL_MS);
    if (!slept.ok) return slept;
  }
}

function ttlMs(names: readonly Moving[], share: Share): number {
  const moved = names.filter(({ mover }) => share === 100 || mover.way === 'weights');
  return Math.max(0, ...moved.map(({ mover }) => mover.ttlSeconds * 1_000)) + AFTER_TTL_MS;
}

/** What both gateways serve; undefined without a witness, null where it fails: then nothing is known. */
async function watched(
  tools: StageSwitch,
  at: Pick<WatchRequest, 'share' | 'overMs'>,
  id: string,
): Promise<StepOutcome<Witness | null> | undefined> {
  const { watch, run, stage, gatewayId, onRetry } = tools;
  if (watch === undefined) return undefined;

  return repeat<Witness | null>(
    run,
    id,
    async ({ signal }) => {
      const seen = await watch({ ...at, stage: stage.stage, gatewayId }, signal).catch(() => null);
      signal?.throwIfAborted();
      return seen;
    },
    { reads: true, onRetry: (retry) => onRetry(id, retry) },
  );
}

/** The former records, after the target's calls failed more often. */
async function switchBack(
  names: readonly Moving[],
  tools: StageSwitch,
  { message, share }: Judged,
  end: (state: SwitchState, more?: Partial<StageEnd>) => StageEnd,
): Promise<StageEnd> {
  const forward = async (): Promise<StepOutcome<null>> => {
    for (const one of names) {
      const moved = await moveTo(one, 100, tools, []);
      if (!moved.ok) return moved;
    }
    return { ok: true, value: null };
  };
  const ready = await untilServing({ ...tools, onLost: forward });
  if (!ready.ok) return end('failed', { failure: { step: `${share} %: return`, error: ready.error } });

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

    const moved = await moveName({ name, from, to, way, share: 0 }, tools);
    if (!moved.ok) return end('failed', { failure: { step: `record ${name}: back`, error: moved.error } });

    one.share = 0;
  }
  const error: StepError = {
    code: 'VERIFICATION_FAILED',
    message: `at ${share} %: ${message}`,
    remedy: 'Find why calls of the target fail, prove again, and switch again.',
  };
  return end('switched-back', { failure: { step: `${share} %: witness`, error }, notes: wanted });
}

function ended(
  { stage, to }: StageSwitch,
  names: readonly Moving[],
  state: SwitchState,
  more: Partial<StageEnd> = {},
): StageEnd {
  const records = names.map(({ mover: { name, way }, share }) => ({ name, way, share, to }));
  return { stage: stage.stage, state, records, judged: [], notes: [], writes: 0, ...more };
}
