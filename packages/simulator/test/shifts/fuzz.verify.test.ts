import { memoryJournal, type Journal, type JournalRecord, isPosternError } from '@postern/core/internal/library';
import { UNSEEN_MS } from '@postern/core/internal/cloud';
import type { Moves } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../core/test/drive.js';
import { noteSeeds, PROVE } from '../../../core/test/runs.js';
import { EDITED_STAGE } from './rest-apis/stage-rows.js';
import { routeShop } from './route-shop.js';
import { ended, shiftingShop, worker, type ShiftingWorld } from './scene.js';

/** As old as a read may be. */
const BOUND_MS = UNSEEN_MS;
const FIRST = Number(process.env['POSTERN_SHIFT_FIRST'] ?? 1);
/** Trials of each world: in `npm run prove` as many as half a minute allows, or as many as the variable names. */
const ASKED = process.env['POSTERN_SHIFT_SEEDS'];
const SECONDS = 30;

/** What somebody edits by hand meanwhile, which neither loses a call nor ends the shift. */
type Edit = (world: never) => unknown;

/** A world, and what edits of it are drawn. */
type Row = readonly [name: string, make: () => Promise<ShiftingWorld>, edits: readonly Edit[]];

const WORLDS: readonly Row[] = [
  [
    'a listener',
    shiftingShop,
    [
      // Another write of the same shares, as tools make it that know nothing else of the action.
      ({ weights, setWeights, blue, green }: Awaited<ReturnType<typeof shiftingShop>>) => {
        const named = weights();
        const given = Object.entries(named).map(([name, weight]) => [name === 'green' ? green : blue, weight] as const);
        setWeights(Object.fromEntries(given));
      },
      ({ elb, green }: Awaited<ReturnType<typeof shiftingShop>>) =>
        elb('ModifyTargetGroup', { TargetGroupArn: green, HealthCheckIntervalSeconds: 15 }),
    ],
  ],
  EDITED_STAGE,
  [
    'routes of Cloud-native API Gateway',
    () => routeShop(),
    [
      async ({ row, put, apiId, parts }: Awaited<ReturnType<typeof routeShop>>) => {
        const { name } = await row(parts[1]);
        await put(`/v1/http-apis/${apiId}/routes/${parts[1]}`, { name, description: 'edited' });
      },
    ],
  ],
  ['routes to a registry', () => routeShop(undefined, true), []],
];

/** What happens to a call. */
const FAULTS = ['reset', 'lost', 'kill', 'kill-after', 'throttle', 'error', 'edit'] as const;

const RESET = { code: 'ECONNRESET' };
const THROTTLED = { name: 'ThrottlingException', code: 'Throttling', statusCode: 429 };
const ERROR = { name: 'InternalFailure', code: 'InternalError', statusCode: 500 };
const thrown = (text: string, more: object): Error =>
  Object.assign(new Error(text), more, { $metadata: { httpStatusCode: 400 } });

interface Tried {
  readonly problems: readonly string[];
  readonly calls: number;
  readonly events: number;
}

/** Ends by which a trial ends. */
const ENDED = /^(?:finished|rolled-back)/;

/** A shift of one world with random events, then without; until it has ended. `naive`: a control, which loses calls. */
async function trial(
  [, make, edits]: Row,
  seed: number,
  { naive = false }: { readonly naive?: boolean } = {},
): Promise<Tried> {
  const random = seeded(seed * 7_919 + 13);
  const world = await make();
  const { simulation } = world;
  const journal = memoryJournal();
  const before = await world.holder();
  const request = await world.nextRequest();
  const job = simulation.traffic.load({ ...world.traffic, perSecond: 5, seconds: 0 });
  const log: string[] = [];
  let events = 0;
  const eventful = (): ReturnType<typeof worker> => {
    const rate = 0.004 + random() * 0.03;
    const around = async (
      call: { readonly operation: string; readonly kill: () => void },
      send: () => Promise<unknown>,
    ): Promise<unknown> => {
      if (random() > rate) return send();
      events += 1;
      const kind = FAULTS[Math.floor(random() * FAULTS.length)];
      log.push(`${call.operation}:${kind}`);
      if (kind === 'reset') throw thrown('socket hang up', RESET);
      if (kind === 'throttle') throw thrown('Rate exceeded', THROTTLED);
      if (kind === 'error') throw thrown('Internal', ERROR);
      if (kind === 'edit') {
        const edit = edits[Math.floor(random() * edits.length)];
        await edit?.(world as never);
        return send();
      }
      if (kind !== 'kill') await send();
      if (kind === 'lost') throw thrown('socket hang up', RESET);
      call.kill();
      return new Promise(() => undefined);
    };
    const process: ReturnType<typeof worker> = worker(world, {
      random,
      around,
      journal: {
        ...journal,
        read: () => journal.read(),
        append: async (record: JournalRecord) => {
          if (random() > 0.004) return journal.append(record);
          events += 1;
          const isAfter = random() < 0.5;
          log.push(`record:${isAfter ? 'kill-after' : 'kill'}`);
          if (isAfter) await journal.append(record);
          process.by.kill();
          return new Promise<never>(() => undefined);
        },
      } as Journal,
    });
    return process;
  };
  const calm = () => worker(world, { random, journal });
  const doIt = async (
    process: ReturnType<typeof worker>,
    work: (moves: Moves, id: string) => ReturnType<typeof ended>,
  ): Promise<string> => {
    const command = async (): Promise<string> => {
      try {
        const [open] = await process.moves.status();
        const { result } = await work(process.moves, open?.move ?? '');
        return [result.state, ...result.failures.map(({ code }) => code)].join(' ');
      } catch (error) {
        if (!isPosternError(error)) throw error;
        return `!${error.code}: ${error.message}`;
      }
    };
    const done = await Promise.race([command(), process.by.killed.then(() => 'killed')]);
    log.push(`-> ${done}`);
    return done;
  };
  const pauseMs = 5_000 + Math.floor(random() * 40_000);
  const finish = random() < 0.5;
  const how = { callGateway: world.callGateway, drainMs: 60_000, pauseMs, finish };
  const run = async (moves: Moves) => ended(moves.run(await moves.plan(request), how));
  const abort = (moves: Moves, id: string) => ended(moves.rollback(id, { drainMs: 60_000 }));
  const promote = (moves: Moves, id: string) => ended(moves.finish(id, { wait: true }));
  const aborts = random() < 0.5;
  const staleMs = random() < 0.7 ? Math.floor(random() * BOUND_MS) : 0;
  if (staleMs > 0) simulation.faults.add({ kind: 'stale', ms: staleMs, leastMs: 0 });
  if (naive) await (world as unknown as { readonly exchange: () => Promise<unknown> }).exchange();
  const rounds = naive ? 0 : 1 + Math.floor(random() * 4);
  let last = '';
  for (let at = 0; at < rounds && !ENDED.test(last); at += 1) {
    last = await doIt(eventful(), run);
    if (random() < 0.3) await simulation.advance(Math.floor(random() * 120_000));
  }
  const mostAborts = aborts && !naive ? 2 : 0;
  for (let at = 0; at < mostAborts && !ENDED.test(last); at += 1) last = await doIt(eventful(), abort);
  simulation.faults.clear();
  await simulation.advance(BOUND_MS + 10_000);
  const stateNow = async () => (await calm().moves.status()).at(0)?.state ?? 'none';
  let state = await stateNow();
  const mostEnds = naive ? 0 : 6;
  for (let at = 0; at < mostEnds && !ENDED.test(state); at += 1) {
    const isReturn = state === 'returning' || (aborts && state !== 'none');
    last = await doIt(calm(), isReturn ? abort : state === 'none' || state === 'open' ? run : promote);
    state = await stateNow();
  }
  const holder = await world.holder();
  await simulation.advance(60_000);
  job.end();
  const { calls, lost, firstLost } = job.status();
  const problems = lost > 0 ? [`lost ${lost} of ${calls}: ${firstLost?.outcome}`] : [];
  const isRight = state === 'finished' ? holder !== before : state === 'rolled-back' && holder === before;
  if (!naive && !isRight) problems.push(`ended ${state}, ${before} → ${holder}, last ${last}`);
  return { problems: problems.map((text) => `${text} | stale ${staleMs} ${log.join(' ')}`), calls, events };
}

describe.each(WORLDS)('shifts of %s', (...row) => {
  const seedsOf = ASKED === undefined ? (PROVE ? 100_000 : 3) : Number(ASKED);

  it('lose no call under kills, lost answers, throttles, edits by hand and reads up to the bound, and end as told', async () => {
    const startedMs = Date.now();
    const failures: string[] = [];
    let [trials, calls, events] = [0, 0, 0];
    for (let seed = FIRST; seed < FIRST + seedsOf && failures.length < 10; seed += 1) {
      const tried = await trial(row, seed);
      trials += 1;
      calls += tried.calls;
      events += tried.events;
      failures.push(...tried.problems.map((text) => `seed ${seed}: ${text}`));
      if (PROVE && ASKED === undefined && Date.now() - startedMs > SECONDS * 1_000) break;
    }
    noteSeeds(trials, PROVE);
    if (PROVE) console.log(`${row[0]}: ${trials} trials, ${calls} calls, ${events} events`);
    expect(failures.join('\n')).toBe('');
    expect(calls).toBeGreaterThan(trials * 100);
  }, 36_000_000);
});

it('a naive exchange of target groups loses calls: trials can fail', async () => {
  const [row] = WORLDS;
  const { problems } = await trial(row as Row, 1, { naive: true });
  expect(problems.join()).toContain('lost');
});
