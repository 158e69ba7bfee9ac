import { appendFile, chmod, mkdir, readFile, readlink, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../src/do/apply/journal.js';
import { fileJournal } from '../../src/node/file-journal.js';
import { openJournalFile, type JournalFile, type OpenJournalFile } from '../../src/node/journal-file.js';
import { temporaryFolder } from '../temporary-folder.js';

const record = (step: string, value?: JournalRecord['value']): JournalRecord => ({
  type: 'before',
  at: '2026-06-01T00:00:00.000Z',
  run: 'r1',
  unit: 'link:eu',
  step,
  ...(value === undefined ? {} : { value }),
});

async function write(file: string, ...records: readonly JournalRecord[]): Promise<void> {
  const journal = fileJournal(file);
  const lock = await journal.lock();
  for (const one of records) await journal.append(one);
  await lock.release();
}

describe('fileJournal', () => {
  it('keeps records from run to run, readable by the owner only', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    expect(await fileJournal(file).read()).toEqual([]);
    await write(file, record('a'), record('b', { id: 'x', undefined: null }));
    await write(file, record('c'));
    expect(await fileJournal(file).read()).toEqual([
      record('a'),
      record('b', { id: 'x', undefined: null }),
      record('c'),
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('writes nothing once another process has taken over its lock, before the next refresh of it', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const { lock, append, read, fence } = fileJournal(file);
    const held = await lock();
    await append(record('a'));
    expect(fence?.requireLock).not.toThrow();
    const here = fence?.holder() ?? '';
    expect(here).toMatch(/^process \d+ on /);
    await writeFile(`${file}.lock/holder`, 'process 1 on other since 2026-06-01T00:00:00.000Z\n');
    const lost = expect.objectContaining({
      code: 'JOURNAL_WRITE_FAILED',
      message: `${file}: another process has taken over the lock`,
      remedy: expect.stringContaining('`postern status`'),
    });
    expect(fence?.requireLock).toThrow(lost);
    await expect(append(record('b'))).rejects.toEqual(lost);
    await held.release();
    expect(await read()).toEqual([record('a')]);
    const other = here.replace(/^process \d+ on \S+/, 'process 1 on other');
    const dead = here.replace(/^process \d+/, 'process 4194305');
    expect([here, other, dead, 'a process'].map((one) => fence?.hasEnded(one))).toEqual([true, false, true, false]);
  });

  it('keeps the order of appends that are not awaited', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const journal = fileJournal(file);
    const lock = await journal.lock();
    const steps = Array.from({ length: 50 }, (_, index) => `step ${index}`);
    await Promise.all(steps.map((step) => journal.append(record(step))));
    await lock.release();
    expect((await journal.read()).map(({ step }) => step)).toEqual(steps);
  });

  it('writes and syncs appends that come together at once, up to a page, and resolves them after the sync', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const durable: string[] = [];
    let written = '';
    const open: OpenJournalFile = async (...args) => {
      const real = await openJournalFile(...args);
      return (
        real && {
          ...real,
          write: async (text) => {
            written += text;
            await real.write(text);
          },
          sync: async () => {
            await real.sync();
            durable.push(written);
          },
        }
      );
    };
    const journal = fileJournal(file, { disk: { open } });
    const lock = await journal.lock();
    const steps = Array.from({ length: 200 }, (_, index) => `step ${index}.`);
    await Promise.all(
      steps.map(async (step) => {
        await journal.append(record(step));
        expect(durable.at(-1)).toContain(step);
      }),
    );
    await lock.release();
    const groups = durable.map((text, index) => text.length - (durable[index - 1]?.length ?? 0));
    expect(Math.max(...groups)).toBeLessThanOrEqual(4_096);
    expect(groups.length).toBeLessThan(20);
    expect((await journal.read()).map(({ step }) => step)).toEqual(steps);
  });

  it('refuses a record that could not be read again, and writes those that came with it', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const journal = fileJournal(file);
    const lock = await journal.lock();
    const records = [record('a'), record('b', 'x'.repeat(1024 * 1024)), record('c')];
    const outcomes = await Promise.allSettled(records.map((one) => journal.append(one)));
    await lock.release();
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await fileJournal(file).read()).map(({ step }) => step)).toEqual(['a', 'c']);
  });

  it('a record is one line of the file, for any names', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const names = ['a\nb', 'a\u2028b', 'a\u2029b', 'a\r\nb', '{"hash":"0"}', '\u0000', '\ud800', '::set-env'];
    await write(file, ...names.map((name) => record(name)));
    const text = await readFile(file, 'utf8');
    expect(text.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(names.length + 2);
    expect((await fileJournal(file).read()).map(({ step }) => step)).toEqual(names);
  });

  it('has one writer at a time, and names the holder', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const lock = await fileJournal(file).lock();
    await expect(fileJournal(file).lock()).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringMatching(new RegExp(`held by process ${process.pid} on .* since 20`)),
      remedy: expect.stringContaining('pass one journal object to all its sessions'),
    });
    await lock.release();
    await lock.release();
    await (await fileJournal(file).lock()).release();
  });

  it('makes those wait for their turn that share the object', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const journal = fileJournal(file);
    const first = await journal.lock();
    const second = journal.lock();
    await journal.append(record('a'));
    await first.release();
    const lock = await second;
    await journal.append(record('b'));
    await lock.release();
    expect((await journal.read()).map(({ step }) => step)).toEqual(['a', 'b']);
  });

  it('does not print invalid content of the holder’s file', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const lock = await fileJournal(file).lock();
    await writeFile(path.join(`${file}.lock`, 'holder'), 'process 1 on \u001b[31mevil since now\n');
    await expect(fileJournal(file).lock()).rejects.toMatchObject({ message: `${file}: held by another run` });
    await lock.release();
  });

  it('takes over the lock of a run that was killed', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    await mkdir(`${file}.lock`);
    await expect(fileJournal(file).lock()).rejects.toMatchObject({ code: 'LOCKED' });
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${file}.lock`, longAgo, longAgo);
    await (await fileJournal(file).lock()).release();
  });

  it('does not take over the lock of a process of another host or namespace, or that is alive', async () => {
    const since = new Date(Date.now() + 60_000).toISOString();
    const namespace = await readlink('/proc/self/ns/pid').then(
      (text) => ` ${text}`,
      () => '',
    );
    const gone = 4_194_305; // above Linux's highest process id
    const notes: readonly (readonly [string, boolean])[] = [
      [`process ${gone} on ${hostname()}${namespace} since ${since}`, true],
      [`process ${process.pid} on ${hostname()}${namespace} since ${since}`, false],
      [`process ${gone} on elsewhere${namespace} since ${since}`, false],
      [`process ${gone} on ${hostname()} pid:[1] since ${since}`, false],
      ['process 1', false],
    ];
    for (const [index, [note, taken]] of notes.entries()) {
      const file = path.join(temporaryFolder(), `shop-${index}.journal`);
      await mkdir(`${file}.lock`);
      await writeFile(path.join(`${file}.lock`, 'holder'), `${note}\n`);
      const lock = await fileJournal(file)
        .lock()
        .catch((error: unknown) => error);
      if (taken) await (lock as { release: () => Promise<void> }).release();
      else expect(lock, note).toMatchObject({ code: 'LOCKED' });
    }
  });

  it('appends only under the lock', async () => {
    const journal = fileJournal(path.join(temporaryFolder(), 'shop.journal'));
    await expect(journal.append(record('a'))).rejects.toMatchObject({ code: 'INTERNAL' });
    const lock = await journal.lock();
    await lock.release();
    await expect(journal.append(record('a'))).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it.each([
    ['{"hash":"0123', 'a torn line'],
    ['\0'.repeat(4096), 'a tail of zeros'],
    ['{"hash":"0123456789abcdef","record":{"type":"be\u00c3', 'a truncated line'],
  ])('drops a torn tail with a note, and appends after the last valid line: %#', async (tail) => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    await write(file, record('a'));
    await appendFile(file, Buffer.from(tail, 'latin1'));
    const notes: string[] = [];
    const journal = fileJournal(file, { onNote: (note) => notes.push(note) });
    expect(await journal.read()).toEqual([record('a')]);
    expect(notes).toEqual([expect.stringContaining('left out')]);
    const lock = await journal.lock();
    await journal.append(record('b'));
    await lock.release();
    expect(await fileJournal(file, { onNote: (note) => expect(note).toBeUndefined() }).read()).toEqual([
      record('a'),
      record('b'),
    ]);
  });

  it('refuses a damaged middle, with line and remedy, and changes neither the file nor the lock', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    await write(file, record('a'), record('b'), record('c'));
    const damaged = (await readFile(file, 'utf8')).replace('"step":"a"', '"step":"x"');
    await writeFile(file, damaged);
    const broken = {
      code: 'JOURNAL_BROKEN',
      place: { file, line: 2 },
      remedy: expect.stringContaining('Move the file away'),
    };
    await expect(fileJournal(file).read()).rejects.toMatchObject(broken);
    await expect(fileJournal(file).lock()).rejects.toMatchObject(broken);
    await expect(fileJournal(file).lock()).rejects.toMatchObject(broken);
    expect(await readFile(file, 'utf8')).toBe(damaged);
  });

  it.each([Buffer.from('my notes'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]), Buffer.from('# notes\nmore\n')])(
    'never changes a file that is not a journal: %#',
    async (content) => {
      const file = path.join(temporaryFolder(), 'notes');
      await writeFile(file, content);
      await expect(fileJournal(file).lock()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      expect(await readFile(file)).toEqual(content);
    },
  );

  it('follows no symbolic link, and opens only regular files', async () => {
    const directory = temporaryFolder();
    const victim = path.join(directory, 'victim');
    await writeFile(victim, 'precious');
    for (const [name, make] of [
      ['link', (at: string) => symlink(victim, at)],
      ['dangling', (at: string) => symlink(path.join(directory, 'nowhere'), at)],
      ['directory', (at: string) => mkdir(at)],
    ] as const) {
      const file = path.join(directory, name);
      await make(file);
      await expect(fileJournal(file).lock()).rejects.toMatchObject({ code: 'JOURNAL_WRITE_FAILED' });
      await expect(fileJournal(file).read()).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    }
    expect(await readFile(victim, 'utf8')).toBe('precious');
  });

  it('removes wider permissions', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    await write(file, record('a'));
    await chmod(file, 0o644);
    await write(file, record('b'));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('writes nothing that it cannot read back', async () => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const journal = fileJournal(file);
    const lock = await journal.lock();
    const deep = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) as JournalRecord['value'];
    await expect(journal.append(record('deep', deep))).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' });
    await expect(journal.append(record('long', 'x'.repeat(2_000_000)))).rejects.toMatchObject({
      code: 'INPUT_TOO_LARGE',
    });
    await journal.append(record('a'));
    await lock.release();
    expect(await journal.read()).toEqual([record('a')]);
  });

  it('reports a missing directory', async () => {
    const file = path.join(temporaryFolder(), 'missing', 'shop.journal');
    await expect(fileJournal(file).lock()).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
    expect(await fileJournal(file).read()).toEqual([]);
  });
});

/** A disk on which the `nth` operation of a kind fails, as the system words it. */
function failingDisk(kind: keyof JournalFile, nth: number, code: string, partly = false): OpenJournalFile {
  let count = 0;
  return async (file, purpose) => {
    const real = await openJournalFile(file, purpose);
    if (!real) return undefined;
    const fail = (): void => {
      count += 1;
      if (count === nth) throw Object.assign(new Error(`${code}: no luck, ${kind}`), { code });
    };
    return {
      ...real,
      write: async (text) => {
        if (kind === 'write' && partly && count + 1 === nth) await real.write(text.slice(0, 20));
        if (kind === 'write') fail();
        await real.write(text);
      },
      sync: async () => {
        if (kind === 'sync') fail();
        await real.sync();
      },
      truncate: async (bytes) => {
        if (kind === 'truncate') fail();
        await real.truncate(bytes);
      },
    };
  };
}

describe('fileJournal on a failing disk', () => {
  it.each([
    ['write', 1, 'EROFS'],
    ['sync', 1, 'EIO'],
    ['truncate', 1, 'EROFS'],
  ] as const)('no lock without a durable first line: %s %i %s', async (kind, nth, code) => {
    const file = path.join(temporaryFolder(), 'shop.journal');
    const journal = fileJournal(file, { disk: { open: failingDisk(kind, nth, code) } });
    await expect(journal.lock()).rejects.toMatchObject({ code: 'JOURNAL_WRITE_FAILED', cause: { code } });
    await (await fileJournal(file).lock()).release(); // the lock is free
  });

  it.each([
    ['write', 2, 'ENOSPC', false],
    ['write', 3, 'ENOSPC', true],
    ['sync', 2, 'EIO', false],
    ['sync', 3, 'EIO', false],
  ] as const)(
    '%s %i fails with %s: no later append succeeds, and the next run continues',
    async (kind, nth, code, partly) => {
      const file = path.join(temporaryFolder(), 'shop.journal');
      const journal = fileJournal(file, { disk: { open: failingDisk(kind, nth, code, partly) } });
      const lock = await journal.lock();
      const large = 'x'.repeat(3_000); // two do not fit into one write
      const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((step) => journal.append(record(step, large))));
      const failed = outcomes.findIndex(({ status }) => status === 'rejected');
      expect(failed).toBe(nth - 2); // the first write and sync are the header's
      for (const outcome of outcomes.slice(failed)) {
        expect(outcome).toMatchObject({
          status: 'rejected',
          reason: { code: 'JOURNAL_WRITE_FAILED', cause: { code } },
        });
      }
      await lock.release();
      await write(file, record('later'));
      const steps = (await fileJournal(file).read()).map(({ step }) => step);
      expect(steps.slice(0, failed)).toEqual(['a', 'b', 'c'].slice(0, failed)); // acknowledged records are in the file
      expect(steps.at(-1)).toBe('later');
    },
  );
});
