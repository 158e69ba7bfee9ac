// A worker of simulated accounts, in a process of its own. All processes share a port (`node:cluster`).
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { createContext } from '@postern/core';
import { createCallGateway } from '@postern/core/probe';
import { startWorker } from '@postern/fleet/worker';
import { scaledClock } from './scaled-clock.mjs';

const { ingress, port, clouds, speed, sinceMs, startMs, replaysAlways, calls } = JSON.parse(process.env.POSTERN_WORKER);

// The time of the accounts passes faster than that of this machine, which renews sessions.
const HALF_A_DAY = 43_200;
const ofHalfADay = (roleArn) => roleArn && { roleArn, durationSeconds: HALF_A_DAY };

const worker = await startWorker({
  ingress,
  port,
  replaysAlways,
  timeScale: speed,
  callGateway: calls && createCallGateway({ simulator: calls }),
  context: createContext({ clock: scaledClock({ speed, sinceMs, startMs }) }),
  drivers: ({ provider, region, account, assumeRole }) => {
    const { url, credentials } = clouds[account];
    if (provider === 'alibaba') {
      const { accessKeyId, secretAccessKey: accessKeySecret } = credentials;
      return alibaba({
        region,
        account,
        endpoint: url,
        accessKeyId,
        accessKeySecret,
        assumeRole: ofHalfADay(assumeRole),
      });
    }
    return aws({
      region,
      account,
      endpoint: url,
      credentials,
      assumeRole: ofHalfADay(assumeRole),
    });
  },
});
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
