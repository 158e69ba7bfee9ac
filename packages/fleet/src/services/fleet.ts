import * as restate from '@restatedev/restate-sdk';
import { ALL_RUNS, SERVICE, keyOf } from '../engine/names.js';
import type {
  Approval,
  ApprovalAnswer,
  FleetState,
  RunAction,
  RunRequest,
  RunState,
  SpecState,
  StateCounts,
} from '../model.js';
import type { Wish } from '../worker/control.js';
import { callHandler, refusal, sendTo } from './calls.js';
import { countStates } from './progress.js';

/** What is known of a run besides its specs. */
type RunRecord = Omit<RunState, 'specs' | 'counts' | 'approvals'> & {
  readonly specs: readonly string[];
  readonly approvers: readonly string[];
};

/** A question, and whom the answer is sent to. */
type OpenApproval = Approval & { readonly reply: string };

/** Who asks for something, and why. */
type Author = { readonly by: string; readonly reason?: string | undefined };

/** A run as users see it, and their wishes. Its writers come one after the other. */
export const fleet = restate.object({
  name: SERVICE.fleet,
  options: { enableLazyState: true },
  handlers: {
    /** Starts a run. The same run twice is one. */
    start: async (ctx: restate.ObjectContext, request: RunRequest): Promise<RunState> => {
      if ((await ctx.get('run')) === null) {
        const { run, goal, by, reason, waves, approvers = [] } = request;
        const other = await callHandler<string | null>(ctx, 'runs', ALL_RUNS, 'add', {
          run,
          places: placesOf(request),
        });
        if (other !== null)
          throw refusal('LOCKED', `run ${other} has not ended, and changes the same project and account`);
        const startedAt = new Date(await ctx.date.now()).toISOString();
        const specs = waves.flatMap((wave) => wave.specs);
        ctx.set<RunRecord>('run', {
          run,
          goal,
          state: 'running',
          startedAt,
          ...(by === undefined ? {} : { by }),
          ...(reason === undefined ? {} : { reason }),
          waves: waves.map(({ name }) => ({ name, state: 'waiting' })),
          specs,
          approvers,
          actions: [],
        });
        for (const wave of waves)
          for (const name of wave.specs)
            ctx.set<SpecState>(`spec:${name}`, { name, wave: wave.name, state: 'waiting', units: {} });
        sendTo(ctx, 'run', run, 'run', request);
      }
      return stateOf(ctx);
    },
    status: restate.handlers.object.shared((ctx: restate.ObjectSharedContext): Promise<RunState> => stateOf(ctx)),
    wish: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext): Promise<Wish> => (await ctx.get<Wish>('wish')) ?? 'go',
    ),
    /** Changes what is known of a spec. */
    spec: async (ctx: restate.ObjectContext, change: Partial<SpecState> & { readonly name: string }): Promise<void> => {
      const key = `spec:${change.name}`;
      const spec = await ctx.get<SpecState>(key);
      if (spec !== null) ctx.set<SpecState>(key, { ...spec, ...change });
      // The cancellation came before the spec had units to stop.
      const isLate = change.state === 'running' && (await ctx.get<Wish>('wish')) === 'cancel';
      if (isLate) sendTo(ctx, 'spec', keyOf(ctx.key, change.name), 'stop');
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
      await callHandler(ctx, 'runs', ALL_RUNS, 'ended', ctx.key); // before users see it, and begin the next run
      const endedAt = new Date(await ctx.date.now()).toISOString();
      ctx.set<RunRecord>('run', { ...(await recordOf(ctx)), state, endedAt });
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
          ...(reason === undefined ? {} : { reason }),
        };
        ctx.set(
          'approvals',
          approvals.map((one) => (one === open ? { ...one, answer } : one)),
        );
        ctx.resolveAwakeable<ApprovalAnswer>(open.reply, answer);
      }
      return stateOf(ctx);
    },
    pause: (ctx: restate.ObjectContext, author: Author): Promise<RunState> => act(ctx, 'pause', author),
    resume: (ctx: restate.ObjectContext, author: Author): Promise<RunState> => act(ctx, 'resume', author),
    cancel: (ctx: restate.ObjectContext, author: Author): Promise<RunState> => act(ctx, 'cancel', author),
    /** A unit waits until the run goes on. */
    awaitResume: async (ctx: restate.ObjectContext, { reply }: { readonly reply: string }): Promise<void> => {
      if ((await ctx.get<Wish>('wish')) !== 'pause') ctx.resolveAwakeable(reply, null);
      else ctx.set('waiting', [...((await ctx.get<readonly string[]>('waiting')) ?? []), reply]);
    },
  },
});

/** A run that has not ended, and what it changes. */
type OpenRun = { readonly run: string; readonly places: readonly string[] };

/**
 * The projects that a run changes, in their accounts and regions. Two runs would both look before either creates. Moves change
 * gateways of all projects.
 */
function placesOf({ goal, specs }: RunRequest): readonly string[] {
  if (goal === 'check') return [];
  const places = specs.flatMap(({ spec: { project, links }, moves }) => [
    ...(moves === undefined ? [] : [keyOf(ANY_PROJECT, moves.provider, moves.account, moves.region)]),
    ...Object.values(links).map(({ provider, account = '', region }) => keyOf(project, provider, account, region)),
  ]);
  return [...new Set(places)];
}

/** In place of a project. No project has this name. */
const ANY_PROJECT = '*';

/** Whether two runs change the same. */
export function changeTheSame(some: readonly string[], others: readonly string[]): boolean {
  const projects = new Map<string, Set<string>>();
  for (const [project, where] of others.map(partsOf))
    projects.set(where, (projects.get(where) ?? new Set()).add(project));
  return some.map(partsOf).some(([project, where]) => {
    const there = projects.get(where);
    return there !== undefined && (project === ANY_PROJECT || there.has(project) || there.has(ANY_PROJECT));
  });
}

function partsOf(place: string): readonly [project: string, where: string] {
  const [project = '', ...where] = JSON.parse(place) as readonly string[];
  return [project, keyOf(...where)];
}

/** The runs of an engine. */
export const runs = restate.object({
  name: SERVICE.runs,
  handlers: {
    /** Adds a run. Returns the one that has not ended and changes the same, which it must not run beside. */
    add: async (ctx: restate.ObjectContext, { run, places }: OpenRun): Promise<string | null> => {
      const open = (await ctx.get<readonly OpenRun[]>('open')) ?? [];
      const other = open.find((one) => changeTheSame(one.places, places));
      if (other !== undefined) return other.run;
      if (places.length > 0) ctx.set<readonly OpenRun[]>('open', [...open, { run, places }]);
      ctx.set('runs', [run, ...((await ctx.get<readonly string[]>('runs')) ?? [])]);
      return null;
    },
    ended: async (ctx: restate.ObjectContext, run: string): Promise<void> => {
      const open = (await ctx.get<readonly OpenRun[]>('open')) ?? [];
      ctx.set(
        'open',
        open.filter((one) => one.run !== run),
      );
    },
    list: restate.handlers.object.shared(
      async (ctx: restate.ObjectSharedContext): Promise<readonly string[]> =>
        (await ctx.get<readonly string[]>('runs')) ?? [],
    ),
  },
});

const WISHES: Readonly<Record<RunAction['action'], Wish>> = { pause: 'pause', resume: 'go', cancel: 'cancel' };

async function act(ctx: restate.ObjectContext, action: RunAction['action'], { by, reason }: Author): Promise<RunState> {
  const run = await recordOf(ctx);
  const isCanceled = (await ctx.get<Wish>('wish')) === 'cancel';
  // Canceled again: an operator has ended its workflow in the engine, and it does not end by itself.
  if (isCanceled && action === 'cancel') sendTo(ctx, 'runs', ALL_RUNS, 'ended', run.run);
  if (isCanceled || run.endedAt !== undefined) return stateOf(ctx);
  const at = new Date(await ctx.date.now()).toISOString();
  const actions = [...run.actions, { action, at, by, ...(reason === undefined ? {} : { reason }) }];
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
      if (spec?.state === 'running') sendTo(ctx, 'spec', keyOf(run.run, name), 'stop');
    }
  }
  return stateOf(ctx);
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
  const { specs: names, approvers: _approvers, ...run } = await recordOf(ctx);
  const specs: SpecState[] = [];
  for (const name of names) {
    const spec = await ctx.get<SpecState>(`spec:${name}`);
    if (spec !== null) specs.push(spec);
  }
  const approvals = ((await ctx.get<readonly OpenApproval[]>('approvals')) ?? []).map(
    ({ reply: _reply, ...one }) => one,
  );
  const isAsking = run.state === 'running' && approvals.some(({ answer }) => answer === undefined);
  return {
    ...run,
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
