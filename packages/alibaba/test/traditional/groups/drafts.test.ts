import { describe, expect, it } from 'vitest';
import { blockEntry } from '../../../src/traditional/instances/connect-blocks.js';
import { groupRef, instanceRef } from '../../world/refs.js';
import { OWNER, simulated } from '../../world/simulated.js';

type Scene = Awaited<ReturnType<typeof scene>>;

/** A group with `count` routes of two integrations, each created and published, a second ago. */
async function scene(count: number) {
  const cloud = await simulated({ throttle: false });
  const { driver, ctx, world, link, simulation } = cloud;
  const linkId = await link();
  const targets = [
    await driver.targetResources.create(instanceRef(linkId), world.targets[0], { ...OWNER, name: 'a' }, ctx),
    await driver.targetResources.create(instanceRef(linkId), world.targets[1], { ...OWNER, name: 'b' }, ctx),
  ] as const;
  const requestOf = (index: number) =>
    ({
      gateway: groupRef(world.gateway.id),
      key: index % 3 === 0 ? `GET /r${index}/{id}/{rest+}` : `ANY /r${index}`,
      link: instanceRef(linkId),
      use: { target: targets[index % 2 === 0 ? 0 : 1], path: index % 5 === 0 ? 'keep' : 'overwrite' },
      owner: { ...OWNER, integration: `part${index % 2}` },
      stages: ['RELEASE', 'TEST'],
    }) as const;
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push((await driver.routes.create(requestOf(index), ctx)).id);
  }
  await simulation.advance(1_000); // the times of the service are in seconds
  const GroupId = world.gateway.id;
  const observe = async (more: { readonly all?: boolean; readonly checks?: boolean } = {}) => {
    const { gateways, gaps } = await driver.observe({ gateways: [{ apiGroup: GroupId }], ...more }, ctx);
    expect(gaps).toEqual([]);
    return gateways.find(({ id }) => id === GroupId)?.routes ?? [];
  };
  const callsOf = async (work: () => Promise<unknown>) => {
    const from = simulation.journal().length;
    await work();
    return cloud.calledSince(from);
  };
  return { ...cloud, ids, requestOf, observe, callsOf, GroupId, targets, linkId };
}

const numberOf = (calls: readonly string[], operation: string) => calls.filter((one) => one === operation).length;

/** Changes a member of a draft by hand, and keeps its description with the mark. */
function editByHand({ call, GroupId }: Scene, ApiId: string, changed: object, more: object = {}) {
  const { RequestConfig, ServiceConfig, ApiName, Description } = call('CloudAPI', 'DescribeApi', { GroupId, ApiId });
  call('CloudAPI', 'ModifyApi', {
    GroupId,
    ApiId,
    ApiName,
    Description,
    Visibility: 'PRIVATE',
    RequestConfig: JSON.stringify(RequestConfig),
    ServiceConfig: JSON.stringify({ ...ServiceConfig, ...changed }),
    ...more,
  });
  return Description;
}

describe('the drafts of a group that nobody has changed', () => {
  it('are known from the list, with what a reading of each shows', async () => {
    const { observe, callsOf, ids } = await scene(11);
    const read = await observe({ all: true, checks: true });
    expect(read.map(({ id }) => id)).toEqual(ids);
    let known = read;
    const calls = await callsOf(async () => (known = await observe({ checks: true })));
    expect(numberOf(calls, 'DescribeApi')).toBe(0);
    // For each authorization and stage one, with which the list is compared.
    expect(numberOf(calls, 'DescribeDeployedApi')).toBe(4);
    expect(numberOf(calls, 'DescribeApisByVpcAccess')).toBe(2);
    const portable = (routes: typeof read) => routes.map(({ raw: _raw, ...route }) => route);
    expect(portable(known)).toEqual(portable(read));
    // What a simulated world is made from is the same, too.
    expect(definitionsIn(known)).toEqual(definitionsIn(read));
  });

  it('are read where the whole region is', async () => {
    const { observe, callsOf } = await scene(3);
    const calls = await callsOf(() => observe({ all: true, checks: true }));
    expect(numberOf(calls, 'DescribeApi')).toBe(3);
    expect(numberOf(calls, 'DescribeDeployedApi')).toBe(6);
  });

  it('are found among many authorizations', async () => {
    const { call, world, observe, callsOf, driver, ctx, linkId, requestOf } = await scene(0);
    const many = Array.from({ length: 60 }, (_, index) => 9_000 + index);
    for (const Port of many)
      call('CloudAPI', 'SetVpcAccess', { VpcId: world.networkId, InstanceId: '10.0.0.9', Port, Name: `other-${Port}` });
    const owner = { ...OWNER, name: 'late' };
    const target = await driver.targetResources.create(
      instanceRef(linkId),
      { ...world.targets[0], port: 443 },
      owner,
      ctx,
    );
    await driver.routes.create({ ...requestOf(1), owner, use: { target, path: 'keep' } }, ctx);
    const calls = await callsOf(async () => expect((await observe())[0]?.targetId).toBe(target.id));
    expect(numberOf(calls, 'DescribeApi')).toBe(0);
  });

  it('are found by the address that one of their integration calls', async () => {
    const { driver, ctx, requestOf, observe, callsOf, linkId } = await scene(0);
    await driver.allowlist.allow(instanceRef(linkId), [blockEntry('10.0.7.0/24')], ctx);
    const target = { kind: 'address', id: '10.0.7.7:8080', raw: null } as const;
    for (const index of [1, 3, 5, 7]) {
      await driver.routes.create({ ...requestOf(index), use: { target, path: 'overwrite' } }, ctx);
    }
    const calls = await callsOf(async () => {
      expect((await observe()).map(({ targetId }) => targetId)).toEqual(Array.from({ length: 4 }, () => target.id));
    });
    expect(numberOf(calls, 'DescribeApi')).toBe(1);
  });
});

describe('a change of a draft by hand is found', () => {
  it.each([
    ['another authorization', (of: Scene) => ({ VpcConfig: { Name: of.targets[1].id } })],
    ['another scheme', (of: Scene) => ({ VpcConfig: { Name: of.targets[0].id, VpcScheme: 'HTTPS' } })],
    ['another method', () => ({ ServiceHttpMethod: 'POST' })],
    ['another path', () => ({ ServicePath: '' })],
    ['Mock mode', () => ({ Mock: 'TRUE', MockResult: 'ok' })],
  ])('%s, published with the same description or not', async (_, changed) => {
    const of = await scene(5);
    const { observe, ids, call, GroupId } = of;
    const before = await observe({ checks: true });
    const Description = editByHand(of, ids[2] ?? '', changed(of));
    const drafted = await observe();
    expect(drafted).not.toEqual(before);
    expect(drafted[2]?.stages).toEqual([]);
    call('CloudAPI', 'DeployApi', { GroupId, ApiId: ids[2] ?? '', StageName: 'RELEASE', Description });
    for (const more of [{}, { checks: true }]) {
      const after = await observe(more);
      const read = await observe({ ...more, all: true });
      const portable = (routes: typeof read) =>
        routes.map(({ targetId, tls, path, method }) => ({ targetId, tls, path, method }));
      expect(portable(after)).toEqual(portable(read));
      expect(portable(after)[2]).not.toEqual(portable(before)[2]);
    }
  });

  it('and who may call it', async () => {
    const of = await scene(3);
    const { observe, ids } = of;
    editByHand(of, ids[1] ?? '', {}, { AuthType: 'APP' });
    expect((await observe({ checks: true })).map(({ authorization }) => authorization)).toEqual([
      'ANONYMOUS',
      'APP, ANONYMOUS on RELEASE, ANONYMOUS on TEST',
      'ANONYMOUS',
    ]);
  });
});

describe('a draft that Postern has changed', () => {
  /** The third route calls the other target since then. */
  const changed = async () => {
    const of = await scene(5);
    const { driver, ctx, ids, requestOf, targets, simulation } = of;
    const use = { target: targets[1], path: 'overwrite' } as const;
    await driver.routes.update({ id: ids[2] ?? '' }, { ...requestOf(2), use }, ctx);
    await simulation.advance(1_000);
    return { ...of, id: ids[2] ?? '' };
  };

  it('is known from the lists, as what each stage serves of it', async () => {
    const { observe, callsOf, targets } = await changed();
    const calls = await callsOf(async () => {
      const routes = await observe({ checks: true });
      expect(routes[2]).toMatchObject({ targetId: targets[1].id, publishedTargets: { RELEASE: targets[1].id } });
      expect(routes[2]?.stages).toEqual(['RELEASE', 'TEST']);
    });
    expect(numberOf(calls, 'DescribeApi')).toBe(0);
    expect(numberOf(calls, 'DescribeDeployedApi')).toBe(4);
  });

  it('is read after a change by hand, published with the same description', async () => {
    const of = await changed();
    const { observe, callsOf, call, GroupId, id, targets } = of;
    const shown = call('CloudAPI', 'DescribeDeployedApis', { GroupId, ApiId: id, StageName: 'RELEASE' });
    editByHand(of, id, { VpcConfig: { Name: targets[0].id } });
    const [{ Description }] = shown.DeployedApis.DeployedApiItem;
    call('CloudAPI', 'DeployApi', { GroupId, ApiId: id, StageName: 'RELEASE', Description });
    const calls = await callsOf(async () => {
      const routes = await observe({ checks: true });
      expect(routes[2]).toMatchObject({ targetId: targets[0].id });
      expect(routes[2]?.publishedTargets).toEqual({ RELEASE: targets[0].id, TEST: targets[1].id });
    });
    expect(numberOf(calls, 'DescribeApi')).toBe(1);
  });

  it('is read on the stage that serves a former version of it', async () => {
    const { observe, callsOf, call, GroupId, id, targets } = await changed();
    const { ApiHisItems } = call('CloudAPI', 'DescribeHistoryApis', { GroupId, ApiId: id, StageName: 'TEST' });
    const { HistoryVersion } = ApiHisItems.ApiHisItem.at(-1);
    call('CloudAPI', 'SwitchApi', { GroupId, ApiId: id, StageName: 'TEST', HistoryVersion, Description: 'back' });
    const calls = await callsOf(async () => {
      const routes = await observe({ checks: true });
      expect(routes[2]?.publishedTargets).toEqual({ RELEASE: targets[1].id, TEST: targets[0].id });
    });
    expect(numberOf(calls, 'DescribeApi')).toBe(0);
    expect(numberOf(calls, 'DescribeDeployedApi')).toBe(5);
  });

  it('and that has what no definition of Postern has is read', async () => {
    const of = await scene(3);
    const { driver, ctx, requestOf, targets, ids, observe, callsOf, simulation } = of;
    editByHand(of, ids[1] ?? '', {}, { AuthType: 'APP' });
    const use = { target: targets[0], path: 'overwrite' } as const;
    await driver.routes.update({ id: ids[1] ?? '' }, { ...requestOf(1), use }, ctx);
    await simulation.advance(1_000);
    const calls = await callsOf(async () => {
      expect((await observe({ checks: true }))[1]?.authorization).toBe('APP');
    });
    expect(numberOf(calls, 'DescribeApi')).toBe(1);
  });
});

describe('what is published of a draft that nobody has changed', () => {
  it('is not shown by a stage that it was removed from', async () => {
    const { observe, ids, call, GroupId } = await scene(3);
    call('CloudAPI', 'AbolishApi', { GroupId, ApiId: ids[1] ?? '', StageName: 'TEST' });
    const routes = await observe({ checks: true });
    expect(routes.map(({ stages }) => stages)).toEqual([['RELEASE', 'TEST'], ['RELEASE'], ['RELEASE', 'TEST']]);
    expect(Object.keys(routes[1]?.publishedTargets ?? {})).toEqual(['RELEASE']);
  });

  it('is read where its authorization was replaced', async () => {
    const { observe, call, targets, callsOf, world } = await scene(4);
    const access = call('CloudAPI', 'DescribeVpcAccesses', {}).VpcAccessAttributes.VpcAccessAttribute.find(
      ({ Name }: { readonly Name: string }) => Name === targets[0].id,
    );
    const { VpcId, InstanceId, Port, Name, Description } = access;
    call('CloudAPI', 'RemoveVpcAccess', { VpcId, InstanceId, Port });
    call('CloudAPI', 'SetVpcAccess', { VpcId, InstanceId, Port: Port + 1, Name, Description });
    expect(world.gateway.id).not.toBe('');
    let routes: Awaited<ReturnType<typeof observe>> = [];
    const calls = await callsOf(async () => (routes = await observe({ checks: true })));
    expect(routes[0]?.publishedTargets).toEqual({});
    expect(routes[2]?.publishedTargets).toEqual({});
    expect(Object.keys(routes[1]?.publishedTargets ?? {})).toEqual(['RELEASE', 'TEST']);
    expect(numberOf(calls, 'DescribeDeployedApi')).toBe(6);
  });

  it('is read where the credentials may not list the users of an authorization', async () => {
    const { observe, simulation, callsOf } = await scene(4);
    const read = (await observe({ checks: true })).map(({ publishedTargets }) => publishedTargets);
    simulation.faults.add({ operation: 'DescribeApisByVpcAccess', kind: 'deny' });
    const calls = await callsOf(async () => {
      expect((await observe({ checks: true })).map(({ publishedTargets }) => publishedTargets)).toEqual(read);
    });
    expect(numberOf(calls, 'DescribeDeployedApi')).toBe(8);
  });
});

function definitionsIn(routes: readonly { readonly raw: unknown }[]) {
  return routes.map(({ raw }) => {
    const { draft, published, shown } = raw as Record<string, Record<string, Record<string, unknown>>>;
    const form = ({
      ApiName,
      Description,
      Visibility,
      AuthType,
      RequestConfig,
      ServiceConfig,
    }: Record<string, unknown>) => ({
      ApiName,
      Description,
      Visibility,
      AuthType,
      RequestConfig,
      ServiceConfig,
    });
    const stages = Object.entries(published ?? {}).map(([stage, one]) => [stage, form(one)]);
    return { draft: form(draft ?? {}), published: Object.fromEntries(stages), shown };
  });
}
