import * as restate from '@restatedev/restate-sdk';
import { SERVICE, keyOf } from '../engine/names.js';
import type { ApprovalAnswer, FleetState, FleetWave, RunRequest } from '../model.js';
import type { Wish } from '../worker/control.js';
import type { SpecWork } from '../worker/works.js';
import { callHandler, sendTo } from './calls.js';

/** So many specs at the same time where the run does not say it. */
const CONCURRENCY = 50;

/** A run: its waves one after the other, the specs of a wave side by side. */
export const runService = restate.workflow({
  name: SERVICE.run,
  handlers: {
    run: async (ctx: restate.WorkflowContext, request: RunRequest): Promise<FleetState> => {
      const { run, waves, limits = {} } = request;
      const states: FleetState[] = [];
      let state: FleetState | undefined;
      for (const wave of waves) {
        state = await mayBegin(ctx, request, wave, states);
        if (state !== undefined) {
          sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state });
          for (const name of wave.specs) sendTo(ctx, 'fleet', run, 'spec', { name, state });
          states.push(...wave.specs.map(() => state ?? 'skipped'));
          continue;
        }
        sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state: 'running' });
        const ended = await executeSpecs(ctx, request, wave, limits.concurrency ?? CONCURRENCY);
        states.push(...ended);
        sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state: worst(ended) });
      }
      const end = worst(states);
      await callHandler(ctx, 'fleet', run, 'ended', { state: end });
      return end;
    },
  },
});

/** Why a wave does not begin; undefined where it does. */
async function mayBegin(
  ctx: restate.WorkflowContext,
  { run, limits = {} }: RunRequest,
  wave: FleetWave,
  before: readonly FleetState[],
): Promise<FleetState | undefined> {
  if ((await callHandler<Wish>(ctx, 'fleet', run, 'wish')) === 'cancel' || before.includes('canceled'))
    return 'canceled';
  const failed = before.filter((state) => state === 'failed').length;
  if (failed > (limits.toleratedFailures ?? 0)) return 'skipped';
  if (wave.approval !== true) return undefined;
  const { id: reply, promise } = ctx.awakeable<ApprovalAnswer>();
  sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state: 'asking' });
  const question = [`Begin the wave ${wave.name}: ${wave.specs.length} specs. Before it: ${summary(before)}.`];
  sendTo(ctx, 'fleet', run, 'ask', { id: `wave ${wave.name}`, kind: 'wave', subject: wave.name, question, reply });
  return (await promise).approved ? undefined : 'canceled';
}

/** Carries out the specs of a wave, some at a time, and returns what each came to. */
async function executeSpecs(
  ctx: restate.WorkflowContext,
  request: RunRequest,
  { name: wave, specs }: FleetWave,
  concurrency: number,
): Promise<readonly FleetState[]> {
  const { run, limits = {}, approvals = [], options = {} } = request;
  const open = new Map<string, restate.RestatePromise<readonly [string, FleetState]>>();
  const states: FleetState[] = [];
  const next = async (): Promise<void> => {
    const [name, state] = await restate.RestatePromise.race([...open.values()]);
    open.delete(name);
    states.push(state);
  };
  for (const name of specs) {
    const found = request.specs.find((one) => one.name === name);
    if (found === undefined) continue;
    while (open.size >= Math.max(1, concurrency)) await next();
    const accounts = accountsOf(request, found.spec);
    const work: SpecWork = {
      run,
      wave,
      name,
      goal: request.goal,
      spec: found.spec,
      accounts,
      approvals,
      limits,
      options,
    };
    const ended = callHandler<FleetState>(ctx, 'spec', keyOf(run, name), 'run', work);
    // A spec whose workflow an operator ended has failed.
    open.set(
      name,
      ended.map((state, failure) => [name, failure === undefined ? (state ?? 'failed') : 'failed'] as const),
    );
  }
  while (open.size > 0) await next();
  return states;
}

/** The accounts that a spec names; all where a link names none. */
function accountsOf({ accounts }: RunRequest, spec: SpecWork['spec']): SpecWork['accounts'] {
  const links = Object.values(spec.links);
  if (links.some(({ account }) => account === undefined)) return accounts;
  return accounts.filter(({ id, provider }) => links.some((link) => link.account === id && link.provider === provider));
}

const SEVERITY: readonly FleetState[] = ['canceled', 'failed', 'skipped'];

function worst(states: readonly FleetState[]): FleetState {
  return SEVERITY.find((state) => states.includes(state)) ?? 'done';
}

function summary(states: readonly FleetState[]): string {
  const kinds = [...new Set(states)];
  if (kinds.length === 0) return 'none';
  return kinds.map((kind) => `${states.filter((state) => state === kind).length} ${kind}`).join(', ');
}
