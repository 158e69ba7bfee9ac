import { spawnSync } from 'node:child_process';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFile } from '../../src/node/lock.js';
import { processNamespace } from '../../src/node/lock-folder.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A lock of another machine whose clock is `aheadMs` ahead of this one's. */
async function scene(aheadMs = 3_600_000) {
  const directory = temporaryFolder();
  const file = path.join(directory, 'shop.journal');
  await writeFile(file, '');
  await mkdir(`${file}.lock`);
  const startMs = Date.now();
  const refresh = (atMs: number): Promise<void> => {
    const at = new Date(startMs + atMs + aheadMs);
    return utimes(`${file}.lock`, at, at);
  };
  await refresh(0);
  /** A run that begins `afterMs` after the first one. */
  const attempt = (afterMs: number) =>
    lockFile(
      file,
      () => undefined,
      () => startMs + afterMs,
    );
  return { directory, attempt, refresh };
}

const LOCKED = { code: 'LOCKED' };

it('that cannot be created is refused with what to do, and without the words of the system', async () => {
  const file = path.join(temporaryFolder(), 'x'.repeat(252));
  const error = { code: 'FILE_UNWRITABLE', message: `${file}: cannot be locked: its name is too long` };
  await expect(lockFile(file, () => undefined)).rejects.toMatchObject({
    ...error,
    remedy: 'Name a file with a shorter path.',
  });
});

describe('D16i: a lock whose time is in the future', () => {
  it('is taken over 20 s after it was first seen, when it was not refreshed', async () => {
    const { directory, attempt } = await scene();
    for (const afterMs of [0, 5_000, 20_000]) await expect(attempt(afterMs)).rejects.toMatchObject(LOCKED);
    await (await attempt(20_001)).release();
    expect(await readdir(directory)).toEqual(['shop.journal']);
  });

  it('is kept by a holder that refreshes it', async () => {
    const { attempt, refresh } = await scene();
    for (let afterMs = 0; afterMs <= 120_000; afterMs += 15_000) {
      await expect(attempt(afterMs)).rejects.toMatchObject(LOCKED);
      await refresh(afterMs + 5_000);
    }
  });

  it('is kept where another lock was seen, or the lock was seen later than now', async () => {
    const { directory, attempt, refresh } = await scene();
    await expect(attempt(60_000)).rejects.toMatchObject(LOCKED);
    await expect(attempt(30_000)).rejects.toMatchObject(LOCKED);
    await refresh(40_000);
    await expect(attempt(90_000)).rejects.toMatchObject(LOCKED);
    await writeFile(path.join(directory, 'shop.journal.seen'), 'something else\n');
    await expect(attempt(180_000)).rejects.toMatchObject(LOCKED);
  });
});

describe('a lock of a process that was killed', () => {
  const there = `${hostname()}${processNamespace()} since 2026-06-01T00:00:00.000Z`;

  /** A lock or a guard with its holder. */
  async function held(folder: string, holder: string): Promise<void> {
    await mkdir(folder);
    await writeFile(path.join(folder, 'holder'), `${holder}\n`);
  }

  it.each([
    ['one process', ['.lock']],
    ['another one that was taking it over', ['.lock', '.takeover']],
    ['several, one after the other', ['.lock', '.takeover', '.takeover.takeover', '.takeover.takeover.takeover']],
  ])('is taken at once: %s', async (_, names) => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'shop.journal');
    await writeFile(file, '');
    for (const name of names) await held(`${file}${name}`, `process ${DEAD} on ${there}`);
    await (await lockFile(file, () => undefined)).release();
    expect(await readdir(directory)).toEqual(['shop.journal']);
  });

  it('is not taken while another process takes it', async () => {
    const directory = temporaryFolder();
    const file = path.join(directory, 'shop.journal');
    await writeFile(file, '');
    await held(`${file}.lock`, `process ${DEAD} on ${there}`);
    await held(`${file}.takeover`, `process ${process.pid} on ${there}`);
    await expect(lockFile(file, () => undefined)).rejects.toMatchObject(LOCKED);
    expect((await readdir(directory)).toSorted()).toEqual([
      'shop.journal',
      'shop.journal.lock',
      'shop.journal.takeover',
    ]);
  });

  it('is taken by one of many at once, also where the last one was killed in it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const file = path.join(temporaryFolder(), 'shop.journal');
      await writeFile(file, '');
      for (const name of ['.lock', '.takeover']) await held(`${file}${name}`, `process ${DEAD} on ${there}`);
      const all = await Promise.allSettled(Array.from({ length: 8 }, () => lockFile(file, () => undefined)));
      const taken = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(taken).toHaveLength(1);
      await taken[0]?.release();
    }
  });
});

/** The ID of a process that has ended. */
const DEAD = spawnSync(process.execPath, ['--version']).pid;
