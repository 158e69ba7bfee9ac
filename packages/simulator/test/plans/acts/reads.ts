import type { ActValues } from '@postern/core/internal/overlay';
import type { Named } from './row.js';

/** The arguments of each data source, and the address of what it finds. */
export const reads: Readonly<Record<string, readonly [finds: string, given: (named: Named) => ActValues]>> = {
  'data.aws_vpc': ['aws_vpc', (of) => ({ id: of('aws_vpc')['id'] })],
  'data.aws_subnet': ['aws_subnet', () => ({ filter: [{ name: 'cidr-block', values: ['10.0.1.0/24'] }] })],
  'data.aws_subnets': [
    'aws_subnet.other',
    (of) => ({ filter: [{ name: 'vpc-id', values: [of('aws_vpc.other')['id']] }] }),
  ],
  'data.aws_security_group': ['aws_security_group', (of) => ({ name: 'shop', vpc_id: of('aws_vpc')['id'] })],
  'data.aws_security_groups': ['aws_security_group', () => ({ filter: [{ name: 'group-name', values: ['shop'] }] })],
  'data.aws_network_interface': ['aws_network_interface', (of) => ({ id: of('aws_network_interface')['id'] })],
  'data.aws_network_interfaces': [
    'aws_network_interface',
    () => ({ filter: [{ name: 'addresses.private-ip-address', values: ['10.0.1.50'] }] }),
  ],
  'data.aws_route_table': ['aws_route_table', (of) => ({ route_table_id: of('aws_route_table')['id'] })],
  'data.aws_route_tables': [
    'aws_route_table',
    (of) => ({ filter: [{ name: 'route-table-id', values: [of('aws_route_table')['id']] }] }),
  ],
  'data.aws_lb': ['aws_lb', () => ({ name: 'aws-lb' })],
  'data.aws_alb': ['aws_alb', (of) => ({ arn: of('aws_alb')['arn'] })],
  'data.aws_lb_listener': ['aws_lb_listener', (of) => ({ load_balancer_arn: of('aws_lb')['arn'], port: 443 })],
  'data.aws_lb_target_group': ['aws_lb_target_group.machines', () => ({ name: 'machines' })],
  'data.aws_ecs_task_definition': ['aws_ecs_task_definition', () => ({ task_definition: 'web' })],
  'data.aws_ecs_cluster': ['aws_ecs_cluster', () => ({ cluster_name: 'shop' })],
};
