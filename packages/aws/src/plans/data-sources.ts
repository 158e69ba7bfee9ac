import type { DataScope, DataSource, Wanted } from '@postern/core/overlay';
import { AWS } from './rows/id-forms.js';

/** Types with which something else than the plan may create subnets, groups and tables in a network. */
const MAKERS = ['aws_cloudformation_', 'aws_cloudcontrolapi_', 'aws_servicecatalog_', 'awscc_', 'aws_proton_'];

/**
 * Types of which the cloud creates security groups of its own in the network: a cluster of EKS, a directory, a domain.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 * @see https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_getting_started_what_gets_created.html
 */
const GROUP_MAKERS = [
  ...MAKERS,
  'aws_eks_',
  'aws_emr_',
  'aws_directory_service_',
  'aws_workspaces_',
  'aws_elastic_beanstalk_',
  'aws_sagemaker_',
  'aws_cloud9_',
  'aws_opsworks_',
  'aws_appstream_',
  'aws_ecs_express_',
  'aws_codecatalyst_',
  'aws_imagebuilder_',
  'kubernetes_',
  'helm_',
  'kubectl_',
];

/** A new network has nothing but what is created in it, and one group, table and ACL of its own. */
const inNetwork = (makers: readonly string[], first?: DataScope['first']): DataScope => ({
  attribute: 'vpc_id',
  type: 'aws_vpc',
  makers,
  first,
});
/** @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
const GROUP = inNetwork(GROUP_MAKERS, { attribute: 'default_security_group_id', values: { name: 'default' } });
const SUBNET = inNetwork(MAKERS);
const TABLE = inNetwork(MAKERS, { attribute: 'main_route_table_id', values: {} });
const ACL = inNetwork(MAKERS, { attribute: 'default_network_acl_id', values: {} });

const SUBNET_FILTERS = {
  'vpc-id': 'vpc_id',
  'subnet-id': 'id',
  'cidr-block': 'cidr_block',
  cidrBlock: 'cidr_block',
  'availability-zone': 'availability_zone',
  availabilityZone: 'availability_zone',
};
const GROUP_FILTERS = { 'vpc-id': 'vpc_id', 'group-id': 'id', 'group-name': 'name' };
const TABLE_FILTERS = { 'vpc-id': 'vpc_id', 'route-table-id': 'id' };
const ACL_FILTERS = { 'vpc-id': 'vpc_id', 'network-acl-id': 'id' };

const ids = (id: Wanted): Readonly<Record<string, Wanted>> => ({ id, vpc_id: AWS.network });

/** Found by one of its own attributes: all that are given must be those of the resource. */
export function named(
  finds: string | readonly string[],
  given: Readonly<Record<string, string>>,
  id: Wanted,
): DataSource {
  return { finds: [finds].flat(), arguments: given, ids: { id, arn: id } };
}

const balancer = named(['aws_lb', 'aws_alb'], { arn: 'arn', name: 'name' }, AWS.balancer);
const targetGroup = named(
  ['aws_lb_target_group', 'aws_alb_target_group'],
  { arn: 'arn', name: 'name' },
  AWS.targetGroup,
);
const listener: DataSource = {
  finds: ['aws_lb_listener', 'aws_alb_listener'],
  arguments: { arn: 'arn', load_balancer_arn: 'load_balancer_arn', port: 'port' },
  ids: { arn: AWS.listener, id: AWS.listener, load_balancer_arn: AWS.balancer },
};

/**
 * Data sources of the AWS provider that find what a plan may create, with their arguments and filters.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/subnets
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html
 */
export const dataSources: Readonly<Record<string, DataSource>> = {
  aws_vpc: {
    finds: ['aws_vpc'],
    arguments: { id: 'id', cidr_block: 'cidr_block' },
    filters: { 'vpc-id': 'id', cidr: 'cidr_block' },
    ids: { id: AWS.network },
  },
  aws_vpcs: {
    finds: ['aws_vpc'],
    arguments: {},
    filters: { 'vpc-id': 'id' },
    lists: { ids: 'id' },
    ids: { id: AWS.network },
  },
  aws_subnet: {
    finds: ['aws_subnet'],
    arguments: { id: 'id', vpc_id: 'vpc_id', cidr_block: 'cidr_block', availability_zone: 'availability_zone' },
    filters: SUBNET_FILTERS,
    ids: ids(AWS.subnet),
    scope: SUBNET,
  },
  aws_subnets: {
    finds: ['aws_subnet'],
    arguments: {},
    filters: SUBNET_FILTERS,
    lists: { ids: 'id' },
    ids: ids(AWS.subnet),
    scope: SUBNET,
  },
  // Of provider 3 and before.
  aws_subnet_ids: {
    finds: ['aws_subnet'],
    arguments: { vpc_id: 'vpc_id' },
    filters: SUBNET_FILTERS,
    lists: { ids: 'id' },
    ids: ids(AWS.subnet),
    scope: SUBNET,
  },
  aws_security_group: {
    finds: ['aws_security_group'],
    arguments: { id: 'id', name: 'name', vpc_id: 'vpc_id' },
    filters: GROUP_FILTERS,
    ids: ids(AWS.group),
    scope: GROUP,
  },
  aws_security_groups: {
    finds: ['aws_security_group'],
    arguments: {},
    filters: GROUP_FILTERS,
    lists: { ids: 'id', arns: 'arn', vpc_ids: 'vpc_id' },
    ids: ids(AWS.group),
    scope: GROUP,
  },
  aws_route_table: {
    finds: ['aws_route_table'],
    arguments: { route_table_id: 'id', vpc_id: 'vpc_id' },
    filters: TABLE_FILTERS,
    ids: ids(AWS.table),
    scope: TABLE,
  },
  aws_route_tables: {
    finds: ['aws_route_table'],
    arguments: { vpc_id: 'vpc_id' },
    filters: TABLE_FILTERS,
    lists: { ids: 'id' },
    ids: ids(AWS.table),
    scope: TABLE,
  },
  aws_network_acls: {
    finds: ['aws_network_acl'],
    arguments: { vpc_id: 'vpc_id' },
    filters: ACL_FILTERS,
    lists: { ids: 'id' },
    ids: ids(AWS.acl),
    scope: ACL,
  },
  aws_network_interface: named('aws_network_interface', { id: 'id' }, AWS.interface),
  aws_instance: named('aws_instance', { instance_id: 'id' }, AWS.instance),
  aws_lb: balancer,
  aws_alb: balancer,
  aws_lb_target_group: targetGroup,
  aws_alb_target_group: targetGroup,
  aws_lb_listener: listener,
  aws_alb_listener: listener,
  aws_apigatewayv2_api: named('aws_apigatewayv2_api', { api_id: 'id' }, AWS.api),
  aws_apigatewayv2_vpc_link: named('aws_apigatewayv2_vpc_link', { vpc_link_id: 'id' }, AWS.link),
  aws_api_gateway_vpc_link: named('aws_api_gateway_vpc_link', { name: 'name' }, AWS.link),
  aws_ecs_task_definition: named('aws_ecs_task_definition', { task_definition: 'family' }, AWS.taskDefinition),
  aws_ecs_cluster: named('aws_ecs_cluster', { cluster_name: 'name' }, AWS.cluster),
};
