import { fewText } from '../../../ground/text/quantities.js';
import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/link`. */
export const pathLink = {
  id: 'path/link',
  title: 'The link carries calls, and its source addresses are known',
  about:
    'Checks the state of the link and the subnets of its source addresses. A link that is not ready carries ' +
    'no calls. A link whose network interfaces have no IPv6 address calls no IPv6 address. Where they have ' +
    'one, or were not read, the documentation does not say whether links call over IPv6, so a target with ' +
    'IPv6 addresses only is unknown.',
} as const satisfies PathRule;

/** The sentences of hops at the link itself. */
export const linkReasons = reasons({
  LINK_STATE: reason('{link} is {nativeState}[: {reason}]', [
    'if state=pending: Take the snapshot again in some minutes.',
    'if state=inactive: Send a request through the link: it becomes available after some minutes, with other addresses.',
    'if state=failed: Create another link, change the routes to it, then delete this link: a failed link never recovers.',
    'if state=deleting: Use another link.',
    'if state=unknown: Check the link in the console of the cloud.',
  ]),
  /** The interfaces of the link, of which none has an IPv6 address. */
  LINK_WITHOUT_IPV6: reason(
    'no network interface of the link has an IPv6 address ({addresses})',
    'Assign an IPv4 address to the target[: register an instance of a discovery service with {attribute}].',
    {
      hidden: ['attribute'],
      also: ['interfaces'],
      words: ({ interfaces }: { readonly interfaces: readonly string[] }) => ({
        addresses: fewText(interfaces, 5, ' and '),
      }),
    },
  ),
});

/** The texts of `path/flow-log`. */
export const pathFlowLog = {
  id: 'path/flow-log',
  title: 'Flow logs of the link agree with the path',
  severity: 'warning',
  about:
    "Checks what flow logs of the link's interfaces show of the last hour, where they were read " +
    '(`postern check --flow-logs`). An answer that came back proves the path up to the called address: what is ' +
    'not known there passes, and what seems to stop calls there is unknown. Calls that were refused, or got no ' +
    'answer, on a path that seems open are a warning. They may be older than a change of the rules. A plan is judged without flow logs.',
} as const satisfies PathRule;

/** The sentences of what flow logs show. */
export const flowLogReasons = reasons({
  FLOW_REFUSED: reason(
    '{interface} refused calls to {to} on port {port} ({refused} {refused?record:records}, the last at {at}), and no call was answered after that',
    'Call the route, then take the snapshot again, because a rule may have changed since. If calls are still refused, check the security groups and the network ACL of {interface}.',
  ),
  FLOW_UNANSWERED: reason(
    'calls from {interface} to {to} on port {port} got no answer ({sent} {sent?record:records} in the last hour[, the last at {at}])[, and the last answer came at {answer}]',
    'Check whether a process listens at {to} on port {port}, and whether a firewall there drops calls.',
  ),
});

/** The remedy for calls that a login action redirects or refuses. */
export function remedyForLogin(who: string): string {
  return `Remove the login from ${who}, or set OnUnauthenticatedRequest to allow and authorize callers at the gateway: callers of an API have no session.`;
}

/** Where rules look at the host of calls, and only the spec can give it. */
export function hostHint(path: string | undefined): string {
  return path === undefined ? '' : ` If you know the Host header of these calls, write it under ${path}.`;
}
