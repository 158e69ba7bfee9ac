import { execute } from '../src/do/apply/execute.js';
import type { RunEvent } from '../src/do/apply/events.js';
import { memoryJournal } from '../src/do/apply/journal.js';
import type { CallContext } from '../src/ground/calls/call-context.js';
import type { Drivers } from '../src/do/context.js';
import type { Spec } from '../src/do/spec.js';
import { placesOf } from '../src/do/observe/places.js';
import type { Plan } from '../src/do/plan/plan.js';
import type { CallGateway } from '../src/do/probe/call-gateway.js';
import { ReplayingEngine, type Kill } from './replaying-run.js';

/** The result of a run of one process, or of two where the first was killed. */
export interface ReplayedRun {
  readonly engine: ReplayingEngine;
  readonly events: readonly RunEvent[];
  readonly isKilled: boolean;
}

/**
 * Applies a plan. Where the process is killed, another one continues from the record. `drive` advances the clock until a promise settles,
 * where it does not advance by itself.
 */
export async function replayedRun(
  plan: Plan,
  spec: Spec,
  world: {
    readonly drivers: Drivers;
    readonly context: CallContext;
    readonly effectsMaySleep?: boolean;
    readonly callGateway?: CallGateway;
  },
  kill?: Kill,
  drive: <T>(work: Promise<T>) => Promise<T> = (work) => work,
): Promise<ReplayedRun> {
  const { drivers, context, effectsMaySleep, callGateway } = world;
  const { places } = await placesOf(spec, drivers, context);
  const engine = new ReplayingEngine(context, effectsMaySleep);
  const once = async (one?: Kill): Promise<readonly RunEvent[] | 'died'> => {
    const { runs, died } = engine.process(one);
    const events: RunEvent[] = [];
    const { signal } = new AbortController();
    const emit = (event: RunEvent): void => void events.push(event);
    const journal = memoryJournal();
    const how = { places, context, journal, maxParallel: 64, signal, emit, runs, callGateway };
    return drive(Promise.race([execute(plan, spec, how).then(() => events), died]));
  };
  const first = await once(kill);
  const events = first === 'died' ? await once() : first;
  if (events === 'died') throw new Error('nobody kills the second process');
  return { engine, events, isKilled: first === 'died' };
}
