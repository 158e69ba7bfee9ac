import { isPosternError } from '@postern/core/adapter';
import type { SourceGap, SourcePart } from '../../source/source.js';

/** What was tried and could not be read. */
export interface Gaps {
  readonly found: readonly SourceGap[];
  /**
   * Reads one part. Where that is not allowed, or the service does not do it, the part is a gap and the answer is `otherwise`. All
   * other errors end the reading: they are about the network or the account.
   */
  readonly read: <T>(part: SourcePart, read: () => Promise<T>, otherwise: T, id?: string) => Promise<T>;
}

const LEFT_OUT = ['PERMISSION_DENIED', 'UNSUPPORTED'] as const;

export function readParts(): Gaps {
  const found: SourceGap[] = [];
  return {
    found,
    read: async (part, read, otherwise, id) => {
      try {
        return await read();
      } catch (error) {
        if (!isPosternError(error) || !LEFT_OUT.some((code) => code === error.code)) throw error;
        const { code, message } = error;
        const known = found.some((gap) => gap.part === part && gap.id === id);
        if (!known) found.push({ part, ...(id === undefined ? {} : { id }), code, message });
        return otherwise;
      }
    },
  };
}
