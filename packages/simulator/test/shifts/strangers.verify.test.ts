import type { Analysis } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { REGION } from '../../../aws/test/world/simulated.js';
import { PROVE } from '../../../core/test/runs.js';
import { callRoa, genericClient } from '../alibaba/official-clients.js';
import { REGION as SHANGHAI } from '../alibaba/apig/apig-account.js';
import { awsCli, awsEnvironment, missingTool, run } from '../shows/tools.js';
import { routeShop } from './route-shop.js';
import { shifted, shiftingShop, worker } from './scene.js';

/** It starts each client a few times, and few machines have them. */
const reason = PROVE ? (missingTool('aws') ?? missingTool('python3')) : 'npm run prove runs it';

const BOTO3 = `
import boto3, json, sys
groups = boto3.client("elbv2").describe_listeners(ListenerArns=[sys.argv[1]])["Listeners"][0]["DefaultActions"][0]
print(json.dumps({g["TargetGroupArn"].split("/")[1]: g["Weight"] for g in groups["ForwardConfig"]["TargetGroups"]}))
`;

describe.skipIf(reason !== undefined)(`clients of others${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  it('see the shares of each step, and a change of theirs stops the shift', { timeout: 300_000 }, async () => {
    const shop = await shiftingShop();
    const server = await shop.simulation.listen();
    try {
      const { aws } = awsCli(server.url, REGION);
      const env = awsEnvironment(server.url, REGION);
      const seen: unknown[] = [];
      const analysis: Analysis = async ({ percent }) => {
        const [listener] = (await aws(`elbv2 describe-listeners --listener-arns ${shop.listener}`)).Listeners;
        const groups: any[] = listener.DefaultActions[0].ForwardConfig.TargetGroups;
        const byCli = groups.map(({ Weight }) => Weight as number);
        const { stdout, stderr } = await run('python3', ['-c', BOTO3, shop.listener], { env });
        if (stdout === '') throw new Error(stderr);
        seen.push([percent, byCli, JSON.parse(stdout)]);
        if (percent === 25) {
          const config = { TargetGroups: [{ TargetGroupArn: shop.blue }, { TargetGroupArn: shop.green }] };
          const actions = JSON.stringify([{ Type: 'forward', ForwardConfig: config }]);
          await aws('elbv2', 'modify-listener', '--listener-arn', shop.listener, '--default-actions', actions);
        }
        return { ok: true, because: 'asked' };
      };
      const { result } = await shifted(shop, worker(shop), { analysis, pauseMs: 1_000 });
      expect(seen).toEqual([
        [5, [95, 5], { orders: 95, green: 5 }],
        [25, [75, 25], { orders: 75, green: 25 }],
      ]);
      expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
      expect(shop.weights()).toEqual({ orders: 1, green: 1 });
    } finally {
      await server.close();
    }
  });
});

it("Alibaba Cloud's own client sees the shares of each step, and a change of its stops the shift", async () => {
  const shop = await routeShop();
  const server = await shop.simulation.listen();
  try {
    const client = genericClient(server.url);
    const call = async (method: string, path: string, body?: object) =>
      (await callRoa(client, SHANGHAI, method, `/v1/${path}`, { body })).body.data;
    const routes = shop.parts.map((part) => `http-apis/${shop.apiId}/routes/${part}`);
    const namesOf = async () => {
      const { items } = await call('GET', `services?gatewayId=${shop.gatewayId}`);
      return new Map<string, string>(items.map(({ serviceId, name }: any) => [serviceId, name]));
    };
    const seen: unknown[] = [];
    const analysis: Analysis = async ({ percent }) => {
      const names = await namesOf();
      const rows: any[] = [];
      for (const path of routes) rows.push(await call('GET', path));
      const shares = rows.map(({ backend }) =>
        backend.services.map((one: any) => [names.get(one.serviceId), one.weight]),
      );
      seen.push([percent, ...shares, rows.map(({ deployStatus }) => deployStatus)]);
      const services = rows[0].backend.services.map((one: any) => ({ ...one, weight: 50 }));
      await call('PUT', routes[0] ?? '', { backendConfig: { scene: 'MultiServiceByRatio', services } });
      return { ok: true, because: 'asked' };
    };
    const { result } = await shifted(shop, worker(shop), { analysis, pauseMs: 1_000 });
    const shares = [
      ['server', 80],
      ['green', 20],
    ];
    expect(seen).toEqual([[20, shares, shares, ['Deployed', 'Deployed']]]);
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect((await shop.shares())[0]).toEqual({ server: 50, green: 50 });
  } finally {
    await server.close();
  }
});
