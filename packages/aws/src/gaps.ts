import { CloudError, type Gap, type SnapshotList } from '@postern/core';

/** What is read, and which list of the snapshot lacks something when it cannot be. */
export interface Wanted {
  readonly what: string;
  readonly of: SnapshotList;
  readonly id?: string | undefined;
}

/** Collects what could not be read. */
export interface Gaps {
  readonly list: Gap[];
  /**
   * What `read` reads, or `undefined` and a gap where the credentials, or an emulator, do not allow it. Any other error is
   * thrown: a list that is cut short must never pass for a gap that somebody knows of.
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
        if (error.code !== 'PERMISSION_DENIED' && error.code !== 'UNSUPPORTED') throw error;
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
