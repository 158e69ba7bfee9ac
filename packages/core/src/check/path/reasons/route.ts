import { paramsUnder, reason, reasons, type HopText, type PathRule } from './reason.js';
import { fill, type Template } from '../../../ground/text/template.js';

/** The texts of `path/route`. */
export const pathRoute = {
  id: 'path/route',
  title: 'Route tables route the calls to the target',
  about:
    'The route with the longest prefix decides. Of equal prefixes, a local route precedes a static route, and a static route a propagated one. A route whose next hop was deleted is a blackhole. No API reports whether an instance as next hop forwards traffic: the result is unknown.',
} as const satisfies PathRule;

/** An existing next hop that carries no traffic: a peering to accept, or a gateway to attach. */
export type AbsentNextHop =
  | { readonly is: 'pending peering'; readonly id: string; readonly nativeState: string }
  | { readonly is: 'transit gateway' | 'virtual gateway'; readonly id: string; readonly network: string };

function absence(cause: AbsentNextHop): { readonly because: string; readonly remedy: string } {
  const { id } = cause;
  switch (cause.is) {
    case 'pending peering':
      return { because: `${id} is ${cause.nativeState}`, remedy: `Accept the peering ${id} on the peer side.` };
    case 'transit gateway':
      return {
        because: `${cause.network} is not attached to ${id}`,
        remedy: `Attach ${cause.network} to ${id}, with a subnet in each zone of the link.`,
      };
    case 'virtual gateway':
      return { because: `${id} is not attached to ${cause.network}`, remedy: `Attach ${id} to ${cause.network}.` };
  }
}

/** The sentences of hops at route tables. */
export const routeReasons = reasons({
  LINK_ROUTES_ELSEWHERE: reason(
    '{to} is in {network}, and the routes of the link send its traffic to {reached}',
    'Use a link with subnets of {network}, or a target in {reached}.',
  ),
  /** `isOwn`: the address is of the sender's own network. */
  NO_ROUTE: reason(
    '{table} has no route to {to}',
    [
      'if isOwn: Declare an address that is in use: {to} is in {network|the network}, and none of its subnets contains it.',
      'Add a route for {block} to {table}[ with the next hop {nextHop}].',
    ],
    { hidden: ['network'] },
  ),
  /** `behind`: the route that applies after it is removed. */
  BLACKHOLE: reason(
    'the route of {table} for {to} is a blackhole[: {absent}]',
    '[{fix} Or: ]Change the next hop of route {route} of {table} to one that exists[, or remove the route: {behind} then applies].',
    {
      hidden: ['cause'],
      also: ['nextHop'],
      words: ({ cause }: { readonly cause?: AbsentNextHop | undefined }) => {
        const absent = cause && absence(cause);
        return { absent: absent?.because, fix: absent?.remedy };
      },
      params: ({ cause }) => ({ cause: cause && absence(cause).because }),
    },
  ),
  ROUTE_LEADS_AWAY: reason(
    '{table} sends traffic for {to} to {nextHop}, which does not reach private addresses',
    'Add a route for {block} to {table} with a next hop that reaches it.',
  ),
  NEXT_HOP_DROPS: reason(
    'the source/destination check of {nextHop|the next hop} drops traffic for other addresses, such as {to}',
    'Change the next hop of route {route|} of {table}. If {nextHop|the interface} is a router, disable its source/destination check instead; no API reports whether it then forwards.',
  ),
  /** `lists`: the prefix lists of the routes; none: they are one entry. */
  SEVERAL_NEXT_HOPS: reason(
    [
      'cannot be determined: {table} has routes to {to} in {lists:and} with different next hops, of which the cloud chooses one at random',
      'cannot be determined: {table} has routes to {to} in one entry with different next hops, which share the calls',
    ],
    [
      'if lists: Remove the block of {to} from all but one of these prefix lists.',
      'Check the path through each of {nextHops}.',
    ],
  ),
  ROUTE_STATE_UNKNOWN: reason(
    'the state of this route of {table} is not documented',
    'Check the route in the console of the cloud.',
    { also: ['route'] },
  ),
  ROUTE_TAKES_PART: reason('the routes of {table} reach only a part of {to}: {parts}', '{remedy|}', {
    hidden: ['bad'],
    words: ({ bad }: { readonly bad?: HopText | undefined }) => ({ remedy: bad?.remedy }),
    params: ({ bad }) => paramsUnder('bad', bad),
  }),
  NOT_FOLLOWED: reason(
    'no API reports which traffic {nextHop} forwards',
    'Check that {nextHop} forwards these calls and their answers.',
  ),
});

/** The texts of `path/outside`. */
export const pathOutside = {
  id: 'path/outside',
  title: "The target is in the link's network, or in a network connected to it",
  about:
    "An address outside the link's network needs a connection between the two networks: a peering, a transit gateway, a VPN or a leased line. A link is not such a connection, and no security group rule replaces it.",
} as const satisfies PathRule;

/** The sentences of hops that compare an address with the networks, or with the blocks, that a link reaches. */
export const outsideReasons = reasons({
  OUTSIDE_NETWORKS: reason(
    '{to} is outside {network} and every network connected to it',
    'Connect {network} to {block} first, with a VPN gateway or a peering: a link does not connect networks.',
  ),
  /** `isPart`: only a part of the addresses that the target may have. */
  IN_OWN_BLOCK: reason(
    [
      "if isPart: whether the instance can connect the backend {to} depends on which address it has: a part of {address} is in {block}, the instance's own block",
      "the instance cannot connect the backend {to}: {address} is in {block}, the instance's own block",
    ],
    'Assign another address to the target, or create an instance with another block.',
    { hidden: ['to', 'isPart'] },
  ),
  /** `add`: the block to add. */
  OUTSIDE_ACCESSIBLE_BLOCKS: reason(
    [
      'if isPart: whether the instance can connect the backend {to} depends on which address it has: none of the accessible blocks {blocks} contains {address}',
      'the instance cannot connect the backend {to}: none of the accessible blocks {blocks} contains {address}',
    ],
    'Add {add} to the allowlist of the link.',
    { hidden: ['to', 'isPart', 'add'] },
  ),
});

/** The texts of `path/peering`. */
export const pathPeering = {
  id: 'path/peering',
  title: 'The peering on the path is active and carries traffic to the target',
  about:
    'A peering carries only traffic to the CIDR blocks of the peer network. It is not transitive. If the peer network is in another account, a snapshot of that account shows the rest of the path.',
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

/** The texts of `path/transit`. */
export const pathTransit = {
  id: 'path/transit',
  title: 'The transit gateway on the path forwards the calls',
  about:
    "The link's network needs an attachment with a subnet in each zone of the link. The attachment has to be associated with a route table. In that table, the route with the longest prefix (static before propagated) needs an attachment that is available as its target.",
} as const satisfies PathRule;

/** The change after which a transit gateway carries the calls. */
export type TransitFix =
  | { readonly is: 'use another gateway' }
  | { readonly is: 'attach'; readonly network: string; readonly gateway: string }
  | {
      readonly is: 'make available';
      readonly attachment: string;
      /** Of the sender's side: what it connects. */
      readonly connects?: { readonly network: string; readonly gateway: string } | undefined;
    }
  | {
      readonly is: 'add subnet';
      readonly network: string;
      readonly zone: string;
      readonly attachment: string;
      readonly gateway: string;
    }
  | { readonly is: 'add route'; readonly block: string; readonly table: string }
  | { readonly is: 'change route'; readonly route: string; readonly table: string };

const REMEDIES: Readonly<Record<TransitFix['is'], Template>> = {
  'use another gateway': 'Change the next hop of the route to a transit gateway that is available.',
  attach: 'Attach {network} to {gateway}, with a subnet in each zone of the link.',
  'make available': 'Make the attachment {attachment}[ of {network} to {gateway}] available.',
  'add subnet': 'Add a subnet of {network} in {zone} to the attachment {attachment} to {gateway}.',
  'add route': 'Add a route for {block} to {table}, or enable propagation from the attachment of its network.',
  'change route': 'Change route {route} of {table} to an attachment that exists, or remove the route.',
};

/** The sentences of hops at transit gateways. */
export const transitReasons = reasons({
  /** `loop`: the gateway that the network routes the packet back to. `drops`: the interface that the network routes it to. */
  TRANSIT_LEADS_ELSEWHERE: reason(
    'the route leads to {network}, and {to} is not one of its addresses[, and {network} routes it back to {loop}, in a loop][, and {network} routes it to {drops}, whose source/destination check drops it]',
    '[Disable the source/destination check of {drops} if it is a router or a firewall. Or: ]Add a route for {to} to the attachment of its network.',
    { also: ['attachment'] },
  ),
  TRANSIT_CARRIES_NOTHING: reason('{gateway}: {what}', '{remedy}', {
    hidden: ['fix'],
    words: ({ fix }: { readonly fix: TransitFix }) => ({
      remedy: fill(REMEDIES[fix.is], { ...fix, ...('connects' in fix ? fix.connects : undefined) }),
    }),
  }),
});

/** The texts of `path/on-premises`. */
export const pathOnPremises = {
  id: 'path/on-premises',
  title: 'The connection to the on-premises network is up and has a route to the target',
  about:
    "Checks the gateway that is the target of the route: whether it is available and attached, whether a VPN connection or a virtual interface behind it is up, and whether the cloud has a route for the target's CIDR block there. Routers and firewalls on premises are not known; see path/return.",
} as const satisfies PathRule;

/** The sentences of hops at connections out of the cloud. */
export const onPremisesReasons = reasons({
  GATEWAY_CARRIES_NOTHING: reason(
    '{gateway} {what}',
    'Attach {gateway} to {network|the network of the link} with a connection to {to} that is up, or change the next hop of the route.',
  ),
  LINE_DOWN: reason(
    '{line} is {nativeState}, and no other connection leads to the target',
    'Restore {line} to the state up.',
  ),
});

/** The texts of `path/return`. */
export const pathReturn = {
  id: 'path/return',
  title: 'Answers reach the link',
  about:
    'Network ACLs are stateless. Answers go to any port from 1024 to 65535, and need an allow entry outbound ' +
    "from the target's subnet and inbound to the link's. If up to 1 % of these ports are denied, the finding " +
    "is a warning with the percentage: calls from these ports fail, others succeed. The target's subnet " +
    'needs a route back to the link. The return path from an on-premises network cannot be read; declare it ' +
    'with `assume: { returnPaths: [10.8.0.0/16] }` in the spec.',
} as const satisfies PathRule;

/** The sentences of hops on the return path alone. */
export const returnReasons = reasons({
  ANSWER_ASTRAY: reason(
    'the routes send the answer of {to} to {reached}, and {from} is in {network|another network}',
    'Route {from} back to {network|its network} in the route table of {to}.',
  ),
});
