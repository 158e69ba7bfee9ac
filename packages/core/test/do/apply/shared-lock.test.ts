import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedLock } from '../../../src/do/apply/ensure.js';
import type { Journal } from '../../../src/do/apply/journal.js';
import { runs } from '../../runs.js';

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

  it('is never refused to a caller of this process, whenever it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 12 }), fc.scheduler(), async (callers, order) => {
        const passes = () => order.schedule(Promise.resolve());
        let isHeld = false;
        const hold = sharedLock({
          lock: async () => {
            await passes();
            if (isHeld) throw new Error('LOCKED by this process');
            isHeld = true;
            const release = () => passes().then(() => void (isHeld = false));
            return { release };
          },
        } as unknown as Journal);
        const ends = Promise.all(
          callers.map(async (fails) => {
            await passes();
            return hold(async () => {
              expect(isHeld).toBe(true);
              await passes();
              if (fails) throw new Error('no');
              return 'done';
            }).catch(({ message }: Error) => message);
          }),
        );
        expect(await order.waitFor(ends)).toEqual(callers.map((fails) => (fails ? 'no' : 'done')));
        expect(isHeld).toBe(false);
      }),
      { numRuns: runs(40, 5_000) },
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
