// The simulator over HTTP against a bare node:http server that parses and answers the same JSON, in one run: requests a second,
// keep-alive, one process (and core, where taskset is at hand) for the server and one for the load. moto's server joins in where
// `moto_server` is on the path. Throttling and quotas are off. Needs built packages: npm run build.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const SECONDS = Number(process.env.POSTERN_BENCH_SECONDS ?? 2);
const ROUNDS = 3;
const CONNECTIONS = 32;
const MOTO_CONNECTIONS = 8;
const here = path.dirname(fileURLToPath(import.meta.url));
const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
if (pinned) spawnSync('taskset', ['-cp', '1', String(process.pid)]);

const authorization = (service) =>
  `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260601/eu-west-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;
const json = { authorization: authorization('apigateway'), 'content-type': 'application/json' };
const form = { authorization: authorization('ec2'), 'content-type': 'application/x-www-form-urlencoded' };

async function start(command, args) {
  const [file, all] = pinned ? ['taskset', ['-c', '0', command, ...args]] : [command, args];
  const child = spawn(file, all, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), stop: () => child.kill() };
}

async function send(url, { method, path: target, headers, body }) {
  const response = await fetch(url + target, { method, headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${target}: ${response.status} ${text}`);
  return text;
}

async function rate(url, { method, path: target, headers, body }) {
  const result = await autocannon({
    url: url + target,
    method,
    headers,
    body,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${target}: ${result.non2xx} refused, ${result.errors} broken`);
  return result['2xx'] / result.duration;
}

/** For a server that closes every connection, which autocannon does not take well: one request after the other, `lanes` at once. */
async function plainRate(url, { method, path: target, headers, body }, lanes) {
  const end = performance.now() + SECONDS * 1000;
  let count = 0;
  const lane = async () => {
    while (performance.now() < end) {
      await new Promise((resolve, reject) => {
        const sent = request(url + target, {
          method,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        });
        sent.on('response', (response) => response.resume().on('end', resolve)).on('error', reject);
        sent.end(body);
      });
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return count / SECONDS;
}

const simulator = await start(process.execPath, [path.join(here, 'simulator', 'postern-server.mjs')]);
const ec2 = (body) => ({ method: 'POST', path: '/', headers: form, body: `${body}&Version=2016-11-15` });
const idOf = (text, tag) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(text)[1];
const vpcId = idOf(await send(simulator.url, ec2('Action=CreateVpc&CidrBlock=10.0.0.0/16')), 'vpcId');
const subnetId = idOf(
  await send(
    simulator.url,
    ec2(`Action=CreateSubnet&VpcId=${vpcId}&CidrBlock=10.0.0.0/16&AvailabilityZone=eu-west-1a`),
  ),
  'subnetId',
);

const create = {
  method: 'POST',
  path: '/v2/vpclinks',
  headers: json,
  body: JSON.stringify({ name: 'orders', subnetIds: [subnetId], securityGroupIds: [], tags: { team: 'payments' } }),
};
const created = await send(simulator.url, create);
const get = { method: 'GET', path: `/v2/vpclinks/${JSON.parse(created).vpcLinkId}`, headers: json };
const describe = ec2(`Action=DescribeSubnets&SubnetId.1=${subnetId}`);

// A REST API of a few methods, deployed. Only reads are timed: writes to one API exclude each other.
const rest = (method, path, body) => ({ method, path, headers: json, ...(body && { body: JSON.stringify(body) }) });
const { id: apiId, rootResourceId } = JSON.parse(
  await send(simulator.url, rest('POST', '/restapis', { name: 'orders' })),
);
const methods = `/restapis/${apiId}/resources/${rootResourceId}/methods`;
for (const verb of ['GET', 'POST', 'DELETE']) {
  await send(simulator.url, rest('PUT', `${methods}/${verb}`, { authorizationType: 'NONE' }));
  await send(simulator.url, rest('PUT', `${methods}/${verb}/integration`, { type: 'MOCK' }));
}
const getRestApi = rest('GET', `/restapis/${apiId}`);
const getResources = rest('GET', `/restapis/${apiId}/resources?embed=methods&limit=500`);
const getStages = rest('GET', `/restapis/${apiId}/stages`);
await send(simulator.url, rest('POST', `/restapis/${apiId}/deployments`, { stageName: 'prod' }));

const bare = await start(process.execPath, [path.join(here, 'simulator', 'bare-server.mjs'), created]);
const figures = [];
for (let round = 0; round <= ROUNDS; round += 1) {
  const figure = {
    bare: await rate(bare.url, { ...create, path: '/' }),
    CreateVpcLink: await rate(simulator.url, create),
    GetVpcLink: await rate(simulator.url, get),
    DescribeSubnets: await rate(simulator.url, describe),
    GetRestApi: await rate(simulator.url, getRestApi),
    GetResources: await rate(simulator.url, getResources),
    GetStages: await rate(simulator.url, getStages),
  };
  if (round > 0) figures.push(figure); // the first warms up
}
bare.stop();
simulator.stop();

const median = (numbers) => numbers.toSorted((x, y) => x - y)[Math.floor(numbers.length / 2)];
const middle = (name) => median(figures.map((figure) => figure[name]));
console.log(`bare node:http, JSON in and out    ${middle('bare').toFixed(0).padStart(7)} /s`);
const floors = {
  CreateVpcLink: 1 / 3,
  GetVpcLink: 1 / 3,
  DescribeSubnets: 1 / 4,
  GetRestApi: 1 / 3,
  GetResources: 1 / 3,
  GetStages: 1 / 3,
};
for (const [name, floor] of Object.entries(floors)) {
  // each round's ratio for itself: a machine whose speed drifts changes both sides alike
  const ratio = median(figures.map((figure) => figure[name] / figure.bare));
  const verdict = ratio >= floor ? 'holds' : 'MISSED';
  console.log(
    `${name.padEnd(34)} ${middle(name).toFixed(0).padStart(7)} /s   ${ratio.toFixed(2)} of bare (at least ${floor.toFixed(2)}: ${verdict})`,
  );
}

if (spawnSync('moto_server', ['--version']).error)
  console.log('moto_server is not on the path: no comparison with it.');
else await compareWithMoto(middle('CreateVpcLink'));

async function compareWithMoto(ours) {
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  try {
    for (let attempt = 0; ; attempt += 1) {
      const up = await fetch(`${url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (up) break;
      if (attempt === 100) throw new Error('moto_server does not answer');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await send(url, create);
    const theirs = await plainRate(url, create, MOTO_CONNECTIONS);
    const ratio = ours / theirs;
    const verdict = ratio >= 15 ? 'holds' : 'MISSED';
    console.log(
      `${'moto_server, CreateVpcLink'.padEnd(34)} ${theirs.toFixed(0).padStart(7)} /s   ours is ${ratio.toFixed(1)} times that (at least 15: ${verdict})`,
    );
  } finally {
    moto.kill();
  }
}
