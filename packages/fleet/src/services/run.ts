import { defined } from '@postern/core/internal/adapter';
import * as restate from '@restatedev/restate-sdk';
import { broughtPart, broughtWorkOf } from '../brought/names.js';
import { SERVICE, keyOf } from '../engine/ingress.js';
import type { ApprovalAnswer, FleetLimits, FleetSpec, FleetState, FleetWave, RunRequest, SpecState } from '../model.js';
import type { Wish } from '../worker/worker-processes.js';
import type { Setting } from '../worker/failures.js';
import type { SpecWork } from '../worker/works.js';
import { KEPT, callHandler, sendTo } from './calls.js';
import type { Unseen } from './runs.js';

/** So many specs at the same time where the run does not say it. */
const CONCURRENCY = 50;

/** A run, and what was created before it and may not be seen yet. */
export type BegunRun = RunRequest & { readonly unseen?: readonly Unseen[] | undefined };

/** A run: its waves one after the other, the specs of a wave side by side. */
export const runService = ({ version }: Pick<Setting, 'version'>) =>
  restate.workflow({
    name: SERVICE.run,
    options: KEPT,
    handlers: {
      run: async (ctx: restate.WorkflowContext, request: BegunRun): Promise<FleetState> => {
        const { run, waves, limits = {} } = request;
        const before: EndedWave[] = [];
        for (const wave of waves) {
          const held = await heldBack(ctx, request, wave, before);
          if (held !== undefined) {
            const { state } = held;
            sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state });
            for (const name of wave.specs) sendTo(ctx, 'fleet', run, 'spec', { name, ...held });
            before.push({ name: wave.name, states: wave.specs.map(() => state) });
            continue;
          }

          sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state: 'running' });
          const ended = await executeSpecs(ctx, request, wave, {
            concurrency: limits.concurrency ?? CONCURRENCY,
            version,
          });
          before.push({ name: wave.name, states: ended });
          sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state: worst(ended) });
        }
        const end = worst(before.flatMap(({ states }) => states));
        await callHandler(ctx, 'fleet', run, 'ended', { state: end });
        return end;
      },
    },
  });

/** A wave that has ended, or that did not begin, and what its specs came to. */
type EndedWave = { readonly name: string; readonly states: readonly FleetState[] };

/** What the specs of a wave that does not begin have come to, and why. */
type Held = Required<Pick<SpecState, 'state' | 'error'>>;

const held = (state: FleetState, message: string): Held => ({ state, error: { code: 'ABORTED', message } });

/**
 * Why a wave does not begin after those before it; undefined where it may. A failure of a canary is never tolerated. A refusal of a
 * deletion, a purchase or a move is an answer, not a failure: the next wave begins.
 */
export function heldBy(before: readonly EndedWave[], { toleratedFailures = 0 }: FleetLimits): Held | undefined {
  const states = before.flatMap((wave) => wave.states);
  if (states.includes('canceled')) return held('canceled', 'the run was canceled, or a wave was refused');

  const canary = before.find(({ name, states: own }) => name.endsWith('/canary') && own.includes('failed'));
  if (canary !== undefined) return held('skipped', `the canary failed: ${canary.name}`);

  const failed = states.filter((state) => state === 'failed').length;
  if (failed <= toleratedFailures) return undefined;

  return held('skipped', `specs that failed before: ${failed}; tolerated: ${toleratedFailures}`);
}

async function heldBack(
  ctx: restate.WorkflowContext,
  { run, limits = {} }: RunRequest,
  wave: FleetWave,
  before: readonly EndedWave[],
): Promise<Held | undefined> {
  if ((await callHandler<Wish>(ctx, 'fleet', run, 'wish')) === 'cancel')
    return held('canceled', 'the run was canceled');

  const why = heldBy(before, limits);
  if (why !== undefined || wave.approval !== true) return why;

  const { id: reply, promise } = ctx.awakeable<ApprovalAnswer>();
  sendTo(ctx, 'fleet', run, 'wave', { name: wave.name, state: 'asking' });
  const past = summary(before.flatMap(({ states }) => states));
  const question = [`Begin the wave ${wave.name}: ${wave.specs.length} specs. Before it: ${past}.`];
  sendTo(ctx, 'fleet', run, 'ask', { id: `wave ${wave.name}`, kind: 'wave', subject: wave.name, question, reply });
  const { approved, by, reason = '' } = await promise;
  if (approved) return undefined;

  return held('canceled', `the wave was refused by ${by}${reason === '' ? '' : `: ${reason}`}`);
}

/** Carries out the specs of a wave, some at a time, and returns what each came to. */
async function executeSpecs(
  ctx: restate.WorkflowContext,
  request: BegunRun,
  { name: wave, specs }: FleetWave,
  { concurrency, version }: { readonly concurrency: number; readonly version: string },
): Promise<readonly FleetState[]> {
  const { run, limits = {}, approvals = [], options = {} } = request;
  const specOf = new Map(request.specs.map((one) => [one.name, one]));
  const open = new Map<string, restate.RestatePromise<readonly [string, FleetState | undefined]>>();
  const states: FleetState[] = [];
  const next = async (): Promise<void> => {
    const [name, state] = await restate.RestatePromise.race([...open.values()]);
    open.delete(name);
    states.push(state ?? 'failed');
    if (state === undefined) sendTo(ctx, 'fleet', run, 'specLost', name);
  };
  for (const name of specs) {
    const given = specOf.get(name);
    if (given === undefined) continue;

    const { spec, moves } = given;
    while (open.size >= Math.max(1, concurrency)) await next();
    const work: SpecWork = {
      run,
      wave,
      name,
      goal: request.goal,
      spec,
      accounts: accountsOf(request, given),
      approvals,
      limits,
      options,
      unseen: request.unseen,
      beside: Math.min(Math.max(1, concurrency), specs.length),
      ...defined({ moves }),
      ...broughtPart(given),
    };
    const ended = callHandler<FleetState>(ctx, ['spec', version], keyOf(run, name), 'run', work);
    // A spec whose workflow an operator ended has failed.
    open.set(
      name,
      ended.map((state, failure) => [name, failure === undefined ? state : undefined] as const),
    );
  }
  while (open.size > 0) await next();
  return states;
}

/** The accounts that a spec names; all where a link names none. */
function accountsOf({ accounts }: RunRequest, given: FleetSpec): SpecWork['accounts'] {
  const { spec, moves } = given;
  const place = moves ?? broughtWorkOf(given);
  if (place !== undefined)
    return accounts.filter(({ id, provider }) => id === place.account && provider === place.provider);

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
