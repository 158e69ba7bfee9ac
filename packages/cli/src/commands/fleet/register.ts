import type * as grammar from './grammar.js';
import type { CallOf } from '../../grammar/options.js';
import { requireAddress } from '../../fleet/open-fleet.js';
import { printJson, printLines } from '../../output/print.js';

/** Where an engine of `postern fleet dev` is administered. */
const DEFAULT_ADMIN = 'http://127.0.0.1:9070';
const EXAMPLE = 'http://127.0.0.1:9080';

/**
 * `postern fleet register`: the engine gives what begins from now on to the workers at an address, those of an earlier release, too. Without
 * it a release that was rolled back holds up all runs, because the engine waits for its workers.
 */
export async function run({ io, args: [address = ''], options }: CallOf<typeof grammar.register>): Promise<number> {
  const { admin = DEFAULT_ADMIN, json } = options;
  requireAddress(address, '<address> is not an address', EXAMPLE);
  requireAddress(admin, '--admin is not an address', EXAMPLE);
  const { registerWorkers } = await import('@postern/fleet/worker');
  const { deployment } = await registerWorkers(admin, address);
  if (json === true) printJson(io, { deployment, address });
  else printLines(io, `Workers at ${new URL(address).origin} carry out what begins from now on.`);
  return 0;
}
