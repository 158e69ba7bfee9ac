import type { ActsOfCloud } from '@postern/core/internal/overlay';
import type { RegionSnapshot } from '@postern/core/internal/snapshot';

/** What attributes hold, by their names, and what the services say of it. */
export const attributes: Omit<ActsOfCloud, 'acts' | 'inert' | 'standIns'> = {
  forms: [
    [/^vpc_id$/, /^vpc-/],
    [/subnet/, /^subnet-/],
    [/prefix_list/, /^pl-/],
    [/security_group/, /^sg-/],
    [/target_group_arn/, /:targetgroup\//],
    [/load_balancer_arn/, /:loadbalancer\//],
    [/listener_arn/, /:listener\//],
    [/certificate_arn/, /:certificate\//],
    [/^route_table_id/, /^rtb-/],
    [/^task_definition$/, /:task-definition\//],
    [/^cluster$/, /:cluster\//],
    [/^network_interface_id$/, /^eni-/],
    [/^registry_arn$/, /:service\//],
    [/^namespace_id$/, /^ns-/],
    [/^transit_gateway_id$/, /^tgw-/],
    [/^nat_gateway_id$/, /^nat-/],
    [/^vpc_peering_connection_id$/, /^pcx-/],
    [/^network_acl_id$/, /^acl-/],
    [/^allocation_id$/, /^eipalloc-/],
  ],
  // A TLS policy without a date in its name is an old one, and all of these are known.
  missing:
    /^(?!SSLPolicyNotFound (?!.*-\d{4}-\d{2}')).*(?:NotFound|NotExist|not found|Invalid .{0,200}\b(?:ID|identifier)\b|NoSuch|not exist|valid ELB listener ARN)/i,
  // What has not the form of a listener's ARN is none that may exist.
  ids: /(?<![a-z])[a-z]+-[0-9a-f]{8,}\b|arn:[\w-]+:(?!elasticloadbalancing:[\w-]*:\d*:listener\/(?!\w+\/[\w-]+\/\w+\/\w+(?![^\s'",?])))[^\s'",]+|(?<="parentId":")\w+/g,
  assumed: withCertificates,
  chosen: /InvalidIPAddress\.InUse/,
  remedies: [
    [/deletion protection/i, 'Switch the deletion protection off first, in an apply of its own.'],
    [/PriorityInUse/, 'Write a free number first, in an apply of its own, or numbers that nothing has.', 'priority'],
    [
      /DuplicateListener/,
      'Move the resource with a `moved` block, or delete the old listener in an apply of its own.',
      'port',
    ],
    [/Duplicate\w{0,60}Name|InvalidGroup\.Duplicate|\bname\b.{0,200}already exists/i, undefined, 'name'],
    [
      /NLB ARN is malformed|NLB does not exist/,
      'Name the ARN of a network load balancer in the region and the account of the link.',
    ],
    [/TargetGroupAssociationLimit/, 'Replace the target group together with the load balancer.'],
    [/UnsupportedCertificate/, 'Name the ARN of the resource that waits for the validation of the certificate.'],
    [
      /not associated with the cluster/,
      'Associate the capacity provider with the cluster, and let the service come after that.',
    ],
    [
      /in use|referenced by|dependent object|Cannot delete|must be moved or deleted/i,
      'Remove what uses it first, or create its replacement before it is deleted.',
    ],
  ],
};

/** The certificates of an account are not read. Each is issued for all names that the plan has. */
function withCertificates(region: RegionSnapshot, plan: string): RegionSnapshot {
  const { certificates = [], account } = region;
  const known = new Set(certificates.map(({ id }) => id));
  const named = plan.match(/arn:[\w-]+:acm:[\w-]+:\d{12}:certificate\/[\w-]+/g) ?? [];
  const missing = [...new Set(named)].filter(
    (id) => !known.has(id) && id.includes(`:acm:${region.region}:${account}:`),
  );
  if (missing.length === 0) return region;

  const names = [...new Set(plan.match(/(?<![\w.-])(?:\*\.)?(?:[\w-]+\.)+[a-z]{2,}(?![\w.-])/g))];
  return { ...region, certificates: [...certificates, ...missing.map((id) => ({ id, names, raw: null }))] };
}

/** Names and descriptions are of use in their form alone. */
export const standIns: ActsOfCloud['standIns'] = {
  name: [() => 'standina', () => 'standinb'],
  description: [() => 'a', () => 'b'],
  // Words that the stand-ins themselves cause are `missing`, by the form of these.
  connection_id: [() => 'vlk-0a1b2c3d4', () => 'vlk-0d4c3b2a1'],
  integration_uri: [() => listenerArn('a'), () => listenerArn('b')],
};

function listenerArn(name: string): string {
  return `arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/${name}/50dc6c495c0c9188/f2f7dc8efc522ab2`;
}
