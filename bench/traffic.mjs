// Calls to simulated gateways: in process, and over HTTP with a server of the user's own behind them, against a proxy on bare
// node:http in front of the same server, in one run. Needs built packages: npm run build.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { builtWorld } from './traffic/world.mjs';

const SECONDS = Number(process.env.POSTERN_BENCH_SECONDS ?? 2);
const ROUNDS = 3;
const CONNECTIONS = 32;
const IN_PROCESS = 20_000;
const FLOOR = 1 / 3;
const here = path.dirname(fileURLToPath(import.meta.url));
const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const median = (numbers) => numbers.toSorted((x, y) => x - y)[Math.floor(numbers.length / 2)];

async function inProcess() {
  const { sim, gateways } = await builtWorld();
  for (const [name, { host, path: target }] of Object.entries(gateways)) {
    const rates = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const began = performance.now();
      let calls = 0;
      for (; performance.now() - began < SECONDS * 1000; calls += 1) {
        const { outcome } = await sim.traffic.call({ host, path: target });
        if (outcome !== 'delivered') throw new Error(`${name}: ${outcome}`);
      }
      if (round > 0) rates.push((calls * 1000) / (performance.now() - began)); // the first warms up
    }
    const rate = median(rates);
    const verdict = rate >= IN_PROCESS ? 'holds' : 'MISSED';
    console.log(
      `in process, ${name.padEnd(20)} ${rate.toFixed(0).padStart(7)} /s   (at least ${IN_PROCESS}: ${verdict})`,
    );
  }
  const { host, path: target } = gateways['HTTP API'];
  const began = performance.now();
  const job = sim.traffic.load({ gateway: host, paths: [target], perSecond: 100, seconds: 600 });
  await sim.advance(600_000);
  const { calls, lost } = job.status();
  if (lost > 0 || calls !== 60_000) throw new Error(`the load job made ${calls} calls and lost ${lost}`);
  const ms = performance.now() - began;
  console.log(`a load job of 60,000 calls in ten simulated minutes: ${ms.toFixed(0)} ms`);
}

async function start(file, ...args) {
  const script = [path.join(here, 'traffic', file), ...args];
  const [command, all] = pinned ? ['taskset', ['-c', '0', process.execPath, ...script]] : [process.execPath, script];
  const child = spawn(command, all, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { ...JSON.parse(String(line)), stop: () => child.kill() };
}

async function rateOf(url) {
  const {
    '2xx': well,
    non2xx,
    errors,
    duration,
  } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (non2xx > 0 || errors > 0) throw new Error(`${url}: ${non2xx} refused, ${errors} broken`);
  return well / duration;
}

async function overHttp() {
  const backend = await start('backend.mjs');
  const proxy = await start('proxy.mjs', backend.url);
  const simulated = await start('simulated-gateway.mjs', backend.url);
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const figure = { proxy: await rateOf(`${proxy.url}/orders/1`) };
    for (const [name, { host, path: target }] of Object.entries(simulated.gateways)) {
      figure[name] = await rateOf(`${simulated.url}/_postern/gateways/${host}${target}`);
    }
    if (round > 0) rounds.push(figure); // the first warms up
  }
  for (const { stop } of [backend, proxy, simulated]) stop();
  const middle = (name) =>
    median(rounds.map((figure) => figure[name]))
      .toFixed(0)
      .padStart(7);
  console.log(`proxy on bare node:http          ${middle('proxy')} /s`);
  for (const name of Object.keys(simulated.gateways)) {
    const ratio = median(rounds.map((figure) => figure[name] / figure.proxy));
    const verdict = ratio >= FLOOR ? 'holds' : 'MISSED';
    const floor = FLOOR.toFixed(2);
    console.log(
      `over HTTP, ${name.padEnd(20)}  ${middle(name)} /s   ${ratio.toFixed(2)} of the proxy (at least ${floor}: ${verdict})`,
    );
  }
}

await inProcess();
if (pinned) spawnSync('taskset', ['-cp', '1', String(process.pid)]);
await overHttp();
