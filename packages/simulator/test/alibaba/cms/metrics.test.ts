import { describe, expect, it } from 'vitest';
import { apigAccount, newGateway } from '../apig/apig-account.js';

const MINUTE = 60_000;

/** A gateway that runs at the beginning of a minute, and its metrics since then. */
async function monitored() {
  const account = apigAccount();
  const { sim } = account;
  const { gatewayId } = await newGateway(account);
  const { data } = await account.get(`/v1/gateways/${gatewayId}`);
  const host = data.loadBalancers[0].address as string;
  await sim.advance(MINUTE - (sim.clock.now() % MINUTE));
  const from = sim.clock.now();
  const usual = {
    Namespace: 'acs_cnapigateway',
    MetricName: 'EnvoyClientActiveConnection',
    Dimensions: JSON.stringify([{ instanceId: gatewayId }]),
    // After the start: the first minute is one of them.
    StartTime: String(from - 1),
    EndTime: String(from + 10 * MINUTE),
  };
  const list = (more: object = {}) => account.cms('DescribeMetricList', { ...usual, ...more });
  return { ...account, gatewayId, host, from, list };
}

describe('metrics of gateways', () => {
  it('have a point for each minute that has ended, on pages', async () => {
    const { sim, gatewayId, host, from, list } = await monitored();
    await sim.advance(30_000);
    expect(JSON.parse((await list())['Datapoints'])).toEqual([]);
    for (let call = 0; call < 3; call += 1) await sim.traffic.call({ host, path: '/nothing' });
    await sim.advance(1.5 * MINUTE);
    const point = (at: number, value: number) => ({
      timestamp: at,
      userId: expect.any(String),
      regionId: 'cn-hangzhou',
      instanceId: gatewayId,
      Minimum: value,
      Average: value,
      Maximum: value,
    });
    const first = await list({ Length: 1 });
    expect(first).toMatchObject({ Code: '200', Success: true, Period: '60' });
    expect(JSON.parse(first['Datapoints'])).toEqual([point(from, 3)]);
    const { Datapoints, NextToken } = await list({ Length: 1, NextToken: first['NextToken'] });
    expect([JSON.parse(Datapoints), NextToken]).toEqual([[point(from + MINUTE, 0)], undefined]);
    const opened = await list({ MetricName: 'EnvoyClientNewConnection', StartTime: String(from - MINUTE) });
    expect(JSON.parse(opened['Datapoints'])).toEqual([point(from, 0.05), point(from + MINUTE, 0)]);
    expect(JSON.parse((await list({ StartTime: String(from) }))['Datapoints'])).toEqual([point(from + MINUTE, 0)]);
    const none = { Dimensions: '{"instanceId":"gw-none"}' };
    expect(JSON.parse((await list(none))['Datapoints'])).toEqual([]);
  });

  it.each([
    [{ MetricName: 'EnvoyRequests' }, 404, 'ResourceNotFound'],
    [{ MetricName: undefined }, 400, 'MissingParameter'],
    [{ MetricName: 'EnvoyCpuUsageRate' }, 501, 'NotImplemented'],
    [{ Namespace: 'acs_ecs_dashboard' }, 501, 'NotImplemented'],
    [{ Period: '61' }, 400, 'InvalidParameter'],
    [{ Period: '300' }, 501, 'NotImplemented'],
    [{ Dimensions: 'gw-1' }, 400, 'InvalidParameter'],
    [{ Dimensions: '[{"gatewayId":"gw-1"}]' }, 400, 'InvalidParameter'],
    [{ Dimensions: '[{"instanceId":"gw-1","zone":"j"}]' }, 400, 'InvalidParameter'],
    [{ StartTime: 'now' }, 400, 'InvalidParameter'],
    [{ StartTime: '2026-11-26 00:00:00' }, 501, 'NotImplemented'],
    [{ EndTime: undefined }, 501, 'NotImplemented'],
    [{ EndTime: '1000000000000' }, 400, 'InvalidParameter'],
    [{ StartTime: '1500000000000' }, 400, 'InvalidParameter'],
    [{ Length: 1_441 }, 400, 'InvalidParameter'],
    [{ NextToken: 'none' }, 400, 'InvalidNextToken'],
    [{ Express: '{"groupby":["userId"]}' }, 400, 'UnsupportedParameter'],
  ])('refuse %j', async (more, statusCode, code) => {
    const { list, refusal } = await monitored();
    expect(await refusal(list(more))).toEqual({ statusCode, code });
  });

  it('name the action of RAM where they are denied', async () => {
    const { sim, list } = await monitored();
    sim.faults.add({ service: 'cms', operation: 'DescribeMetricList', kind: 'deny' });
    await expect(list()).rejects.toMatchObject({ data: { AccessDeniedDetail: { AuthAction: 'cms:QueryMetricList' } } });
  });
});
