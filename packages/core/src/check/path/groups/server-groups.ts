import type { End } from '../model/end.js';
import { groupStep } from './security-group.js';
import { holds, type Span } from '../model/span.js';
import type { PathStep } from '../model/step.js';
import { perhapsFiltered } from '../reasons/around.js';
import type { World } from '../model/world.js';

/**
 * The source addresses of load balancers outside of the user's subnets. @see
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/
 */
export const SLB_ADDRESS_SPACE: Span = { family: 4, start: 0x6440_0000, end: 0x6480_0000 };

/**
 * Whether the groups of a server may drop a client whose address a CLB listener of layer 4 preserves. The
 * guide requires that they allow the clients, and only 100.64.0.0/10 needs no rule. It is not documented that
 * they drop the others. Undefined where they allow them all. Rules that name the client's groups do not
 * count: whether they apply behind a CLB is not documented either.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/create-and-manage-clb-instances
 */
export function serverGroupStep(world: World, client: End, server: End, port: number): PathStep | undefined {
  if (server.groups === undefined || holds(SLB_ADDRESS_SPACE, client.span)) return undefined;
  const step = groupStep('in', server.groups, client, { port, references: 'lost', lists: world });
  if (step.verdict !== 'fail') return step.verdict === 'pass' ? undefined : step;
  return { ...step, verdict: 'unknown', describe: (way) => perhapsFiltered(step.describe(way)) };
}
