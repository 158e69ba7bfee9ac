import { PrivateIntegrations } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import * as runs from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

const { applied, failuresOf, idsOf } = runs;

type Cloud = Awaited<ReturnType<typeof simulated>>;

const specOf = (cloud: Cloud, id = 'shop-7f3k2q', link = 'eu') =>
  specOver(cloud, "'GET /orders': t", { id, link, access: 'allowlist: [10.20.0.0/20]' });

const planOf = (cloud: Cloud, spec = specOf(cloud)) => runs.planOf(cloud, spec);
const destroyOf = (cloud: Cloud, spec = specOf(cloud)) => runs.destroyOf(cloud, spec);

/** An applied spec: its link, and the group of its allowlist. */
async function started() {
  const cloud = await simulated();
  await applied(cloud, specOf(cloud), await planOf(cloud));
  const look = async () => (await runs.snapshotOf(cloud, specOf(cloud))).regions[0]!;
  const { links, allowlists } = await look();
  const linkId = links[0]!.id;
  const groupId = allowlists[0]!.securityGroupId!;
  const untagLink = (...TagKeys: string[]) =>
    cloud.call('apigatewayv2', 'UntagResource', {
      ResourceArn: `arn:aws:apigateway:eu-west-1::/vpclinks/${linkId}`,
      TagKeys,
    });
  const untagGroup = (...keys: string[]) =>
    cloud.call('ec2', 'DeleteTags', { Resources: [groupId], Tags: keys.map((Key) => ({ Key })) });
  return { cloud, linkId, groupId, look, untagLink, untagGroup };
}

describe('a link that lost a tag of its mark', () => {
  it.each(sample(['postern:owner', 'postern:spec'], 2))('is completed in place without %s', async (key) => {
    const { cloud, linkId, look, untagLink } = await started();
    untagLink(key);
    const plan = await planOf(cloud);
    expect(idsOf(plan)).toEqual(['mark link eu']);
    await applied(cloud, specOf(cloud), plan);
    expect(idsOf(await planOf(cloud))).toEqual([]);
    expect((await look()).links).toMatchObject([{ id: linkId, owner: { spec: 'shop-7f3k2q', integration: 'eu' } }]);
  });

  it.each(sample(['postern:owner', 'postern:spec'], 2))(
    'is deleted by destroy after it was completed without %s',
    async (key) => {
      const { cloud, look, untagLink } = await started();
      untagLink(key);
      await applied(cloud, specOf(cloud), await planOf(cloud));
      await applied(cloud, specOf(cloud), await destroyOf(cloud));
      expect((await look()).links).toEqual([]);
    },
  );

  it('is deleted by destroy with the group of its allowlist, where its mark names no spec', async () => {
    const { cloud, look, untagLink } = await started();
    untagLink('postern:owner');
    await applied(cloud, specOf(cloud), await destroyOf(cloud));
    const { links, securityGroups } = await look();
    expect([links, securityGroups.filter(({ owner }) => owner !== undefined)]).toEqual([[], []]);
  });

  it('is not taken over by another spec of the project', async () => {
    const { cloud, untagLink } = await started();
    untagLink('postern:owner');
    const other = specOf(cloud, 'shop-other');
    await expect(planOf(cloud, other)).rejects.toMatchObject({ code: 'NOT_OURS' });
    expect(idsOf(await destroyOf(cloud, other))).toEqual([]);
  });

  it('is not replaced while another link carries the whole mark', async () => {
    const { cloud, linkId, groupId, untagLink } = await started();
    const { Items } = cloud.call('apigatewayv2', 'GetVpcLinks', {});
    cloud.call('apigatewayv2', 'CreateVpcLink', {
      Name: 'second',
      SubnetIds: Items[0].SubnetIds,
      SecurityGroupIds: [groupId],
      Tags: Items[0].Tags,
    });
    untagLink('postern:spec');
    const plan = await planOf(cloud);
    expect(idsOf(plan)).not.toContain(`delete link eu (${linkId})`);
    expect(plan.notes.join('\n')).toContain(linkId);
  });
});

describe('the name of the group of an allowlist is in use', () => {
  it.each([
    [['postern:project']],
    [['postern:owner']],
    [['postern:integration']],
    [['postern:project', 'postern:owner', 'postern:integration']],
  ])('the group lost %j: its marks are completed, and the link stays', async (keys) => {
    const { cloud, linkId, groupId, look, untagGroup } = await started();
    untagGroup(...keys);
    const plan = await planOf(cloud);
    expect(idsOf(plan)).toEqual([`mark allowlist eu (${groupId})`]);
    await applied(cloud, specOf(cloud), plan);
    expect(idsOf(await planOf(cloud))).toEqual([]);
    const { links, securityGroups } = await look();
    expect(links.map(({ id }) => id)).toEqual([linkId]);
    expect(securityGroups.find(({ id }) => id === groupId)?.owner).toEqual({
      project: 'shop',
      spec: 'shop-7f3k2q',
      integration: 'eu',
    });
  });

  it('destroy deletes the link and its group, where the group lost a tag', async () => {
    const { cloud, look, untagGroup } = await started();
    untagGroup('postern:project');
    await applied(cloud, specOf(cloud), await destroyOf(cloud));
    const { links, securityGroups } = await look();
    expect([links, securityGroups.filter(({ name }) => name.startsWith('postern-'))]).toEqual([[], []]);
  });

  it('the link was forgotten: apply and ensureLink each create another link, with a group of its own', async () => {
    const { cloud, linkId, groupId, look } = await started();
    const { project, spec } = specOf(cloud);
    const integrations = new PrivateIntegrations(cloud.driver, { project, spec, clock: cloud.ctx.clock });
    const forget = (id: string) => integrations.forget(id);
    await forget(linkId);
    await applied(cloud, specOf(cloud), await planOf(cloud));
    expect(idsOf(await planOf(cloud))).toEqual([]);
    const { links, allowlists } = await look();
    const made = links.find(({ owner }) => owner !== undefined)!;
    expect(links.map(({ id }) => id).toSorted()).toEqual([linkId, made.id].toSorted());
    const list = allowlists.find((one) => one.linkId === made.id)!;
    expect(list.owned).toBe(true);
    expect(list.securityGroupId).not.toBe(groupId);
    await forget(made.id);
    const third = await integrations.ensureLink({
      name: 'eu',
      subnets: cloud.world.subnetIds.slice(0, 2),
      allowlist: ['10.20.0.0/20'],
    });
    expect([linkId, made.id]).not.toContain(third.id);
  });

  it('apply fails where a group of another owner has that name', async () => {
    const { cloud, linkId, groupId } = await started();
    const { project, spec } = specOf(cloud);
    const integrations = new PrivateIntegrations(cloud.driver, { project, spec, clock: cloud.ctx.clock });
    await integrations.forget(linkId);
    cloud.call('ec2', 'CreateTags', { Resources: [groupId], Tags: [{ Key: 'postern:project', Value: 'other' }] });
    const [failed] = await failuresOf(cloud, specOf(cloud), await planOf(cloud));
    expect(failed?.text).toContain('already exists');
  });
});

describe('forget fails halfway', () => {
  it('the next plan keeps the link, and the next forget continues where the first one ended', async () => {
    const { cloud, linkId, groupId, look } = await started();
    const { project, spec } = specOf(cloud);
    const { driver, ctx } = cloud;
    const untag = () => Promise.reject(new Error('denied'));
    const denied = new PrivateIntegrations(
      { ...driver, linkChanges: { ...driver.linkChanges, untag } },
      { project, spec, clock: ctx.clock },
    );
    await expect(denied.forget(linkId)).rejects.toThrow('denied');
    expect(idsOf(await planOf(cloud))).toEqual([`mark allowlist eu (${groupId})`]);
    await new PrivateIntegrations(driver, { project, spec, clock: ctx.clock }).forget(linkId);
    const { links, allowlists } = await look();
    expect([links[0]?.owner, allowlists[0]?.owned]).toEqual([undefined, false]);
  });
});
