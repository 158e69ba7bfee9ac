import type { ActsOfCloud } from '@postern/core/overlay';

/** How attributes and refusals are understood when a plan is carried out. */
export const WORDS: Omit<ActsOfCloud, 'acts' | 'inert'> = {
  identities:
    /(?:_ids?|_arns?)$|^(?:subnets|security_groups|cluster|target|role|integration_uri|vpc_zone_identifier|ref|vpc|stage)$/,
  forms: [
    [/^vpc_id$/, /^vpc-/],
    [/subnet/, /^subnet-/],
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
  ],
  // Of a URI the second one names the variables of the path that the method has: a mapping that lacks one is refused either way.
  standIns: {
    name: [() => 'standina', () => 'standinb'],
    description: [() => 'a', () => 'b'],
    uri: [
      () => 'http://a.example.com/a',
      ({ request_parameters: parameters }) =>
        `http://b.example.org:8081/${Object.keys((parameters as object | undefined) ?? {})
          .flatMap((name) => /^integration\.request\.path\.(.+)$/.exec(name)?.[1] ?? [])
          .map((name) => `{${name}}`)
          .join('/')}`,
    ],
  },
  missing: /NotFound|NotExist|not found|Invalid .*(?:ID|identifier)|NoSuch|not exist|\.NotFound/i,
  remedies: [
    [/deletion protection/i, 'Switch the deletion protection off first, in an apply of its own.'],
    [/PriorityInUse/, 'Write a free number first, in an apply of its own, or numbers that nothing has.'],
    [/DuplicateListener/, 'Move the resource with a `moved` block, or delete the old listener in an apply of its own.'],
    [/TargetGroupAssociationLimit/, 'Replace the target group together with the load balancer.'],
    [/UnsupportedCertificate/, 'Name the ARN of the resource that waits for the validation of the certificate.'],
    [
      /not associated with the cluster/,
      'Associate the capacity provider with the cluster, and let the service come after that.',
    ],
    [/Active stages pointing to this deployment/, 'Create the new deployment before the old one is deleted.'],
    [
      /in use|referenced by|dependent object|Cannot delete/i,
      'Remove what uses it first, or create its replacement before it is deleted.',
    ],
  ],
};
