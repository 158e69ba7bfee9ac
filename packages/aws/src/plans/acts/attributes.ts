import type { ActsOfCloud } from '@postern/core/overlay';

/** What attributes hold, by their names, and what the services say of it. */
export const attributes: Omit<ActsOfCloud, 'acts' | 'inert' | 'standIns'> = {
  identities: /(?:_ids?|_arns?)$|^(?:subnets|security_groups|cluster|target|role|integration_uri)$/,
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
  missing: /NotFound|NotExist|not found|Invalid .*(?:ID|identifier)|NoSuch|not exist/i,
  remedies: [],
};

/** Names and descriptions are of use in their form alone. */
export const standIns: ActsOfCloud['standIns'] = {
  name: [() => 'standina', () => 'standinb'],
  description: [() => 'a', () => 'b'],
};
