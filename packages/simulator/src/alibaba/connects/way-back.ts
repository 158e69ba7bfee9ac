import type { Choose } from '../../simulation/open-questions.js';
import { blockHas } from '../vpc/request/block.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import type { VSwitchRow } from '../vpc/state.js';
import type { Finding, Source, Target } from './connection.js';
import { findRoute } from './routes.js';

/**
 * Whether answers have no return path to the link's interface. The table of the target's vSwitch must have a
 * route to the link's VPC. A return path outside this world is assumed to arrive only where the call left
 * this world, too. An outside end answers all callers, unless the route to it says whom it answers.
 */
export function wayBackStops(
  { alibaba, choose }: { readonly alibaba: AlibabaState; readonly choose: Choose },
  { from, place }: Source,
  target: Target,
): Finding | undefined {
  if (target.kind === 'outside') {
    const { answers, nextHop } = target;
    if (answers === undefined || answers.some((block) => blockHas(block, from))) return undefined;
    return { by: 'route-return', because: `Behind ${nextHop} no route leads back to ${from}.` };
  }
  const vSwitch = vSwitchOf(target);
  if (!place || !vSwitch) return undefined;
  const route = findRoute({ alibaba, state: target.state, vSwitch, choose }, from);
  if ('by' in route) return { by: 'route-return', because: `The answer to ${from}: ${route.because}` };
  if (route.kind === 'vpc' && route.vpcId === place.vSwitch.vpcId) return undefined;
  const where = route.kind === 'vpc' ? route.vpcId : route.nextHop;
  return { by: 'route-return', because: `The answer to ${from} goes to ${where} instead of the link.` };
}

function vSwitchOf(target: Target): VSwitchRow | undefined {
  if (target.kind === 'interface') return target.vSwitch;
  return target.kind === 'load-balancer' ? target.state.network.vSwitches.get(target.balancer.vSwitchId) : undefined;
}
