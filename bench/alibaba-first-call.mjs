// What a first call to API Gateway of Alibaba Cloud costs (load, sign, send, parse, against loopback), as the increase in time and
// memory over an empty process: the adapter beside the official generated clients (cloudapi, vpc, ecs) for the same call, in one run.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const RUNS = Number(process.argv[2] ?? 9);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const adapter = path.join(root, 'packages', 'alibaba');
const url = (file) => JSON.stringify(pathToFileURL(path.join(root, 'packages', file)).href);

const server = createServer((request, response) => {
  request.resume();
  const identity = { RequestId: 'R', AccountId: '1234567890123456', Arn: 'acs:ram::1234567890123456:user/bench' };
  const instances = {
    RequestId: 'R',
    TotalCount: 1,
    Instances: {
      InstanceAttribute: [
        { InstanceId: 'apigateway-hz-0123456789ab', InstanceType: 'VPC_DEDICATED', Status: 'RUNNING' },
      ],
    },
  };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(request.headers['x-acs-action'] === 'GetCallerIdentity' ? identity : instances));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const endpoint = `127.0.0.1:${server.address().port}`;

const report =
  'process.stdout.write(JSON.stringify({ ms: performance.now(), mb: process.memoryUsage().rss / 2 ** 20 }));';
const keys = "accessKeyId: 'LTAIBENCH', accessKeySecret: 'bench'";
const programs = {
  'an empty process': report,
  'the adapter': `
    const { alibaba } = await import(${url('alibaba/dist/index.js')});
    const { createContext } = await import(${url('core/dist/index.js')});
    const driver = alibaba({ region: 'cn-hangzhou', endpoint: 'http://${endpoint}', ${keys} });
    const [status] = await driver.links.statuses([{ kind: 'integration-instance', id: 'apigateway-hz-0123456789ab' }], createContext());
    if (status?.state !== 'ready') throw new Error('no answer');
    ${report}`,
  'the official clients': `
    const { createRequire } = await import('node:module');
    const load = createRequire(${JSON.stringify(path.join(adapter, 'package.json'))});
    const { default: Cloudapi, DescribeInstancesRequest } = load('@alicloud/cloudapi20160714');
    const { default: Vpc } = load('@alicloud/vpc20160428');
    const { default: Ecs } = load('@alicloud/ecs20140526');
    const config = { ${keys}, endpoint: '${endpoint}', protocol: 'http', regionId: 'cn-hangzhou' };
    const clients = [new Cloudapi(config), new Vpc(config), new Ecs(config)];
    const { body } = await clients[0].describeInstances(new DescribeInstancesRequest({}));
    if (body?.instances?.instanceAttribute?.[0]?.status !== 'RUNNING') throw new Error('no answer');
    ${report}`,
};

const run = promisify(execFile);
const results = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (let round = -1; round < RUNS; round += 1) {
  // In turn, so that a machine whose speed drifts changes all alike.
  for (const [name, program] of Object.entries(programs)) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
    if (round >= 0) results[name].push(JSON.parse(stdout));
  }
}
server.close();

const median = (name, key) => results[name].map((one) => one[key]).toSorted((a, b) => a - b)[Math.floor(RUNS / 2)];
for (const name of Object.keys(programs)) {
  console.log(
    `${name.padEnd(22)} ${median(name, 'ms').toFixed(0).padStart(6)} ms ${median(name, 'mb').toFixed(1).padStart(7)} MB`,
  );
}
const over = (name, key) => median(name, key) - median('an empty process', key);
for (const [key, unit] of [
  ['ms', 'time'],
  ['mb', 'memory'],
]) {
  const share = over('the adapter', key) / over('the official clients', key);
  console.log(`increase in ${unit}: ${share.toFixed(2)} of that of the official clients (at most 0.2)`);
}
