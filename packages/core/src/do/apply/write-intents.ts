import type { CallContext } from '../../ground/calls/call-context.js';
import { passedSince, requireInTime, SEND_MS, type WriteFence } from '../../ground/calls/write-fence.js';
import { cloudNow } from '../../ground/clocks/cloud-time.js';
import { isPosternError, PosternError } from '../../ground/errors.js';
import type { Journal, JournalRecord } from './journal.js';
import { defined } from '../../ground/defined.js';

/** What a record of an intent has besides. */
type Intent = Required<Pick<JournalRecord, 'until'>> & Pick<JournalRecord, 'by'>;

/** The changes of one step, and the fence before them. */
export interface StepWrites {
  /** `note` records an intent; it rejects where that is not durable. */
  readonly fence: (note: (intent: Intent) => Promise<void>) => WriteFence;
  /** The error for a lock that was lost, with what this step may have changed. Other errors as they are. */
  readonly named: (error: unknown) => unknown;
  /** Whether the lock was lost in this step. */
  readonly isLost: () => boolean;
}

/**
 * Each change of a step is asked for, before it is sent and before it is sent again. The intent is in the journal before: until when
 * the change can take effect, and of which process. Changes that follow each other at once have one record.
 */
export function writesOf(
  { unit, step }: { readonly unit: string; readonly step: string },
  {
    context: { clock, time },
    journal: { fence: lock },
    onBroken,
  }: {
    readonly context: CallContext;
    readonly journal: Journal;
    readonly onBroken: (error: unknown) => void;
  },
): StepWrites {
  const sent = new Set<string>();
  let lost = false;
  let noted: { readonly passedMs: () => number; readonly acceptedMs: number } | undefined;

  const named = (error: unknown): unknown => {
    if (!isPosternError(error, 'JOURNAL_WRITE_FAILED')) return error;

    lost = true;
    if (sent.size === 0 || namesWrites(error)) return error;

    const message = `${error.message}; ${step} of ${unit} ${MAY}: ${[...sent].join(', ')}`;
    return new PosternError(error.code, message, { remedy: error.remedy, place: error.place, cause: error });
  };
  const requireLock = (): void => {
    try {
      lock?.requireLock();
    } catch (thrown) {
      const error = named(thrown);
      onBroken(error);
      throw error;
    }
  };
  return {
    named,
    isLost: () => lost,
    fence: (note) => ({
      permit: async (operation, acceptedMs) => {
        requireLock();
        if (noted === undefined || noted.passedMs() > COVERED_MS || noted.acceptedMs < acceptedMs) {
          noted = { passedMs: passedSince(clock), acceptedMs };
          const nowMs = clock.now();
          const latestMs = cloudNow({ clock, time })?.latestMs ?? nowMs;
          // A clock that is ahead signs for later. What is further ahead than that, the cloud refuses.
          const aheadMs = Math.min(Math.max(0, nowMs - latestMs), acceptedMs);
          const untilMs = latestMs + aheadMs + COVERED_MS + SEND_MS + acceptedMs;
          const by = lock?.holder();
          await note({ until: new Date(untilMs).toISOString(), ...defined({ by }) });
        }
        const passedMs = passedSince(clock);
        sent.add(operation);
        return () => {
          requireInTime(passedMs(), operation);
          requireLock();
        };
      },
    }),
  };
}

/** The record of an intent is for the changes that are permitted within this time after it, in milliseconds. */
const COVERED_MS = SEND_MS / 2;

/** Whether an error says what may have been changed: of several steps that lost the lock, one has to say it. */
export function namesWrites(error: unknown): boolean {
  return isPosternError(error, 'JOURNAL_WRITE_FAILED') && error.message.includes(MAY);
}

const MAY = 'may have been changed by';
