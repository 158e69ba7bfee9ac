import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryJournal, type Journal } from '../../../src/do/apply/journal.js';
import { inTurn } from '../../../src/do/apply/in-turn.js';
import { sessionLock, takeLock } from '../../../src/do/apply/turns.js';
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
  return { said, hold: sessionLock(journal).shared };
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

describe('the lock of a journal that calls of one session share', () => {
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
        const { shared: hold } = sessionLock({
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
    const { shared: hold } = sessionLock({
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

describe('sessions that share a journal', () => {
  it('take turns: none is refused, whenever it comes', async () => {
    const said: string[] = [];
    const journal = memoryJournal();
    const [a, b] = [sessionLock(journal), sessionLock(journal)];
    const works = ['a1', 'a2', 'b1'].map((name) => work(said, name));
    const ends = [a.shared(works[0]!.run), a.shared(works[1]!.run), b.shared(works[2]!.run)];
    await settled();
    expect(said).toEqual(['a1', 'a2']);
    works[0]!.end();
    works[1]!.end();
    await settled();
    expect(said).toEqual(['a1', 'a2', 'b1']);
    works[2]!.end();
    expect(await Promise.all(ends)).toEqual(['a1', 'a2', 'b1']);
  });

  it('do not keep another one waiting by calls that overlap', async () => {
    const said: string[] = [];
    const journal = memoryJournal();
    const [a, b] = [sessionLock(journal), sessionLock(journal)];
    const works = ['a1', 'b1', 'a2'].map((name) => work(said, name));
    const first = a.shared(works[0]!.run);
    await settled();
    const second = b.shared(works[1]!.run);
    await settled();
    const others = [second, a.shared(works[2]!.run)];
    works[0]!.end();
    await first;
    await settled();
    expect(said).toEqual(['a1', 'b1']);
    works[1]!.end();
    works[2]!.end();
    expect(await Promise.all(others)).toEqual(['b1', 'a2']);
  });

  it('a call that holds it alone comes after those before it, and before those after it', async () => {
    const said: string[] = [];
    const session = sessionLock(memoryJournal());
    const works = ['a', 'alone', 'b'].map((name) => work(said, name));
    const ends = [session.shared(works[0]!.run), session.alone(works[1]!.run), session.shared(works[2]!.run)];
    for (const [at, { end }] of works.entries()) {
      await settled();
      expect(said).toHaveLength(at + 1);
      end();
    }
    expect(await Promise.all(ends)).toEqual(['a', 'alone', 'b']);
  });

  it('an aborted call waits no longer, and keeps no one waiting', async () => {
    const said: string[] = [];
    const journal = memoryJournal();
    const held = await journal.lock();
    const stop = new AbortController();
    const waiting = sessionLock(journal).shared(async () => said.push('work'), stop.signal);
    const taking = takeLock(journal, 'apply', stop.signal);
    const ends = [waiting, taking].map((one) => one.catch(({ code }: { code: string }) => code));
    await settled();
    stop.abort();
    expect(await Promise.all(ends)).toEqual(['ABORTED', 'ABORTED']);
    await held.release();
    await (await journal.lock()).release();
    expect(said).toEqual([]);
  });

  it('the next one comes where the lock cannot be taken, or cannot be released', async () => {
    let calls = 0;
    const lock = inTurn(() => {
      calls += 1;
      if (calls === 1) return Promise.reject(new Error('LOCKED by another process'));
      return Promise.resolve({ release: () => Promise.reject(new Error('disk full')) });
    });
    const [first, second, third] = [lock(), lock(), lock()];
    await expect(first).rejects.toThrow('LOCKED by another process');
    await expect((await second).release()).rejects.toThrow('disk full');
    await expect(third).resolves.toBeDefined();
  });
});
