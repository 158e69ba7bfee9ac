import { memoryJournal, PosternError, type Journal } from '@postern/core/internal/library';
import type { Simulation } from '../../src/index.js';
import type { Around } from './machine.js';

/** One journal whose lock is taken over while its holder lives, as a file's is 20 s after its last refresh. */
export class SharedJournal {
  readonly records = memoryJournal();
  holder = '';

  /** `fenced`: whether the holder is asked before each change; a record is refused in any case. */
  of(name: string, fenced: boolean): Journal {
    const requireLock = (): void => {
      if (this.holder !== name)
        throw new PosternError('JOURNAL_WRITE_FAILED', 'another process has taken over the lock');
    };
    const fence = { holder: () => name, requireLock, hasEnded: () => false, note: () => undefined };
    return {
      read: () => this.records.read(),
      append: async (record) => {
        // Without a fence nothing is asked before a change; its process learns it from the next other record.
        if (fenced || record.until === undefined) requireLock();
        await this.records.append(record);
      },
      lock: () => {
        this.holder = name;
        return Promise.resolve({ release: () => Promise.resolve() });
      },
      ...(fenced ? { fence } : {}),
    };
  }
}

/** After this time without a refresh another process takes the lock, in milliseconds. */
export const STALE_MS = 21_000;
/** How long a signature is accepted, in milliseconds. */
export const ACCEPTED_MS = { aws: 300_000, alibaba: 900_000 };

/** Where a process sleeps: about how many writes it makes, and how long the cloud accepts a signature. */
interface SleptIn {
  readonly simulation: Simulation;
  readonly writes: number;
  readonly acceptedMs: number;
}

/** A process sleeps at one of its writes: before it leaves, while it is on its way, or before its answer is read. */
export function sleeperAt({ simulation, writes, acceptedMs }: SleptIn, random: () => number) {
  const under = (n: number): number => Math.floor(random() * n);
  const number = under(writes);
  const when = (['before', 'on its way', 'after'] as const)[under(3)] as 'before' | 'on its way' | 'after';
  const sleepMs = 1_000 * [1 + under(20), 22 + under(40), 60 + under(300), 300 + under(900)][under(4)]!;
  let wake = (): void => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  const found = { slept: '' };
  const around: Around = async (call, send) => {
    if (!call.isWrite || call.writes !== number) return send();
    found.slept = `${when} ${call.operation} ${sleepMs / 1_000} s`;
    if (when === 'after') {
      const answer = await send();
      wake();
      await simulation.clock.sleep(sleepMs);
      return answer;
    }
    if (when === 'on its way') call.leave();
    wake();
    await simulation.clock.sleep(sleepMs);
    // What is older than the signature is refused; the process sees a connection that was reset.
    if (when === 'on its way' && sleepMs > acceptedMs) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    return send();
  };
  return { around, asleep, found, sleepMs, wake };
}
