// A worker of simulated accounts, in a process of its own. All processes share a port (`node:cluster`).
import { accountsWorker } from './accounts-worker.mjs';

const worker = await accountsWorker(JSON.parse(process.env.POSTERN_WORKER));
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
