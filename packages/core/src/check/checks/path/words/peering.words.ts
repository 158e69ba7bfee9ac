import type { PathRule, PathSays } from './path-says.js';

/** The texts of `path/peering`. */
export const peeringRule = {
  title: 'The peering on the path is active and carries traffic to the target',
  about:
    'A peering carries only traffic to the CIDR blocks of the peer network. It is not transitive. If the ' +
    'peer network is in another account, a snapshot of that account shows the rest of the path.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html'],
} satisfies PathRule;

/** The sentences of hops at peerings. */
export const peeringSays = {
  PEERING_STATE: ({ peering, what }) => ({
    because: `the peering ${peering} ${what}`,
    remedy: 'Activate the peering on both sides, or change the next hop of the route.',
  }),
  PEERING_CARRIES_ELSE: ({ peering, network, to }) => ({
    because: `${peering} carries only traffic to the blocks of ${network}, and ${to} is not in them`,
    remedy: `Connect the network of ${to} directly, or through a transit gateway: a peering is not transitive.`,
  }),
} satisfies Partial<PathSays>;
