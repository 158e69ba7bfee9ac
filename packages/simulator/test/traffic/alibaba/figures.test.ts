import { expect, it } from 'vitest';
import { shop } from './shop.js';

const MINUTE = 60_000;
const written = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}/, '');

it('counts calls of each minute that has ended, by stage and API, those that failed apart', async () => {
  const { sim, cloud, host, groupId, ordersId: ApiId } = await shop();
  // To the beginning of a minute.
  await sim.advance(MINUTE - (sim.clock.now() % MINUTE));
  const from = sim.clock.now();
  const period = { StageName: 'RELEASE', StartTime: written(from), EndTime: written(from + 10 * MINUTE) };
  const values = ({ MonitorItem }: any) =>
    MonitorItem.map(({ ItemTime, ItemValue }: any) => `${ItemTime} ${ItemValue}`);
  const ofApi = () => {
    const { CallSuccesses, CallFails } = cloud.cloudapi('DescribeApiQpsData', {
      GroupId: groupId,
      ApiId,
      ...period,
    }) as any;
    return [values(CallSuccesses), values(CallFails)];
  };
  const load = (path: string, perSecond: number) =>
    sim.traffic.load({ gateway: host, paths: [path], perSecond, seconds: 59 });
  load('/orders/1', 2);
  load('/nothing', 1);
  await sim.advance(30_000);
  expect(ofApi()).toEqual([[], []]);
  await sim.advance(30_000);
  const at = written(from);
  expect(ofApi()).toEqual([[`${at} 118`], [`${at} 0`]]);
  // Calls of no API are the group's, too: three a second, in whole numbers.
  expect(values((cloud.cloudapi('DescribeGroupQps', { GroupId: groupId, ...period }) as any).GroupQps)).toEqual([
    `${at} 3`,
  ]);
  expect(() => cloud.cloudapi('DescribeGroupQps', { GroupId: groupId, ...period, EndTime: 'now' })).toThrow(/EndTime/);
});
