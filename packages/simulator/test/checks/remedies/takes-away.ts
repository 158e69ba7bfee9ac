/** The remedy is carried out under load: the name of a case in `remedies.verify.test.ts`. */
interface Carried {
  readonly by: string;
}

/**
 * Every text of the checks that tells a user to restrict, narrow, remove, delete, detach, disable or revoke something: the file
 * below `packages/core/src/check`, and the text from its verb on. A remedy of this kind without a row fails a test.
 * A row that is a text says why no call can be lost: it does not carry calls, or the cloud or a plan refuses it while it does.
 */
export const TAKES_AWAY: readonly (readonly [file: string, begins: string, row: string | Carried])[] = [
  ['checks/cidr/accessible.ts', 'remove ${block}`', 'the owner of the link decides it'],
  ['checks/cidr/accessible.ts', 'remove ${block} from links', 'the spec alone lists the block'],
  ['checks/cidr/accessible.ts', 'leave ${block} out of links', 'a plan refuses it while a route needs the block'],
  ['checks/cidr/accessible.ts', 'postern revoke', 'it is refused while a route needs the block (STILL_REFERENCED)'],
  ['checks/cidr/redundant.ts', 'Remove {shown}[, then the {left} others] from', { by: 'redundant entry' }],
  ['checks/cidr/redundant.ts', 'Remove {shown} with', { by: 'redundant entry, revoked' }],
  ['checks/cidr/redundant.ts', 'postern revoke', { by: 'redundant entry, revoked' }],
  ['checks/cidr/redundant.ts', 'Remove {block} from links', 'the blocks of its own vSwitches stay reachable'],
  [
    'checks/egress/admitted.ts',
    'remove a rule that is not needed',
    'it names no rule: the user knows which one is not needed',
  ],
  ['checks/egress/admitted.ts', 'Remove the {dropping', 'the rules deny calls'],
  ['checks/egress/wider.ts', 'Narrow', { by: 'rules' }],
  ['checks/egress/wider.ts', 'narrow', { by: 'rules' }],
  ['checks/egress/wider.ts', 'Allow only {blocks:and} at the backend', { by: 'admits' }],
  ['checks/egress/wider.ts', 'Keep only {blocks:and} in', { by: 'access list, wide' }],
  ['checks/gateway/canary-remedy.ts', 'remove it: keep', 'it says that the deployment with all routes is to be kept'],
  ['checks/gateway/canary-remedy.ts', 'remove it`', 'both deployments serve the same routes'],
  ['checks/gateway/canary-remedy.ts', 'Remove ${what}', { by: 'canary' }],
  [
    'alibaba/traditional/checks/group-move.ts',
    'remove {use} from the group',
    'a user decides that the API is not part of the group',
  ],
  ['checks/gateway/live-route.ts', 'detach the plug-in', 'the route keeps its declared target'],
  ['checks/gateway/route-findings.ts', 'delete {others', { by: 'route of a method' }],
  ['checks/gateway/published.ts', 'remove it from integrations', 'no stage serves the route'],
  ['checks/gateway/route-findings.ts', 'remove it from integrations', 'the route does not exist'],
  ['checks/gateway/quota.ts', 'Delete unused ones', { by: 'unused integrations' }],
  ['checks/link/quota.ts', 'delete an unused one', { by: 'unused links' }],
  ['checks/link/group-network.ts', 'delete {id}, unless it is used', 'a link whose groups are gone carries no calls'],
  ['checks/link/spare.ts', 'delete {id}', { by: 'spare link' }],
  ['checks/link/spare.ts', 'remove its marks', 'the link keeps its calls'],
  ['checks/link/state.ts', 'remove the id and write subnets', 'the link is failed'],
  ['checks/link/state.ts', 'Remove the cause', 'the link is failed'],
  ['checks/link/zone-served.ts', 'Remove {subnet} from links', 'the link does not exist'],
  ['checks/ignores.ts', 'Remove the entry', 'an entry of the spec that changes no resource'],
  ['alibaba/checks/access-list.ts', 'Remove {entries', 'the entries deny calls'],
  ['checks/target/answers.ts', 'Remove path: keep', 'no rule forwards these calls until then'],
  ['checks/target/dead-forwards.ts', 'weight of {names:and} to 0', { by: 'dead target group' }],
  ['checks/target/exposed.ts', 'Restrict', { by: 'rules' }],
  ['checks/target/exposed.ts', 'restrict', { by: 'rules' }],
  ['checks/target/exposed.ts', 'allows {allowed} to the listener', { by: 'access list, none' }],
  ['checks/target/protocol.ts', 'Remove integrations', 'no call passes with TLS to a port without it'],
  ['alibaba/cloud-native/checks/nacos-source.ts', 'delete source {source}', 'an invalid source gives no instances'],
  ['path/balancers/load-balancer.ts', 'Remove the CA certificate', 'the listener then takes more callers'],
  ['path/balancers/target-health-steps.ts', 'remove the targets that are not in use', 'the targets are not in use'],
  ['path/listener-rules/deciding.ts', 'remove the action before the forward', 'the rule then takes more callers'],
  [
    'path/reasons/load-balancer.ts',
    'remove the subnet in {zone}',
    'calls that enter the endpoint in that zone have no answer',
  ],
  ['path/reasons/link.ts', 'delete this link', 'a failed link carries no calls'],
  ['path/reasons/load-balancer.ts', 'Remove the entries that contain', 'the entries deny calls'],
  [
    'path/reasons/load-balancer.ts',
    'Disable the enforcement of inbound rules',
    'the load balancer then takes more callers',
  ],
  [
    'path/reasons/load-balancer.ts',
    'disable client IP preservation',
    'AWS does not support such a target with it: its calls are lost',
  ],
  ['path/reasons/link.ts', 'Remove the login from', 'the listener then takes more callers'],
  ['path/reasons/route.ts', 'remove the route: {behind}', 'the next hop does not exist'],
  ['path/reasons/route.ts', 'disable its source/destination check', 'the check drops the calls'],
  ['path/reasons/route.ts', 'Remove the block of {to} from all but one', 'one of the lists keeps the block'],
  ['path/reasons/security-group.ts', 'Remove {rule} from', 'the rule denies calls'],
  ['path/reasons/security-group.ts', 'Remove {rules:few}', 'the rules deny calls'],
  ['path/reasons/target-health.ts', 'remove {targets', 'a stopped machine answers no call'],
  ['path/reasons/target-health.ts', 'weight to 0', 'the group has no target'],
  ['path/reasons/route.ts', 'remove the route', 'the attachment does not exist'],
  ['path/reasons/route.ts', 'Disable the source/destination check', 'the check drops the calls'],
];
