import type { Simulation } from '../../src/index.js';
import type { Destination, Reach } from '../../src/simulation/world/cloud.js';
import { afterMoves } from './edit-world.js';
import { changingAddresses, namesToday } from './finished-world.js';
import type { Finished } from './situation.js';

/**
 * The current answer of the simulated network. Undecided if calls fail once links and application load balancers have
 * other addresses in their subnets, which can happen at any time. Computed only where a rule names current addresses.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
export function reachAfterMoves(
  sim: Pick<Simulation, 'connects' | 'world'>,
  finished: Finished,
  linkId: string,
  to: Destination,
  port?: number,
): Reach {
  const today = sim.connects(linkId, to, port);
  if (!today.connects || !namesToday(finished)) return today;
  const moves = new Map([...changingAddresses(finished)].map((address) => [address, other(address)]));
  const later = afterMoves(sim.world(), moves).connects(linkId, to, port);
  return later.connects ? today : { ...later, undecided: `whether today's addresses stay: ${later.because}` };
}

/** Another address of the same subnet, which is a /24 in these worlds. */
function other(address: string): string {
  const [a, b, c, d] = address.split('.').map(Number);
  return [a, b, c, 100 + ((d ?? 0) % 100)].join('.');
}
