// `check` of `postern mcp` beside `postern check`, of the snapshot of 200 links, 2,000 targets and 5,000 rules: a server that is started
// for one call, and a further call of a server that runs. Medians of runs in turn. Goal: an answer within 1.5 times the command.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { checkWorld } from './check/world.mjs';

const TURNS = Number(process.argv[2] ?? 9);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = temporaryFolder('bench-mcp');
const bin = path.join(root, 'packages/cli/dist/bin.js');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const encoder = path.join(folder, 'encode.mjs');
await build({
  stdin: { contents: "export { encodeSnapshot } from './packages/core/src/entries/snapshot.ts';", resolveDir: root },
  outfile: encoder,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { encodeSnapshot } = await import(pathToFileURL(encoder).href);
const { snapshot, spec } = checkWorld(1);
writeFileSync(path.join(folder, 'snapshot.json'), encodeSnapshot(snapshot));
writeFileSync(path.join(folder, 'spec.json'), JSON.stringify(spec));
const files = ['spec.json', '--snapshot', 'snapshot.json'];

async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { took: performance.now() - started, result };
}

async function command() {
  const { status, stderr } = spawnSync(process.execPath, [bin, 'check', ...files], { cwd: folder, encoding: 'utf8' });
  if (status !== 0 && status !== 3) throw new Error(stderr);
}

async function connected() {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const args = [bin, 'mcp', ...files];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: folder, stderr: 'ignore' }));
  return client;
}

async function check(client) {
  const { isError, structuredContent } = await client.callTool({ name: 'check' });
  if (isError) throw new Error('check answered with an error');
  return structuredContent;
}

const running = await connected();
const times = { command: [], start: [], call: [] };
for (let turn = -1; turn < TURNS; turn += 1) {
  const one = await timed(command);
  const cold = await timed(async () => {
    const client = await connected();
    await check(client);
    return client;
  });
  await cold.result.close();
  const warm = await timed(() => check(running));
  if (turn < 0) continue;
  times.command.push(one.took);
  times.start.push(cold.took);
  times.call.push(warm.took);
}
await running.close();

const floor = median(times.command);
console.log(`postern check: ${floor.toFixed(0)} ms`);
for (const [name, text] of [
  ['start', 'postern mcp, started for one check'],
  ['call', 'a further check of the same server'],
])
  console.log(`${text}: ${median(times[name]).toFixed(0)} ms, ${(median(times[name]) / floor).toFixed(2)} x`);
