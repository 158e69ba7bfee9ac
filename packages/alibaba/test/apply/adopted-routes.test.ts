import { driversOf, type Plan, type Spec } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec, planForget } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

const ids = ({ units }: Plan) => units.flatMap((unit) => unit.steps.map(({ id }) => id.replace(/ on \w{6,}$/, '')));

/** A group with two APIs that others made by hand: published, with a description, a timeout and a parameter of theirs. */
async function scene(description = 'the orders of the shop') {
  const cloud = await simulated({ throttle: false });
  const { driver, ctx, call, world, link } = cloud;
  const linkId = await link({ owner: { project: 'network', integration: 'main' } });
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
  const specOf = (port = 80, adopt = true): Spec =>
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
    adopt: ${adopt}
    targets: { t: { instance: ${InstanceId}, port: ${port} } }
    routes: { 'GET /a': t, 'GET /b': t }
`);
  const observed = (spec: Spec) => observeSpec(spec, driversOf(driver), ctx, { all: true });
  const run = async (spec: Spec, plan: Plan): Promise<readonly string[]> => {
    const failed: string[] = [];
    const options = { spec, drivers: driversOf(driver), context: ctx, ignoreFindings: ['*'] };
    for await (const event of apply(plan, { ...options, judge })) {
      if (event.type === 'step.failed')
        failed.push(`${event.error.code}: ${event.error.message} ${event.error.remedy}`);
    }
    return failed;
  };
  const plan = async (spec: Spec) => diff(await observed(spec), spec);
  return { ...cloud, specOf, observed, run, plan, state };
}

describe('contact M4: APIs that exist', () => {
  it('are adopted by their mark alone, nothing is published, and forget restores what was there', async () => {
    const { specOf, plan, run, state, observed, calledSince, simulation } = await scene();
    const spec = specOf();
    const before = state();
    const first = await plan(spec);
    expect(ids(first)).toEqual(['adopt route GET /a', 'adopt route GET /b']);
    const from = simulation.journal().length;
    expect(await run(spec, first)).toEqual([]);
    expect(calledSince(from).filter((operation) => !/^(?:Describe|List)/.test(operation))).toEqual([
      'ModifyApi',
      'ModifyApi',
    ]);
    expect(JSON.stringify(state())).toContain('postern:shop@pay-7f3k2q/pay');
    expect(ids(await plan(spec))).toEqual([]);
    expect(ids(await plan(specOf(80, false)))).toEqual([]);
    expect(await run(spec, planForget(await observed(spec), spec))).toEqual([]);
    expect(state()).toEqual(before);
  });

  it('get another target after that, and keep what the spec does not declare', async () => {
    const { specOf, plan, run, state, observed } = await scene();
    expect(await run(specOf(), await plan(specOf()))).toEqual([]);
    const spec = specOf(443);
    const next = await plan(spec);
    expect(ids(next)).toEqual(['retarget route GET /a', 'retarget route GET /b']);
    expect(await run(spec, next)).toEqual([]);
    expect(ids(await plan(spec))).toEqual([]);
    for (const [draft, live] of state()) {
      for (const one of [draft, live])
        expect(one).toMatchObject({
          AuthType: 'APP',
          ServiceConfig: { ServiceTimeout: 29_000, VpcConfig: { Name: 'by-hand-443' } },
          ConstantParameters: { ConstantParameter: [{ ServiceParameterName: 'x-shop' }] },
        });
    }
    expect(await run(spec, planForget(await observed(spec), spec))).toEqual([]);
    expect(state().map(([draft]) => draft!['Description'])).toEqual(Array(2).fill('the orders of the shop'));
  });

  it('are refused with what differs', async () => {
    const { specOf, plan } = await scene();
    await expect(plan(specOf(443))).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      message: expect.stringMatching(/cannot be adopted.*target is by-hand-80, declared is by-hand-443/),
      remedy: expect.stringContaining('import --adopt'),
    });
  });

  it('are not adopted where the mark does not fit beside the description', async () => {
    const { specOf, plan, run, state } = await scene('x'.repeat(170));
    const before = state();
    const failed = await run(specOf(), await plan(specOf()));
    expect(failed).toEqual(
      Array(2).fill(expect.stringMatching(/^UNSUPPORTED: .*170 characters Shorten the description to \d+ /)),
    );
    expect(state()).toEqual(before);
  });
});
