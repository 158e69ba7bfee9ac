import type { Simulation } from '@postern/simulator';
import { type LocalRow, pick, rowOf, type Row } from './row-of.js';

/** The instances that are not being deleted. */
export function alibabaLinks(simulation: Simulation, region: string): readonly LocalRow[] {
  const answer = simulation.callAlibaba({ product: 'CloudAPI', action: 'DescribeInstances', region }, {}) as Row;
  return list(answer, 'Instances', 'InstanceAttribute')
    .filter(({ Status }) => !/delet/i.test(String(Status)))
    .map((row) => rowOf('Instance', row, row['InstanceId'], ['InstanceName', 'InstanceType', 'Tags']));
}

/** The parts of Alibaba Cloud that private integrations consist of. */
export function alibabaRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const call = (product: 'CloudAPI' | 'Ecs', action: string, input: Row = {}): Row =>
    simulation.callAlibaba({ product, action, region }, input) as Row;
  const groups = list(call('CloudAPI', 'DescribeApiGroups', PAGE), 'ApiGroupAttributes', 'ApiGroupAttribute');
  const apis = list(call('CloudAPI', 'DescribeApis', PAGE), 'ApiSummarys', 'ApiSummary');
  const accesses = list(call('CloudAPI', 'DescribeVpcAccesses', PAGE), 'VpcAccessAttributes', 'VpcAccessAttribute');
  const published = list(call('CloudAPI', 'DescribeDeployedApis', PAGE), 'DeployedApis', 'DeployedApiItem');
  const security = list(
    call('Ecs', 'DescribeSecurityGroups', { ...PAGE, RegionId: region }),
    'SecurityGroups',
    'SecurityGroup',
  );
  return [
    ...alibabaLinks(simulation, region),
    ...groups.map((row) => rowOf('ApiGroup', row, row['GroupId'], ['GroupName'])),
    ...apis.map((row) => rowOf('Api', row, row['ApiId'], ['ApiName', 'GroupId', 'Description', 'Visibility'])),
    ...accesses.map((row) => rowOf('VpcAccess', row, row['VpcAccessId'] ?? row['Name'], ACCESS)),
    ...published.map((row) => rowOf('Published', row, `${String(row['ApiId'])}/${String(row['StageName'])}`, [])),
    ...security.map((row) => {
      const id = String(row['SecurityGroupId']);
      const detail = call('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId: id, RegionId: region });
      const rules = list(detail, 'Permissions', 'Permission').map((rule) => pick(rule, RULE));
      return { type: 'SecurityGroup', id, fields: { ...pick(row, ['SecurityGroupName', 'VpcId']), rules } };
    }),
  ];
}

function list(answer: Row, ...path: readonly string[]): readonly Row[] {
  return (path.reduce<unknown>((value, key) => (value as Row | undefined)?.[key], answer) ?? []) as readonly Row[];
}

const PAGE = { PageSize: 50, PageNumber: 1 };
const ACCESS = ['Name', 'VpcId', 'InstanceId', 'Port', 'Description'];
const RULE = ['Direction', 'IpProtocol', 'PortRange', 'SourceCidrIp', 'DestCidrIp', 'Policy', 'Priority'];
