import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/peering`. */
export const pathPeering = {
  id: 'path/peering',
  title: 'The peering on the path is active and carries traffic to the target',
  about:
    'A peering carries only traffic to the CIDR blocks of the peer network. It is not transitive. If the ' +
    'peer network is in another account, a snapshot of that account shows the rest of the path.',
} as const satisfies PathRule;

/** The sentences of hops at peerings. */
export const peeringReasons = reasons({
  PEERING_STATE: reason(
    'the peering {peering} {what}',
    'Activate the peering on both sides, or change the next hop of the route.',
  ),
  PEERING_CARRIES_ELSE: reason(
    '{peering} carries only traffic to the blocks of {network}, and {to} is not in them',
    'Connect the network of {to} directly, or through a transit gateway: a peering is not transitive.',
  ),
});
