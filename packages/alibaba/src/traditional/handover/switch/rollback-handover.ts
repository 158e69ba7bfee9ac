import { cloudNow, type Journal, type JournalRecord, type CallContext } from '@postern/core/internal/adapter';
import { FailedStep, failing, outcomeOf } from '@postern/core/internal/cloud';
import { latestTime, type StepError } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { journaled, type JournaledTools, requireAccount } from '../run/journaled.js';
import { placeOf } from '../run/objects.js';
import { ALL_RETURNED, hasRun, momentOf, recordMoment, type NameNow } from './handover-status.js';
import { deleteBuilt, type UnbuiltObject } from './delete-built.js';
import { isShown, type HandoverSwitchDriver, type ResolveName } from './dns.js';
import { forwardAgain, isHalfBack, lossOfClassic } from './forward-again.js';
import { act, moveName, readName, type MoveTools } from './move-name.js';
import { findName, foundBefore, targetName } from './name-mover.js';
import { requireServing, type ServingSide } from './serves-again.js';
import { resultOf, stageEvents } from './switch-handover.js';
import { untilShown, type ShownTools } from './switch-stage.js';
import type { StageEnd, SwitchEvent, SwitchResult } from './switch-events.js';

/**
 * How long a client keeps a connection, in milliseconds, where nothing is given: one hour. A client that has a connection asks for no
 * address, so that it stays on the classic group until it connects again.
 */
export const KEEP_ALIVE_MS = 3_600_000;

/** Resolvers that keep an answer a little longer, and figures of monitoring that come minutes later [I]. */
const MARGIN_MS = 300_000;

/** The TTL of a record that the account's DNS does not have [I]. */
const UNKNOWN_TTL_SECONDS = 600;

/** The periods of a drain, in milliseconds. */
export interface DrainPeriods {
  /** From the switch to the end: a client may resolve at the end of the TTL, and then keep its connection. */
  readonly drainMs: number;
  /** The last part of it, in which no call may come. */
  readonly quietMs: number;
}

/** How long the drain of a stage takes. */
export function drainPeriods(names: readonly Pick<NameNow, 'state'>[], keepAliveMs: number): DrainPeriods {
  const ttls = names.flatMap(({ state }) => state?.at.map(({ ttlSeconds }) => ttlSeconds) ?? [UNKNOWN_TTL_SECONDS]);
  const ttlMs = Math.max(0, ...ttls) * 1_000;
  return { drainMs: ttlMs + keepAliveMs + MARGIN_MS, quietMs: Math.max(ttlMs, keepAliveMs) };
}

/** A driver that also knows what the classic group serves. */
export type HandoverRollbackDriver = HandoverSwitchDriver & { readonly classic: ServingSide };

/** What a rollback works with. */
export interface RollbackHandoverOptions {
  readonly context: CallContext;
  /** That of the switch: it has what each name led to before. */
  readonly journal: Journal;
  /** Asks resolvers, for records that the account's DNS does not have. */
  readonly resolve?: ResolveName | undefined;
  /** How long such a record is waited for, in milliseconds. Default one hour. */
  readonly waitMs?: number | undefined;
  /**
   * Deletes what was built on the target, after the drain: when no client should know the target any more. Before that the failure
   * `DRAINING` says from when on it may be called. Default false.
   */
  readonly deleteBuilt?: boolean | undefined;
  /** How long a client keeps a connection, in milliseconds. Default one hour. */
  readonly keepAliveMs?: number | undefined;
  /** Sends callers back although APIs of the plan are not published on the classic group any more. Default false. */
  readonly acceptMissing?: boolean | undefined;
}

/**
 * Sends callers back to the classic group: the former record answers first, then the new one is removed. From every phase, also
 * with a plan that is old. What was built on the target stays, or is deleted in reverse order. Run again to continue a rollback that was
 * killed.
 *
 * @throws {PosternError} `FINDINGS_FAILED`: the classic group no longer serves what callers are sent back to; `WRONG_ACCOUNT`; `LOCKED`; `ABORTED`; `JOURNAL_WRITE_FAILED`.
 */
export async function* rollbackHandover(
  plan: HandoverPlan,
  driver: HandoverRollbackDriver,
  options: RollbackHandoverOptions,
): AsyncGenerator<SwitchEvent, SwitchResult, undefined> {
  const { context, journal } = options;
  let lost: StepError | undefined;
  return yield* journaled<SwitchEvent, SwitchResult>(
    {
      context,
      journal,
      command: 'handover rollback',
      handover: plan.handover,
      steps: plan.stages.reduce((sum, { records }) => sum + records.length, 0),
      maxParallel: 1,
      requireCurrent: async () => {
        await requireAccount(plan, driver, context);
        if (options.acceptMissing === true) return;

        const loss = await lossOfClassic(plan, driver, context);
        const half = { context, records: await journal.read(), resolve: options.resolve };
        if (loss !== undefined && !(await isHalfBack(plan, driver, half))) throw loss;

        lost = loss;
      },
      done: (result) => ({ type: 'switch.done', result }),
    },
    async (tools) => {
      const { handover, stages } = plan;
      tools.emit({ type: 'switch.started', handover, stages: stages.map(({ stage }) => stage) });
      const back = async (): Promise<readonly ReturnEnd[]> => {
        const ends: ReturnEnd[] = [];
        for (const stage of stages) {
          if (lost !== undefined || ends.every((end) => end.lost === undefined))
            ends.push(await rollBackStage(plan, stage, driver, { options, tools, lost }));
        }
        return ends;
      };
      let ends = await back();
      lost ??= ends.find((end) => end.lost !== undefined)?.lost;
      // What serves gets the calls: also what has returned a moment ago goes forward again.
      const half = { context, records: tools.records, resolve: options.resolve };
      if (ends.some((end) => end.lost !== undefined) && (await isHalfBack(plan, driver, half))) ends = await back();
      const applied = ends.reduce((sum, { writes }) => sum + writes, 0);
      return { result: resultOf(handover, 'rolled-back', ends), applied };
    },
  );
}

interface Tools {
  readonly options: RollbackHandoverOptions;
  readonly tools: JournaledTools<SwitchEvent>;
  /** Why the classic group does not serve callers that return: then all callers go to the target again. */
  readonly lost: StepError | undefined;
}

/** How the return of a stage ended; it ends early where the classic group does not serve callers any more. */
type ReturnEnd = StageEnd & { readonly lost?: StepError | undefined };

async function rollBackStage(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: HandoverRollbackDriver,
  { options, tools, lost }: Tools,
): Promise<ReturnEnd> {
  const { resolve, waitMs = 3_600_000 } = options;
  const { runOf, emit, records } = tools;
  const { handover, fingerprint } = plan;
  const run = runOf(stage.stage);
  const events = stageEvents({ unit: run.unit, stage: stage.stage }, tools);
  const moving: MoveTools & ShownTools = { ...events, run, dns: driver.dns, handover, resolve, waitMs };
  let isLost: StepError | undefined;
  const ended = await events.step(`roll back ${stage.stage}`, async (at) => {
    at.step = 'access domain name';
    const access = await accessNameOf(plan, stage, driver, moving);
    if (lost !== undefined && access !== null)
      return forwardAgain(plan, stage, { ...moving, driver, records, to: access }, at, lost);

    let isWaiting = false;
    for (const [index, planned] of stage.records.entries()) {
      const { name } = planned;
      at.step = `record ${name}`;
      const isAsked = options.acceptMissing !== true && (index > 0 || stage !== plan.stages[0]);
      isLost = isAsked ? await lossNow(plan, driver, moving) : undefined;
      if (isLost !== undefined) throw new FailedStep(isLost);

      const before = foundBefore(records, { unit: run.unit, name, fingerprint });
      const to = before?.to ?? access ?? (await targetInRecords(name, plan, moving));
      if (to === null) {
        at.notes.push(`${name} was not changed: the target has no name that callers could come to`);
        continue;
      }

      const { way, from } = await findName(planned, { to, before, plan }, moving);
      if (way === 'by-hand' || from === null) {
        const value = from?.value;
        const leads = await leadsTo(name, to, moving);
        if (leads === false) continue;
        if (leads === null || value === undefined) {
          at.notes.push(`where ${name} leads is not known: it is to lead to ${value ?? 'its former record'}`);
          continue;
        }

        const isShown = await untilShown(
          { name, type: 'CNAME', value, why: 'callers return to the classic group' },
          moving,
        );
        if (!isShown) at.notes.push(`${name} still leads to ${to}`);
        isWaiting ||= !isShown;
        at.records.push({ name, way: 'by-hand', share: isShown ? 0 : 100, to });
        continue;
      }

      const moved = await moveName({ name, from, to, way, share: 0 }, moving);
      at.writes += moved.writes;
      if (moved.isRemoved) at.notes.push(`${name} has no record any more, and led to ${from.type} ${from.value}`);
      at.records.push({ name, way, share: 0, to });
    }
    if (isWaiting) return { state: 'waiting' };
    if (options.deleteBuilt !== true) return { state: 'rolled-back' };

    const drained = await outcomeOf(drainOfTarget(stage, driver, { options, moving, records, writes: at.writes }));
    if (!drained.ok) return { state: 'rolled-back', failure: { step: 'drain', error: drained.error } };

    at.step = 'delete what was built';
    const unbuilt: UnbuiltObject[] = (at.unbuilt = []);
    const onRemoved = (object: UnbuiltObject): void => {
      unbuilt.push(object);
      emit({ type: 'built.removed', object });
    };
    await deleteBuilt(plan, stage, { run, driver, records, onRemoved, onRetry: events.onRetry });
    return { state: 'rolled-back' };
  });
  return { ...ended, lost: isLost };
}

/** Why the classic group does not serve callers now. What cannot be read does not hold up the return. */
async function lossNow(plan: HandoverPlan, driver: HandoverRollbackDriver, { run }: MoveTools) {
  const ask = async (ctx: CallContext): Promise<null> => (await requireServing(plan, driver, ctx), null);
  const asked = await outcomeOf(act({ run }, 'classic group serves', ask, { reads: true }));
  return asked.ok || asked.error.code !== 'FINDINGS_FAILED' ? undefined : asked.error;
}

/**
 * Whether clients may still know the target: it is counted from the record of the return in the journal. Without any switch in it, and with
 * the run in it, no client ever did.
 */
async function drainOfTarget(
  { records: names }: PlannedStage,
  { dns }: HandoverRollbackDriver,
  {
    options: { context, keepAliveMs = KEEP_ALIVE_MS },
    moving: { run, handover },
    records,
    writes,
  }: {
    readonly options: RollbackHandoverOptions;
    readonly moving: MoveTools;
    readonly records: readonly JournalRecord[];
    readonly writes: number;
  },
): Promise<void> {
  if (writes === 0 && hasRun(records, 'handover run') && !hasRun(records, 'handover switch')) return;

  const known = writes === 0 ? momentOf(records, run.unit, ALL_RETURNED) : undefined;
  const begun = known ?? latestTime(context);
  if (known === undefined) await recordMoment(run, ALL_RETURNED);
  const states = await Promise.all(
    names.map(async ({ name }) => ({ state: await readName(dns, name, handover, context) })),
  );
  const until = Date.parse(begun) + drainPeriods(states, keepAliveMs).drainMs;
  if (until <= (cloudNow(context)?.earliestMs ?? context.clock.now())) return;

  const message = `callers may still know the target until ${new Date(until).toISOString()}`;
  throw failing('DRAINING', message, 'Run the same command again from then on.');
}

/** The name of the target, while its gateway exists. */
function accessNameOf(plan: HandoverPlan, stage: PlannedStage, driver: HandoverSwitchDriver, { run }: MoveTools) {
  const look = async (ctx: CallContext): Promise<string | null> => {
    const object = { kind: 'gateway', name: stage.stage, planned: stage.gateway } as const;
    const gateway = await driver.find(object, placeOf(plan, stage, new Map()), ctx);
    return gateway === undefined ? null : ((await driver.dns.accessName(gateway.id, ctx)) ?? null);
  };
  return act({ run }, 'access domain name', look, { reads: true });
}

/** Where the journal is lost and the gateway deleted: the name of the target by the records, which callers may still follow. */
function targetInRecords(name: string, { group, handover }: HandoverPlan, { run, dns }: MoveTools) {
  const look = async (ctx: CallContext): Promise<string | null> =>
    targetName(await readName(dns, name, handover, ctx), group.id) ?? null;
  return act({ run }, `record ${name}: target`, look, { reads: true });
}

/** Whether resolvers show the target; null where that is not known. */
function leadsTo(name: string, to: string, { run, resolve }: MoveTools & ShownTools) {
  const look = async ({ signal }: CallContext): Promise<boolean | null> =>
    resolve === undefined ? null : (await resolve(name, signal)).some((one) => isShown([one], to));
  return act({ run }, `resolve ${name}`, look, { reads: true });
}
