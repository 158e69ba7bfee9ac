import type { AlibabaState } from '../state/alibaba-state.js';
import type { VSwitchRow } from '../state/network-state.js';
import type { Finding, Source, Target } from './connection.js';
import { findRoute } from './routes.js';

/**
 * Whether answers find no way back to the link's interface: the table of the target's vSwitch must lead to the link's VPC. What
 * leaves this world on its way back is taken to get there only where the call left it, too.
 */
export function wayBackStops(alibaba: AlibabaState, { from, place }: Source, target: Target): Finding | undefined {
  const vSwitch = vSwitchOf(target);
  if (!place || target.kind === 'outside' || !vSwitch) return undefined;
  const route = findRoute({ alibaba, state: target.state, vSwitch }, from);
  if ('by' in route) return { by: 'route-return', because: `The answer to ${from}: ${route.because}` };
  if (route.kind === 'vpc' && route.vpcId === place.vSwitch.vpcId) return undefined;
  const where = route.kind === 'vpc' ? route.vpcId : route.nextHop;
  return { by: 'route-return', because: `The answer to ${from} goes to ${where} instead of the link.` };
}

function vSwitchOf(target: Target): VSwitchRow | undefined {
  if (target.kind === 'interface') return target.vSwitch;
  return target.kind === 'load-balancer' ? target.state.network.vSwitches.get(target.balancer.vSwitchId) : undefined;
}
