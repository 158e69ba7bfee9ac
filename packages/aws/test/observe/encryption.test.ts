import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { check } from '@postern/core/internal/check';
import { expect, it } from 'vitest';
import { expectSample } from '../../../core/test/check/expect-sample.js';
import { simulated } from '../world/simulated.js';

it.each([
  ['monitored', 'monitor', undefined],
  ['enforced', 'enforce', undefined],
  ['enforced-without-links', 'enforce', 'enable'],
] as const)('a VPC is %s with the mode %s and the exclusion %s', async (wanted, Mode, ApiGatewayV2Exclusion) => {
  const { driver, ctx, call, world, calledSince, simulation } = await simulated();
  const { networkId: VpcId } = world;
  const { VpcEncryptionControlId } = call('ec2', 'CreateVpcEncryptionControl', { VpcId }).VpcEncryptionControl;
  call('ec2', 'ModifyVpcEncryptionControl', { VpcEncryptionControlId, Mode, ApiGatewayV2Exclusion });
  const from = simulation.journal().length;
  const { networks } = await driver.observe({ all: true, checks: true }, ctx);
  expect(networks.map(({ id, encryption }) => [id, encryption])).toContainEqual([VpcId, wanted]);
  expect(networks.filter(({ id }) => id !== VpcId).every(({ encryption }) => encryption === 'none')).toBe(true);
  expect(calledSince(from).filter((one) => one === 'DescribeVpcEncryptionControls')).toHaveLength(1);
  // Plans do not read it.
  const before = simulation.journal().length;
  await driver.observe({ all: true }, ctx);
  expect(calledSince(before)).not.toContain('DescribeVpcEncryptionControls');
});

it('a denied permission is one gap, and no VPC is missing', async () => {
  const { driver, ctx, simulation } = await simulated();
  const { networks: all } = await driver.observe({ all: true, checks: true }, ctx);
  simulation.faults.add({ operation: 'DescribeVpcEncryptionControls', kind: 'deny' });
  const { networks, gaps, whole } = await driver.observe({ all: true, checks: true }, ctx);
  expect(networks.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(networks.every(({ encryption }) => encryption === undefined)).toBe(true);
  expect(gaps).toMatchObject([{ of: 'networks', permission: 'ec2:DescribeVpcEncryptionControls' }]);
  expect(whole).toContain('networks');
});

it('link/encryption: is unknown in a VPC that enforces encryption', async () => {
  const { driver, ctx, call, world } = await simulated();
  const { networkId: VpcId, subnetIds } = world;
  const { VpcEncryptionControlId } = call('ec2', 'CreateVpcEncryptionControl', { VpcId }).VpcEncryptionControl;
  call('ec2', 'ModifyVpcEncryptionControl', { VpcEncryptionControlId, Mode: 'enforce' });
  const region = await driver.observe({ all: true, checks: true }, ctx);
  const snapshot = { version: 1, takenAt: '2026-06-01T00:00:00.000Z', regions: [region] } as const;
  const link = { provider: 'aws', region: region.region, subnets: subnetIds };
  const spec = parseSpec(JSON.stringify({ version: 1, project: 'shop', links: { eu: link } }));
  const found = check(snapshot, spec, { clouds: CLOUDS }).findings.find((one) => one.check === 'link/encryption');
  expect(found).toMatchObject({ verdict: 'unknown', severity: 'warning' });
  await expectSample(found!);
});
