import { expect, it } from 'vitest';
import { awsScene, awsStage, REGION } from '../../testing/test/checks/aws-account.js';
import { cloud, folder, run } from './run-command.js';

it('postern migrate validate names the route, its integration, and the routes that would go along', async () => {
  const stage = awsStage(await awsScene());
  const { api, groups, subnets } = stage.parts;
  const from = stage.link();
  const { VpcLinkId: to } = stage.call('apigatewayv2', 'CreateVpcLink', {
    Name: 'next',
    SecurityGroupIds: [groups.link],
    SubnetIds: [subnets.a, subnets.b],
  });
  await stage.wait();
  const [{ Target }] = stage.call('apigatewayv2', 'GetRoutes', { ApiId: api }).Items;
  stage.call('apigatewayv2', 'CreateRoute', { ApiId: api, RouteKey: 'GET /other', Target });
  const integration = String(Target).replace('integrations/', '');
  const server = await cloud();
  server.simulation.load(stage.simulation.world());
  const env = { POSTERN_SIMULATOR: server.url };
  const move = [
    'migrate',
    'validate',
    '--provider',
    'aws',
    '--region',
    REGION,
    '--api',
    api,
    '--from',
    from,
    '--to',
    to,
  ];

  const { out, status } = await run([...move, '--route', 'ANY /orders'], { cwd: folder(), env });
  expect(status).toBe(0);
  expect(out).toContain('! migrate/shared-integration');
  expect(out.replaceAll(/\s+/g, ' ')).toContain(
    `ANY /orders leads through integration ${integration}, which GET /other uses, too: to put it on ${to} moves both`,
  );
  expect(out).toContain(`on the resource whose id is ${integration}`);
  expect(out.trimEnd()).toMatch(new RegExp(`✓ ANY /orders of shop \\(${api}\\) → ${to} may go ahead$`));
});
