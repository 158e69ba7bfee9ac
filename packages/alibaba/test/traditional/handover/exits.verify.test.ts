import { createContext, memoryJournal, type Journal } from '@postern/core/internal/library';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../../core/test/runs.js';
import {
  finishHandover,
  handoverDriver,
  handoverStatus,
  rollbackHandover,
  runHandover,
  switchHandover,
  type FinishHandoverOptions,
  type RollbackHandoverOptions,
} from '../../../src/traditional/handover/internal.js';
import { REGION } from '../../world/simulated.js';
import { dying, NEVER } from './dying.js';
import { counted, KEEP_ALIVE_MS } from './finish-world.js';
import { handoverGone, type GoneByHand } from './gone-by-hand.js';
import { good, proofOf, recordsOf, switchWorld, type SwitchWorld } from './switch-world.js';

const HOUR = 3_600_000;

type Command = 'run' | 'switch' | 'rollback' | 'finish';

/** What a command came to: its state, or its error; and what its errors say to do. */
interface Ended {
  readonly state: string;
  readonly remedies: readonly string[];
}

type Events = AsyncGenerator<
  { readonly type: string; readonly error?: { readonly remedy?: string | undefined } },
  { readonly state: string; readonly failures: readonly { readonly code: string }[] },
  undefined
>;

async function ended(run: Events): Promise<Ended> {
  const remedies: string[] = [];
  try {
    for (;;) {
      const next = await run.next();
      if (next.done === true) {
        const { state, failures } = next.value;
        return { state: state === 'failed' ? `stays: ${failures.at(-1)?.code ?? ''}` : state, remedies };
      }
      if (next.value.error !== undefined) remedies.push(next.value.error.remedy ?? '');
    }
  } catch (error) {
    const { code, remedy = '' } = error as { readonly code?: string; readonly remedy?: string };
    if (code === undefined) throw error;
    return { state: `stays: ${code}`, remedies: [...remedies, remedy] };
  }
}

type Process = Pick<SwitchWorld, 'driver' | 'ctx' | 'handover'> & { readonly journal: Journal };

function begin(
  { driver, ctx, handover, journal }: Process,
  command: Command,
  more: Partial<RollbackHandoverOptions & FinishHandoverOptions> = {},
): Events {
  const options = { context: ctx, journal, keepAliveMs: KEEP_ALIVE_MS, ...more };
  switch (command) {
    case 'run':
      return runHandover(handover, driver, options);
    case 'switch':
      return switchHandover(handover, driver, proofOf(handover), { ...options, watch: good });
    case 'rollback':
      return rollbackHandover(handover, driver, options);
    case 'finish':
      return finishHandover(handover, driver, { ...options, watch: counted({ handover, driver, ctx }) });
  }
}

/** Each command of the product that changes a hand-over. */
const COMMANDS: Readonly<Record<string, (process: Process) => Promise<Ended>>> = {
  run: (process) => ended(begin(process, 'run')),
  switch: (process) => ended(begin(process, 'switch')),
  rollback: (process) => ended(begin(process, 'rollback')),
  'rollback, missing accepted': (process) => ended(begin(process, 'rollback', { acceptMissing: true })),
  'rollback, built deleted': (process) =>
    ended(begin(process, 'rollback', { acceptMissing: true, deleteBuilt: true, keepAliveMs: 0 })),
  finish: (process) => ended(begin(process, 'finish', { acceptUnwatched: true, remove: ['apis', 'domains', 'group'] })),
};

/** The command that was killed, before which of its records; Infinity: it came to its end. */
interface Kill {
  readonly of: Command;
  readonly at: number;
  readonly isLost: boolean;
}

const AT: Readonly<Record<Command, readonly number[]>> = {
  run: [3, 9, 21, 41, Infinity],
  switch: [4, 8, 12, 16, 20, 24, 30, 36, 42, 50, Infinity],
  rollback: [3, 6, 9, 12, 16, 20, Infinity],
  finish: [3, 8, 16, 24, 30, Infinity],
};
const KILLS: readonly Kill[] = (Object.keys(AT) as Command[]).flatMap((of) =>
  [false, true].flatMap((isLost) => AT[of].map((at) => ({ of, at, isLost }))),
);

/** What a hand-over must be before a command of it can be killed. */
const BEFORE: Readonly<Record<Command, readonly Command[]>> = {
  run: [],
  switch: ['run'],
  rollback: ['run', 'switch'],
  finish: ['run', 'switch'],
};

let world: SwitchWorld;
let gone: Readonly<Record<string, GoneByHand>>;
beforeAll(async () => {
  world = await switchWorld();
  gone = handoverGone(world);
});

/** Another process: what a pacer knows is of one clock, and a world that is loaded sets it back. */
const anew = () => ({
  handover: world.handover,
  driver: handoverDriver({ region: REGION, api: world.simulation.alibaba(REGION) }),
  ctx: createContext({ clock: world.simulation.clock, random: () => 0.5 }),
});

/** A hand-over whose command was killed. The worlds are kept: what follows loads them. */
async function killed({ of, at, isLost }: Kill) {
  const { simulation } = world;
  const api = simulation.alibaba(REGION);
  simulation.load(world.before);
  let journal = memoryJournal();
  for (const one of BEFORE[of]) {
    const { state } = await ended(begin({ ...anew(), journal }, one));
    expect(['built', 'switched']).toContain(state);
    await simulation.advance(of === 'finish' && one === 'switch' ? HOUR : 60_000);
  }
  let records = 0;
  const process = dying(api, NEVER, journal);
  const append: Journal['append'] = (record) => {
    records += record.until === undefined ? 1 : 0; // not what a step is about to change
    if (records > at) process.die();
    return process.journal.append(record);
  };
  const more =
    of === 'finish' ? { remove: ['apis', 'domains', 'group', 'records'] as const, acceptUnwatched: true } : {};
  const how = { ...anew(), driver: process.driver, journal: { ...process.journal, append } };
  await ended(begin(how, of, more)).catch(() => undefined);
  if (isLost) journal = memoryJournal();
  return { world: simulation.world(), records: await journal.read() };
}

/** A journal with the records of another one. */
async function journalOf(records: Awaited<ReturnType<Journal['read']>>): Promise<Journal> {
  const journal = memoryJournal();
  const lock = await journal.lock();
  for (const record of records) await journal.append(record);
  await lock.release();
  return journal;
}

/** Commands that a remedy names, and that are none of a hand-over. */
const unknownCommands = (remedies: readonly string[]): readonly string[] =>
  remedies.flatMap((text) =>
    [...text.matchAll(/`postern ([^`]*)`/g)].flatMap(([, command = '']) =>
      /^handover (?:assess|audit|plan|run|prove|switch|status|rollback|finish)\b/.test(command) ? [] : [command],
    ),
  );

/** The records by which callers come to the target. */
const sentToTarget = (): string =>
  recordsOf(world)
    .filter((row) => row.startsWith('api CNAME') && row.includes(' ENABLE') && !row.includes(world.former))
    .join('; ');

/** Ends of a hand-over, after which nothing of it is left to do: callers are all on one side. */
const ENDS: ReadonlySet<string> = new Set(['switched', 'rolled-back', 'finished', 'drained']);

describe('a hand-over that was killed', () => {
  it('has an exit from each state, whatever was deleted by hand, and each remedy names a command that knows it', async () => {
    const table = new Map<string, Set<string>>();
    const problems: string[] = [];
    let states = 0;
    let at: Awaited<ReturnType<typeof killed>> | undefined;
    let last: Kill | undefined;
    const rows = sample(
      KILLS.flatMap((kill) => Object.keys(gone).map((what) => ({ kill, what }))),
      13,
    );
    for (const { kill, what } of rows) {
      at = kill === last && at !== undefined ? at : await killed(kill);
      last = kill;
      const found = new Map<string, string>();
      for (const [name, command] of Object.entries(COMMANDS)) {
        world.simulation.load(at.world);
        try {
          gone[what]?.();
        } catch {
          break; // the cloud refuses it, or there is none
        }
        await world.simulation.advance(20 * 60_000);
        const process = { ...anew(), journal: await journalOf(at.records) };
        const read = { context: process.ctx, journal: process.journal };
        const { phase } = await handoverStatus(world.handover, process.driver, read);
        const { state, remedies } = await command(process);
        states += 1;
        found.set(name, state);
        const seen = `${kill.of} ${kill.at}${kill.isLost ? ', journal lost' : ''}, ${what} gone, ${name}: ${state}`;
        for (const command of unknownCommands(remedies)) problems.push(`${seen}: names postern ${command}`);
        if (state.startsWith('stays') && remedies.every((one) => one === '')) problems.push(`${seen}: says nothing`);
        const sent = state === 'rolled-back' && what !== 'all records' ? sentToTarget() : '';
        if (sent !== '') problems.push(`${seen}: callers are still sent to the target: ${sent}`);
        const key = `${phase.padEnd(9)} | ${kill.isLost ? 'lost' : 'kept'} | ${what.padEnd(20)} | ${name.padEnd(26)}`;
        table.set(key, (table.get(key) ?? new Set()).add(state));
      }
      if (found.size > 0 && ![...found.values()].some((state) => ENDS.has(state)))
        problems.push(`${kill.of} ${kill.at}${kill.isLost ? ', journal lost' : ''}, ${what} gone: no exit`);
    }
    expect(problems).toEqual([]);
    const lines = [...table].map(([key, ends]) => `${key} | ${[...ends].toSorted().join(', ')}`).toSorted();
    if (PROVE) console.log(`${states} states`);
    else await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('exits.txt');
    expect(states).toBeGreaterThan(100);
  });
});
