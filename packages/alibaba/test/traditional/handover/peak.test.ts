import { assess, handoverReader } from '../../../src/traditional/handover/internal.js';
import { expect, it } from 'vitest';
import { REGION, simulated } from '../../world/simulated.js';
import { definition } from './shop.js';

/** A group on an instance of its own, whose one API answers by itself. */
async function ownInstance() {
  const cloud = await simulated();
  const { call, simulation, ctx } = cloud;
  const InstanceId = await cloud.link();
  const { GroupId, SubDomain: host } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'peaks', InstanceId });
  const made = definition('/ping', { Mock: 'TRUE', MockResult: 'pong' }, { AuthType: 'ANONYMOUS' });
  const { ApiId } = call('CloudAPI', 'CreateApi', { GroupId, ...made });
  call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'd' });
  await simulation.advance(60_000);
  const reader = handoverReader({ region: REGION, api: simulation.alibaba(REGION) });
  const read = () => reader.read({ groupId: GroupId }, ctx);
  const callTimes = async (times: number) => {
    for (let at = 0; at < times; at += 1) {
      expect((await simulation.traffic.call({ host, path: '/ping', method: 'GET' })).status).toBe(200);
    }
    await simulation.advance(60_000);
  };
  return { ...cloud, read, callTimes };
}

it('reads the peak of the instance from its own figures, and assesses the target by it', async () => {
  const { read, callTimes, simulation } = await ownInstance();
  // No figure at all may also mean that none were kept.
  expect((await read()).instance?.peak).toBeUndefined();
  await callTimes(120);
  await callTimes(300);
  const source = await read();
  expect(source.instance?.peak).toMatchObject({ requestsPerSecond: 5, newConnections: 5 });
  const target = {
    id: 'gw-1',
    name: 'shop',
    region: REGION,
    vpcId: 'vpc-1',
    vSwitchIds: [],
    status: 'Running',
    type: 'API',
    spec: 'apigw.small.x1',
    access: ['Internet'],
  } as const;
  const codes = assess(source, { targets: [target] }).items.map(({ code }) => code);
  expect(codes).toContain('PEAK_FITS');
  simulation.faults.add({ service: 'cloudapi', operation: 'DescribeInstanceNewConnections', kind: 'deny' });
  expect(Object.keys((await read()).instance?.peak ?? {})).toEqual(['requestsPerSecond', 'from', 'to']);
  simulation.faults.add({ service: 'cloudapi', operation: 'DescribeInstanceQps', kind: 'deny' });
  expect((await read()).instance?.peak).toBeUndefined();
});
