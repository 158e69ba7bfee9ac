// The installed command: on files (a snapshot of a simulated region, and a spec in YAML that adopts its link), and twice on the simulated
// cloud itself, since what a second run finds compiled must load the adapters, too.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { aws } from '@postern/aws';
import { PrivateIntegrations } from '@postern/core';
import { encodeSnapshot } from '@postern/core/snapshot';
import { simulate } from '@postern/simulator';

const region = 'eu-west-1';
const simulation = simulate({ seed: 7, clock: 'auto' });
const clients = simulation.clients(region);
const { Subnets } = await clients.ec2.describeSubnets({});
const { SecurityGroups } = await clients.ec2.describeSecurityGroups({});
const gate = new PrivateIntegrations(aws({ region, clients }), { project: 'shop', clock: simulation.clock });
const wanted = { subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId) };
const { id } = await gate.ensureLink({ name: 'eu', ...wanted, securityGroups: [SecurityGroups[0].GroupId] });
writeFileSync('snapshot.json', encodeSnapshot(await gate.observe({ checks: true })));
writeFileSync(
  'postern.yaml',
  `version: 1\nproject: shop\nspec: shop\nlinks:\n  eu: { provider: aws, region: ${region}, id: ${id} }\nintegrations: {}\n`,
);
writeFileSync('blocks.txt', '10.0.0.0/9\n10.128.0.0/9\n');

const manifest = createRequire(import.meta.url).resolve('postern/package.json');
const bin = path.join(path.dirname(manifest), 'dist', 'bin.js');
const server = await simulation.listen();
const env = { ...process.env, POSTERN_SIMULATOR: server.url, XDG_CACHE_HOME: path.resolve('cache') };
const run = promisify(execFile);
for (const [args, expected] of [
  [['check', '--snapshot', 'snapshot.json'], / passed/],
  [['check'], / passed/],
  [['check'], / passed/],
  [['check', '--junit', '--snapshot', 'snapshot.json'], /^<\?xml /],
  [['snapshot', 'diff', 'snapshot.json', 'snapshot.json'], /./],
  [['cidr', 'merge', 'blocks.txt'], /^10\.0\.0\.0\/8\n$/],
]) {
  const { stdout, stderr } = await run(process.execPath, [bin, ...args], { encoding: 'utf8', env });
  if (!expected.test(stdout) || /Warning/.test(stderr))
    throw new Error(`postern ${args.join(' ')}\n${stdout}${stderr}`);
}
await server.close();
