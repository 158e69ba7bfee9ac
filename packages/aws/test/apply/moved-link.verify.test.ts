import { PrivateIntegrations, type Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { applied, destroyOf, failuresOf, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

/** `formerly`: the key that the link had before. */
const specOf = (cloud: Cloud, link: string, formerly?: string): Spec =>
  specOver(cloud, "'GET /pay': t", {
    id: 'pay-7f3k2q',
    more: formerly === undefined ? '' : `moved: [{ from: links.${formerly}, to: links.${link} }]`,
    link,
    subnets: cloud.world.subnetIds.slice(0, 1),
    access: 'name: pay, allowlist: [10.20.0.0/20]',
    name: 'pay',
  });

async function made() {
  const cloud = await simulated();
  const spec = specOf(cloud, 'old');
  await applied(cloud, spec, await planOf(cloud, spec));
  const { links } = await cloud.driver.observe({ all: true, project: 'shop' }, cloud.ctx);
  return { cloud, linkId: links[0]?.id ?? '' };
}

describe('a link whose name in the spec changes, on AWS', () => {
  it('is the same link after a run that ended between the writes of its two marks', async () => {
    const { cloud } = await made();
    const spec = specOf(cloud, 'new', 'old');
    const { driver } = cloud;
    const tag = () => Promise.reject(new Error('killed'));
    const stopping = { ...driver, linkChanges: { ...driver.linkChanges, tag } };
    const stopped = await failuresOf(cloud, spec, await planOf(cloud, spec), { driver: stopping });
    expect(stopped).toHaveLength(1);
    const plan = await planOf(cloud, spec);
    expect(stepsOf(plan).map(({ id }) => id)).toEqual(['move link new']);
    await applied(cloud, spec, plan);
    expect(stepsOf(await planOf(cloud, spec))).toEqual([]);
  });

  it('frees its name for another link with an allowlist, each time a link is renamed', async () => {
    const { cloud } = await made();
    const step = async (links: Readonly<Record<string, string | undefined>>): Promise<void> => {
      const named = Object.entries(links).map(([name, formerly]) => specOf(cloud, name, formerly));
      const spec = {
        ...named[0]!,
        links: Object.assign({}, ...named.map((one) => one.links)) as Spec['links'],
        moved: named.flatMap(({ moved = [] }) => moved),
      };
      await applied(cloud, spec, await planOf(cloud, spec));
      expect(stepsOf(await planOf(cloud, spec))).toEqual([]);
    };
    await step({ second: 'old' });
    await step({ second: undefined, old: undefined });
    await step({ second: undefined, third: 'old' });
    await step({ second: undefined, third: undefined, old: undefined });
    const { allowlists, securityGroups } = await cloud.driver.observe({ all: true, project: 'shop' }, cloud.ctx);
    expect(allowlists.map(({ owned }) => owned)).toEqual([true, true, true]);
    const names = securityGroups.flatMap(({ name, owner }) => (owner === undefined ? [] : [[name, owner.integration]]));
    expect(names.toSorted()).toEqual([
      ['postern-shop-pay-7f3k2q-old', 'second'],
      ['postern-shop-pay-7f3k2q-old:2', 'third'],
      ['postern-shop-pay-7f3k2q-old:3', 'old'],
    ]);
    const spec = specOf(cloud, 'old');
    const destroy = await destroyOf(cloud, spec);
    await applied(cloud, spec, destroy);
    const rest = await cloud.driver.observe({ all: true, project: 'shop' }, cloud.ctx);
    expect([rest.links, rest.securityGroups.filter(({ owner }) => owner !== undefined)]).toEqual([[], []]);
  });

  it('fails where a group of another owner has the name of its group', async () => {
    const cloud = await simulated();
    cloud.call('ec2', 'CreateSecurityGroup', {
      GroupName: 'postern-shop-pay-7f3k2q-old',
      Description: 'theirs',
      VpcId: cloud.world.networkId,
    });
    const spec = specOf(cloud, 'old');
    expect(await failuresOf(cloud, spec, await planOf(cloud, spec))).toHaveLength(1);
    const { securityGroups } = await cloud.driver.observe({ all: true, project: 'shop' }, cloud.ctx);
    expect(securityGroups.filter(({ owner }) => owner !== undefined)).toEqual([]);
  });

  it('is forgotten: its marks are removed; the link, its rules and its routes are kept', async () => {
    const { cloud, linkId } = await made();
    const { driver, ctx } = cloud;
    const gate = new PrivateIntegrations(driver, { ...ctx, project: 'shop', spec: 'pay-7f3k2q' });
    const stranger = new PrivateIntegrations(driver, { ...ctx, project: 'shop', spec: 'other' });
    await expect(stranger.forget(linkId)).rejects.toMatchObject({ code: 'NOT_OURS' });
    const before = await driver.observe({ all: true, project: 'shop' }, ctx);
    expect(await gate.forget(linkId)).toEqual([
      'postern:project',
      'postern:owner',
      'postern:integration',
      'postern:spec',
    ]);
    expect(await gate.forget(linkId)).toEqual([]);
    const after = await driver.observe({ all: true, project: 'shop' }, ctx);
    expect(after.links).toMatchObject([{ id: linkId, owner: undefined, tags: {}, state: 'ready' }]);
    expect(after.gateways[0]?.routes).toEqual(before.gateways[0]?.routes);
    expect(after.securityGroups.map(({ rules }) => rules)).toEqual(before.securityGroups.map(({ rules }) => rules));
    expect(JSON.stringify(after.securityGroups)).not.toContain('postern:project');
    const [step] = stepsOf(await planOf(cloud, specOf(cloud, 'old')));
    expect(step).toMatchObject({ id: 'create link old' });
  });
});
