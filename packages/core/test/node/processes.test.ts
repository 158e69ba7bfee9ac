import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { fileJournal } from '../../src/node/file-journal.js';
import { seeded } from '../drive.js';
import { seeds } from '../runs.js';
import { temporaryFolder } from '../temporary-folder.js';

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

/** Takes the lock, prints a line, and appends until it is killed. */
const PROGRAM = `
  import { fileJournal } from './file-journal.js';
  const journal = fileJournal(process.argv[2]);
  journal.lock().then(async () => {
    console.log('locked');
    for (let step = 0; ; step += 1) {
      await journal.append({ type: 'before', at: '2026-06-01T00:00:00.000Z', run: 'child', step: String(step), value: 'x'.repeat(5_000) });
      console.log(step);
    }
  }, (error) => { console.log(error.code + ' ' + error.message); process.exit(0); });
`;

/** Takes and releases the lock all the time, until it is killed. */
const TAKES_AND_RELEASES = `
  import { fileJournal } from './file-journal.js';
  const journal = fileJournal(process.argv[2]);
  console.log('started');
  const next = () => journal.lock().then((lock) => lock.release()).then(next);
  next();
`;

async function compile(directory: string, contents = PROGRAM): Promise<string> {
  const outfile = path.join(directory, 'program.cjs');
  await build({
    stdin: { contents, resolveDir: path.join(import.meta.dirname, '../../src/node'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

/** Starts the program on a journal; `lines` are what it prints. */
function start(program: string, file: string) {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

describe('two processes', () => {
  it('one of two holds the lock and the error of the other names it; after the holder is killed, the next continues', async () => {
    const directory = temporaryFolder();
    const program = await compile(directory);
    for (const round of seeds(1, 200)) {
      const file = path.join(directory, `shop-${round}.journal`);
      const two = [start(program, file), start(program, file)];
      const said = await Promise.all(two.map(async ({ lines }) => String((await lines.next()).value)));
      const winner = said.indexOf('locked');
      expect(said[1 - winner]).toMatch(/^LOCKED .*held by (process \d+ on|another run)/);
      const { child, lines } = two[winner]!;
      await expect(fileJournal(file).lock()).rejects.toMatchObject({
        code: 'LOCKED',
        message: expect.stringContaining(`held by process ${child.pid} on `),
      });

      let acknowledged = -1;
      while (acknowledged < round) acknowledged = Number((await lines.next()).value);
      child.kill('SIGKILL'); // usually in the middle of an append
      await once(child, 'exit');

      // At once, and by one of the next processes: the lock of a process that has ended needs no timeout.
      // In every second round they also begin a new file: the holder may have filled one while this process was waiting.
      const options = round % 2 === 0 ? {} : { rotateAboveBytes: 1_000 };
      const comers = [1, 2, 3].map(() => fileJournal(file, options));
      const locks = await Promise.allSettled(comers.map((comer) => comer.lock()));
      const taken = locks.filter((one) => one.status === 'fulfilled');
      expect(taken).toHaveLength(1);
      const lock = taken[0]!.value;
      const journal = comers[locks.indexOf(taken[0]!)]!;
      await journal.append({ type: 'run', at: '2026-06-01T00:00:00.000Z', run: 'next' });
      await lock.release();
      const rotated = await fileJournal(`${file}.1`).read();
      if (round % 2 === 1) expect(rotated).not.toEqual([]);
      const records = [...rotated, ...(await journal.read())];
      expect(records.length).toBeGreaterThanOrEqual(acknowledged + 2); // acknowledged records are in the files
      expect(records.at(-1)).toMatchObject({ run: 'next' });
      expect(records.slice(0, -1).map(({ step }) => Number(step))).toEqual(
        records.slice(0, -1).map((_, index) => index),
      );
    }
  });

  it('a process that is killed while it takes or releases the lock does not block the next one', async () => {
    const directory = temporaryFolder();
    const program = await compile(directory, TAKES_AND_RELEASES);
    const random = seeded(7);
    const blocked: unknown[] = [];
    for (const round of seeds(2, 300)) {
      const file = path.join(directory, `shop-${round}.journal`);
      const { child, lines } = start(program, file);
      await lines.next();
      await pause(20 + 40 * random());
      child.kill('SIGKILL');
      await once(child, 'exit');
      const lock = fileJournal(file).lock();
      await lock.then(({ release }) => release()).catch((error: unknown) => blocked.push(error));
    }
    expect(blocked).toEqual([]);
  });
});
