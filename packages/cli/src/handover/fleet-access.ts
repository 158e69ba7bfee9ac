import { createCallPinned, handoverDriver, handoverReader } from '@postern/alibaba/internal/handover';
import type { Simulator } from '@postern/core/internal/library';
import type { WorkerOptions } from '@postern/fleet/worker';
import { resolverOf } from './options.js';
import { alibabaOptions } from '../session/load-driver.js';

/** What a worker carries out hand-overs with. The SDK is loaded with the first one. */
export async function handoverAccess(simulator: Simulator | undefined): Promise<Pick<WorkerOptions, 'handoverAccess'>> {
  const call = createCallPinned(simulator?.url);
  return {
    handoverAccess: {
      clientOf: (place, account) => {
        const options = alibabaOptions(place, simulator, account?.externalId);
        return { reader: handoverReader(options), driver: handoverDriver(options), call };
      },
      resolve: await resolverOf({}, simulator?.url),
    },
  };
}
