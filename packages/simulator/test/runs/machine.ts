import { memoryJournal, type Clock, type Journal } from '@postern/core/internal/library';
import type { SimulatedAlibaba, SimulatedClients, Simulation } from '../../src/internal/simulation.js';

/** Longest time that a request or an answer takes, in simulated milliseconds. */
const LATENCY_MS = 200;

/** How a machine differs from others. */
export interface MachineOptions {
  /** Uniform in [0, 1): how long each call takes, so how the calls of two machines interleave. */
  readonly random: () => number;
  /** Records that exist after the machine: those of the run that it continues. */
  readonly journal?: Journal | undefined;
  /** Takes the lock of a journal that it shares with others. By default it has a folder of its own. */
  readonly lock?: Journal['lock'] | undefined;
  /** The operation after whose effect it is killed, before the answer arrives. */
  readonly killAfter?: string | undefined;
  /** Its clients do not ask whether a request may leave, for controls. */
  readonly unfenced?: boolean | undefined;
  /** What happens around each call: it sends it, or does not. */
  readonly around?: Around | undefined;
}

/** A call of a machine, before it is sent. */
export interface MachineCall {
  readonly operation: string;
  /** How many calls, and how many writes, this machine made before. */
  readonly at: number;
  readonly writes: number;
  readonly isWrite: boolean;
  /** Its input, which may be changed: `{ MaxResults: '500' }`. */
  readonly input: Record<string, unknown>;
  /** Ends the process: nothing is answered, and nothing more is sent. */
  readonly kill: () => void;
  /** The request leaves the machine now, although it is sent later: it is asked now whether it may. */
  readonly leave: () => void;
}

export type Around = (call: MachineCall, send: () => Promise<unknown>) => Promise<unknown>;

/** Kills the process before or after its write with a number. */
export function killAt(number: number, when: 'before' | 'after'): Around {
  return async (call, send) => {
    const isLast = call.isWrite && call.writes === number;
    if (isLast && when === 'before') call.kill();
    const answer = await send();
    if (isLast) call.kill();
    return answer;
  };
}

const READ = /^(?:Get|Describe|List|Search|Query|Export)/;

/** A separate process against a simulation: after a kill it calls, receives and writes nothing more. */
export interface Machine {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly random: () => number;
  /** Resolves when it is killed. */
  readonly killed: Promise<void>;
  readonly kill: () => void;
  readonly clients: (region: string) => SimulatedClients;
  readonly alibaba: (region: string) => SimulatedAlibaba;
}

export function machine(
  simulation: Simulation,
  { random, journal, lock, killAfter, unfenced = false, around = (_call, send) => send() }: MachineOptions,
): Machine {
  const records = journal ?? memoryJournal();
  let dead = false;
  let calls = 0;
  let writes = 0;
  let tellKilled = (): void => undefined;
  const killed = new Promise<void>((resolve) => (tellKilled = resolve));
  const kill = (): void => {
    dead = true;
    tellKilled();
  };
  const alive = async <T>(value: T): Promise<T> => (dead ? new Promise<never>(() => undefined) : value);
  const pause = async (): Promise<void> => {
    await simulation.clock.sleep(Math.floor(random() * LATENCY_MS));
    await alive(undefined);
  };
  const through = async <T>(
    operation: string,
    input: unknown,
    options: SendOptions | undefined,
    send: (options: SendOptions | undefined) => Promise<T>,
  ): Promise<T> => {
    await pause();
    const isWrite = !READ.test(operation);
    const unasked = { ...options, beforeSend: undefined };
    let sent = unfenced ? unasked : options;
    const leave = (): void => {
      sent?.beforeSend?.();
      sent = unasked;
    };
    const call = { operation, at: calls, writes, isWrite, input: input as Record<string, unknown>, kill, leave };
    calls += 1;
    if (isWrite) writes += 1;
    const answer = await around(call, async () => (await alive(undefined), await send(sent)));
    if (operation === killAfter) kill();
    await pause();
    return answer as T;
  };
  return {
    random,
    killed,
    kill,
    clock: { ...simulation.clock, sleep: (ms, signal) => simulation.clock.sleep(ms, signal).then(alive) },
    journal: {
      append: async (record) => alive(records.append(record)),
      read: () => records.read(),
      lock: lock ?? (() => Promise.resolve({ release: () => Promise.resolve() })),
      ...(records.fence && { fence: records.fence }),
    },
    clients: (region) => {
      const entries = Object.entries(simulation.clients(region)).map(([name, client]) => [
        name,
        guarded(client, through),
      ]);
      return Object.fromEntries(entries) as SimulatedClients;
    },
    alibaba: (region) => {
      const client = simulation.alibaba(region);
      return {
        call: (params, query, options) => {
          const own = { ...query };
          return through(params.action, own, options, (sent) => client.call(params, own, sent as typeof options));
        },
      };
    },
  };
}

type Method = (...input: readonly unknown[]) => Promise<unknown>;

/** What clients are asked besides an input. */
type SendOptions = { readonly beforeSend?: (() => void) | undefined };

/** A client whose calls all go `through` something. */
function guarded(
  client: object,
  through: (
    operation: string,
    input: unknown,
    options: SendOptions | undefined,
    send: (options: SendOptions | undefined) => Promise<unknown>,
  ) => Promise<unknown>,
): object {
  return new Proxy(client, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof name !== 'string' || typeof method !== 'function') return method;
      const operation = name.charAt(0).toUpperCase() + name.slice(1);
      return (input: unknown, options?: SendOptions) => {
        const own = { ...(input as object) };
        return through(operation, own, options, (sent) => (method as Method)(own, sent));
      };
    },
  });
}
