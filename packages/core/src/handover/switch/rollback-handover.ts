import type { Journal } from '../../do/apply/journal.js';
import { repeat } from '../../do/apply/repeat.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { HandoverPlan } from '../plan/handover-plan.js';
import type { PlannedStage } from '../plan/plan-values.js';
import { journaled, type JournaledTools } from '../run/journaled.js';
import { placeOf } from '../run/place.js';
import { requireAccount } from '../run/require-current.js';
import { isShown, type HandoverSwitchDriver, type ResolveName } from './dns.js';
import { moveName, type MoveTools } from './move-name.js';
import { findName, foundBefore } from './name-mover.js';
import { stageEvents } from './stage-events.js';
import { resultOf } from './switch-handover.js';
import { untilShown, type ShownTools, type StageEnd } from './switch-stage.js';
import type { SwitchedRecord, SwitchEvent, SwitchResult, SwitchState } from './switch-events.js';

/** What a rollback works with. */
export interface RollbackHandoverOptions {
  readonly context: CallContext;
  /** That of the switch: it has what each name led to before. */
  readonly journal: Journal;
  /** Asks resolvers, for records that the account's DNS does not have. */
  readonly resolve?: ResolveName | undefined;
  /** How long such a record is waited for, in milliseconds. Default one hour. */
  readonly waitMs?: number | undefined;
}

/**
 * Sends callers back to the classic group: the former record answers first, then the new one is removed. From every phase, also
 * with a plan that is old. What was built on the target stays. Run again to continue a rollback that was killed.
 *
 * @throws {PosternError} `WRONG_ACCOUNT`; `LOCKED`; `ABORTED`; `JOURNAL_WRITE_FAILED`.
 */
export async function* rollbackHandover(
  plan: HandoverPlan,
  driver: HandoverSwitchDriver,
  options: RollbackHandoverOptions,
): AsyncGenerator<SwitchEvent, SwitchResult, undefined> {
  const { context, journal } = options;
  return yield* journaled<SwitchEvent, SwitchResult>(
    {
      context,
      journal,
      command: 'handover rollback',
      handover: plan.handover,
      steps: plan.stages.reduce((sum, { records }) => sum + records.length, 0),
      maxParallel: 1,
      requireCurrent: () => requireAccount(plan, driver, context),
      done: (result, at) => ({ type: 'switch.done', at, result }),
    },
    async (tools) => {
      const { emit, at } = tools;
      const { handover, stages } = plan;
      emit({ type: 'switch.started', at: at(), handover, stages: stages.map(({ stage }) => stage) });
      const ends: StageEnd[] = [];
      for (const stage of stages) ends.push(await rollBackStage(plan, stage, driver, { options, tools }));
      const applied = ends.reduce((sum, { writes }) => sum + writes, 0);
      return { result: resultOf(handover, 'rolled-back', ends), applied };
    },
  );
}

interface Tools {
  readonly options: RollbackHandoverOptions;
  readonly tools: JournaledTools<SwitchEvent>;
}

async function rollBackStage(
  plan: HandoverPlan,
  stage: PlannedStage,
  driver: HandoverSwitchDriver,
  { options, tools: { runOf, emit, at, records } }: Tools,
): Promise<StageEnd> {
  const { context, resolve, waitMs = 3_600_000 } = options;
  const { handover, fingerprint } = plan;
  const run = runOf(stage.stage);
  const events = stageEvents({ unit: run.unit, stage: stage.stage, emit, at, context });
  const moving: MoveTools & ShownTools = { ...events, run, dns: driver.dns, handover, resolve, waitMs };
  return events.step(`roll back ${stage.stage}`, async () => {
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
    let isWaiting = false;
    for (const planned of stage.records) {
      const { name } = planned;
      const before = foundBefore(records, { unit: run.unit, name, fingerprint });
      const to = before?.to ?? access.value;
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
      writes += moved.value;
      done.push({ name, way, share: 0, to });
    }
    return end(isWaiting ? 'waiting' : 'rolled-back');
  });
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
