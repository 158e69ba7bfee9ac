import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { CLOUDS } from '../clouds.mjs';
import { specFrom } from '../../packages/core/dist/spec.js';
import { fleetClient, startEngine } from '../../packages/fleet/dist/index.js';
import { registerWorkers, startWorkerProcesses } from '../../packages/fleet/dist/worker.js';
import { resultOf, startWorld } from './world.mjs';

const WORKER = fileURLToPath(new URL('../../examples/fleet/worker.mjs', import.meta.url));
const WORKERS = 3;
const RUN = 'bench';
const ENGINE_KILLS = 2;
/** A look reads what is known of each spec, which is work of the engine. */
const LOOK_EVERY_MS = 2_000;

/** An engine and workers for a world. */
export async function startFleet(world, { speed, workers: count }) {
  const engine = await startEngine();
  const port = 21_000 + (process.pid % 9_000);
  const credentials = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'simulator' };
  const { startMs, sinceMs } = world;
  const clouds = Object.fromEntries(world.accounts.map(({ id, url }) => [id, { url, credentials }]));
  const workers = await startWorkerProcesses({
    program: WORKER,
    count,
    execArgv: process.execArgv,
    env: {
      POSTERN_WORKER: JSON.stringify({ ingress: engine.ingress, port, speed, sinceMs, startMs, clouds }),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  await registerWorkers(engine.admin, `http://127.0.0.1:${port}`);
  const client = await fleetClient(engine);
  return {
    engine,
    workers,
    client,
    stop: async () => {
      await workers.stop();
      await engine.stop();
    },
  };
}

/** One spec for each account and region, as `fleet.yaml` would select them. */
export function requestOf(world, run) {
  const specs = world.places.map(({ account, region, spec }) => ({
    name: `${account}/${region}`,
    spec: specFrom(spec, { clouds: CLOUDS }),
  }));
  return {
    run,
    goal: 'apply',
    specs,
    accounts: world.accounts.map(({ id }) => ({ id, provider: 'aws', role: `arn:aws:iam::${id}:role/deploy` })),
    waves: [{ name: 'all', specs: specs.map(({ name }) => name) }],
    limits: { concurrency: specs.length },
  };
}

/** Creates so many integrations over the accounts and regions, and measures. */
export async function fleetRun({ links, speed, kills, accounts, tell = () => undefined }) {
  const regions = 4;
  const world = await startWorld({ accounts, regions, links, speed });
  const fleet = await startFleet(world, { speed, workers: WORKERS });
  const { engine, workers, client } = fleet;
  const now = () => world.startMs + (Date.now() - world.sinceMs) * speed;
  const peak = { serverMb: 0, workerMb: 0 };
  const cpu = new Map();
  const killed = { workers: 0, engines: 0 };
  const sample = () => {
    const pids = workers.pids();
    peak.serverMb = Math.max(peak.serverMb, residentMb(engine.pid));
    for (const pid of pids) peak.workerMb = Math.max(peak.workerMb, residentMb(pid));
    for (const pid of [engine.pid, world.pid, process.pid, ...pids]) cpu.set(pid, cpuSeconds(pid));
  };
  const sampling = setInterval(sample, 1_000);
  const startMs = now();
  const expectedMs = ((Math.ceil(links / (accounts * regions)) - 1) * 15_000 + 120_000) / speed;
  await client.start(requestOf(world, RUN));
  const over = new AbortController();
  const killing = kill(fleet, { kills, everyMs: expectedMs / (kills + 1), killed, signal: over.signal });
  let state;
  for (;;) {
    state = await client.status(RUN).catch(() => state); // a killed engine is back soon
    if (state?.endedAt !== undefined) break;
    tell(`${((Date.now() - world.sinceMs) / 1_000).toFixed(0)} s: ${JSON.stringify(state?.counts)}`);
    await wait(LOOK_EVERY_MS);
  }
  const endMs = world.startMs + (Date.parse(state.endedAt) - world.sinceMs) * speed;
  over.abort();
  await killing;
  sample();
  clearInterval(sampling);
  const looked = await world.look();
  const units = Object.values(state.counts.units).reduce((all, count) => all + count, 0);
  const journal = await journalOf(engine.admin);
  const errors = new Map();
  for (const { error } of state.specs) {
    if (error === undefined) continue;
    const why = `${error.code}: ${error.message}`;
    errors.set(why, (errors.get(why) ?? 0) + 1);
  }
  const diskMb = Number(spawnSync('du', ['-sk', engine.folder], { encoding: 'utf8' }).stdout.split('\t')[0]) / 1_024;
  await fleet.stop();
  world.close();
  const roles = { [engine.pid]: 'engine', [world.pid]: 'clouds', [process.pid]: 'bench' };
  const cpuOf = {};
  for (const [pid, used] of cpu) cpuOf[roles[pid] ?? 'workers'] = (cpuOf[roles[pid] ?? 'workers'] ?? 0) + used;
  return {
    state: state.state,
    errors,
    units,
    killed,
    ...peak,
    ...resultOf(looked, { startMs, endMs, speed }),
    unitKb: journal.bytes / units / 1_024,
    unitEntries: journal.entries / units,
    diskMb,
    cpu: cpuOf,
  };
}

/** Ends workers, one after the other, and twice the engine, as a power cut does. */
async function kill({ engine, workers }, { kills, everyMs, killed, signal }) {
  for (let at = 1; at <= kills; at += 1) {
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const pids = workers.pids();
    if (pids.length > 0) {
      process.kill(pids[at % pids.length], 'SIGKILL');
      killed.workers += 1;
    }
    if (at % Math.ceil(kills / (ENGINE_KILLS + 1)) !== 0 || killed.engines === ENGINE_KILLS) continue;
    await engine.kill();
    await engine.restart();
    killed.engines += 1;
  }
}

/** Length of all journals. */
async function journalOf(admin) {
  const query =
    'select i.target_service_name as service, count(*) as entries, sum(j.raw_length) as bytes from sys_journal j join sys_invocation_status i on i.id = j.id group by i.target_service_name';
  const answer = await fetch(`${admin}/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  const { rows } = JSON.parse(text);
  const sum = (member) => rows.reduce((all, row) => all + Number(row[member]), 0);
  return { entries: sum('entries'), bytes: sum('bytes') };
}

function residentMb(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0; // it was killed
  }
}

function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
