import { createContext, type CallContext } from '@postern/core';
import type { HandoverSource } from '@postern/core/handover';
import type { AlibabaOptions } from '../options.js';
import type { HandoverRequest } from './handover-request.js';
import { resolvedOptions } from '../resolved-options.js';

/** Reads what is handed over. */
export interface HandoverReader {
  /** @throws {CloudError} `NOT_FOUND` where the group does not exist; `PERMISSION_DENIED` where the group itself cannot be read */
  readonly read: (request: HandoverRequest, ctx?: CallContext) => Promise<HandoverSource>;
}

/**
 * Reads API groups for a hand-over to Cloud-native API Gateway. Options are those of `alibaba`. Its code and the SDK are loaded with
 * the first call.
 * @throws {InvalidInputError} `REGION_MISSING`
 */
export function handoverReader(given: AlibabaOptions = {}): HandoverReader {
  const { options, region } = resolvedOptions('handoverReader', given);
  return {
    read: async (request, ctx = createContext()) => {
      const [{ createSession }, { readSource }] = await Promise.all([
        import('../client/session.js'),
        import('./reader.js'),
      ]);
      return readSource(createSession(options, region), request, ctx);
    },
  };
}
