import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/flow-log`. */
export const pathFlowLog = {
  id: 'path/flow-log',
  title: 'Flow logs of the link agree with the path',
  about:
    "Checks what flow logs of the link's interfaces show of the last hour, where they were read " +
    '(`postern check --flow-logs`). An answer that came back proves the path up to the called address: what is ' +
    'not known there passes. Calls that were refused, or never answered, on a path that seems open are a ' +
    'warning. They may be older than a change of the rules. A plan is judged without flow logs.',
} as const satisfies PathRule;

/** The sentences of what flow logs show. */
export const flowLogReasons = reasons({
  FLOW_REFUSED: reason(
    '{interface} refused calls to {to} on port {port} ({refused} {refused?record:records}, the last at {at}), and no call was answered after that',
    'Call the route, then take the snapshot again, because a rule may have changed since. If calls are still refused, check the security groups and the network ACL of {interface}.',
  ),
  FLOW_UNANSWERED: reason(
    'calls from {interface} to {to} on port {port} were never answered ({sent} {sent?record:records} in the last hour)',
    'Check whether a process listens at {to} on port {port}, and whether a firewall there drops calls.',
  ),
});
