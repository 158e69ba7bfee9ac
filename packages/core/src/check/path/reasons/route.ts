import { paramsUnder, reason, reasons, type HopText, type PathRule } from './reason.js';

/** The texts of `path/route`. */
export const pathRoute = {
  id: 'path/route',
  title: 'Route tables route the calls to the target',
  about:
    'The route with the longest prefix decides. Of equal prefixes, a local route precedes a static route, ' +
    'and a static route a propagated one. A route whose next hop was deleted is a blackhole. No API reports ' +
    'whether an instance as next hop forwards traffic: the result is unknown.',
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
