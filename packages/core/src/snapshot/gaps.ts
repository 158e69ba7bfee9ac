import type { ErrorCode } from '../error-codes.js';
import { CloudError } from '../errors.js';
import type { Gap, SnapshotList } from './snapshot.js';

const DENIED: ReadonlySet<ErrorCode> = new Set(['PERMISSION_DENIED', 'UNSUPPORTED']);
const PARTIAL: ReadonlySet<ErrorCode> = new Set([
  'BAD_RESPONSE',
  'CLOUD_FAILED',
  'CLOUD_REFUSED',
  'INCOMPLETE_LIST',
  'RESPONSE_TOO_LARGE',
]);

/** What is read, and which list of the snapshot lacks something when it cannot be. */
interface Wanted {
  readonly what: string;
  readonly of: SnapshotList;
  readonly id?: string | undefined;
}

/** Collects what could not be read. */
export interface Gaps {
  readonly list: Gap[];
  /**
   * What `read` reads, or `undefined` and a gap: where the credentials, or an emulator, do not allow it; and where one list
   * among others could not be read whole. Whatever keeps all lists from being read is thrown, and so is every failure but a
   * refusal of the links, on which everything rests.
   */
  readonly attempt: <T>(wanted: Wanted, read: () => Promise<T>) => Promise<T | undefined>;
}

/** Starts an empty collection. */
export function createGaps(): Gaps {
  const list: Gap[] = [];
  return {
    list,
    attempt: async (wanted, read) => {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof CloudError)) throw error;
        if (!DENIED.has(error.code) && (wanted.of === 'links' || !PARTIAL.has(error.code))) throw error;
        const permission = error.details?.['permission'];
        list.push({
          what: wanted.what,
          operation: error.operation,
          code: error.code,
          ...(typeof permission === 'string' ? { permission } : {}),
          of: wanted.of,
          ...(wanted.id === undefined ? {} : { id: wanted.id }),
        });
        return undefined;
      }
    },
  };
}
