// What `npm run fleet` shows, on this machine only: 200 integrations in eight simulated accounts, made by three workers on the engine
// Restate. A worker is killed, and a person approves a wave.
//   node examples/fleet/run.mjs [ACCOUNTS] [LINKS of each]
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { cloud } from '@postern/aws/cloud';
import { clouds } from '@postern/core';
import { specFrom } from '@postern/core/spec';
import { fleetClient, startEngine } from '@postern/fleet';
import { fleetReport, fleetReportHtml } from '@postern/fleet/report';
import { registerWorkers, startWorkerProcesses } from '@postern/fleet/worker';
import { simulate } from '@postern/simulator';
import { buildAccount } from './account.mjs';

const [accountCount = 8, links = 25] = process.argv.slice(2).map(Number);
const SPEED = 40;
const RUN = 'show';
const PORT = 21_000 + (process.pid % 9_000);
const WORKERS = 3;
const CLOUDS = clouds([cloud]);

const heading = (text) => console.log(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length))}`);
const started = Date.now();
const seconds = () => `${((Date.now() - started) / 1_000).toFixed(0)} s`;

heading(`${accountCount} simulated accounts with ${links} integrations each; a minute takes ${60 / SPEED} s`);
const startAt = new Date().toISOString();
const accounts = [];
for (let at = 0; at < accountCount; at += 1) {
  const id = String(111_111_110_001 + at);
  const options = { seed: at + 1, account: id, startAt, clock: { speed: SPEED } };
  const simulation = simulate({ ...options, quotas: { 'vpc-links': 1_000, 'network-interfaces': 10_000 } });
  const spec = specFrom(await buildAccount(simulation, { account: id, links }), { clouds: CLOUDS });
  accounts.push({ id, spec, simulation, server: await simulation.listen() });
}

heading('The engine and three workers');
const engine = await startEngine();
const [{ server }] = accounts;
const servers = accounts.map(({ id, server: { url } }) => [
  id,
  { url, credentials: { accessKeyId: 'AKIASIMULATOR', secretAccessKey: `secret of ${id}` } },
]);
const workers = await startWorkerProcesses({
  program: fileURLToPath(new URL('worker.mjs', import.meta.url)),
  count: WORKERS,
  env: {
    POSTERN_WORKER: JSON.stringify({
      ingress: engine.ingress,
      port: PORT,
      speed: SPEED,
      sinceMs: Date.now(),
      startMs: server.clock.now(),
      clouds: Object.fromEntries(servers),
    }),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  },
});
await registerWorkers(engine.admin, `http://127.0.0.1:${PORT}`);
const client = await fleetClient(engine);
console.log(`Restate at ${engine.ingress}, workers ${workers.pids().join(', ')}`);

const specs = accounts.map(({ id, spec }) => ({ name: id, spec }));
const [canary, ...rest] = specs.map(({ name }) => name);
await client.start({
  run: RUN,
  goal: 'apply',
  specs,
  accounts: accounts.map(({ id }) => ({ id, provider: 'aws', role: `arn:aws:iam::${id}:role/deploy` })),
  waves: [
    { name: 'canary', specs: [canary] },
    { name: 'rest', specs: rest, approval: true },
  ],
  by: 'ada',
  reason: 'CHG-4711',
});

let shown = '';
async function until(holds) {
  for (;;) {
    const state = await client.status(RUN);
    const { specs: ofSpecs, units } = state.counts;
    const line = `${state.state}; specs ${words(ofSpecs)}; units ${words(units)}`;
    if (line !== shown) console.log(`${seconds().padStart(5)}  ${line}`);
    shown = line;
    if (holds(state)) return state;
    await wait(1_000);
  }
}
const words = (counts) =>
  Object.entries(counts)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ') || 'none';

heading('The wave canary: one account');
const { approvals } = await until(({ state }) => state === 'asking');
heading('A person approves the rest');
console.log(approvals.at(-1).question.join('\n'));
await client.approve(RUN, 'wave rest', { by: 'ada', approved: true, reason: 'canary is fine' });
await until(({ counts }) => (counts.units.running ?? 0) > 0);
await wait(3_000);
const [victim] = workers.pids();
process.kill(victim, 'SIGKILL');
console.log(`${seconds().padStart(5)}  worker ${victim} is killed`);
const run = await until(({ endedAt }) => endedAt !== undefined);

heading('The result');
const counts = new Map();
for (const { simulation } of accounts)
  for (const { operation, status } of simulation.journal())
    if (/^Create(?:VpcLink|Integration|Route)$/.test(operation)) {
      const key = `${operation}${status === 429 ? ' refused for pace' : status < 300 ? '' : ` ${status}`}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
for (const [operation, count] of [...counts].toSorted()) console.log(`${String(count).padStart(5)}  ${operation}`);
const events = (await Promise.all(run.specs.map(({ name }) => client.events(RUN, { spec: name })))).flat();
const record = { run, units: await client.units(RUN), events, findings: {} };
const file = path.join(mkdtempSync(path.join(tmpdir(), 'fleet-')), 'report.html');
writeFileSync(file, fleetReportHtml(fleetReport(record, new Date().toISOString())));
console.log(`The report: ${file}`);
await workers.stop();
await engine.stop();
for (const account of accounts) await account.server.close();
heading('What it showed');
const wanted = accountCount * links;
const [linked = 0, integrated = 0, routed = 0] = ['CreateVpcLink', 'CreateIntegration', 'CreateRoute'].map(
  (operation) => counts.get(operation) ?? 0,
);
const twice = [linked, integrated, routed].reduce((sum, count) => sum + Math.max(0, count - wanted), 0);
const sentences = [
  `The run ended as ${run.state} after ${seconds()}: ${run.counts.units.done ?? 0} units are done.`,
  `${linked} links, ${integrated} integrations and ${routed} routes were created for ${wanted} integrations; ${twice} were created twice.`,
  `Worker ${victim} was killed while units were under way. The other workers continued its units.`,
  'The wave rest began after ada had approved it. The report names the approval, and every change.',
  `The pace of CreateVpcLink was kept over all workers: ${counts.get('CreateVpcLink refused for pace') ?? 0} calls were refused.`,
];
for (const sentence of sentences) console.log(sentence);
console.log('Next: docs/fleet.md.');
process.exit(run.state === 'done' ? 0 : 1);
