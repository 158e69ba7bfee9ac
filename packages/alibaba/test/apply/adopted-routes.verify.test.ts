import { parseSpec } from '../../../core/test/clouds.js';
import type { Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { adoptedAndForgotten, forgotten } from '../../../testing/test/adapters/adopted-routes.js';
import { applied, failuresOf, idsOf, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated } from '../world/simulated.js';

/** A group with two APIs that others made by hand: published, with a description, a timeout and a parameter of theirs. */
async function scene(description = 'the orders of the shop') {
  const cloud = await simulated({ throttle: false });
  const { call, world, link } = cloud;
  const linkId = await link({ owner: { project: 'network', spec: 'network', integration: 'main' } });
  const GroupId = world.gateway.id;
  const [balancer] = world.targets as unknown as readonly { readonly instance: string }[];
  const InstanceId = balancer!.instance;
  call('CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: linkId });
  await cloud.simulation.advance(600_000);
  for (const Port of [80, 443])
    call('CloudAPI', 'SetVpcAccess', { Name: `by-hand-${Port}`, VpcId: world.networkId, InstanceId, Port });
  const apis = ['a', 'b'].map((name) => {
    const { ApiId } = call('CloudAPI', 'CreateApi', {
      GroupId,
      ApiName: `hand_${name}`,
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      Description: description,
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP',
        RequestHttpMethod: 'GET',
        RequestPath: `/${name}`,
        RequestMode: 'PASSTHROUGH',
      }),
      ServiceConfig: JSON.stringify({
        ServiceProtocol: 'HTTP',
        ServiceVpcEnable: 'TRUE',
        VpcConfig: { Name: 'by-hand-80', VpcScheme: 'HTTP' },
        ServiceHttpMethod: 'GET',
        ServicePath: `/${name}`,
        ServiceTimeout: 29_000,
        Mock: 'FALSE',
      }),
      ConstantParameters: JSON.stringify([{ ServiceParameterName: 'x-shop', ConstantValue: 'eu', Location: 'HEAD' }]),
    });
    call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
    return ApiId as string;
  });
  /** The drafts, and what callers get. */
  const state = () =>
    apis.map((ApiId) => {
      const draft = call('CloudAPI', 'DescribeApi', { GroupId, ApiId });
      const live = call('CloudAPI', 'DescribeDeployedApi', { GroupId, ApiId, StageName: 'RELEASE' });
      return [draft, live].map(({ RequestId: _request, ModifiedTime: _time, DeployedInfos: _infos, ...rest }) => rest);
    });
  const specOf = (port: number): Spec =>
    parseSpec(`version: 1
project: shop
spec: pay-7f3k2q
defaults: { region: cn-hangzhou }
links:
  main: { provider: alibaba, id: ${linkId}, owner: external }
integrations:
  pay:
    link: main
    gateway: { apiGroup: ${GroupId}, stages: [RELEASE] }
    adopt: true
    targets: { t: { instance: ${InstanceId}, port: ${port} } }
    routes: { 'GET /a': t, 'GET /b': t }
`);
  return { ...cloud, spec: specOf(80), elsewhere: specOf(443), state };
}

describe('APIs that exist', () => {
  it('are adopted by their mark alone, nothing is published, and forget restores what was there', async () => {
    await adoptedAndForgotten(await scene(), ['adopt route GET /a', 'adopt route GET /b'], ['ModifyApi', 'ModifyApi']);
  });

  it('get another target after that, and keep what the spec does not declare', async () => {
    const cloud = await scene();
    const { spec: first, elsewhere: spec, state } = cloud;
    await applied(cloud, first);
    const next = await planOf(cloud, spec);
    expect(idsOf(next)).toEqual(['retarget route GET /a', 'retarget route GET /b']);
    await applied(cloud, spec, next);
    expect(idsOf(await planOf(cloud, spec))).toEqual([]);
    for (const [draft, live] of state()) {
      for (const one of [draft, live])
        expect(one).toMatchObject({
          AuthType: 'APP',
          ServiceConfig: { ServiceTimeout: 29_000, VpcConfig: { Name: 'by-hand-443' } },
          ConstantParameters: { ConstantParameter: [{ ServiceParameterName: 'x-shop' }] },
        });
    }
    await forgotten(cloud, spec);
    expect(state().map(([draft]) => draft!['Description'])).toEqual(Array(2).fill('the orders of the shop'));
  });

  it('are refused with what differs', async () => {
    const cloud = await scene();
    await expect(planOf(cloud, cloud.elsewhere)).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringMatching(/cannot be adopted.*target is by-hand-80, declared is by-hand-443/),
      remedy: expect.stringContaining('import --adopt'),
    });
  });

  it('are not adopted where the mark does not fit beside the description', async () => {
    const cloud = await scene('x'.repeat(170));
    const { spec, state } = cloud;
    const before = state();
    const text = expect.stringMatching(/170 characters Shorten the description to \d+ /);
    const failed = await failuresOf(cloud, spec, await planOf(cloud, spec));
    expect(failed).toMatchObject(['GET /a', 'GET /b'].map(() => ({ code: 'UNSUPPORTED', text })));
    expect(state()).toEqual(before);
  });
});
