// The installed command, on files: a snapshot of a simulated region, and a spec in YAML that adopts its link.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { aws } from '@postern/aws';
import { encodeSnapshot, PrivateIntegrations } from '@postern/core';
import { simulate } from '@postern/testing';

const region = 'eu-west-1';
const simulation = simulate({ seed: 7, clock: 'auto' });
const clients = simulation.clients(region);
const { Subnets } = await clients.ec2.describeSubnets({});
const { SecurityGroups } = await clients.ec2.describeSecurityGroups({});
const gate = new PrivateIntegrations(aws({ region, clients }), { project: 'shop', clock: simulation.clock });
const wanted = { subnetIds: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId) };
const { id } = await gate.ensureLink({ name: 'eu', ...wanted, securityGroupIds: [SecurityGroups[0].GroupId] });
writeFileSync('snapshot.json', encodeSnapshot(await gate.observe({ checks: true })));
writeFileSync(
  'postern.yaml',
  `version: 1\nproject: shop\nlinks:\n  eu: { provider: aws, region: ${region}, id: ${id} }\nintegrations: {}\n`,
);
writeFileSync('blocks.txt', '10.0.0.0/9\n10.128.0.0/9\n');

const manifest = createRequire(import.meta.url).resolve('postern/package.json');
const bin = path.join(path.dirname(manifest), 'dist', 'bin.js');
for (const [args, expected] of [
  [['check', '--snapshot', 'snapshot.json'], / passed/],
  [['snapshot', 'diff', 'snapshot.json', 'snapshot.json'], /./],
  [['cidr', 'merge', 'blocks.txt'], /^10\.0\.0\.0\/8\n$/],
]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  if (status !== 0 || !expected.test(stdout))
    throw new Error(`postern ${args.join(' ')}: ${status}\n${stdout}${stderr}`);
}
