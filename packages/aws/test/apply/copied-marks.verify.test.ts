import type { PlanOptions } from '@postern/core/internal/library';
import { ownerTags } from '@postern/core/internal/adapter';
import { linkHash } from '../../../core/src/do/world/resolve/link-identity.js';
import { describe, expect, it } from 'vitest';
import * as runs from '../../../testing/src/conformance/apply/spec-runs.js';
import { OWNER, refusalOf, simulated, specOver } from '../world/simulated.js';
import { httpApi, vpcLink } from '../world/refs.js';

const { applied, idsOf } = runs;

type Cloud = Awaited<ReturnType<typeof simulated>>;

const specOf = (cloud: Cloud) =>
  specOver(cloud, "'GET /orders': t", { id: 'shop-7f3k2q', access: 'allowlist: [10.20.0.0/20]' });

const planOf = (cloud: Cloud, options?: PlanOptions) => runs.planOf(cloud, specOf(cloud), options);
const destroyOf = (cloud: Cloud) => runs.destroyOf(cloud, specOf(cloud), { prune: true });

async function made() {
  const cloud = await simulated();
  await applied(cloud, specOf(cloud), await planOf(cloud));
  const ApiId = cloud.world.gateway.id;
  const [mine] = cloud.call('apigatewayv2', 'GetIntegrations', { ApiId }).Items;
  /** An integration of another owner over the project's link, with a copied description and a target of its own. */
  const copy = (Description = mine.Description) =>
    cloud.call('apigatewayv2', 'CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: mine.ConnectionId,
      IntegrationUri: (cloud.world.targets[1] as { readonly listener: string }).listener,
      PayloadFormatVersion: '1.0',
      Description,
    }).IntegrationId;
  const descriptions = () =>
    new Map<string, string>(
      cloud
        .call('apigatewayv2', 'GetIntegrations', { ApiId })
        .Items.map((one: any) => [one.IntegrationId, one.Description]),
    );
  return { ...cloud, cloud, ApiId, mine, copy, descriptions };
}

describe('apply D9: a copied mark is not accepted, on AWS', () => {
  it('a route and an unused integration with a copied description are kept, by apply and destroy', async () => {
    const { cloud, call, ApiId, copy, descriptions } = await made();
    const used = copy();
    const unused = copy();
    call('apigatewayv2', 'CreateRoute', { ApiId, RouteKey: 'GET /theirs', Target: `integrations/${used}` });
    const plan = await planOf(cloud, { prune: true });
    expect(idsOf(plan)).toEqual([]);
    expect(plan.notes).toContainEqual(expect.stringMatching(/routes that this project does not manage.*GET \/theirs/));
    await applied(cloud, specOf(cloud), await destroyOf(cloud));
    expect([...descriptions().keys()].toSorted()).toEqual([used, unused].toSorted());
    expect(call('apigatewayv2', 'GetRoutes', { ApiId }).Items).toMatchObject([{ RouteKey: 'GET /theirs' }]);
  });

  it('a declared route that points to an integration with a copied mark is refused, and not changed', async () => {
    const { cloud, call, driver, ctx, ApiId, copy, mine } = await made();
    const [route] = call('apigatewayv2', 'GetRoutes', { ApiId }).Items;
    const target = `integrations/${copy()}`;
    call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId: route.RouteId, Target: target });
    await expect(planOf(cloud)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    const use = { target: await driver.targets.resolve(cloud.world.targets[0], {}, ctx), path: 'overwrite' } as const;
    const request = {
      gateway: httpApi(ApiId),
      key: 'GET /orders',
      link: vpcLink(mine.ConnectionId),
      use,
      owner: OWNER,
    };
    expect(await refusalOf(driver.routes.update({ id: route.RouteId }, request, ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect(call('apigatewayv2', 'GetRoutes', { ApiId }).Items).toMatchObject([{ Target: target }]);
  });

  it('a link of others with a correct mark is not deleted: who may only tag cannot have it deleted', async () => {
    const { cloud, call } = await made();
    const shape = { subnetIds: cloud.world.subnetIds.slice(0, 2), securityGroupIds: cloud.world.securityGroupIds };
    const theirs = call('apigatewayv2', 'CreateVpcLink', {
      Name: 'payments-a',
      SubnetIds: shape.subnetIds,
      SecurityGroupIds: shape.securityGroupIds,
    });
    await cloud.settle();
    const linkIds = () => call('apigatewayv2', 'GetVpcLinks', {}).Items.map((one: any) => one.VpcLinkId);
    const before = linkIds();
    for (const integration of ['old-payments-a', 'eu']) {
      const owner = { project: 'shop', spec: 'shop-7f3k2q', integration };
      const ResourceArn = `arn:aws:apigateway:eu-west-1::/vpclinks/${theirs.VpcLinkId}`;
      const Tags = ownerTags({ ...owner, specHash: linkHash(owner, shape) });
      call('apigatewayv2', 'TagResource', { ResourceArn, Tags });
      const plan = await planOf(cloud);
      expect(idsOf(plan)).toEqual([]);
      expect(plan.notes).toContainEqual(
        expect.stringContaining(`its mark says ${integration}, but its name is payments-a`),
      );
      await applied(cloud, specOf(cloud), plan);
      expect(linkIds()).toEqual(before);
    }
    await applied(cloud, specOf(cloud), await destroyOf(cloud));
    expect(linkIds()).toEqual([theirs.VpcLinkId]);
  });

  it('a security group with copied tags is not used as the allowlist and not deleted, and is named', async () => {
    const cloud = await simulated();
    const { call, world } = cloud;
    const { GroupId } = call('ec2', 'CreateSecurityGroup', {
      GroupName: 'theirs',
      Description: 'their group',
      VpcId: world.networkId,
      TagSpecifications: [
        {
          ResourceType: 'security-group',
          Tags: [
            { Key: 'postern:project', Value: 'shop' },
            { Key: 'postern:owner', Value: 'shop-7f3k2q' },
            { Key: 'postern:integration', Value: 'eu' },
          ],
        },
      ],
    });
    const groups = () => call('ec2', 'DescribeSecurityGroups', {}).SecurityGroups as { GroupId: string }[];
    const theirs = () => groups().find((group) => group.GroupId === GroupId);
    const before = theirs();
    await applied(cloud, specOf(cloud), await planOf(cloud));
    const plan = await planOf(cloud);
    expect(plan.notes).toContainEqual(expect.stringContaining(`security group ${GroupId} (theirs) carries the tags`));
    expect(idsOf(plan)).toEqual([]);
    const [link] = call('apigatewayv2', 'GetVpcLinks', {}).Items;
    expect(link.SecurityGroupIds).not.toContain(GroupId);
    await applied(cloud, specOf(cloud), await destroyOf(cloud));
    expect(theirs()).toEqual(before);
    expect(groups().some(({ GroupId: id }) => link.SecurityGroupIds.includes(id))).toBe(false);
  });
});
