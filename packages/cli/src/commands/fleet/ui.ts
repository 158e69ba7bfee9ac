import { authorOf, openFleet, type FleetOptions } from '../../fleet/open-fleet.js';
import { serveUi } from '../../fleet/ui-server.js';
import type { Invocation } from '../../invocation.js';
import { jsonLines, printLines } from '../../output/print.js';
import { untilInterrupted } from '../../process/interruption.js';

interface Options extends FleetOptions {
  readonly port?: number;
}

/** `postern fleet ui`: serves runs as pages on this machine until it is interrupted. */
export async function run({ io, options }: Invocation<Options>): Promise<number> {
  const client = await openFleet(io, options);
  const server = await serveUi({ client, port: options.port ?? 0, by: authorOf(io, options).by });
  if (options.json === true) jsonLines(io)({ type: 'listening', url: server.url });
  else printLines(io, `Open ${server.url}`);
  const { exitCode } = await untilInterrupted(io);
  await server.close();
  return exitCode;
}
