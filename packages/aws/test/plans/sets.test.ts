import { plans } from '@postern/aws/plans';
import { describe, expect, it } from 'vitest';
import { namedBySet } from '../../../core/test/overlay/set-blocks.js';

const { rows } = plans.terraform;

/**
 * The sets of blocks in the schema of the types that rows lay, with an attribute that names something and one that tells blocks apart:
 * `terraform providers schema -json` of provider 5.100.0. Without them: no row reads the set.
 */
const SCHEMA: Readonly<Record<string, Readonly<Record<string, readonly [open: string, text: string] | undefined>>>> = {
  aws_alb: { subnet_mapping: ['subnet_id', 'private_ipv4_address'] },
  aws_alb_listener: { 'default_action.forward.target_group': ['arn', 'weight'] },
  aws_alb_listener_rule: {
    'action.forward.target_group': ['arn', 'weight'],
    condition: ['host_header', 'path_pattern'],
    'condition.query_string': ['value', 'key'],
  },
  aws_apigatewayv2_integration: { response_parameters: undefined },
  aws_apigatewayv2_route: { request_parameter: undefined },
  aws_apigatewayv2_stage: { route_settings: ['route_key', 'throttling_burst_limit'] },
  aws_autoscaling_group: { initial_lifecycle_hook: undefined, tag: undefined, traffic_source: ['identifier', 'type'] },
  aws_default_network_acl: { egress: ['cidr_block', 'rule_no'], ingress: ['cidr_block', 'rule_no'] },
  aws_default_route_table: { route: ['gateway_id', 'cidr_block'] },
  aws_default_security_group: { egress: ['security_groups', 'from_port'], ingress: ['security_groups', 'from_port'] },
  aws_ec2_managed_prefix_list: { entry: ['cidr', 'description'] },
  aws_ecs_cluster: { setting: undefined },
  aws_ecs_cluster_capacity_providers: { default_capacity_provider_strategy: undefined },
  aws_ecs_service: {
    capacity_provider_strategy: ['capacity_provider', 'weight'],
    load_balancer: ['target_group_arn', 'container_port'],
    placement_constraints: undefined,
    vpc_lattice_configurations: undefined,
  },
  aws_ecs_task_definition: { inference_accelerator: undefined, placement_constraints: undefined, volume: undefined },
  aws_ecs_task_set: {
    capacity_provider_strategy: ['capacity_provider', 'weight'],
    load_balancer: ['target_group_arn', 'container_port'],
  },
  aws_instance: {
    ebs_block_device: undefined,
    ephemeral_block_device: undefined,
    network_interface: ['network_interface_id', 'device_index'],
  },
  aws_launch_configuration: { ebs_block_device: undefined, ephemeral_block_device: undefined },
  aws_launch_template: { license_specification: undefined },
  aws_lb: { subnet_mapping: ['subnet_id', 'private_ipv4_address'] },
  aws_lb_listener: { 'default_action.forward.target_group': ['arn', 'weight'] },
  aws_lb_listener_rule: {
    'action.forward.target_group': ['arn', 'weight'],
    condition: ['host_header', 'path_pattern'],
    'condition.query_string': ['value', 'key'],
  },
  aws_network_acl: { egress: ['cidr_block', 'rule_no'], ingress: ['cidr_block', 'rule_no'] },
  aws_network_interface: { attachment: undefined },
  aws_route_table: { route: ['gateway_id', 'cidr_block'] },
  aws_security_group: { egress: ['security_groups', 'from_port'], ingress: ['security_groups', 'from_port'] },
};

const sets = Object.entries(SCHEMA).flatMap(([type, own]) =>
  Object.entries(own).flatMap(([path, attributes]) =>
    attributes === undefined ? [] : [[type, path, ...attributes] as const],
  ),
);
/** Of these, which of two blocks is which matters: more than one attribute is read of a block. */
const told = sets.filter(([type, path, open, text]) =>
  [open, text].every((one) => rows[type]?.sets?.[path]?.includes(one) === true),
);

describe('sets of blocks', () => {
  it('are those of the provider', () => {
    const named = Object.entries(rows).flatMap(([type, { sets: own = {} }]) =>
      Object.keys(own).map((path) => `${type} ${path}`),
    );
    expect(named.toSorted()).toEqual(sets.map(([type, path]) => `${type} ${path}`).toSorted());
  });

  it.each(sets)('%s: each block of %s names what the same block of the configuration names', (...set) => {
    for (const sorted of ['abc', 'bca', 'cab', 'acb', 'bac', 'cba']) {
      const { blocks, choices } = namedBySet(rows, set, { sorted: [...sorted] });
      expect(blocks).toEqual([...sorted].map((name) => [`text ${name}`, [name]]));
      expect(choices).toEqual([]);
    }
  });

  it.each(told)('%s: blocks of %s that cannot be told apart are judged in each way', (...set) => {
    const [type, path] = set;
    const ways = Array.from({ length: 6 }, (_, taken) => {
      const { blocks, choices } = namedBySet(rows, set, { isLocal: true, taken });
      for (const { alternatives, attribute, reading } of choices) {
        expect(alternatives).toHaveLength(6);
        expect(attribute.replaceAll(/\[\d+\]/g, '')).toBe(path);
        expect(reading?.open).toContain(`of ${type}.x.`);
      }
      return blocks.flatMap(([, named]) => named).join('');
    });
    expect(ways.toSorted()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  });
});
