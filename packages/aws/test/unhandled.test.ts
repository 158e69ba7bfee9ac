import { createContext, type CallContext, type Driver, type Scope } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sample, runs } from '../../core/test/runs.js';
import { aws } from '../src/index.js';
import { buildChecksWorld } from './world/checks-world.js';
import { REGION } from './world/simulated.js';

/** What ends a call permanently: credentials that are no longer accepted, and a defect in a lower layer. */
const ERRORS = {
  'expired credentials': () => Object.assign(new Error('expired'), { name: 'ExpiredTokenException' }),
  'a TypeError': () => new TypeError('nothing of that name'),
} as const;

const unhandled: unknown[] = [];
const note = (error: unknown): void => void unhandled.push(error);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

type Clients = ReturnType<ReturnType<typeof simulate>['clients']>;

/** The same clients, but `call` is called before each of their operations. */
function watched(clients: Clients, call: () => void): Clients {
  const watch = <T extends object>(client: T): T =>
    new Proxy(client, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]): Promise<unknown> => {
          call();
          return (member as (...given: unknown[]) => unknown).apply(target, args);
        };
      },
    });
  return Object.fromEntries(Object.entries(clients).map(([name, client]) => [name, watch(client as object)])) as never;
}

describe.each(sample(Object.entries(ERRORS), 2))('apply D7: %s at any call', (_, error) => {
  it.each<[string, Scope]>([
    ['everything with checks', { all: true, checks: true }],
    ['everything', { all: true }],
    ['a project', { project: 'shop', egress: true }],
  ])('leaves no rejection unhandled while %s is observed', async (_what, scope) => {
    const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
    await buildChecksWorld(simulation, REGION);
    const ctx: CallContext = createContext({ clock: simulation.clock, random: () => 0.5 });
    for (let index = 0; ; index += runs(7, 1)) {
      let calls = 0;
      const clients = watched(simulation.clients(REGION), () => {
        calls += 1;
        if (calls > index) throw error();
      });
      const driver: Driver = aws({ region: REGION, clients });
      await driver.observe(scope, ctx).catch(() => undefined);
      // A rejection counts as unhandled once the microtasks of its turn have run.
      await new Promise((resolve) => setImmediate(resolve));
      if (calls <= index) break;
      expect(index).toBeLessThan(1_000);
    }
    expect(unhandled).toEqual([]);
  });
});
