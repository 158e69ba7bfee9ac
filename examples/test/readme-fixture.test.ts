import { aws } from '@postern/aws';
import { PrivateIntegrations } from '@postern/core';
import { withClouds } from '@postern/testing/vitest';
import { expect } from 'vitest';

const test = withClouds({ clock: 'auto' });
test('a link is created once', async ({ clouds }) => {
  const clients = clouds.clients('eu-west-1');
  const { Subnets } = await clients.ec2.describeSubnets();
  const driver = aws({ region: 'eu-west-1', clients });
  const gate = new PrivateIntegrations(driver, { project: 'shop', clock: clouds.clock });
  const wanted = { name: 'orders', subnetIds: [Subnets?.[0]?.SubnetId ?? ''] };
  expect((await gate.ensureLink(wanted)).id).toBe((await gate.ensureLink(wanted)).id);
});
