import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { simulate } from '@postern/simulator';
import { afterEach, expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import * as inAlibaba from '../tour/network-alibaba.mjs';
import { buildNetwork, clients } from '../quickstart/network.mjs';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The quickstart's networks on both clouds, and its spec in a separate folder. */
async function quickstart() {
  const server = await simulate({ seed: 7, clock: { speed: 3000 }, throttle: false }).listen();
  let closed = false;
  const close = async () => {
    if (!closed) await server.close();
    closed = true;
  };
  cleanups.push(close);
  const cwd = temporaryFolder();
  cpSync(new URL('../tour/postern.yaml', import.meta.url), path.join(cwd, 'postern.yaml'));
  const credentials = { accessKeyId: 'quickstart', secretAccessKey: 'quickstart' };
  const call = inAlibaba.client({
    endpoint: server.url,
    region: 'cn-hangzhou',
    accessKeyId: 'quickstart',
    accessKeySecret: 'quickstart',
  });
  const there = clients({ endpoint: server.url, region: 'eu-west-1', credentials });
  const [eu, cn] = await Promise.all([
    buildNetwork(there, () => undefined),
    inAlibaba.buildNetwork(call, () => undefined),
  ]);
  const postern = async (...argv: string[]) => {
    let [out, err] = ['', ''];
    const status = await main(argv, {
      stdout: { write: (text) => void (out += text), isTerminal: false },
      stderr: { write: (text) => void (err += text), isTerminal: false },
      canAsk: false,
      env: { POSTERN_SIMULATOR: server.url, ORDERS_API: eu.api, ORDERS_GROUP: cn.group, ORDERS_BALANCER: cn.balancer },
      cwd,
      signal: new AbortController().signal,
    });
    return { status, out, err };
  };
  return { close, postern, call, cn, file: (name: string) => path.join(cwd, name) };
}

/** A vSwitch in the CIDR block of the instance, and a spec that puts the link into it. */
async function plantConflict({ call, cn, file }: Awaited<ReturnType<typeof quickstart>>): Promise<string> {
  await call('vpc', 'AssociateVpcCidrBlock', { VpcId: cn.vpc, SecondaryCidrBlock: '192.168.0.0/16' });
  const vSwitch = { ZoneId: 'cn-hangzhou-k', CidrBlock: '192.168.8.0/24', VSwitchName: 'quickstart-planted' };
  const { VSwitchId } = await call('vpc', 'CreateVSwitch', { VpcId: cn.vpc, ...vSwitch });
  const [before, after] = readFileSync(file('postern.yaml'), 'utf8').split('  cn:\n');
  const planted = after
    ?.replace('{ name: quickstart-private-b }', '{ name: quickstart-planted }')
    .replace('    spec: api.s1.small', '    instanceCidr: 192.168.0.0/16\n    spec: api.s1.small');
  writeFileSync(file('postern.yaml'), `${before ?? ''}  cn:\n${planted ?? ''}`);
  return String(VSwitchId);
}

interface Conflict {
  readonly check: string;
  readonly verdict: string;
  readonly severity: string;
  readonly integration: string | null;
  readonly message: string;
  readonly remedy: string;
}

it('reports the conflict that is part of the quickstart, in text, JSON and SARIF, with a remedy', async () => {
  const there = await quickstart();
  const { postern, file } = there;
  const isConflict = ({ check }: { readonly check: string }) => check === 'cidr/instance-block';
  const findings = ({ out }: { readonly out: string }) => (JSON.parse(out) as { findings: Conflict[] }).findings;
  const clean = findings(await postern('check', '--json')).filter(isConflict);
  expect(clean.map(({ verdict }) => verdict)).not.toContain('fail');

  const vSwitch = await plantConflict(there);
  const text = await postern('check');
  expect(text.status).toBe(3);
  expect(text.out).toMatch(/^Current state at 2026-06-01T[^\n]*alibaba cn-hangzhou of account 1111222233334444/);
  const shown = /\norders-cn\n {2}✗ cidr\/instance-block {2}link cn, [^]*?\n {2}\S/.exec(text.out)?.[0] ?? '';
  expect(shown).toContain('192.168.8.0/24');
  expect(shown).toContain(vSwitch);
  expect(shown.replace(/\s+/g, ' ')).toMatch(/→ .*172\.16\.0\.0\/12/);

  const [conflict, ...others] = findings(await postern('check', '--json')).filter(
    (one) => isConflict(one) && one.verdict === 'fail',
  );
  expect(others).toEqual([]);
  expect(conflict).toMatchObject({
    severity: 'error',
    integration: 'orders-cn',
    subject: `link cn, ${vSwitch}`,
    remedy: expect.stringContaining('172.16.0.0/12') as string,
  });

  const sarif = await postern('check', '--sarif', '-o', 'postern.sarif');
  expect(sarif).toMatchObject({ status: 3, out: expect.stringContaining('cidr/instance-block') });
  const [run] = (
    JSON.parse(readFileSync(file('postern.sarif'), 'utf8')) as {
      runs: [{ results: { ruleId: string; level: string; message: { text: string }; locations: unknown }[] }];
    }
  ).runs;
  const line = readFileSync(file('postern.yaml'), 'utf8').split('\n').indexOf('  orders-cn:') + 1;
  expect(
    run.results.filter(({ ruleId, level }) => ruleId === 'cidr/instance-block' && level === 'error'),
  ).toMatchObject([
    {
      message: { text: `link cn, ${vSwitch}: ${conflict?.message ?? ''}\n${conflict?.remedy ?? ''}` },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: 'postern.yaml' }, region: { startLine: line, startColumn: 3 } },
        },
      ],
    },
  ]);

  // After the remedy is applied, the conflict is not reported.
  const spec = readFileSync(file('postern.yaml'), 'utf8');
  writeFileSync(file('postern.yaml'), spec.replace('instanceCidr: 192.168.0.0/16', 'instanceCidr: 172.16.0.0/12'));
  const after = findings(await postern('check', '--json')).filter(isConflict);
  expect(new Set(after.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
}, 60_000);

it('gives the same report from a snapshot without the clouds, byte for byte except the heading', async () => {
  const { postern, file, close } = await quickstart();
  expect((await postern('apply', '--yes', '--allow-purchase')).status).toBe(0);
  expect((await postern('snapshot', '--spec', 'postern.yaml', '-o', 'snapshot.json')).status).toBe(0);
  const { takenAt } = JSON.parse(readFileSync(file('snapshot.json'), 'utf8')) as { takenAt: string };
  const forms = [[], ['--json'], ['--sarif'], ['--junit'], ['--md']];
  const live = await Promise.all(forms.map((form) => postern('check', ...form, '--now', takenAt)));
  const explained = await postern('explain', 'orders-eu');
  await close();
  const body = (text: string) => text.replace(/^(?:Current state at|From) .*\n/, '');
  for (const [at, form] of forms.entries()) {
    const offline = await postern('check', '--snapshot', 'snapshot.json', ...form, '--now', takenAt);
    expect(offline.status).toBe(live[at]?.status);
    expect(body(offline.out)).toBe(body(live[at]?.out ?? ''));
    expect(body(offline.out).length).toBeGreaterThan(500);
  }
  const offline = await postern('explain', 'orders-eu', '--snapshot', 'snapshot.json');
  expect(body(offline.out)).toBe(body(explained.out));
  expect(offline.out).toMatch(/^From snapshot\.json, taken 2026-06-01T/);
}, 60_000);
