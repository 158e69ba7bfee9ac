import { appendFile, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { interruptedSteps } from '../../src/do/apply/outcome.js';
import type { JournalRecord } from '../../src/do/apply/journal.js';
import { fileJournal, type FileJournalOptions } from '../../src/node/file-journal.js';
import { journalFolder, type JournalFolder } from '../../src/node/journal-file.js';
import { journalRuns } from '../../src/node/journal-runs.js';
import { openMove } from '../../src/moves/record/recorded-moves.js';
import { runs } from '../runs.js';
import { temporaryFolder } from '../temporary-folder.js';

const SMALL = { rotateAboveBytes: 600, keptFiles: 3 };
const MINUTE_MS = 60_000;
const BEGIN = Date.parse('2026-06-01T00:00:00.000Z');

/** The records of run `number`: a step that is done, one that stays open, and the end unless it was killed. */
function recordsOf(number: number, killed: boolean): readonly JournalRecord[] {
  const at = new Date(BEGIN + number * MINUTE_MS).toISOString();
  const own = { at, run: `run-${number}` };
  const step = { ...own, unit: 'link:eu', step: `create link ${number}` };
  const records: JournalRecord[] = [
    { type: 'run', ...own, value: { project: 'shop', goal: 'apply' } },
    { type: 'before', ...own, unit: 'link:us', step: 'tag link' },
    { type: 'after', ...own, unit: 'link:us', step: 'tag link', value: 'x'.repeat(100) },
    { type: 'before', ...step },
  ];
  if (killed) return records;
  return [
    ...records,
    { type: 'after', ...step },
    { type: 'end', ...own, value: { applied: 2, failed: 0, skipped: 0 } },
  ];
}

async function runOf(file: string, number: number, killed: boolean, options: FileJournalOptions = {}): Promise<void> {
  const journal = fileJournal(file, { ...SMALL, ...options });
  const lock = await journal.lock();
  try {
    for (const one of recordsOf(number, killed)) await journal.append(one);
  } finally {
    await lock.release();
  }
}

async function runsOf(file: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { run } of journalRuns(file)) names.push(run);
  return names;
}

const openOf = async (file: string): Promise<readonly string[]> =>
  [...interruptedSteps(await fileJournal(file).read(), BEGIN + 30 * MINUTE_MS)].toSorted();

describe('a journal that grows', () => {
  it('moves past runs to numbered files, keeps a few, and carries over what is open', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    for (let number = 0; number < 12; number += 1) await runOf(file, number, number === 2);
    const names = (await readdir(path.dirname(file))).toSorted();
    expect(names).toEqual(['shop.journal', 'shop.journal.1', 'shop.journal.2', 'shop.journal.3']);
    for (const name of names) {
      const { size, mode } = await stat(path.join(path.dirname(file), name));
      expect(mode & 0o777).toBe(0o600);
      expect(size).toBeLessThan(2_500);
    }
    expect(await openOf(file)).toEqual(['link:eu create link 2']);
    expect(await runsOf(file)).toEqual(['run-11', 'run-10', 'run-9', 'run-8']);
  });

  it('keeps all records of a move that has not ended', async () => {
    const file = path.join(temporaryFolder(), 'moves.journal');
    const journal = fileJournal(file, SMALL);
    const lock = await journal.lock();
    const own = { at: new Date(BEGIN).toISOString(), run: 'move-1' };
    const step = { ...own, unit: 'api-group g', step: 'capture' };
    for (const one of [
      { type: 'run', ...own, value: { move: 'm', plan: { move: 'm', widen: [], units: [] } } },
      { type: 'before', ...step },
      { type: 'after', ...step, value: { ok: true, value: { instance: 'old' } } },
    ] as const)
      await journal.append(one);
    await lock.release();
    for (let number = 0; number < 12; number += 1) await runOf(file, number, false);
    const open = openMove(await fileJournal(file).read(), 'm');
    expect(open?.history.first('api-group g', 'capture')).toEqual({ instance: 'old' });
    expect((await readdir(path.dirname(file))).length).toBeGreaterThan(2);
  });

  it.each(['killed', 'any'] as const)('keeps what the last run did a moment ago: %s', async (which) => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    await runOf(file, 0, false, { rotateAboveBytes: 1e6 });
    await runOf(file, 2, which === 'killed', { rotateAboveBytes: 1e6 });
    await (await fileJournal(file, { ...SMALL, rotateAboveBytes: 10 }).lock()).release();
    // Lists show by now what the run before it did.
    expect(await readFile(file, 'utf8')).not.toContain('run-0');
    const next = interruptedSteps(await fileJournal(file).read(), BEGIN + 2 * MINUTE_MS + 10_000, which);
    expect([...next].toSorted()).toEqual(['link:eu create link 2', 'link:us tag link']);
  });

  it('is not rotated for what the next run needs', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    for (let number = 0; number < 8; number += 1) await runOf(file, number, true);
    const size = async (): Promise<number> => (await readFile(file)).length;
    for (let number = 8; number < 20; number += 1) await runOf(file, number, true);
    expect(await openOf(file)).toHaveLength(20);
    const carried = Math.max(await size(), 4_000);
    await (await fileJournal(file, SMALL).lock()).release();
    await (await fileJournal(file, SMALL).lock()).release();
    expect(await size()).toBeLessThanOrEqual(carried);
    expect((await readFile(`${file}.1`, 'utf8')).match(/"type":"run"/g)?.length).toBeGreaterThan(0);
  });

  it('keeps runs in an old file when it drops a torn tail', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    for (const number of [0, 1]) await runOf(file, number, false, { rotateAboveBytes: 1e6 });
    await appendFile(file, '{"hash":"0123');
    await runOf(file, 2, false);
    expect(await runsOf(file)).toEqual(['run-2', 'run-1', 'run-0']);
    expect(await fileJournal(`${file}.1`, { onNote: (note) => expect(note).toBeUndefined() }).read()).toHaveLength(12);
  });

  it.each([
    ['a folder', (name: string) => mkdir(name)],
    ['a symbolic link', (name: string) => symlink('/dev/null', name)],
  ])('goes on with the large file where %s has the name of an old one', async (_, make) => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    for (const number of [0, 2]) await runOf(file, number, false, { rotateAboveBytes: 1e6 });
    await make(`${file}.1`);
    const notes: string[] = [];
    await runOf(file, 3, false, { onNote: (note) => notes.push(note) });
    expect(notes).toEqual([expect.stringContaining(`could not be moved to ${file}.1: not a regular file`)]);
    expect(await fileJournal(file).read()).toHaveLength(18);
  });

  it('does not touch a damaged journal', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    for (const number of [0, 1]) await runOf(file, number, false, { rotateAboveBytes: 1e6 });
    const damaged = (await readFile(file, 'utf8')).replace('tag link', 'tag_link');
    await writeFile(file, damaged);
    await expect(fileJournal(file, SMALL).lock()).rejects.toMatchObject({ code: 'JOURNAL_BROKEN' });
    expect(await readFile(file, 'utf8')).toBe(damaged);
    expect(await readdir(path.dirname(file))).toEqual(['shop.journal']);
  });
});

/** What ends a process: nothing after it is done, and what it wrote until then is there. */
class Killed extends Error {}

/** A disk of a process that is killed at its `nth` operation: before it, or in the middle of a write. */
function killedAt(nth: number, partly: boolean): { readonly disk: JournalFolder; readonly count: () => number } {
  let count = 0;
  const next = async <T>(operation: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    count += 1;
    if (count === nth && partly) await half?.();
    if (count >= nth) throw new Killed(`killed at operation ${nth}`);
    return operation();
  };
  const { open, rename, syncFolder } = journalFolder;
  const disk: JournalFolder = {
    open: async (name, purpose) => {
      const real = await next(() => open(name, purpose));
      return (
        real && {
          read: () => next(() => real.read()),
          truncate: (bytes) => next(() => real.truncate(bytes)),
          write: (text) =>
            next(
              () => real.write(text),
              () => real.write(text.slice(0, text.length / 2)),
            ),
          sync: () => next(() => real.sync()),
          close: () => real.close(), // the system closes the files of a killed process
        }
      );
    },
    rename: (from, to) => next(() => rename(from, to)),
    syncFolder: (name) => next(() => syncFolder(name)),
  };
  return { disk, count: () => count };
}

describe.each([false, true])('a rotation killed at each of its operations, in the middle of a write: %s', (partly) => {
  it('loses no open step and no run that is to be kept, at any of them', async () => {
    const survived: number[] = [];
    for (let nth = 1; ; nth += runs(7, 1)) {
      const file = path.join(temporaryFolder(), 'shop.journal');
      for (const number of [0, 1, 2]) await runOf(file, number, number === 1); // leaves old files to shift
      const { disk, count } = killedAt(nth, partly);
      const killed = await runOf(file, 3, false, { disk }).then(
        () => false,
        (error: unknown) => error instanceof Error,
      );
      expect(await openOf(file), `open steps after operation ${nth}`).toContain('link:eu create link 1');
      expect(await runsOf(file), `runs after operation ${nth}`).toEqual(
        expect.arrayContaining(['run-0', 'run-1', 'run-2']),
      );
      await runOf(file, 4, false); // the next run needs no repair
      expect(await openOf(file), `open steps of the next run, ${nth}`).toContain('link:eu create link 1');
      expect(
        (await runsOf(file)).filter((run) => run !== 'run-3'),
        `all runs, ${nth}`,
      ).toEqual(['run-4', 'run-2', 'run-1', 'run-0']);
      survived.push(nth);
      if (!killed) {
        expect(count()).toBeLessThan(nth);
        break;
      }
    }
    expect(survived.length).toBeGreaterThan(runs(3, 20));
  });
});

/** A disk on which the `nth` operation of the process fails once, and which works before and after. */
function failingOnce(nth: number): JournalFolder {
  const { disk, count } = killedAt(nth, false);
  const real = journalFolder;
  return {
    open: async (name, purpose) => {
      const before = count();
      if (before >= nth) return real.open(name, purpose);
      return disk.open(name, purpose);
    },
    rename: (from, to) => (count() >= nth ? real.rename(from, to) : disk.rename(from, to)),
    syncFolder: (name) => (count() >= nth ? real.syncFolder(name) : disk.syncFolder(name)),
  };
}

describe('a disk that fails once in a rotation', () => {
  it('ends the run or leaves the journal as it was, and no acknowledged record is lost', async () => {
    let continued = 0;
    for (let nth = 1; nth < 30; nth += runs(2, 1)) {
      const file = path.join(temporaryFolder(), 'shop.journal');
      for (const number of [0, 1, 2]) await runOf(file, number, number === 1);
      const notes: string[] = [];
      const options = { disk: failingOnce(nth), onNote: (note: string) => notes.push(note) };
      const ended = await runOf(file, 3, false, options).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(?:JOURNAL_WRITE_FAILED|FILE_UNREADABLE)$/) });
          return false;
        },
      );
      if (ended && notes.length > 0) continued += 1;
      expect(await openOf(file)).toContain('link:eu create link 1');
      expect(await runsOf(file)).toEqual(
        expect.arrayContaining(['run-0', 'run-1', 'run-2', ...(ended ? ['run-3'] : [])]),
      );
    }
    expect(continued).toBeGreaterThan(runs(1, 3));
  });
});
