import { beforeAll, describe, expect, it } from 'vitest';
import type { LogsApi } from '../../src/apis.js';
import { aws } from '../../src/index.js';
import { REGION, simulated } from '../world/simulated.js';

const DEFAULT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status';
const OWN = 'end action dstport srcport dstaddr srcaddr';
const formatOf = (fields: string): string => fields.replaceAll(/\S+/g, '${$&}');
const END = Date.parse('2026-06-01T00:00:00.000Z') / 1000;

let cloud: Awaited<ReturnType<typeof simulated>>;
let eni: { readonly id: string; readonly address: string };
beforeAll(async () => {
  cloud = await simulated();
  await cloud.link();
  await cloud.settle();
  const { interfaces = [] } = await cloud.driver.observe({ all: true, checks: true }, cloud.ctx);
  const found = interfaces.find(({ linkId }) => linkId !== undefined);
  eni = { id: found?.id ?? '', address: found?.addresses[0] ?? '' };
});

/** A flow log of the interface, or of its VPC. */
function addFlowLog(more: object = {}): string {
  const { FlowLogIds } = cloud.call('ec2', 'CreateFlowLogs', {
    ResourceType: 'NetworkInterface',
    ResourceIds: [eni.id],
    TrafficType: 'ALL',
    LogGroupName: 'flows',
    DeliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/flow-logs',
    ...more,
  });
  return FlowLogIds[0];
}

/** What is read where the log group has these lines; `>` stands for the address of the interface. */
async function flowsOf(lines: readonly string[]) {
  const events = lines.map((line, at) => ({ eventId: String(at), message: line.replaceAll('>', eni.address) }));
  const asked: unknown[] = [];
  const cloudWatchLogs: LogsApi = {
    filterLogEvents: (input) => {
      asked.push(input);
      return Promise.resolve({ events });
    },
  };
  const driver = aws({ region: REGION, clients: { ...cloud.simulation.clients(REGION), cloudWatchLogs } });
  const { interfaces = [], gaps } = await driver.observe({ all: true, checks: true, flowLogs: true }, cloud.ctx);
  return { flows: interfaces.find(({ id }) => id === eni.id)?.flows, asked, gaps };
}

describe('records of flow logs', () => {
  const sent = (port: number, action = 'ACCEPT', at = END) =>
    `2 111122223333 eni > 10.0.9.9 40000 ${port} 6 5 900 ${at - 60} ${at} ${action} OK`;
  const back = (port: number, at = END) =>
    `2 111122223333 eni 10.0.9.9 > ${port} 40000 6 5 900 ${at - 60} ${at} ACCEPT OK`;
  const none = { to: '10.0.9.9', port: 443, sent: 0, refused: 0, answered: 0 };
  const AT = '2026-06-01T00:00:00.000Z';

  it.each<readonly [string, string, readonly string[], object]>([
    ['answers of what was called', DEFAULT, [sent(443), back(443)], { ...none, sent: 1, answered: 1, answeredAt: AT }],
    ['the last of several', DEFAULT, [sent(443), back(443), back(443, END - 60)], { answered: 2, answeredAt: AT }],
    [
      'refused calls',
      DEFAULT,
      [sent(443, 'REJECT'), sent(443, 'REJECT', END - 60)],
      { ...none, refused: 2, refusedAt: AT },
    ],
    ['an order of fields of its own', OWN, [`${END} ACCEPT 443 40000 10.0.9.9 >`], { ...none, sent: 1 }],
  ])('%s', async (_, format, lines, expected) => {
    const FlowLogIds = [addFlowLog({ LogFormat: formatOf(format) })];
    const { flows, asked } = await flowsOf(lines);
    expect(flows).toMatchObject([expected]);
    expect(asked).toMatchObject([{ logGroupName: 'flows', logStreamNamePrefix: `${eni.id}-` }]);
    cloud.call('ec2', 'DeleteFlowLogs', { FlowLogIds });
  });

  it.each([
    ['of UDP', sent(443).replace(' 6 ', ' 17 ')],
    ['without data', '2 111122223333 eni - - - - - - - 1 2 - NODATA'],
    ['of what others sent to it', back(443).replace('ACCEPT', 'REJECT')],
    ['of answers to what was not called', back(443)],
  ])('a record %s is left out', async (_, line) => {
    const FlowLogIds = [addFlowLog()];
    expect((await flowsOf([line])).flows).toEqual([]);
    cloud.call('ec2', 'DeleteFlowLogs', { FlowLogIds });
  });
});

it.each<readonly [string, readonly object[], number]>([
  ['of accepted and of refused traffic are read both', [{ TrafficType: 'ACCEPT' }, { TrafficType: 'REJECT' }], 2],
  ['of refused traffic alone is not read', [{ TrafficType: 'REJECT' }], 0],
  ['of accepted traffic alone is not read', [{ TrafficType: 'ACCEPT' }], 0],
  ['of all traffic is read alone', [{ TrafficType: 'ACCEPT' }, { TrafficType: 'ALL' }], 1],
  ['without the field that is needed is not read', [{ LogFormat: formatOf('srcaddr dstaddr action') }], 0],
  [
    'to S3 is not read',
    [{ LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::logs', LogGroupName: undefined }],
    0,
  ],
])('a flow log %s', async (_, logs, calls) => {
  const FlowLogIds = logs.map((more, at) => addFlowLog({ LogGroupName: `flows-${at}`, ...more }));
  const { asked, flows } = await flowsOf([]);
  expect(asked).toHaveLength(calls);
  expect(flows).toEqual(calls === 0 ? undefined : []);
  cloud.call('ec2', 'DeleteFlowLogs', { FlowLogIds });
});

it.each(['DescribeFlowLogs', 'FilterLogEvents'])(
  'without the permission for %s, there is a gap, and no other list lacks it',
  async (operation) => {
    const FlowLogIds = [addFlowLog()];
    cloud.simulation.faults.add({ operation, kind: 'deny' });
    const driver = aws({ region: REGION, clients: cloud.simulation.clients(REGION) });
    const region = await driver.observe({ all: true, checks: true, flowLogs: true }, cloud.ctx);
    expect(region.gaps).toMatchObject([{ of: 'interfaces', id: 'flow logs', operation }]);
    expect(region.whole).toContain('interfaces');
    expect(region.interfaces?.every(({ flows }) => flows === undefined)).toBe(true);
    cloud.simulation.faults.clear();
    cloud.call('ec2', 'DeleteFlowLogs', { FlowLogIds });
  },
);

it('flow logs are read on request alone, in one call for all interfaces', async () => {
  const count = async (flowLogs: boolean): Promise<number> => {
    const from = cloud.simulation.journal().length;
    await cloud.driver.observe({ all: true, checks: true, flowLogs }, cloud.ctx);
    return cloud.calledSince(from).filter((one) => one === 'DescribeFlowLogs').length;
  };
  expect([await count(false), await count(true)]).toEqual([0, 1]);
});
