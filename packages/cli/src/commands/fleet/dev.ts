import { createServer } from 'node:http';
import path from 'node:path';
import { authorOf } from '../../fleet/open-fleet.js';
import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { jsonLines, note, printLines } from '../../output/print.js';
import { notifiersOf } from '../../watch/notifiers.js';
import { cloudsOf } from '../../spec/brought-clouds.js';
import { makeFolder } from '../../output/files.js';
import { listen } from '../../process/listen.js';
import { untilInterrupted } from '../../process/interruption.js';

/** `postern fleet dev`: an engine and workers on loopback addresses, until it is interrupted. */
export async function run({ io, options }: CallOf<typeof grammar.dev>): Promise<number> {
  const { data = path.join('.postern', 'fleet'), workers: count = 3, port = 8080 } = options;
  await notifiersOf(io, options.notify); // a mistake is reported before anything starts
  await cloudsOf(io);
  const { adminPort = 9070, workerPort = 9080 } = options;
  const { fleetClient, findEngine, findRunning, startEngine } = await import('@postern/fleet/internal/fleet');
  const { file: program, version } = findEngine(io.cwd);
  const folder = path.resolve(io.cwd, data);
  const running = await findRunning(folder);
  for (const one of running === undefined ? [port, adminPort, workerPort] : [workerPort]) await requireFree(one);
  await makeFolder('--data', data, io.cwd);
  const { registerWorkers, startWorkerProcesses } = await import('@postern/fleet/worker');
  const ports = { ingress: port, admin: adminPort };
  // Its data is in a folder of this name, by default that of the host.
  const engine = await startEngine({ program, folder, ports, env: { RESTATE_NODE_NAME: 'postern' } });
  const ends: (() => Promise<void>)[] = [() => engine.stop()];
  try {
    const args = ['fleet', 'worker', '--quiet', '--engine', engine.ingress, '--port', String(workerPort)];
    for (const one of options.notify ?? []) args.push('--notify', one);
    for (const one of options.cloud ?? []) args.push('--cloud', one);
    const workers = await startWorkerProcesses({ program: process.argv[1] ?? '', args, count, env: {} });
    ends.unshift(() => workers.stop());
    await registerWorkers(engine.admin, `http://127.0.0.1:${workerPort}`, { replace: true });
    let page: string | undefined;
    if (options.ui === true) {
      const { serveUi } = await import('../../fleet/ui-server.js');
      const ui = await serveUi({ client: await fleetClient(engine), port: 0, by: authorOf(io, {}).by });
      ends.unshift(() => ui.close());
      page = ui.url;
    }
    const { ingress, admin } = engine;
    if (options.json === true) jsonLines(io)({ type: 'listening', ingress, admin, version, ui: page });
    else {
      if (running !== undefined)
        note(io, `the engine on the data in ${data} runs as process ${running.pid}: it goes on`);
      printLines(io, `POSTERN_FLEET=${ingress}`, ...(page === undefined ? [] : [`Page: ${page}`]));
      io.stderr.write(`Restate ${version} and ${count} workers. Data is in ${data}. Stop them with Ctrl+C.\n`);
    }
    return (await untilInterrupted(io)).exitCode;
  } finally {
    for (const end of ends) await end();
  }
}

/** What answers on a port that is in use may be another engine. */
async function requireFree(port: number): Promise<void> {
  const remedy = 'End the program that uses it, or choose other ports: see `postern fleet dev --help`.';
  const { close } = await listen(createServer(), { port, remedy });
  await close();
}
