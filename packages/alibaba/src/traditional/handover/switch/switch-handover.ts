import { InvalidInputError, PosternError, type Journal, type CallContext } from '@postern/core/internal/adapter';
import { outcomeOf, asStep, FailedStep, progressOf, shownError, type StepTools } from '@postern/core/internal/cloud';
import type { StepError } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import { builtBy } from '../prove/prove-handover.js';
import { type HandoverProof, requireProof } from '../prove/proof.js';
import { journaled, type JournaledTools, requireCurrent } from '../run/journaled.js';
import { stepOf } from '../run/objects.js';
import type { HandoverSource } from '../source/source.js';
import type { HandoverSwitchDriver, ResolveName } from './dns.js';
import { foundBefore } from './name-mover.js';
import { act } from './move-name.js';
import { baselineBefore, switchStage, type StageSwitch } from './switch-stage.js';
import type { StageEnd, SwitchEvent, SwitchResult, StageOutcome, StageProgress, SwitchState } from './switch-events.js';
import { requireServing } from './serves-again.js';
import type { WatchCalls } from './witness.js';

/** How callers are sent to the target. */
export interface SwitchOptions {
  readonly context: Pick<CallContext, 'clock'>;
  /** What both gateways serve, after each step. */
  readonly watch?: WatchCalls | undefined;
  /** Goes on where no witness says whether calls fail. Default false. */
  readonly acceptUnwatched?: boolean | undefined;
  /** By how much the error share may be above that before the switch. Default 0.01, one call in a hundred. */
  readonly tolerance?: number | undefined;
  /** Asks resolvers, for records that the account's DNS does not have. Without it such a record is only named. */
  readonly resolve?: ResolveName | undefined;
  /** How long such a record is waited for, in milliseconds. Default one hour. Run again to wait longer. */
  readonly waitMs?: number | undefined;
}

/** What a switch works with. */
export interface SwitchHandoverOptions extends SwitchOptions {
  /** Its signal ends the switch: the step in progress is finished and recorded. Run again to go on. */
  readonly context: CallContext;
  readonly journal: Journal;
  /** Values of stage variables, as they were given for the plan. */
  readonly variables?: HandoverSource['variables'] | undefined;
}

/**
 * Sends callers to the target, by DNS: by weights of 1, 10, 50 and 100 % where the record is a CNAME in Alibaba Cloud DNS, else in
 * one step; for a DNS of another provider it names the record, and waits until resolvers show it. After each step one TTL passes,
 * and the witness is asked. Where more calls fail than before, the former records are restored. Run again to continue a switch
 * that was killed.
 *
 * @throws {InvalidInputError} `INVALID_INPUT`: the proof is of another plan, or witness and consent are missing.
 *   {PosternError} `FINDINGS_FAILED`: the proof is not ready, or an object is missing on the target; `WORLD_MOVED`: the plan is a week
 *   old, or the group changed; `WRONG_ACCOUNT`; `LOCKED`; `ABORTED`; `JOURNAL_WRITE_FAILED`.
 */
export async function* switchHandover(
  plan: HandoverPlan,
  driver: HandoverSwitchDriver,
  proof: HandoverProof,
  options: SwitchHandoverOptions,
): AsyncGenerator<SwitchEvent, SwitchResult, undefined> {
  const { context, journal, variables = {}, watch, acceptUnwatched = false } = options;
  requireProof(plan, proof);
  if (watch === undefined && !acceptUnwatched) {
    throw new InvalidInputError('INVALID_INPUT', 'nothing says whether calls fail after the switch: it is unknown', {
      remedy: 'Give a witness (`watch`), or consent with `acceptUnwatched` (--accept-unwatched).',
    });
  }

  let gateways: Gateways = {};
  return yield* journaled<SwitchEvent, SwitchResult>(
    {
      context,
      journal,
      command: 'handover switch',
      handover: plan.handover,
      steps: plan.stages.reduce((sum, { records }) => sum + records.length, 0),
      maxParallel: 1,
      requireCurrent: async () => {
        await requireCurrent(plan, driver, variables, context);
        gateways = await builtGateways(plan, driver, context);
      },
      done: (result) => ({ type: 'switch.done', result }),
    },
    (journal) => switchStages(plan, driver, options, { gateways, journal }),
  );
}

/** The IDs of the gateways, by stage. */
type Gateways = Readonly<Record<string, string>>;

/** The gateways of a hand-over that is built as planned. @throws {PosternError} `FINDINGS_FAILED` */
export async function builtGateways(
  plan: HandoverPlan,
  driver: HandoverSwitchDriver,
  context: CallContext,
): Promise<Gateways> {
  const gateways: Record<string, string> = {};
  for (const stage of plan.stages) {
    const { ids, missing } = await builtBy(plan, stage, driver, context);
    requireBuilt(stage.stage, missing);
    gateways[stage.stage] = ids.get(stepOf({ kind: 'gateway', name: stage.stage }))?.id ?? '';
  }
  return gateways;
}

function requireBuilt(stage: string, missing: readonly string[]): void {
  const [first] = missing;
  if (first === undefined) return;

  throw new PosternError('FINDINGS_FAILED', `${stage}: ${first} is missing on the target, or differs from the plan`, {
    remedy:
      'Run `postern handover run` and `postern handover prove` again. Callers that came to the target return with rollback.',
    details: { stage, missing: missing.slice(0, 50) },
  });
}

/** Switches the stages one after the other; the first that does not end as wanted ends them. */
export async function switchStages(
  plan: HandoverPlan,
  driver: HandoverSwitchDriver,
  options: SwitchOptions,
  { gateways, journal }: { readonly gateways: Gateways; readonly journal: JournaledTools<SwitchEvent> },
): Promise<{ readonly result: SwitchResult; readonly applied: number }> {
  const { watch, acceptUnwatched = false, tolerance = 0.01, resolve, waitMs = 3_600_000 } = options;
  const { runOf, emit, records } = journal;
  const { handover, fingerprint, stages } = plan;
  emit({ type: 'switch.started', handover, stages: stages.map(({ stage }) => stage) });
  const ends: StageEnd[] = [];
  for (const stage of stages) {
    const run = runOf(stage.stage);
    const events = stageEvents({ unit: run.unit, stage: stage.stage }, journal);
    const gatewayId = gateways[stage.stage] ?? '';
    const step = 'access domain name';
    const look = async (ctx: CallContext) => (await driver.dns.accessName(gatewayId, ctx)) ?? null;
    const access = await outcomeOf(act({ run }, step, look, { reads: true }));
    if (!access.ok || access.value === null) {
      const message = `gateway ${gatewayId} has no access domain name`;
      const error: StepError = access.ok ? { code: 'NOT_FOUND', message } : access.error;
      const none = { stage: stage.stage, records: [], judged: [], notes: [], writes: 0 };
      ends.push({ ...none, state: 'failed', failure: { step, error } });
      break;
    }

    const tools: StageSwitch = {
      ...events,
      run,
      dns: driver.dns,
      handover,
      stage,
      gatewayId,
      to: access.value,
      plan,
      before: (name) => foundBefore(records, { unit: run.unit, name, fingerprint }),
      baseline: baselineBefore(records, run.unit),
      watch,
      resolve,
      acceptUnwatched,
      tolerance,
      waitMs,
      requireServing: (ctx) => requireServing(plan, driver, ctx),
    };
    const end = await events.step(`switch ${stage.stage}`, (at) => switchStage(tools, at));
    ends.push(end);
    if (end.state !== 'switched') break;
  }
  return { result: resultOf(handover, 'switched', ends), applied: ends.reduce((sum, { writes }) => sum + writes, 0) };
}

/** What reports the progress of one stage as events. */
export function stageEvents(
  { unit, stage }: { readonly unit: string; readonly stage: string },
  { emit, elapsedMs }: Pick<JournaledTools<SwitchEvent>, 'emit' | 'elapsedMs'>,
) {
  const steps: StepTools = { emit, elapsedMs };
  const tools: Pick<StageSwitch, 'onWrite' | 'onRetry' | 'onWanted' | 'onJudged' | 'onWait'> = {
    onWrite: (name, message) => progressOf(steps, { unit, step: `record ${name}` }).progress(message),
    onRetry: (step, retry) => progressOf(steps, { unit, step }).retried(retry),
    onWanted: (record) => emit({ type: 'record.wanted', stage, record }),
    onJudged: (judged) => emit({ type: 'switch.judged', stage, judged }),
    onWait: (step, message, waitedMs) => progressOf(steps, { unit, step }).waiting(message, waitedMs),
  };
  /** Reports a step of the stage around its work, and returns how it ended. */
  const step = async (name: string, work: (at: StageProgress) => Promise<StageOutcome>): Promise<StageEnd> => {
    const at: StageProgress = { step: name, records: [], judged: [], notes: [], writes: 0 };
    let ended: StageOutcome | undefined;
    const resource = { type: 'stage', name: stage };
    const shown = await outcomeOf(
      asStep(steps, { unit, step: name, kind: 'switch', resource }, async () => {
        ended = await work(at);
        if (ended.failure !== undefined) throw new FailedStep(ended.failure.error);
      }),
    );
    const { step: doing, ...progress } = at;
    const failed: StageOutcome = {
      state: 'failed',
      ...(shown.ok ? {} : { failure: { step: doing, error: shown.error } }),
    };
    return { stage, ...progress, ...(ended ?? failed) };
  };
  return { ...tools, step };
}

/** The result of stages, of which the last decides where it did not end as wanted. */
export function resultOf(handover: string, wanted: SwitchState, ends: readonly StageEnd[]): SwitchResult {
  const unbuilt = ends.flatMap((end) => end.unbuilt ?? []);
  return {
    handover,
    state: ends.find(({ state }) => state !== wanted)?.state ?? wanted,
    stages: ends.map(({ stage, records, judged }) => ({ stage, records, judged })),
    ...(ends.some((end) => end.unbuilt !== undefined) ? { unbuilt } : {}),
    notes: ends.flatMap(({ stage, notes }) => notes.map((text) => `${stage}: ${text}`)),
    failures: ends.flatMap(({ failure }) => {
      if (failure === undefined) return [];

      const { code, message } = shownError(failure.error);
      return [{ step: failure.step, code, message }];
    }),
  };
}
