import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/on-premises`. */
export const pathOnPremises = {
  id: 'path/on-premises',
  title: 'The connection to the on-premises network is up and has a route to the target',
  about:
    'Checks the gateway that is the target of the route: whether it is available and attached, whether a VPN ' +
    "connection or a virtual interface behind it is up, and whether the cloud has a route for the target's " +
    'CIDR block there. Routers and firewalls on premises are not known; see path/return.',
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
