import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

const NEEDS = `provider: aws
region: eu-west-1
services:
  - { name: orders, requestsPerSecond: 50, payloadKb: 8 }
  - { name: partners, requestsPerSecond: 1, payloadKb: 8, features: [usage-plans] }
`;

describe('postern advise', () => {
  it('--example prints needs that it accepts', async () => {
    const { out } = await run(['advise', '--example']);
    const cwd = folder({ 'needs.yaml': out });
    expect(await run(['advise', 'needs.yaml'], { cwd })).toMatchObject({ status: 0, err: '' });
    const json = folder({ 'needs.json': (await run(['advise', '--example', '--json'])).out });
    expect(await run(['advise', 'needs.json'], { cwd: json })).toMatchObject({ status: 0, err: '' });
  });

  it('prints the options, the best first, with what each one costs and reaches first', async () => {
    const { out } = await run(['advise', 'needs.yaml'], { cwd: folder({ 'needs.yaml': NEEDS }) });
    expect(out).toMatch(/^✓ 1\. rest-v1-many-listeners: .*: fits, USD \d/);
    expect(out).toContain(' a month at the prices of us-east-1');
    expect(out).toContain('HTTP API has no usage-plans, needed by partners.');
    expect(out).toContain('what exists in the account is not counted');
    expect(out).toContain('List prices of us-east-1 as of 2026-11-23; those of eu-west-1 are not known.');
  });

  it('--fragment prints a spec that plan accepts', async () => {
    const cwd = folder({ 'needs.yaml': NEEDS });
    const { out } = await run(['advise', 'needs.yaml', '--fragment', 'rest-v2'], { cwd });
    expect(out).toContain('# Set on the API, and not by this spec: usage-plans.');
    expect(out).toMatch(/\nproject: advised\nspec: advised-[a-z0-9]{6}\n/);
    const spec = folder({ 'postern.yaml': out });
    const { status, out: dot } = await run(['graph', 'postern.yaml', '--format', 'dot'], {
      cwd: spec,
      env: { API: 'a1b2c3d4e5' },
    });
    expect(status).toBe(0);
    expect(dot).toContain('ANY /partners/{proxy+}');
  });

  it('ends with 3 where no option certainly fits', async () => {
    const cwd = folder({ 'needs.yaml': `${NEEDS}budgetUsd: 1\n` });
    expect(await run(['advise', 'needs.yaml'], { cwd })).toMatchObject({ status: 3 });
  });

  it.each([
    [['advise'], 'no file of needs, spec or snapshot was given'],
    [['advise', 'needs.yaml', '--fragment', 'http-v2'], 'http-v2 has no spec: HTTP API has no usage-plans'],
    [['advise', 'needs.yaml', '--fragment', 'http'], '"http" is not an option here'],
    [['advise', 'bad.yaml'], 'bad.yaml:3:'],
    [['advise', 'needs.yaml', '--now', '2026-02-30'], '--now'],
  ])('%j is refused', async (argv, text) => {
    const cwd = folder({
      'needs.yaml': NEEDS,
      'bad.yaml': 'provider: aws\nregion: eu-west-1\nservices: [{ name: a, features: [streming] }]\n',
    });
    const { status, err } = await run(argv, { cwd });
    expect(status).toBe(64);
    expect(err).toContain(text);
  });

  it('says what a spec and a snapshot should become, and reads quotas of the account', async () => {
    const server = await cloud({ quotas: { 'vpc-links': 2 } });
    const there = await network(server);
    const env = { POSTERN_SIMULATOR: server.url };
    const cwd = folder({ 'postern.yaml': specOf(there) });
    await run(['apply', '--yes'], { cwd, env });
    await run(['snapshot', '--region', 'eu-west-1', '-o', 'now.json'], { cwd, env });
    const spec = await run(['advise', 'postern.yaml'], { cwd });
    expect(spec.out).toMatch(/^✓ 1\. http-v2/);
    const { out, err } = await run(['advise', '--snapshot', 'now.json', '--json'], { cwd });
    expect(err).toContain('the needs are those of the routes in the snapshot');
    const { options } = JSON.parse(out) as { options: { id: string; binding: unknown }[] };
    expect(options[0]).toMatchObject({
      id: 'http-v2',
      binding: { quota: 'vpc-links', limit: 2, needed: 2, source: 'account' },
    });
    expect(readFileSync(path.join(cwd, 'now.json'), 'utf8')).toContain('"vpc-links": 2');
  });
});
