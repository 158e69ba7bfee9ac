import { readFileSync } from 'node:fs';
import path from 'node:path';
import { simulate } from '@postern/simulator';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { runProgram } from './run-program.js';
import { addressed, ownGroup } from '../../packages/simulator/test/migrate/changes.js';
import { definition, openScene, REGION, stageOf, type Stage } from '../../packages/simulator/test/migrate/scene.js';
import { restoreEnvironment } from './environment.js';

const before = { ...process.env };
const cleanups: (() => unknown)[] = [];
let stage: Stage;
beforeEach(async () => {
  stage = stageOf(await openScene());
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.resetModules();
  restoreEnvironment(before);
  process.exitCode = undefined;
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Serves the current state of the scene, and returns a folder for files. */
async function serve() {
  const server = await simulate({ seed: 7, clock: 'auto', throttle: false }).listen();
  cleanups.push(() => server.close());
  server.simulation.load(stage.simulation.world());
  const folder = temporaryFolder();
  const run = async (program: string, env: Readonly<Record<string, string>>) => {
    return runProgram(program, {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'example',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'example',
      ENDPOINT: server.url,
      REGION,
      ...env,
    });
  };
  return { run, server, file: (name: string) => path.join(folder, name) };
}

it('audit-instance writes a page of all API groups of an instance, with names as text', async () => {
  const { call, parts } = stage;
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'stuck', InstanceId: parts.old });
  call('CloudAPI', 'CreateApi', { GroupId, ...definition('/far_away', addressed('http://10.10.30.5:80')) });
  const { run, file } = await serve();
  const { out } = await run('audit-instance/audit.mjs', { FROM: parts.old, TO: parts.next, PAGE: file('audit.html') });
  expect(out.split('\n')).toEqual(['may go    shop', 'must not  stuck', `1 of 2 groups may go: ${file('audit.html')}`]);
  const page = readFileSync(file('audit.html'), 'utf8');
  expect(page).toContain('<title>Postern: 2 migrations</title>');
  expect(page).toContain('migrate/accessible-blocks');
  for (const id of [parts.apiGroup, GroupId, parts.machine]) expect(page).toContain(id);
  expect(page).not.toMatch(/<script|src=|href="(?!#)/);
});

it('validate-from-ci fails until the group may be moved, and keeps the snapshot that it read', async () => {
  const group = await ownGroup(stage);
  const { apiGroup, next } = stage.parts;
  const { run, file, server } = await serve();
  const env = { GROUP: apiGroup, TO: next, SNAPSHOT: file('now.json'), GITHUB_STEP_SUMMARY: file('summary.md') };
  const stopped = await run('validate-from-ci/validate.mjs', env);
  expect(stopped).toMatchObject({ status: 1, out: expect.stringContaining('must not go ahead: 1 error') });
  // What is to be copied is not changed: in the log as text, in the summary as code.
  expect(stopped.out).toContain(`add   ${group}: in tcp 8080 from 10.10.0.0/24, priority 1\n`);
  expect(stopped.out).not.toContain('\\');
  const summary = readFileSync(file('summary.md'), 'utf8');
  expect(summary).toContain('❌ must not go ahead: 1 error');
  expect(summary).toContain(`\`${group}: in tcp 8080 from 10.10.0.0/24, priority 1\``);

  // The command gives the same result from the snapshot, offline.
  let md = '';
  const base = ['migrate', 'validate', '--provider', 'alibaba', '--region', REGION, '--group', apiGroup, '--to', next];
  const status = await main([...base, '--snapshot', 'now.json', '--md'], {
    stdout: { write: (text) => void (md += text), isTerminal: false },
    stderr: { write: () => undefined, isTerminal: false },
    canAsk: false,
    env: {},
    cwd: path.dirname(file('now.json')),
    signal: new AbortController().signal,
  });
  const findings = (text: string) => text.slice(text.indexOf('### shop')).trimEnd();
  expect(status).toBe(3);
  expect(findings(md)).toBe(findings(summary));

  server.simulation.callAlibaba(
    { product: 'Ecs', action: 'AuthorizeSecurityGroup', region: REGION },
    {
      SecurityGroupId: group,
      Permissions: ['10.10.0.0/24', '10.10.1.0/24'].map((SourceCidrIp) => ({
        IpProtocol: 'TCP',
        PortRange: '8080/8080',
        SourceCidrIp,
      })),
    },
  );
  const passed = await run('validate-from-ci/validate.mjs', env);
  expect(passed).toMatchObject({ status: 0, out: expect.stringMatching(/✓ .+ may go ahead\n$/) });
});

it.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ['audit-instance/audit.mjs', { FROM: 'old', TO: '' }, /^migration: to: "" is not a valid ID\n/],
  ['audit-instance/audit.mjs', { FROM: 'apigateway-hz-none', TO: 'next' }, /^no API group is on apigateway-hz-none\n/],
  ['validate-from-ci/validate.mjs', { GROUP: 'none', TO: 'next' }, /^gateway none does not exist in /],
  ['validate-from-ci/validate.mjs', { GROUP: 'group', TO: '' }, /^migration: to: "" is not a valid ID\n/],
])('%s with %j reports what is wrong, without a stack trace', async (program, given, words) => {
  const { apiGroup: group, old, next } = stage.parts;
  const ids: Readonly<Record<string, string>> = { group, old, next };
  const { run, file } = await serve();
  const env = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, ids[value] ?? value]));
  const { status, out, err } = await run(program, {
    ACCEPT: '',
    SNAPSHOT: file('now.json'),
    PAGE: file('a.html'),
    ...env,
  });
  expect([status, out]).toEqual([64, '']);
  expect(err).toMatch(words);
  expect(err).not.toMatch(/^\s+at /m);
});
