import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fileJournal } from '../../src/node/file-journal.js';
import { holdLock } from '../../src/node/held-lock.js';
import { createLock, holderFile } from '../../src/node/lock-folder.js';
import { temporaryFolder } from '../temporary-folder.js';

/** A lock that is refreshed each five milliseconds. */
function scene() {
  const folder = temporaryFolder();
  const lock = path.join(folder, 'shop.journal.lock');
  const onLost = vi.fn<(error: Error) => void>();
  return { folder, lock, onLost, held: holdLock(lock, createLock(lock), 20, onLost) };
}

describe('a lock that is held', () => {
  it('is refreshed until it is released, and leaves nothing', async () => {
    const { folder, lock, onLost, held } = scene();
    for (let round = 0; round < 2; round += 1) {
      utimesSync(lock, 1, 1);
      await expect.poll(() => statSync(lock).mtimeMs, { interval: 5 }).toBeGreaterThan(1_000);
    }
    await held.release();
    await held.release();
    expect(readdirSync(folder)).toEqual([]);
    expect(onLost).not.toHaveBeenCalled();
  });

  it.each([
    ['another process took it over', (lock: string) => writeFileSync(holderFile(lock), 'process 1 on other\n')],
    ['another process took it over, and has no holder file', (lock: string) => rmSync(holderFile(lock))],
  ])('is reported as lost once, and is left to its new holder: %s', async (_, takeOver) => {
    const { lock, onLost, held } = scene();
    takeOver(lock);
    await expect.poll(() => onLost.mock.calls.length, { interval: 5 }).toBe(1);
    utimesSync(lock, 1, 1);
    await held.release();
    expect(statSync(lock).mtimeMs).toBe(1_000);
    expect(onLost.mock.calls.map(([error]) => error.message)).toEqual(['another process has taken over the lock']);
  });

  it('is left to its new holder also where the release comes before the next refresh', async () => {
    const { lock, held } = scene();
    rmSync(lock, { recursive: true });
    mkdirSync(lock);
    await held.release();
    expect(statSync(lock).isDirectory()).toBe(true);
  });
});

it('a journal adds no listener to the process, also while it is locked', async () => {
  const listeners = () => process.eventNames().map((name) => [name, process.listeners(name as 'exit')]);
  const before = listeners();
  const lock = await fileJournal(path.join(temporaryFolder(), 'shop.journal')).lock();
  expect(listeners()).toEqual(before);
  await lock.release();
});
