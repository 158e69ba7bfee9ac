import { expect, it } from 'vitest';
import { alibabaNetwork } from '../alibaba/alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

it('quotas shows use, limit and headroom, and ends with 3 at the threshold', async () => {
  const server = await cloud({ quotas: { 'vpc-links': 4 } });
  const there = await network(server);
  const env = { POSTERN_SIMULATOR: server.url };
  const cwd = folder({ 'postern.yaml': specOf(there) });
  await run(['apply', '--yes'], { cwd, env });
  const { status, out } = await run(['quotas', '--region', 'eu-west-1'], { cwd, env });
  expect(status).toBe(0);
  expect(out).toMatch(/ 25% {2}1 of 4 +3 left +L-608BDCD4 +VPC links V2/);
  expect(await run(['quotas', '--region', 'eu-west-1', '--watch-at', '25'], { cwd, env })).toMatchObject({ status: 3 });
  expect(await run(['quotas', '--region', 'eu-west-1', '--watch-at', '26'], { cwd, env })).toMatchObject({ status: 0 });
  const json = await run(['quotas', '--region', 'eu-west-1', '--json'], { cwd, env });
  expect(JSON.parse(json.out)).toMatchObject({ version: 1, quotas: expect.arrayContaining([]) as unknown });
});

it('quotas does not compare what is not known: a snapshot of a spec', async () => {
  const server = await cloud({ quotas: { 'vpc-links': 1 } });
  const env = { POSTERN_SIMULATOR: server.url };
  const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
  await run(['snapshot', '--spec', 'postern.yaml', '-o', 'now.json'], { cwd, env });
  const { status, err, out } = await run(['quotas', '--snapshot', 'now.json', '--watch-at', '99'], { cwd });
  expect(status).toBe(0);
  expect(err).toMatch(/the use of \d+ quotas is not known/);
  expect(out).toContain('the snapshot has what a spec names only');
});

it('quotas of Alibaba Cloud are defaults, since no API returns them', async () => {
  const server = await cloud();
  await alibabaNetwork(server);
  const env = { POSTERN_SIMULATOR: server.url };
  const { status, out } = await run(['quotas', '--region', 'cn-hangzhou'], { cwd: folder(), env });
  expect(status).toBe(0);
  expect(out).toMatch(/1 of 200 \(default\) +199 left +by request +API groups/);
});

it('quotas refuses a threshold that is no share', async () => {
  expect(await run(['quotas', '--watch-at', '0'])).toMatchObject({ status: 64 });
});
