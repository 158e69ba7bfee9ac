import type { Choose } from '../../simulation/open-questions.js';
import { blockHas } from '../network/request/block.js';
import type { AlibabaState } from '../state/alibaba-state.js';
import type { VSwitchRow } from '../state/network-state.js';
import type { Finding, Source, Target } from './connection.js';
import { findRoute } from './routes.js';

/**
 * Whether answers find no way back to the link's interface: the table of the target's vSwitch must lead to the link's VPC. What
 * leaves this world on its way back is taken to get there only where the call left it, too. Who is outside answers everybody, unless the route that
 * leads there says whom.
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
