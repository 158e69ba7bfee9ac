import { memoryJournal, type Journal } from '@postern/core/internal/library';
import type { MoveEvent, Moves, MoveResult } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { PROVE, runs } from '../../../core/test/runs.js';
import { routeShop } from './route-shop.js';
import { stageExits } from './rest-apis/stage-rows.js';
import { ended, shiftingShop, worker, type Breakable } from './scene.js';

const WORLDS: Readonly<Record<string, () => Promise<Breakable>>> = {
  listener: async () => {
    const world = await shiftingShop();
    const { elb, setWeights, blue, green, listener } = world;
    const remove = (kept: string, TargetGroupArn: string): void => {
      setWeights({ [kept]: 1 });
      elb('DeleteTargetGroup', { TargetGroupArn });
    };
    return {
      world,
      gone: {
        nothing: () => undefined,
        'the former group': () => remove(green, blue),
        'the new group': () => remove(blue, green),
        'the listener': () => elb('DeleteListener', { ListenerArn: listener }),
      },
    };
  },
  stage: stageExits,
  routes: async () => {
    const world = await routeShop();
    const { put, post, del, apiId, gatewayId, parts, serviceId, green } = world;
    const giveAll = async (id: string): Promise<void> => {
      const services = [{ serviceId: id, port: 8080, protocol: 'HTTP', weight: 100 }];
      for (const routeId of parts) {
        await put(`/v1/http-apis/${apiId}/routes/${routeId}`, { backendConfig: { scene: 'SingleService', services } });
        await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
      }
    };
    const remove = async (kept: string, id: string): Promise<void> => {
      await giveAll(kept);
      await world.simulation.advance(60_000);
      await del(`/v1/services/${id}`);
    };
    return {
      world,
      gone: {
        nothing: () => undefined,
        'the former service': () => remove(green, serviceId),
        'the new service': () => remove(serviceId, green),
        'a route': async () => {
          const routeId = parts[1] ?? '';
          await post(`/v1/http-apis/${apiId}/undeploy`, { routeId, gatewayId });
          await del(`/v1/http-apis/${apiId}/routes/${routeId}`);
        },
      },
    };
  },
};

type Command = (moves: Moves, move: string) => AsyncGenerator<MoveEvent, MoveResult, undefined>;

const COMMANDS: Readonly<Record<string, Command>> = {
  abort: (moves, move) => moves.rollback(move, { drainMs: 1_000 }),
  promote: (moves, move) => moves.finish(move, { wait: true }),
  leave: (moves, move) => moves.leave(move),
};

/** When a process is killed: before which record of its run, or of its abort. */
const KILLS: readonly { readonly of: 'run' | 'abort'; readonly at: number }[] = [
  ...(runs(2, 12) === 2 ? [6, 14] : Array.from({ length: 12 }, (_, at) => 2 + at * 4)).map((at) => ({
    of: 'run' as const,
    at,
  })),
  { of: 'run', at: Infinity },
  ...(runs(1, 4) === 1 ? [8] : [3, 6, 9, 12]).map((at) => ({ of: 'abort' as const, at })),
];

/** Which exits a shift has, by where it was killed and what was deleted then. */
async function outcome(make: () => Promise<Breakable>, kill: (typeof KILLS)[number], what: string, command: string) {
  const { world, gone } = await make();
  const journal = memoryJournal();
  const killedAfter = (records: number) => {
    let at = 0;
    const dying: Journal = {
      ...journal,
      append: async (record) => {
        at += 1;
        if (at <= records) return journal.append(record);
        process.by.kill();
        return new Promise<never>(() => undefined);
      },
    };
    const process = worker(world, { journal: dying });
    return process;
  };
  const runner = killedAfter(kill.of === 'run' ? kill.at : Infinity);
  const how = { callGateway: world.callGateway, pauseMs: 1_000, drainMs: 1_000 };
  const running = world.nextRequest().then(async (request) => {
    const plan = await runner.moves.plan(request);
    return ended(runner.moves.run(plan, how));
  });
  await Promise.race([running, runner.by.killed]);
  const [begun] = await worker(world, { journal }).moves.status();
  if (begun === undefined) return undefined;
  if (kill.of === 'abort') {
    const aborter = killedAfter(kill.at);
    await Promise.race([ended(aborter.moves.rollback(begun.move, { drainMs: 1_000 })), aborter.by.killed]);
  }
  try {
    await gone[what]?.();
  } catch {
    return undefined; // the cloud refuses it
  }
  await world.simulation.advance(60_000);
  const { moves } = worker(world, { journal });
  const state = (await moves.status())[0]?.state ?? '';
  const remedies: string[] = [];
  let end: string;
  try {
    const { result, events } = await ended((COMMANDS[command] as Command)(moves, begun.move));
    for (const event of events) if (event.type === 'step.failed') remedies.push(event.error.remedy ?? '');
    end = result.state === 'failed' ? `stays: ${result.failures.at(-1)?.code ?? ''}` : result.state;
  } catch (error) {
    const { code, remedy } = error as { readonly code: string; readonly remedy?: string };
    remedies.push(remedy ?? '');
    end = `stays: ${code}`;
  }
  if (end.startsWith('stays')) await ended(moves.leave(begun.move));
  const [after] = await moves.status();
  return { state, end, isOpen: after?.next !== 'nothing', remedies };
}

describe('a shift that was killed', () => {
  it('has an exit from each state, whatever was deleted by hand, and each remedy names a command that knows it', async () => {
    const table = new Map<string, Set<string>>();
    let states = 0;
    for (const [kind, make] of Object.entries(WORLDS)) {
      for (const what of Object.keys((await make()).gone)) {
        for (const kill of KILLS) {
          for (const command of Object.keys(COMMANDS)) {
            const found = await outcome(make, kill, what, command);
            if (found === undefined) continue;
            states += 1;
            expect({ kind, what, kill, command, isOpen: found.isOpen }).toMatchObject({ isOpen: false });
            expect(found.remedies.filter((text) => text.includes('postern migrate'))).toEqual([]);
            const key = `${kind.padEnd(8)} | ${found.state.padEnd(11)} | ${what.padEnd(18)} | ${command.padEnd(7)}`;
            table.set(key, (table.get(key) ?? new Set()).add(found.end));
          }
        }
      }
    }
    const rows = [...table].map(([key, ends]) => `${key} | ${[...ends].toSorted().join(', ')}`).toSorted();
    for (const row of rows.filter((one) => one.includes('| leave '))) expect(row).toMatch(/\| left$/);
    // Each state, with what was deleted, and what each command makes of it.
    if (!PROVE) await expect(`${rows.join('\n')}\n`).toMatchFileSnapshot('exits.txt');
    expect(states).toBeGreaterThan(100);
  });
});
