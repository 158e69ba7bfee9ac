import type { Simulation } from '@postern/simulator';
import { alibabaRows } from '../inventory/alibaba-rows.js';
import { type LocalRow, pick, type Row } from '../inventory/row-of.js';

/** The settings of a group that a move may overwrite. */
const GROUP = [
  'GroupName',
  'InstanceId',
  'HttpsPolicy',
  'TrafficLimit',
  'VpcDomain',
  'VpcSlbIntranetDomain',
  'Ipv6Status',
];

/** What moves of API groups may change. */
export function alibabaMoveRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const call = (action: string, input: Row = {}): Row =>
    simulation.callAlibaba({ product: 'CloudAPI', action, region }, input) as Row;
  return alibabaRows(simulation, region).flatMap((row): readonly LocalRow[] => {
    if (row.type === 'SecurityGroup') {
      const { rules, ...fields } = row.fields as { readonly rules: readonly Row[] };
      return [{ ...row, fields }, ...rules.map((rule) => ruleRow(row.id, rule))];
    }
    if (row.type === 'ApiGroup')
      return [{ ...row, fields: pick(call('DescribeApiGroup', { GroupId: row.id }), GROUP) }];
    if (row.type !== 'Instance') return [row];
    const { Instances } = call('DescribeInstances', { InstanceId: row.id }) as {
      readonly Instances?: { readonly InstanceAttribute?: readonly Row[] };
    };
    const blocks = JSON.parse(String(Instances?.InstanceAttribute?.[0]?.['ConnectCidrBlocks'] || '[]')) as string[];
    return [row, ...blocks.map((block): LocalRow => ({ type: 'Block', id: `${row.id} ${block}`, fields: {} }))];
  });
}

function ruleRow(groupId: string, rule: Row): LocalRow {
  return { type: 'Rule', id: `${groupId} ${JSON.stringify(rule)}`, fields: {} };
}
