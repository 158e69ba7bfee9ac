import { parseSpec } from '../../../../core/test/clouds.js';
import { PrivateIntegrations } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { expect, it } from 'vitest';
import { runInstance } from '../../../../simulator/test/alibaba/ecs/account.js';
import { REGION, shop } from '../../../../simulator/test/traffic/alibaba/shop.js';
import { alibaba } from '../../../src/index.js';

type Fields = Readonly<Record<string, any>>;

it('publishes an API again that others published around its declared target', async () => {
  const { sim, cloud, vpcId: VpcId, vSwitches, groups, serverId, linkId, groupId } = await shop();
  const at = { VSwitchId: vSwitches.back, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.3.11' };
  cloud.cloudapi('SetVpcAccess', { Name: 'other', VpcId, InstanceId: runInstance(cloud, at), Port: 80 });
  await sim.advance(3_600_000);
  const spec = parseSpec(`version: 1
project: shop
spec: shop-7f3k2q
links: { main: { provider: alibaba, region: ${REGION}, id: ${linkId} } }
integrations:
  items:
    link: main
    gateway: { apiGroup: ${groupId}, stages: [RELEASE] }
    targets: { server: { instance: ${serverId}, port: 80, path: keep } }
    routes: { 'POST /items': server }
`);
  const gate = () =>
    new PrivateIntegrations(alibaba({ region: REGION, api: sim.alibaba(REGION) }), {
      judge,
      project: 'shop',
      spec: 'shop-7f3k2q',
      clock: sim.clock,
    });
  const applied = async (): Promise<void> => {
    const one = gate();
    for await (const event of one.apply(await one.plan(spec), { ignoreFindings: ['*'] }))
      if (event.type === 'step.failed') throw event.error;
  };
  const failing = async () =>
    (await gate().check(spec)).findings
      .filter((one) => one.verdict === 'fail' && one.check === 'gateway/live-route')
      .map(({ code, message }) => `${code}: ${message}`);
  const call = (action: string, input: Fields): Fields => cloud.cloudapi(action, { GroupId: groupId, ...input });

  await applied();
  expect((await gate().plan(spec)).units).toEqual([]);
  const { ApiId } = call('DescribeApis', { ApiPath: '/items' })['ApiSummarys'].ApiSummary[0];
  const { ApiName, Description, RequestConfig, ServiceConfig } = call('DescribeApi', { ApiId });
  const pointTo = async (Name: string): Promise<void> => {
    await sim.advance(5_000);
    call('ModifyApi', {
      ApiId,
      ApiName,
      Description,
      Visibility: 'PRIVATE',
      AuthType: 'ANONYMOUS',
      RequestConfig: JSON.stringify(RequestConfig),
      ServiceConfig: JSON.stringify({ ...ServiceConfig, VpcConfig: { Name } }),
    });
    await sim.advance(5_000);
  };
  const { Name } = ServiceConfig.VpcConfig;
  await pointTo('other');
  // Whether a publication shows the description of the API or one of its own is not documented [U].
  call('DeployApi', { ApiId, StageName: 'RELEASE', Description });
  await pointTo(Name);

  expect(await failing()).toEqual([expect.stringMatching(/^ROUTE_DIFFERS: .*target on RELEASE is other/)]);
  const steps = (await gate().plan(spec)).units.flatMap((unit) => unit.steps);
  expect(steps.map(({ id, changes }) => [id, changes])).toEqual([
    [`retarget route POST /items on ${groupId}`, [{ field: 'stages', from: 'none', to: 'RELEASE' }]],
  ]);
  await applied();
  expect(await failing()).toEqual([]);
  expect((await gate().plan(spec)).units).toEqual([]);
});
