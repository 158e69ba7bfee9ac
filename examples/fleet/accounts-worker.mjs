import { alibaba } from '@postern/alibaba';
import { createCallPinned, handoverDriver, handoverReader } from '@postern/alibaba/handover';
import { aws } from '@postern/aws';
import { createContext } from '@postern/core';
import { createCallGateway } from '@postern/core/probe';
import { startWorker } from '@postern/fleet/worker';
import { scaledClock } from './scaled-clock.mjs';

// The time of the accounts passes faster than that of this machine, which renews sessions.
const HALF_A_DAY = 43_200;
const ofHalfADay = (roleArn) => roleArn && { roleArn, durationSeconds: HALF_A_DAY };

/** A worker of simulated accounts: their addresses and credentials by ID, and the clock that they share. */
export const accountsWorker = ({ ingress, port, clouds, speed, sinceMs, startMs, replaysAlways, calls, notifiers }) =>
  startWorker({
    ingress,
    port,
    replaysAlways,
    notifiers,
    timeScale: speed,
    callGateway: calls && createCallGateway({ simulator: calls }),
    context: createContext({ clock: scaledClock({ speed, sinceMs, startMs }) }),
    drivers: (place) => {
      const options = optionsOf(clouds, place);
      return place.provider === 'aws' ? aws(options) : alibaba(options);
    },
    handoverAccess: {
      clientOf: (place) => {
        const options = optionsOf(clouds, place);
        const call = createCallPinned(options.endpoint);
        return { reader: handoverReader(options), driver: handoverDriver(options), call };
      },
    },
  });

/** What an adapter is created with for an account. */
function optionsOf(clouds, { provider, region, account, assumeRole }) {
  const { url: endpoint, credentials } = clouds[account];
  const place = { region, account, endpoint, assumeRole: ofHalfADay(assumeRole) };
  if (provider === 'aws') return { ...place, credentials };
  const { accessKeyId, secretAccessKey: accessKeySecret } = credentials;
  return { ...place, accessKeyId, accessKeySecret };
}
