import { cloudNow, type Journal, type JournalRecord, type CallContext } from '@postern/core/internal/adapter';
import { repeat } from '@postern/core/internal/cloud';
import { latestTime, type StepError, type StepOutcome } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { journaled, type JournaledTools, requireAccount } from '../run/journaled.js';
import { placeOf } from '../run/objects.js';
import { ALL_RETURNED, hasRun, momentOf, recordMoment, type NameNow } from './handover-status.js';
import { deleteBuilt } from './delete-built.js';
import { isShown, type HandoverSwitchDriver, type ResolveName } from './dns.js';
import { forwardAgain, isHalfBack, lossOfClassic } from './forward-again.js';
import { moveName, readName, type MoveTools } from './move-name.js';
import { findName, foundBefore, targetName } from './name-mover.js';
import { requireServing, type ServingSide } from './serves-again.js';
import { resultOf } from './switch-handover.js';
import { stageEvents } from './stage-events.js';
import { untilShown, type ShownTools, type StageEnd } from './switch-stage.js';
import type { SwitchedRecord, SwitchEvent, SwitchResult, SwitchState } from './switch-events.js';

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
  const ended = await events.step(`roll back ${stage.stage}`, async () => {
    const done: SwitchedRecord[] = [];
    const notes: string[] = [];
    let writes = 0;
    const end = (state: SwitchState, failure?: StageEnd['failure']): StageEnd => ({
      stage: stage.stage,
      state,
      records: done,
      judged: [],
      notes,
      writes,
      failure,
    });
    const access = await accessNameOf(plan, stage, driver, moving);
    if (!access.ok) return end('failed', { step: 'access domain name', error: access.error });

    if (lost !== undefined && access.value !== null)
      return forwardAgain(plan, stage, { ...moving, driver, records, to: access.value }, lost);

    let isWaiting = false;
    for (const [index, planned] of stage.records.entries()) {
      const { name } = planned;
      const isAsked = options.acceptMissing !== true && (index > 0 || stage !== plan.stages[0]);
      const why = isAsked ? await lossNow(plan, driver, moving) : undefined;
      isLost = why;
      if (why !== undefined) return end('failed', { step: `record ${name}`, error: why });

      const before = foundBefore(records, { unit: run.unit, name, fingerprint });
      const known = before?.to ?? access.value;
      const seen = known === null ? await targetInRecords(name, plan, moving) : { ok: true as const, value: known };
      if (!seen.ok) return end('failed', { step: `record ${name}`, error: seen.error });

      const to = seen.value;
      if (to === null) {
        notes.push(`${name} was not changed: the target has no name that callers could come to`);
        continue;
      }

      const found = await findName(planned, { to, before, plan }, moving);
      if (!found.ok) return end('failed', { step: `record ${name}`, error: found.error });

      const { way, from } = found.value;
      if (way === 'by-hand' || from === null) {
        const value = from?.value;
        const leads = await leadsTo(name, to, moving);
        if (!leads.ok) return end('failed', { step: `record ${name}`, error: leads.error });
        if (leads.value === false) continue;
        if (leads.value === null || value === undefined) {
          notes.push(`where ${name} leads is not known: it is to lead to ${value ?? 'its former record'}`);
          continue;
        }

        const shown = await untilShown(
          { name, type: 'CNAME', value, why: 'callers return to the classic group' },
          moving,
        );
        if (!shown.ok) return end('failed', { step: `record ${name}`, error: shown.error });

        if (!shown.value) {
          isWaiting = true;
          notes.push(`${name} still leads to ${to}`);
        }
        done.push({ name, way: 'by-hand', share: shown.value ? 0 : 100, to });
        continue;
      }

      const moved = await moveName({ name, from, to, way, share: 0 }, moving);
      if (!moved.ok) return end('failed', { step: `record ${name}`, error: moved.error });

      writes += moved.value.writes;
      if (moved.value.isRemoved) notes.push(`${name} has no record any more, and led to ${from.type} ${from.value}`);
      done.push({ name, way, share: 0, to });
    }
    if (isWaiting) return end('waiting');
    if (options.deleteBuilt !== true) return end('rolled-back');

    const back = end('rolled-back');
    const drain = await drainOfTarget(stage, driver, { options, moving, records, writes });
    if (!drain.ok) return { ...back, failure: { step: 'drain', error: drain.error } };

    const { unbuilt, error } = await deleteBuilt(plan, stage, {
      run,
      driver,
      records,
      onRemoved: (object) => emit({ type: 'built.removed', object }),
      onRetry: events.onRetry,
    });
    if (error === undefined) return { ...back, unbuilt };

    return { ...end('failed', { step: 'delete what was built', error }), unbuilt };
  });
  return { ...ended, lost: isLost };
}

/** Why the classic group does not serve callers now. What cannot be read does not hold up the return. */
async function lossNow(plan: HandoverPlan, driver: HandoverRollbackDriver, { run }: MoveTools) {
  const asked = await repeat<null>(
    run,
    'classic group serves',
    async (ctx) => {
      await requireServing(plan, driver, ctx);
      return null;
    },
    { reads: true },
  );
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
): Promise<StepOutcome<null>> {
  if (writes === 0 && hasRun(records, 'handover run') && !hasRun(records, 'handover switch')) {
    return { ok: true, value: null };
  }

  const known = writes === 0 ? momentOf(records, run.unit, ALL_RETURNED) : undefined;
  const begun = known ?? latestTime(context);
  if (known === undefined) {
    const recorded = await recordMoment(run, ALL_RETURNED);
    if (!recorded.ok) return recorded;
  }
  const states = await Promise.all(
    names.map(async ({ name }) => ({ state: await readName(dns, name, handover, context) })),
  );
  const until = Date.parse(begun) + drainPeriods(states, keepAliveMs).drainMs;
  if (until <= (cloudNow(context)?.earliestMs ?? context.clock.now())) return { ok: true, value: null };

  const message = `callers may still know the target until ${new Date(until).toISOString()}`;
  return { ok: false, error: { code: 'DRAINING', message, remedy: 'Run the same command again from then on.' } };
}

/** The name of the target, while its gateway exists. */
function accessNameOf(plan: HandoverPlan, stage: PlannedStage, driver: HandoverSwitchDriver, { run }: MoveTools) {
  return repeat<string | null>(
    run,
    'access domain name',
    async (ctx) => {
      const object = { kind: 'gateway', name: stage.stage, planned: stage.gateway } as const;
      const gateway = await driver.find(object, placeOf(plan, stage, new Map()), ctx);
      return gateway === undefined ? null : ((await driver.dns.accessName(gateway.id, ctx)) ?? null);
    },
    { reads: true },
  );
}

/** Where the journal is lost and the gateway deleted: the name of the target by the records, which callers may still follow. */
function targetInRecords(name: string, { group, handover }: HandoverPlan, { run, dns }: MoveTools) {
  return repeat<string | null>(
    run,
    `record ${name}: target`,
    async (ctx) => targetName(await readName(dns, name, handover, ctx), group.id) ?? null,
    { reads: true },
  );
}

/** Whether resolvers show the target; null where that is not known. */
function leadsTo(name: string, to: string, { run, resolve }: MoveTools & ShownTools) {
  return repeat<boolean | null>(
    run,
    `resolve ${name}`,
    async ({ signal }) =>
      resolve === undefined ? null : (await resolve(name, signal)).some((one) => isShown([one], to)),
    { reads: true },
  );
}
