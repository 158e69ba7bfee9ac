import {
  blocks,
  several,
  single,
  UnresolvedValue,
  word,
  type Act,
  type ActValues,
  type Answer,
  type Caller,
} from '@postern/core/internal/overlay';
import { arnIn } from './calls.js';

type Shown = Readonly<Record<string, unknown>>;
type Show = (found: Answer, caller: Caller) => Shown;
type Find = (values: ActValues, caller: Caller) => readonly Shown[];

/** What a data source of EC2 finds by its ID, its filters, and arguments that are filters. */
function described(list: string, ids: string, names: Readonly<Record<string, string>>, show: Show): Find {
  return (values, caller) => {
    const id = word(values['id']);
    const named = Object.entries(names).flatMap(([argument, Name]) => {
      const value = word(values[argument]);
      return value === undefined ? [] : [{ Name, Values: [value] }];
    });
    const given = blocks(values['filter']).map((one) => ({
      Name: single(one['name']),
      Values: several(one['values']),
    }));
    const Filters = [...named, ...given];
    const input = { [ids]: id && [id], Filters: Filters.length > 0 ? Filters : undefined };
    return caller.call(`ec2.Describe${list}`, input)[list].map((found: Answer) => show(found, caller));
  };
}

/** A data source that reads one resource. */
function one(find: Find): Act {
  return {
    create: (values, caller) => {
      const [found, ...others] = find(values, caller);
      if (found === undefined || others.length > 0) throw new UnresolvedValue(`${others.length + 1} are found`);

      return found;
    },
  };
}

/** A data source that reads the IDs of all. */
function all(find: Find): Act {
  return { create: (values, caller) => ({ id: caller.region, ids: find(values, caller).map(({ id }) => id) }) };
}

const subnets = described(
  'Subnets',
  'SubnetIds',
  { vpc_id: 'vpc-id', cidr_block: 'cidr-block', availability_zone: 'availability-zone' },
  (found) => ({
    id: found.SubnetId,
    arn: found.SubnetArn,
    vpc_id: found.VpcId,
    cidr_block: found.CidrBlock,
    availability_zone: found.AvailabilityZone,
  }),
);

const groups = described('SecurityGroups', 'GroupIds', { vpc_id: 'vpc-id', name: 'group-name' }, (found, caller) => ({
  id: found.GroupId,
  arn: arnIn(caller, 'ec2', `security-group/${found.GroupId}`),
  name: found.GroupName,
  vpc_id: found.VpcId,
}));

const networks = described('Vpcs', 'VpcIds', { cidr_block: 'cidr', default: 'is-default' }, (found, caller) => ({
  id: found.VpcId,
  arn: arnIn(caller, 'ec2', `vpc/${found.VpcId}`),
  cidr_block: found.CidrBlock,
}));

const interfaces = described('NetworkInterfaces', 'NetworkInterfaceIds', {}, (found) => ({
  id: found.NetworkInterfaceId,
  private_ip: found.PrivateIpAddress,
  subnet_id: found.SubnetId,
  vpc_id: found.VpcId,
}));

const tables = described(
  'RouteTables',
  'RouteTableIds',
  { route_table_id: 'route-table-id', subnet_id: 'association.subnet-id', vpc_id: 'vpc-id' },
  (found) => ({ id: found.RouteTableId, route_table_id: found.RouteTableId, vpc_id: found.VpcId }),
);

/** What a data source finds by an ARN, or by a name. */
const byArn =
  (kind: string, show: (found: Answer) => Shown): Find =>
  (values, caller) => {
    const [arn, name] = [word(values['arn']), word(values['name'])];
    const input = arn === undefined ? { Names: [name] } : { [`${kind}Arns`]: [arn] };
    const found: Answer[] = caller.call(`elasticloadbalancingv2.Describe${kind}s`, input)[`${kind}s`];
    return found.map((one) => ({ id: one[`${kind}Arn`], arn: one[`${kind}Arn`], ...show(one) }));
  };

const balancers = byArn('LoadBalancer', ({ DNSName, VpcId }) => ({ dns_name: DNSName, vpc_id: VpcId }));
const targetGroups = byArn('TargetGroup', ({ Port }) => ({ port: Port }));

const listeners: Find = (values, caller) => {
  const [arn, port] = [word(values['arn']), word(values['port'])];
  const input = arn === undefined ? { LoadBalancerArn: word(values['load_balancer_arn']) } : { ListenerArns: [arn] };
  return caller
    .call('elasticloadbalancingv2.DescribeListeners', input)
    .Listeners.filter(({ Port }: Answer) => port === undefined || String(Port) === port)
    .map((found: Answer) => ({ id: found.ListenerArn, arn: found.ListenerArn, port: found.Port }));
};

const taskDefinitions: Find = (values, caller) => {
  const taskDefinition = single(values['task_definition']);
  const { taskDefinition: found } = caller.call('ecs.DescribeTaskDefinition', { taskDefinition });
  const arn = String(found.taskDefinitionArn);
  const { family, revision } = found;
  return [{ id: arn, arn, family, revision, arn_without_revision: arn.replace(/:\d+$/, '') }];
};

const clusters: Find = (values, caller) =>
  caller
    .call('ecs.DescribeClusters', { clusters: [single(values['cluster_name'])] })
    .clusters.map(({ clusterArn, clusterName }: Answer) => ({
      id: clusterArn,
      arn: clusterArn,
      cluster_name: clusterName,
    }));

/** Data sources that are read during the apply. */
export const dataSourceActs: Readonly<Record<string, Act>> = {
  'data.aws_vpc': one(networks),
  'data.aws_subnet': one(subnets),
  'data.aws_subnets': all(subnets),
  'data.aws_security_group': one(groups),
  'data.aws_security_groups': all(groups),
  'data.aws_network_interface': one(interfaces),
  'data.aws_network_interfaces': all(interfaces),
  'data.aws_route_table': one(tables),
  'data.aws_route_tables': all(tables),
  'data.aws_lb': one(balancers),
  'data.aws_alb': one(balancers),
  'data.aws_lb_listener': one(listeners),
  'data.aws_lb_target_group': one(targetGroups),
  'data.aws_ecs_task_definition': one(taskDefinitions),
  'data.aws_ecs_cluster': one(clusters),
};
