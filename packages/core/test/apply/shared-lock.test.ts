import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sharedLock } from '../../src/apply/ensure.js';
import type { Journal } from '../../src/apply/journal.js';
import { runs } from '../runs.js';

/** A journal that counts its locks. `refusals` are the locks that fail, from the first one. */
function counted(refusals = 0) {
  const said: string[] = [];
  let locks = 0;
  const journal = {
    lock: async () => {
      locks += 1;
      said.push(`lock ${locks}`);
      if (locks <= refusals) throw new Error('held by another process');
      return { release: async () => void said.push('release') };
    },
  } as unknown as Journal;
  return { said, hold: sharedLock(journal) };
}

/** Work that ends when the test ends it. */
function work(said: string[], name: string) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return {
    end: () => end(),
    run: async () => {
      said.push(name);
      await ended;
      return name;
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the lock of a journal that callers in one process share', () => {
  afterEach(() => void vi.useRealTimers());

  it('is taken once, and released after the last of them', async () => {
    const { said, hold } = counted();
    const [a, b] = [work(said, 'a'), work(said, 'b')];
    const both = [hold(a.run), hold(b.run)];
    await settled();
    expect(said).toEqual(['lock 1', 'a', 'b']);
    a.end();
    await settled();
    expect(said).toEqual(['lock 1', 'a', 'b']);
    b.end();
    expect(await Promise.all(both)).toEqual(['a', 'b']);
    expect(said.at(-1)).toBe('release');
  });

  it('is taken again for the next one', async () => {
    const { said, hold } = counted();
    await hold(async () => undefined);
    await hold(async () => undefined);
    expect(said).toEqual(['lock 1', 'release', 'lock 2', 'release']);
  });

  it('is released where the work fails', async () => {
    const { said, hold } = counted();
    await expect(hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(said).toEqual(['lock 1', 'release']);
  });

  it('fails before the work where it is held by others, and is tried again by the next one', async () => {
    const { said, hold } = counted(1);
    await expect(hold(async () => said.push('work'))).rejects.toThrow('held by another process');
    expect(said).toEqual(['lock 1']);
    await hold(async () => said.push('work'));
    expect(said).toEqual(['lock 1', 'lock 2', 'work', 'release']);
  });

  /** A lock that nobody else may hold: as a file's, it takes time to take and to release. */
  function slow(takesMs: () => number) {
    let isHeld = false;
    let takes = 0;
    const pass = () => new Promise<void>((resolve) => setTimeout(resolve, takesMs()));
    const journal = {
      lock: async () => {
        await pass();
        if (isHeld) throw new Error('LOCKED by this process');
        isHeld = true;
        takes += 1;
        const release = async () => {
          await pass();
          isHeld = false;
        };
        return { release };
      },
    } as unknown as Journal;
    return { hold: sharedLock(journal), isHeld: () => isHeld, takes: () => takes };
  }

  it('is never refused to a caller of this process, whenever it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ comesMs: fc.nat(12), worksMs: fc.nat(4), fails: fc.boolean() }), { maxLength: 12 }),
        fc.infiniteStream(fc.nat(3)),
        async (callers, times) => {
          vi.useFakeTimers();
          const { hold, isHeld } = slow(() => times.next().value);
          const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
          const ends = Promise.all(
            callers.map(async ({ comesMs, worksMs, fails }) => {
              await after(comesMs);
              return hold(async () => {
                expect(isHeld()).toBe(true);
                await after(worksMs);
                if (fails) throw new Error('no');
                return 'done';
              }).catch(({ message }: Error) => message);
            }),
          );
          await vi.runAllTimersAsync();
          expect(await ends).toEqual(callers.map(({ fails }) => (fails ? 'no' : 'done')));
          expect(isHeld()).toBe(false);
        },
      ),
      { numRuns: runs(200, 5_000) },
    );
  });

  it('is taken again where its release failed', async () => {
    let locks = 0;
    const hold = sharedLock({
      lock: async () => {
        locks += 1;
        return { release: () => Promise.reject(new Error('disk full')) };
      },
    } as unknown as Journal);
    await expect(hold(async () => 1)).rejects.toThrow('disk full');
    await expect(hold(async () => 2)).rejects.toThrow('disk full');
    expect(locks).toBe(2);
  });
});
