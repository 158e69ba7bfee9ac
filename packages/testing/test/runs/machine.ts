import { memoryJournal, type Clock, type Journal } from '@postern/core';
import type { SimulatedAlibaba, SimulatedClients, Simulation } from '../../src/index.js';

/** Longest time that a request or an answer takes, in simulated milliseconds. */
const LATENCY_MS = 200;

/** How a machine differs from others. */
export interface MachineOptions {
  /** Uniform in [0, 1): how long each call takes, so how the calls of two machines interleave. */
  readonly random: () => number;
  /** Records that exist after the machine: those of the run that it continues. */
  readonly journal?: Journal | undefined;
  /** The operation after whose effect it is killed, before the answer arrives. */
  readonly killAfter?: string | undefined;
}

/** A separate process against a simulation: after a kill it calls, receives and writes nothing more. */
export interface Machine {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly random: () => number;
  /** Resolves when it is killed. */
  readonly killed: Promise<void>;
  readonly clients: (region: string) => SimulatedClients;
  readonly alibaba: (region: string) => SimulatedAlibaba;
}

export function machine(simulation: Simulation, { random, journal, killAfter }: MachineOptions): Machine {
  const records = journal ?? memoryJournal();
  let dead = false;
  let kill = (): void => undefined;
  const killed = new Promise<void>((resolve) => (kill = resolve));
  const alive = async <T>(value: T): Promise<T> => (dead ? new Promise<never>(() => undefined) : value);
  const pause = async (): Promise<void> => {
    await simulation.clock.sleep(Math.floor(random() * LATENCY_MS));
    await alive(undefined);
  };
  const through = async <T>(operation: string, send: () => Promise<T>): Promise<T> => {
    await pause();
    const answer = await send();
    if (operation === killAfter) {
      dead = true;
      kill();
    }
    await pause();
    return answer;
  };
  return {
    random,
    killed,
    clock: { ...simulation.clock, sleep: (ms, signal) => simulation.clock.sleep(ms, signal).then(alive) },
    journal: {
      append: async (record) => alive(records.append(record)),
      read: () => records.read(),
      lock: () => Promise.resolve({ release: () => Promise.resolve() }), // each machine has its own folder
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
      return { call: (params, ...rest) => through(params.action, () => client.call(params, ...rest)) };
    },
  };
}

type Method = (...input: readonly unknown[]) => Promise<unknown>;

/** A client whose calls all go `through` something. */
function guarded(
  client: object,
  through: (operation: string, send: () => Promise<unknown>) => Promise<unknown>,
): object {
  return new Proxy(client, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof name !== 'string' || typeof method !== 'function') return method;
      const operation = name.charAt(0).toUpperCase() + name.slice(1);
      return (...input: readonly unknown[]) => through(operation, () => (method as Method)(...input));
    },
  });
}
