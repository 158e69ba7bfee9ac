import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFile } from '../../src/node/lock.js';
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
