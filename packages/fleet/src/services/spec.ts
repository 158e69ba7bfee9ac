import { defined, type Finding, type Plan, type Step, type Unit } from '@postern/core/internal/adapter';
import {
  observePlan,
  observeSpec,
  partOf,
  refuseAllRoutes,
  refuseDeletions,
  refusePurchases,
  takesAway,
} from '@postern/core/internal/plan';
import { refuseEmpty, refuseMoved, type StepError, type UnitResult } from '@postern/core/internal/engine';
import * as restate from '@restatedev/restate-sdk';
import { BROUGHT_WORK } from '../brought/work.js';
import { keyOf, serviceName } from '../engine/ingress.js';
import type { ApprovalKind, FleetState, SpecState } from '../model.js';
import type { Wish } from '../worker/worker-processes.js';
import { recordedRead, type Setting, readContext, settled, whileReading } from '../worker/failures.js';
import type { Timed } from '../worker/restate-runner.js';
import {
  type BroughtWork,
  driversFor,
  ELSEWHERE,
  specOf,
  type MoveWork,
  type PlannedWork,
  type SpecWork,
} from '../worker/works.js';
import { askFor, type Question, type Refusal } from './history.js';
import { KEPT, NOT_KEPT, callHandler, refusal, sendTo } from './calls.js';
import { migrateSpec } from './move.js';
import type { ProgressOutcome } from './progress.js';
import { lookUntil } from './runs.js';
import { unitState, type UnitWork } from './unit.js';
import { unitWindow } from './unit-window.js';
import { watchSpec } from './watch.js';

/** What came of reading and planning a spec: plain JSON. */
type Planned =
  { readonly plan: Plan; readonly findings: Readonly<Record<string, number>> } | { readonly error: StepError };

/** The longest list of findings that is kept of a check. */
const MOST_FINDINGS = 500;

/** A spec of a run: it is read and planned, approved, and its units are started and awaited. Returns what it came to. */
export const specService = (setting: Setting, replaysAlways: boolean) =>
  restate.workflow({
    name: serviceName(['spec', setting.version]),
    options: { ...KEPT, ...whileReading(replaysAlways) },
    handlers: {
      run: async (ctx: restate.WorkflowContext, given: SpecWork): Promise<FleetState> => {
        const work = await withLookUntil(ctx, given, setting);
        const tell = (change: Partial<SpecState>): void =>
          sendTo(ctx, 'fleet', work.run, 'spec', { name: work.name, ...change });
        const at = async (): Promise<string> => new Date(await ctx.date.now()).toISOString();
        tell({ state: 'planning', startedAt: await at(), workers: setting.version });
        const end = async (state: FleetState, change: Partial<SpecState> = {}): Promise<FleetState> => {
          const of = keyOf(work.run, work.name);
          const { units, failed } = await callHandler<ProgressOutcome>(ctx, 'progress', of, 'outcome');
          tell({ ...change, units, ...(failed && { failed }), state, endedAt: await at() });
          return state;
        };
        if (work.goal === 'migrate') return migrateSpec(ctx, work, setting, { tell, end });

        const brought = BROUGHT_WORK.find(({ goal }) => goal === work.goal);
        if (brought !== undefined) return brought.carryOut(ctx, work, setting, { tell, end });
        if (work.goal === 'watch') return watchSpec(ctx, work, setting, { tell, end });
        if (work.goal === 'check') {
          const checked = await recordedRead(ctx, setting, 'check', () => checkSpec(work, setting));
          if ('error' in checked) return end('failed', { error: checked.error });

          sendTo(ctx, 'progress', keyOf(work.run, work.name), 'found', checked.found);
          return end('done', { findings: checked.findings });
        }
        // Of a newer version: nothing is applied that was not asked for.
        if ((work.goal as string) !== 'apply') return end('failed', { error: unknownGoal(work.goal) });

        const planned = await recordedRead(ctx, setting, 'plan', () => planSpec(work, setting));
        if ('error' in planned) return end('failed', { error: planned.error });

        const { findings } = planned;
        const { findings: _told, ...plan } = planned.plan;
        tell({ findings, unchanged: plan.unchanged });
        const questions = questionsOf(work, plan);
        const refused = await askFor(ctx, work, questions, () => tell({ state: 'asking' }));
        if (refused[0] !== undefined && (await callHandler<Wish>(ctx, 'fleet', work.run, 'wish')) === 'cancel')
          return end('canceled', { error: refused[0].error });

        if (questions.length > 0) {
          // Time has passed since the plan.
          const moved = await recordedRead(ctx, setting, 'look again', () => moveOf({ ...work, plan }, setting));
          if ('error' in moved) return end('failed', { error: moved.error });
        }
        ctx.set<PlannedWork>('work', { ...work, plan });
        const units = plan.units.map((unit) =>
          unitState(work.name, unit, 'running', { done: 0, failed: 0, skipped: 0 }),
        );
        sendTo(ctx, 'progress', keyOf(work.run, work.name), 'start', { run: work.run, spec: work.name, units });
        tell({ state: 'running' });
        // A cancellation that came before now has not stopped the units, which begin no step after it.
        const startedMs = await ctx.run('begin', () => setting.context.clock.now());
        const results = await executeUnits(ctx, work, { plan, refused, startedMs, version: setting.version });
        const wish = await callHandler<Wish>(ctx, 'fleet', work.run, 'wish');
        const { state, error } = endOf(plan, results, wish, refused);
        return end(state, error === undefined ? {} : { error });
      },
      /** What units are executed with. */
      work: restate.handlers.workflow.shared(
        NOT_KEPT,
        async (ctx: restate.WorkflowSharedContext): Promise<PlannedWork | MoveWork | BroughtWork> => {
          const work = await ctx.get<PlannedWork | MoveWork | BroughtWork>('work');
          if (work === null) throw refusal('NOT_FOUND', `spec ${ctx.key} has no plan`);

          return work;
        },
      ),
      /** Ends the waits of its units; they begin no further step. */
      stop: async (ctx: restate.WorkflowSharedContext): Promise<void> => {
        const work = await ctx.get<PlannedWork | MoveWork | BroughtWork>('work');
        if (work === null) return;

        const { run, name } = work;
        const { version } = setting;
        if ('plan' in work)
          for (const { id } of work.plan.units) sendTo(ctx, ['unit', version], keyOf(run, name, id), 'stop');
        else if ('moves' in work)
          for (const { id } of work.planned) sendTo(ctx, ['move', version], keyOf(run, name, id), 'stop');
        else {
          const brought = BROUGHT_WORK.find(({ goal }) => goal === work.goal);
          for (const { id } of work.planned) brought?.stop(ctx, { run, name, id }, version);
        }
      },
    },
  });

/** The work of a spec, with the instant until when its units look for what they create. */
async function withLookUntil(ctx: restate.WorkflowContext, work: SpecWork, setting: Setting): Promise<SpecWork> {
  const { unseen = [] } = work;
  if (unseen.length === 0) return work;

  const lookUntilMs = await ctx.run('unseen', () => {
    const now = { engine: Date.now() + setting.ingress.aheadMs(), clouds: setting.context.clock.now() };
    return lookUntil(unseen, now, setting.timeScale);
  });
  return { ...work, lookUntilMs };
}

const unknownGoal = (goal: string): StepError => ({
  code: 'UNSUPPORTED_VERSION',
  message: `workers of this version do not know the goal ${goal}`,
  remedy: 'Update the workers to the version of the command, and start another run.',
});

/** The end of a spec. Why units failed is in `failed` of its state. */
export function endOf(
  { unread: [unread] = [] }: Pick<Plan, 'unread'>,
  results: readonly UnitResult[],
  wish: Wish,
  [refused]: readonly Refusal[] = [],
): Pick<SpecState, 'state' | 'error'> {
  const isWhole = results.every(({ failed, skipped }) => failed === 0 && skipped === 0);
  if (wish === 'cancel' && !isWhole) return { state: 'canceled' };
  if (unread === undefined) {
    if (isWhole) return { state: 'done' };

    const isLeft = refused !== undefined && results.every(({ failed }) => failed === 0);
    return isLeft ? { state: 'skipped', error: refused.error } : { state: 'failed' };
  }

  const { provider, account, region, code, message, remedy } = unread;
  const why = `${provider} ${account} ${region} was not read: ${message}`;
  return { state: 'failed', error: { code, message: why, ...defined({ remedy }) } };
}

/**
 * Starts each unit once those have ended that it depends on, some of each account and region at a time, and returns the results of all. A unit with a step that was refused is left
 * as it is, and so are those that depend on it.
 */
async function executeUnits(
  ctx: restate.WorkflowContext,
  work: SpecWork,
  {
    plan: { units },
    refused,
    startedMs,
    version,
  }: {
    readonly plan: Plan;
    readonly refused: readonly Refusal[];
    readonly startedMs: number;
    readonly version: string;
  },
): Promise<readonly UnitResult[]> {
  const waiting = new Set(units);
  const open = new Map<
    string,
    restate.RestatePromise<{ readonly unit: Unit; readonly end: Timed<UnitResult> | undefined }>
  >();
  const ended = new Map<string, Timed<UnitResult>>();
  const room = unitWindow(units, work.beside ?? 1);
  for (const unit of units) {
    const why = refused.find(({ kind }) => unit.steps.some((step) => isAskedAbout(kind, step)));
    if (why === undefined) continue;

    waiting.delete(unit);
    const counts = { done: 0, failed: 0, skipped: unit.steps.length };
    ended.set(unit.id, { value: { ...counts, links: [] }, t: startedMs });
    const state = { ...unitState(work.name, unit, 'skipped', counts), error: why.error };
    sendTo(ctx, 'progress', keyOf(work.run, work.name), 'ended', { state, events: [] });
  }
  for (;;) {
    for (const unit of waiting) {
      if (!room.hasRoom(unit)) continue;

      const before = unit.dependsOn.flatMap((id) => ended.get(id) ?? []);
      if (before.length < unit.dependsOn.length) continue;

      waiting.delete(unit);
      room.begun(unit);
      const input: UnitWork = {
        run: work.run,
        spec: work.name,
        unit: unit.id,
        startedMs: Math.max(startedMs, ...before.map(({ t }) => t)),
        before: before.map(({ value }, at) => [unit.dependsOn[at] ?? '', value]),
      };
      const called = callHandler<Timed<UnitResult>>(
        ctx,
        ['unit', version],
        keyOf(work.run, work.name, unit.id),
        'run',
        input,
      );
      open.set(
        unit.id,
        called.map((end) => ({ unit, end })),
      );
    }
    if (open.size === 0) return [...ended.values()].map(({ value }) => value);

    const { unit, end } = await restate.RestatePromise.race([...open.values()]);
    open.delete(unit.id);
    room.ended(unit);
    ended.set(unit.id, end ?? lost(ctx, work, unit));
  }
}

/** An operator has ended a unit in the engine. */
function lost(ctx: restate.WorkflowContext, work: SpecWork, unit: Unit): Timed<UnitResult> {
  const counts = { done: 0, failed: 1, skipped: Math.max(0, unit.steps.length - 1) };
  const state = { ...unitState(work.name, unit, 'failed', counts), error: UNIT_LOST };
  sendTo(ctx, 'progress', keyOf(work.run, work.name), 'ended', { state, events: [] });
  return { value: { ...counts, links: [] }, t: 0 };
}

const UNIT_LOST = { code: 'ABORTED', message: 'the unit was ended in the engine' };

/** What is asked before a plan is carried out, by the kind of the approval. */
const ASKED: Readonly<Partial<Record<ApprovalKind, (step: Step) => boolean>>> = {
  deletion: takesAway,
  move: ({ kind }) => kind === 'retarget',
  purchase: ({ purchase }) => purchase !== undefined,
};

const isAskedAbout = (kind: ApprovalKind, step: Step): boolean => ASKED[kind]?.(step) ?? false;

/** The questions about a plan. */
export function questionsOf(
  { approvals }: Pick<SpecWork, 'approvals'>,
  plan: Pick<Plan, 'units'>,
): readonly Question[] {
  const steps = plan.units.flatMap((unit) => unit.steps.map((step) => ({ unit, step })));
  return (Object.keys(ASKED) as ApprovalKind[]).flatMap((kind) => {
    const wanted = approvals.some((one) => one === kind) ? steps.filter(({ step }) => isAskedAbout(kind, step)) : [];
    const question = wanted.map(({ unit, step }) => `${unit.account} ${unit.region}: ${step.id}: ${step.reason}`);
    return question.length === 0 ? [] : [{ kind, question }];
  });
}

function planSpec(work: SpecWork, setting: Setting): Promise<Planned> {
  return settled(async (signal) => {
    const { options, limits, approvals } = work;
    const { prune, replaceFailed, ignoreFindings = [] } = options;
    refuseEmpty(work.spec);
    const context = readContext(setting, signal);
    const drivers = driversFor(work, setting.driverOf);
    const { spec, clouds } = await specOf(work, drivers);
    const { plan: computed, snapshot } = await observePlan(spec, drivers, context, {
      clouds,
      checks: true,
      elsewhere: ELSEWHERE,
      plan: { prune, replaceFailed },
    });
    const mayBuy = options.allowPurchase === true || approvals.includes('purchase');
    if (!mayBuy) refusePurchases(computed);
    if (options.deleteAllRoutes !== true) refuseAllRoutes(computed, spec);
    refuseDeletions(computed, limits.maxDeletes);
    const plan = setting.judge.judge(
      computed,
      snapshot,
      partOf(spec, clouds, {}),
      setting.judge.ignored(ignoreFindings, clouds),
    );
    if (plan.units.some(({ steps }) => steps.length > 0)) setting.judge.refuse(plan, spec);
    return { plan, findings: count(plan.findings ?? []) };
  });
}

function moveOf(work: PlannedWork, setting: Setting) {
  return settled(async (signal) => {
    const drivers = driversFor(work, setting.driverOf);
    const { spec, clouds } = await specOf(work, drivers);
    await refuseMoved(work.plan, spec, { clouds, drivers }, readContext(setting, signal));
    return {};
  });
}

function checkSpec(work: SpecWork, setting: Setting) {
  return settled(async (signal) => {
    const context = readContext(setting, signal);
    const drivers = driversFor(work, setting.driverOf);
    const { spec, clouds } = await specOf(work, drivers);
    const snapshot = await observeSpec(spec, drivers, context, { clouds, elsewhere: ELSEWHERE });
    const { findings } = setting.judge.check(snapshot, spec, { clouds });
    const found: readonly Finding[] = findings.filter(({ verdict }) => verdict !== 'pass').slice(0, MOST_FINDINGS);
    return { findings: count(findings), found };
  });
}

function count(findings: readonly { readonly verdict: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verdict } of findings) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
