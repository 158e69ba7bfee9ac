import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { sarifProblems } from '../../packages/core/test/check/report/sarif-problems.js';
import { bash, INPUTS, repository } from './repository.js';
import { bundleCommand, type PosternCommand } from '../../packages/cli/test/kills/postern-command.js';
import { cloud, network, specOf } from '../../packages/cli/test/run-command.js';
import { parse } from './yaml.js';
import { PROVE } from '../../packages/core/test/runs.js';

const ACTION = path.resolve(import.meta.dirname, '../../action');

interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly 'working-directory'?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const { inputs, runs } = parse(readFileSync(path.join(ACTION, 'action.yml'), 'utf8')) as {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
});

/** The part of GitHub's API that keeps the comments of pull request 7. */
async function comments() {
  const kept: { id: number; body: string; user?: object }[] = [];
  const user = { id: 5, type: 'Bot', login: 'shop[bot]' };
  const calls: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
    calls.push(`${request.method} ${pathname} ${request.headers.authorization}`);
    const { body = '' } = (text === '' ? {} : JSON.parse(text)) as { body?: string };
    const at = Number(searchParams.get('page') ?? 1) - 1;
    const changed = kept.find(({ id }) => pathname.endsWith(`/comments/${id}`));
    if (pathname === '/graphql')
      return void response.end(JSON.stringify({ data: { viewer: { databaseId: user.id } } }));
    if (changed) changed.body = body;
    else if (request.method === 'POST') kept.push({ id: kept.length + 1, body, user });
    response.end(JSON.stringify(request.method === 'GET' ? kept.slice(at * 100, at * 100 + 100) : {}));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return { kept, calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Runs the steps as a runner does, but for those of other actions: their conditions, inputs and outputs. */
async function runAction(there: ReturnType<typeof repository>, api: string, given: Record<string, string>) {
  const values = new Map<string, string>([
    ['github.token', 'token-of-the-job'],
    ['github.event_name', 'pull_request'],
    ['github.event.pull_request.number', '7'],
  ]);
  const all: Readonly<Record<string, string>> = { ...INPUTS, ...given };
  for (const [name, { default: value = '' }] of Object.entries(inputs))
    values.set(`inputs.${name}`, all[name] ?? filled(value));
  function filled(text: string): string {
    return text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values.get(name) ?? '');
  }
  const holds = (condition: string): boolean =>
    condition.split(' && ').every((part) => {
      const [, name = '', sign, text] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(part) ?? [];
      return ((values.get(name) ?? '') === text) === (sign === '==');
    });
  const github = {
    ...there.env,
    GITHUB_ACTION_PATH: ACTION,
    GITHUB_REPOSITORY: 'shop/orders',
    GITHUB_API_URL: api,
    GITHUB_GRAPHQL_URL: `${api}/graphql`,
    GITHUB_STEP_SUMMARY: path.join(there.temp, 'summary.md'),
    GITHUB_OUTPUT: path.join(there.temp, 'output'),
  };
  const used: string[] = [];
  let failed: string | undefined;
  for (const step of runs.steps) {
    if (failed !== undefined || (step.if !== undefined && !holds(step.if))) continue;
    if (step.uses !== undefined) used.push(step.uses.replace(/@.*/, ''));
    if (step.run === undefined) continue;
    writeFileSync(github.GITHUB_OUTPUT, '');
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]);
    const { status, text } = await bash(step.run, {
      cwd: path.join(there.home, filled(step['working-directory'] ?? '.')),
      env: { ...github, ...Object.fromEntries(env) },
    });
    if (status !== 0) failed = `${step.name}: ${text}`;
    for (const line of readFileSync(github.GITHUB_OUTPUT, 'utf8').split('\n').filter(Boolean)) {
      const [name, value = ''] = line.split('=');
      values.set(`steps.${step.id}.outputs.${name}`, value);
    }
  }
  return { failed, used, output: (name: string) => values.get(`steps.${name.replace('.', '.outputs.')}`) };
}

/** Of the comment of the spec, which anyone can write as well. */
const MARK = '<!-- postern plan: deploy/postern.yaml -->\n';

describe('the GitHub Action', () => {
  it('checks and plans in a repository: valid SARIF, a summary, one comment that the next run changes', async () => {
    const server = await cloud();
    const spec = specOf(await network(server));
    const there = repository(spec, server.url, command);
    const github = await comments();
    github.kept.push(...Array.from({ length: 100 }, (_, at) => ({ id: at + 1, body: MARK })));
    const given = { 'working-directory': 'deploy' };

    const first = await runAction(there, github.url, given);
    expect(first.output('plan.changes')).toBe('true');
    expect(first.used).toEqual(['github/codeql-action/upload-sarif']);
    expect(sarifProblems(JSON.parse(readFileSync(first.output('check.sarif') ?? '', 'utf8')))).toEqual([]);
    expect(readFileSync(path.join(there.temp, 'summary.md'), 'utf8')).toContain('Postern');
    expect(github.kept).toHaveLength(101);
    const [, fence] = /^(`{3,})text$/m.exec(github.kept[100]?.body ?? '') ?? [];
    expect(github.kept[100]?.body.startsWith(`${MARK}### Postern plan\n`)).toBe(true);
    expect(github.kept[100]?.body.split(String(fence))).toHaveLength(3);

    await runAction(there, github.url, given);
    expect(github.kept).toHaveLength(101);
    expect(github.calls.filter((call) => !/^GET|graphql/.test(call))).toEqual([
      'POST /repos/shop/orders/issues/7/comments Bearer token-of-the-job',
      'PATCH /repos/shop/orders/issues/comments/101 Bearer token-of-the-job',
    ]);
  });

  it('runs no program that package.json names, unless a setting asks for it', async () => {
    const there = repository('version: 1\nproject: shop\nspec: shop\n', '', command);
    const at = (name: string) => path.join(there.home, 'deploy', name);
    writeFileSync(at('package.json'), '{ "postern": { "clouds": ["./ran.mjs"] } }');
    writeFileSync(at('ran.mjs'), "import { writeFileSync } from 'node:fs';\nwriteFileSync('ran.txt', 'yes');\n");
    const nothing = { comment: 'false', plan: 'false', 'working-directory': 'deploy' };
    expect((await runAction(there, '', { ...nothing, sha256: '0'.repeat(64) })).failed).toMatch(/^Check: /);
    expect((await runAction(there, '', nothing)).failed).toContain('exit status 64');
    expect(existsSync(at('ran.txt'))).toBe(false);
    expect((await runAction(there, '', { ...nothing, 'package-clouds': 'run' })).failed).toContain('exit status 64');
    expect(existsSync(at('ran.txt'))).toBe(true);
    rmSync(at('ran.txt'));
    expect((await runAction(there, '', { ...nothing, 'package-clouds': 'no' })).failed).toContain('exit status 64');
    expect(existsSync(at('ran.txt'))).toBe(false);
  });

  it.runIf(PROVE)(
    'fails after a check that found errors, with the findings uploaded, and after a spec that is wrong',
    async () => {
      const server = await cloud();
      const there = repository(specOf(await network(server)), server.url, command);
      const nothing = { comment: 'false', plan: 'false', 'working-directory': 'deploy' };
      const strict = await runAction(there, '', { ...nothing, 'fail-on': 'unknown' });
      expect(strict.used).toEqual(['github/codeql-action/upload-sarif']);
      expect(strict.failed).toMatch(/^Result: ::error::postern check ended with exit status 3/);

      writeFileSync(path.join(there.home, 'deploy/postern.yaml'), 'version: 1\n');
      const wrong = await runAction(there, '', nothing);
      expect(wrong.failed).toMatch(/^Result: ::error::postern check ended with exit status 64/);
    },
  );
});
