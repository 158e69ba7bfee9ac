import { parseSpec } from '../../../core/test/clouds.js';
import type { Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { applied, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { OWNER, simulated } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const specOf = ({ world }: Cloud, subnets: number): Spec =>
  parseSpec(`version: 1
project: ${OWNER.project}
defaults: { region: eu-west-1 }
links:
  ${OWNER.integration}:
    provider: aws
    subnets: [${world.subnetIds.slice(0, subnets).join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
`);

describe('D16b: a replacement needs one more link in the quota', () => {
  it('is refused by the plan where the quota is full, and the other links are planned as before', async () => {
    const cloud = await simulated();
    const { driver, world, call } = cloud;
    const spec = specOf(cloud, 2);
    await applied(cloud, spec, await planOf(cloud, spec));
    for (let index = 1; index < 10; index += 1) {
      await cloud.settle();
      call('apigatewayv2', 'CreateVpcLink', {
        Name: `other-${index}`,
        SubnetIds: world.subnetIds.slice(0, 1),
        SecurityGroupIds: [],
      });
    }
    await cloud.settle();
    expect((await driver.observe({ all: true }, cloud.ctx)).links).toHaveLength(10);
    await expect(planOf(cloud, specOf(cloud, 1))).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
      details: { limit: 10 },
    });
    expect((await planOf(cloud, spec)).units).toEqual([]);
  });
});
