import type { Simulator } from '@postern/core';
import type { HandoverAccess } from '@postern/fleet/worker';
import { createCallPinned } from '@postern/core/node';
import { resolverOf } from '../handover/open-plan.js';
import { alibabaOptions } from '../session/load-driver.js';

/** What a worker carries out hand-overs with. The adapter is loaded with the first one. */
export async function handoverAccess(simulator: Simulator | undefined): Promise<HandoverAccess> {
  const call = createCallPinned(simulator?.url);
  return {
    clientOf: async (place, account) => {
      const options = alibabaOptions(place, simulator, account?.externalId);
      const { handoverDriver, handoverReader } = await import('@postern/alibaba');
      return { reader: handoverReader(options), driver: handoverDriver(options), call };
    },
    resolve: await resolverOf({}, simulator?.url),
  };
}
