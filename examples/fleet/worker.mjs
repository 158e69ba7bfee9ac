// A worker of simulated accounts, in a process of its own. All processes share a port (`node:cluster`).
import { aws } from '@postern/aws';
import { createContext } from '@postern/core';
import { startWorker } from '@postern/fleet/worker';
import { scaledClock } from './scaled-clock.mjs';

const { ingress, port, clouds, speed, sinceMs, startMs, replaysAlways } = JSON.parse(process.env.POSTERN_WORKER);

const worker = await startWorker({
  ingress,
  port,
  replaysAlways,
  timeScale: speed,
  context: createContext({ clock: scaledClock({ speed, sinceMs, startMs }) }),
  drivers: ({ region, account, assumeRole }) => {
    const { url, credentials } = clouds[account];
    return aws({ region, account, endpoint: url, credentials, ...(assumeRole === undefined ? {} : { assumeRole }) });
  },
});
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
