import { defined } from '@postern/core/internal/adapter';
import { createHash } from 'node:crypto';
import type { EventError } from '@postern/core/internal/plan';
import * as restate from '@restatedev/restate-sdk';
import { ALL_RUNS, SERVICE, keyOf } from '../engine/ingress.js';
import type {
  Approval,
  ApprovalAnswer,
  Author,
  FleetState,
  Retried,
  RunAction,
  RunRequest,
  RunState,
  SpecState,
  StateCounts,
} from '../model.js';
import type { Wish } from '../worker/worker-processes.js';
import { callHandler, refusal, sendTo } from './calls.js';
import { countStates } from './progress.js';
import { unknownIn } from './known-request.js';
import type { BegunRun } from './run.js';
import { placesOf, UNSEEN_AFTER_LOSS_MS, UNSEEN_MS, type Added } from './runs.js';

/** What is known of a run besides its specs. */
type RunRecord = Omit<RunState, 'specs' | 'counts' | 'approvals' | 'differs' | 'unchanged'> & {
  readonly specs: readonly string[];
  readonly approvers: readonly string[];
  /** Of what it does, and for what. */
  readonly digest: string;
};

/** A question, and whom the answer is sent to. */
type OpenApproval = Approval & { readonly reply: string };

/** Of handlers that read all of it: its state comes with the call. One value after the other is a call of the engine for each spec. */
const WHOLE = { enableLazyState: false } as const;

const acts = (action: RunAction['action']) =>
  restate.handlers.object.exclusive(WHOLE, (ctx: restate.ObjectContext, author: Author): Promise<RunState> =>
    act(ctx, action, author),
  );

/** A run as users see it, and their wishes. Its writers come one after the other. */
export const fleet = restate.object({
  name: SERVICE.fleet,
  options: { enableLazyState: true },
  handlers: {
    /** Starts a run. The same run twice is one. */
    start: async (ctx: restate.ObjectContext, request: RunRequest): Promise<RunState> => {
      const begun = await ctx.get<RunRecord>('run');
      const digest = digestOf(request);
      if (begun === null) {
        const unknown = unknownIn(request);
        if (unknown.length > 0)
          throw refusal(
            'UNSUPPORTED_VERSION',
            `workers of this version do not know ${[...new Set(unknown)].join(', ')}`,
          );

        const { run, goal, by, reason, waves, approvers = [] } = request;
        const added = await callHandler<Added>(ctx, 'runs', ALL_RUNS, 'add', {
          run,
          places: placesOf(request),
          ...(goal === 'watch' ? { isRound: true } : {}),
        });
        if ('other' in added)
          throw refusal('LOCKED', `run ${added.other} has not ended, and changes the same project and account`);

        const startedAt = new Date(await ctx.date.now()).toISOString();
        const specs = waves.flatMap((wave) => wave.specs);
        ctx.set<RunRecord>('run', {
          run,
          goal,
          state: 'running',
          startedAt,
          ...defined({ by, reason }),
          waves: waves.map(({ name }) => ({ name, state: 'waiting' })),
          specs,
          approvers,
          digest,
          actions: [],
        });
        for (const wave of waves)
          for (const name of wave.specs)
            ctx.set<SpecState>(`spec:${name}`, { name, wave: wave.name, state: 'waiting', units: {} });
        sendTo(ctx, 'run', run, 'run', { ...request, unseen: added.unseen } satisfies BegunRun);
      }
      const state = await stateOf(ctx);
      return begun === null || begun.digest === digest ? state : { ...state, differs: true };
    },
    status: restate.handlers.object.shared(WHOLE, (ctx: restate.ObjectSharedContext): Promise<RunState> =>
      stateOf(ctx),
    ),
    wish: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext): Promise<Wish> => (await ctx.get<Wish>('wish')) ?? 'go',
    ),
    /** Changes what is known of a spec. */
    spec: async (ctx: restate.ObjectContext, { ended = [], ...change }: SpecChange): Promise<void> => {
      const key = `spec:${change.name}`;
      const spec = await ctx.get<SpecState>(key);
      if (spec !== null) {
        const { retried, ...rest } = spec;
        const isOver = change.endedAt !== undefined || ended.some((unit) => unit === retried?.unit);
        ctx.set<SpecState>(key, { ...(isOver ? rest : spec), ...change });
      }
      // The cancellation came before the spec had units to stop.
      const isLate = change.state === 'running' && (await ctx.get<Wish>('wish')) === 'cancel';
      if (isLate) stopSpec(ctx, { ...spec, ...change });
    },
    wave: async (
      ctx: restate.ObjectContext,
      change: { readonly name: string; readonly state: FleetState },
    ): Promise<void> => {
      const run = await recordOf(ctx);
      const waves = run.waves.map((wave) => (wave.name === change.name ? change : wave));
      ctx.set<RunRecord>('run', { ...run, waves });
    },
    ended: async (ctx: restate.ObjectContext, { state }: { readonly state: FleetState }): Promise<void> => {
      if ((await recordOf(ctx)).endedAt === undefined) await end(ctx, { state }, UNSEEN_MS);
    },
    /** Its workflow has ended without saying what it came to: an operator has killed it in the engine, and all below it. */
    lost: async (ctx: restate.ObjectContext): Promise<void> => {
      const run = await recordOf(ctx);
      if (run.endedAt !== undefined) return;

      for (const name of run.specs) await specLost(ctx, name, RUN_LOST);
      await end(ctx, { state: 'failed', error: RUN_LOST }, UNSEEN_AFTER_LOSS_MS);
    },
    /** The same of a spec. */
    specLost: (ctx: restate.ObjectContext, name: string): Promise<void> => specLost(ctx, name, SPEC_LOST),
    /** What failed below the steps, and is tried again. */
    retried: async (
      ctx: restate.ObjectContext,
      { spec: name, retried }: { readonly spec?: string; readonly retried: Retried },
    ): Promise<void> => {
      if (name === undefined) {
        const run = await recordOf(ctx);
        if (run.endedAt === undefined) ctx.set<RunRecord>('run', { ...run, retried });
        return;
      }

      const spec = await ctx.get<SpecState>(`spec:${name}`);
      if (spec !== null && spec.endedAt === undefined) ctx.set<SpecState>(`spec:${name}`, { ...spec, retried });
    },
    /** It is not listed any longer: what is known of it is deleted, if it has ended. */
    forget: async (ctx: restate.ObjectContext): Promise<void> => {
      const run = await ctx.get<RunRecord>('run');
      if (run?.endedAt === undefined) return;

      for (const name of run.specs) sendTo(ctx, 'progress', keyOf(ctx.key, name), 'forget');
      ctx.clearAll();
    },
    /** Asks a user; `reply` is the awakeable that gets the answer. */
    ask: async (ctx: restate.ObjectContext, question: Omit<OpenApproval, 'askedAt'>): Promise<void> => {
      const askedAt = new Date(await ctx.date.now()).toISOString();
      const approvals = (await ctx.get<readonly OpenApproval[]>('approvals')) ?? [];
      ctx.set('approvals', [...approvals, { ...question, askedAt }]);
      if ((await ctx.get<Wish>('wish')) === 'cancel') await answerAll(ctx, 'the run is canceled');
    },
    approve: async (
      ctx: restate.ObjectContext,
      { approval: id, approved, by, reason }: Author & { readonly approval: string; readonly approved: boolean },
    ): Promise<RunState> => {
      const { approvers } = await recordOf(ctx);
      if (approvers.length > 0 && !approvers.includes(by)) {
        throw refusal('PERMISSION_DENIED', `${by} is not an approver of this run: ${approvers.join(', ')}`);
      }

      const approvals = (await ctx.get<readonly OpenApproval[]>('approvals')) ?? [];
      const open = approvals.find((one) => one.id === id);
      if (open === undefined) throw refusal('NOT_FOUND', `approval ${id} does not exist`);
      if (open.answer !== undefined && open.answer.approved !== approved) {
        const { approved: was, by: earlier } = open.answer;
        throw refusal('CONFLICT', `approval ${id} was ${was ? 'given' : 'refused'} by ${earlier}`);
      }

      if (open.answer === undefined) {
        const answer = {
          approved,
          by,
          at: new Date(await ctx.date.now()).toISOString(),
          ...defined({ reason }),
        };
        ctx.set(
          'approvals',
          approvals.map((one) => (one === open ? { ...one, answer } : one)),
        );
        ctx.resolveAwakeable<ApprovalAnswer>(open.reply, answer);
      }
      return stateOf(ctx);
    },
    pause: acts('pause'),
    resume: acts('resume'),
    cancel: acts('cancel'),
    /** A unit waits until the run goes on. */
    awaitResume: async (ctx: restate.ObjectContext, { reply }: { readonly reply: string }): Promise<void> => {
      if ((await ctx.get<Wish>('wish')) !== 'pause') ctx.resolveAwakeable(reply, null);
      else ctx.set('waiting', [...((await ctx.get<readonly string[]>('waiting')) ?? []), reply]);
    },
  },
});

/** Who begins it, and why, is not part of what it does. */
function digestOf({ by: _by, reason: _reason, ...request }: RunRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}

/** What is known of a spec now. `ended`: units of it that have. */
type SpecChange = Partial<SpecState> & { readonly name: string; readonly ended?: readonly string[] | undefined };

const lost = (what: string): EventError => ({
  code: 'ABORTED',
  message: `the ${what} was ended in the engine`,
  remedy: 'Begin another run: it adopts what is there.',
});
const RUN_LOST = lost('run');
const SPEC_LOST = lost('spec');

/** How long a run that was canceled may take to end by itself: a step that has begun, and its call, may go on for a minute each. */
export const CANCELED_WITHIN_MS = 120_000;

/** Whether another cancellation ends a run, whose steps have all ended by now or have no worker. */
export function isEndedBy(actions: readonly RunAction[], nowMs: number): boolean {
  const atMs = canceledAt(actions);
  return atMs !== undefined && nowMs - atMs >= CANCELED_WITHIN_MS;
}

function canceledAt(actions: readonly RunAction[]): number | undefined {
  const first = actions.find(({ action }) => action === 'cancel');
  return first && Date.parse(first.at);
}

const NOT_ANSWERED: EventError = {
  code: 'ABORTED',
  message: 'it was canceled, and no worker answered at the address that it began on',
  remedy: 'Begin another run: it adopts what is there.',
};

async function end(
  ctx: restate.ObjectContext,
  { state, error }: Pick<RunRecord, 'state' | 'error'>,
  forMs: number,
): Promise<void> {
  await callHandler(ctx, 'runs', ALL_RUNS, 'ended', { run: ctx.key, forMs }); // before users see it, and begin the next run
  const endedAt = new Date(await ctx.date.now()).toISOString();
  const { retried: _over, ...run } = await recordOf(ctx);
  ctx.set<RunRecord>('run', { ...run, state, endedAt, ...defined({ error }) });
}

async function specLost(
  ctx: restate.ObjectContext,
  name: string,
  error: EventError,
  state: FleetState = 'failed',
): Promise<void> {
  const spec = await ctx.get<SpecState>(`spec:${name}`);
  if (spec === null || spec.endedAt !== undefined) return;

  const { retried: _over, ...rest } = spec;
  const endedAt = new Date(await ctx.date.now()).toISOString();
  ctx.set<SpecState>(`spec:${name}`, { ...rest, state, endedAt, error });
  sendTo(ctx, 'progress', keyOf(ctx.key, name), 'lost', { ...error, state });
}

const WISHES: Readonly<Record<RunAction['action'], Wish>> = { pause: 'pause', resume: 'go', cancel: 'cancel' };

/** Why an action has no effect on a run. */
function refusedBy(action: RunAction['action'], state: Wish | 'ended'): RunState['unchanged'] {
  if (state === 'ended') return 'ended';
  if (state === 'cancel') return 'canceled';
  if (action === 'pause' && state === 'pause') return 'paused';

  return action === 'resume' && state !== 'pause' ? 'not paused' : undefined;
}

async function act(ctx: restate.ObjectContext, action: RunAction['action'], { by, reason }: Author): Promise<RunState> {
  const run = await recordOf(ctx);
  const wish = (await ctx.get<Wish>('wish')) ?? 'go';
  // Canceled again: its workers are gone for good, and it does not end by itself.
  if (action === 'cancel' && run.endedAt === undefined && isEndedBy(run.actions, await ctx.date.now())) {
    for (const name of run.specs) await specLost(ctx, name, NOT_ANSWERED, 'canceled');
    await end(ctx, { state: 'canceled', error: NOT_ANSWERED }, UNSEEN_AFTER_LOSS_MS);
    return stateOf(ctx);
  }

  const unchanged = refusedBy(action, run.endedAt === undefined ? wish : 'ended');
  if (unchanged !== undefined) return { ...(await stateOf(ctx)), unchanged };

  const at = new Date(await ctx.date.now()).toISOString();
  const actions = [...run.actions, { action, at, by, ...defined({ reason }) }];
  ctx.set<RunRecord>('run', { ...run, state: action === 'pause' ? 'paused' : 'running', actions });
  ctx.set<Wish>('wish', WISHES[action]);
  if (action !== 'pause') {
    for (const reply of (await ctx.get<readonly string[]>('waiting')) ?? []) ctx.resolveAwakeable(reply, null);
    ctx.clear('waiting');
  }
  if (action === 'cancel') {
    await answerAll(ctx, `canceled by ${by}`);
    for (const name of run.specs) {
      const spec = await ctx.get<SpecState>(`spec:${name}`);
      if (spec?.state === 'running') stopSpec(ctx, spec);
    }
  }
  return stateOf(ctx);
}

/** Ends the waits of the units of a spec, which workers of its version carry out. */
function stopSpec(ctx: restate.ObjectContext, { name, workers }: Pick<SpecState, 'name' | 'workers'>): void {
  if (workers !== undefined) sendTo(ctx, ['spec', workers], keyOf(ctx.key, name), 'stop');
}

/** Answers every open question with no. */
async function answerAll(ctx: restate.ObjectContext, reason: string): Promise<void> {
  const approvals = (await ctx.get<readonly OpenApproval[]>('approvals')) ?? [];
  const at = new Date(await ctx.date.now()).toISOString();
  const answered = approvals.map((one) => {
    if (one.answer !== undefined) return one;

    const answer = { approved: false, by: 'postern', at, reason };
    ctx.resolveAwakeable<ApprovalAnswer>(one.reply, answer);
    return { ...one, answer };
  });
  ctx.set('approvals', answered);
}

async function recordOf(ctx: restate.ObjectSharedContext): Promise<RunRecord> {
  const run = await ctx.get<RunRecord>('run');
  if (run === null) throw refusal('NOT_FOUND', `run ${ctx.key} does not exist`);

  return run;
}

async function stateOf(ctx: restate.ObjectSharedContext): Promise<RunState> {
  const { specs: names, approvers: _approvers, digest: _digest, ...run } = await recordOf(ctx);
  const specs: SpecState[] = [];
  for (const name of names) {
    const spec = await ctx.get<SpecState>(`spec:${name}`);
    if (spec !== null) specs.push(spec);
  }
  const approvals = ((await ctx.get<readonly OpenApproval[]>('approvals')) ?? []).map(
    ({ reply: _reply, ...one }) => one,
  );
  const isAsking = run.state === 'running' && approvals.some(({ answer }) => answer === undefined);
  const canceled = run.endedAt === undefined ? canceledAt(run.actions) : undefined;
  return {
    ...run,
    ...(canceled === undefined ? {} : { cancelAgainAt: new Date(canceled + CANCELED_WITHIN_MS).toISOString() }),
    state: isAsking ? 'asking' : run.state,
    specs,
    counts: { specs: countStates(specs), units: sum(specs.map(({ units }) => units)) },
    approvals,
  };
}

function sum(counts: readonly StateCounts[]): StateCounts {
  const total: Partial<Record<FleetState, number>> = {};
  for (const one of counts)
    for (const [state, number] of Object.entries(one)) {
      const name = state as FleetState;
      total[name] = (total[name] ?? 0) + number;
    }
  return total;
}
