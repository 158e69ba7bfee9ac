import type { Snapshot } from '@postern/core/internal/library';
import { expect, it } from 'vitest';
import { cloud, folder, network, run } from '../run-command.js';

it('an import reads the deployments of the spec whose identity it keeps, and its plan deploys nothing', async () => {
  const server = await cloud();
  const there = await network(server);
  const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
  await apiGatewayV2.createStage({ ApiId: there.api, StageName: 'prod', AutoDeploy: false });
  const text = `version: 1
project: shop
spec: shop-aaaaaa
links:
  main: { provider: aws, region: eu-west-1, subnets: [${there.subnets.join(', ')}] }
integrations:
  orders:
    link: main
    gateway: { httpApi: ${there.api} }
    targets: { orders: { listener: ${there.listener} } }
    routes: { 'ANY /orders': orders }
`;
  const env = { POSTERN_SIMULATOR: server.url };
  expect(await run(['apply', '--yes'], { cwd: folder({ 'postern.yaml': text }), env })).toMatchObject({ status: 0 });
  const cwd = folder({});
  const importing = ['import', '--region', 'eu-west-1', '--project', 'shop', '--json', '-o', 'postern.yaml'];
  const { regions } = JSON.parse((await run(importing, { cwd, env })).out) as Snapshot;
  const stages = regions.flatMap(({ gateways }) => gateways.flatMap((one) => one.stages));
  expect(stages.find(({ name }) => name === 'prod')?.deployed).toMatch(/^postern:shop@shop-aaaaaa\//);
  const plan = await run(['plan', '--detailed-exitcode'], { cwd, env });
  expect(plan).toMatchObject({ status: 0, out: expect.stringContaining('No changes') });
});
