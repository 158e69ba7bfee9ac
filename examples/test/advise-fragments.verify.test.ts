import { CLOUDS } from '../../packages/core/test/clouds.js';
import { readdirSync, readFileSync } from 'node:fs';
import { planner as alibaba } from '@postern/alibaba/planner';
import { planner as aws } from '@postern/aws/planner';
import { advise } from '@postern/core/planner';
import { optionSpecYaml, parseNeeds, parseSpec } from '@postern/core/spec';
import { simulate, type SimulationServer } from '@postern/simulator';
import { expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { alibabaWorld, apiKey, awsWorld, nativeHost, variablesOf, type LookedUp } from './advise-world.js';
import { PROVE } from '../../packages/core/test/runs.js';

const FOLDER = new URL('../advise/', import.meta.url);
/** Before API Gateway (Traditional) is no longer sold. */
const THEN = Date.parse('2026-06-01T00:00:00Z');

/** Every option with a spec, of every file. */
const ROWS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((file) => {
    const needs = parseNeeds(readFileSync(new URL(file, FOLDER), 'utf8'), { clouds: CLOUDS, file });
    return advise(needs, { clouds: CLOUDS, planners: [aws, alibaba], now: THEN }).options.flatMap((option) =>
      option.spec === null ? [] : [{ file, id: option.id, option, provider: needs.provider }],
    );
  });

/** Each takes seconds: without `npm run prove`, one of AWS and one of each product of Alibaba Cloud. */
const SLICE = [
  'one-team.yaml http-v2',
  'retired-product.yaml alibaba-vpc-integration',
  'retired-product.yaml alibaba-apig',
];
const APPLIED = !PROVE ? ROWS.filter(({ file, id }) => SLICE.includes(`${file} ${id}`)) : ROWS;

it('has a spec for every option that Postern serves', () => {
  expect(new Set(ROWS.map(({ id }) => id))).toEqual(
    new Set([
      'http-v2',
      'rest-v2',
      'rest-v1-per-balancer',
      'rest-v1-many-listeners',
      'rest-v1-nlb-alb',
      'websocket-v1',
      'alibaba-apig',
      'alibaba-conventional',
      'alibaba-vpc-integration',
    ]),
  );
});

it.each(ROWS.filter((row) => !APPLIED.includes(row)))(
  '$file: the spec of $id is read as it is printed',
  ({ option }) => {
    const ids = (name: string, at: number) =>
      `${name === 'INSTANCE' ? 'apigateway-bj-' : name.endsWith('_INSTANCE') ? 'i-bp' : ''}abcdef123${at}`;
    const env = Object.fromEntries(variablesOf(option.spec).map((name, at) => [name, ids(name, at)]));
    const spec = parseSpec(optionSpecYaml(option) ?? '', { env, clouds: CLOUDS });
    const keys = Object.values(spec.integrations).flatMap(({ routes }) => Object.keys(routes));
    const { integrations } = option.spec as unknown as LookedUp;
    expect(keys).toEqual(Object.values(integrations).flatMap(({ routes }) => Object.keys(routes)));
  },
);

it.each(APPLIED)(
  '$file: the spec of $id is applied, passes its checks, and carries a call',
  async ({ option, id, provider }) => {
    const server = await simulate({ seed: 7, clock: 'auto', throttle: false }).listen();
    try {
      const spec = option.spec as unknown as LookedUp;
      const isAws = provider === 'aws';
      const env = isAws ? await awsWorld(server, spec, id === 'rest-v1-nlb-alb') : await alibabaWorld(server, spec);
      const cwd = temporaryFolder({ 'postern.yaml': optionSpecYaml(option) ?? '' });
      const postern = async (...argv: string[]) => {
        let text = '';
        const write = (some: string) => void (text += some);
        const status = await main(argv, {
          stdout: { write, isTerminal: false },
          stderr: { write, isTerminal: false },
          canAsk: false,
          env: { POSTERN_SIMULATOR: server.url, ...env },
          cwd,
          signal: new AbortController().signal,
        });
        return { status, text };
      };
      const applied = await postern('apply', '--yes', ...(isAws ? [] : ['--allow-purchase']));
      expect(applied.status, applied.text).toBe(0);
      for (const { gateway, routes } of Object.values(spec.integrations))
        if (Object.values(routes).some(isKeyed)) await keyOf(server, env[variableOf(gateway)] ?? '');
      const checked = await postern('check');
      expect(checked.status, checked.text).toBe(0);
      await server.simulation.advance(60_000);
      for (const { gateway, routes } of Object.values(spec.integrations))
        for (const [key, route] of Object.entries(routes)) {
          const apiId = env[variableOf(gateway)] ?? '';
          expect(await outcomeOf(server, { gateway, apiId, key, route }), key).toBe('delivered');
        }
    } finally {
      await server.close();
    }
  },
);

interface Called {
  readonly gateway: Readonly<Record<string, string>>;
  readonly apiId: string;
  readonly key: string;
  readonly route: CalledRoute;
}

type CalledRoute = string | { readonly apiKey?: boolean };

const isKeyed = (route: CalledRoute): boolean => typeof route !== 'string' && route.apiKey === true;

/** The variable that names the gateway of an integration. */
function variableOf(gateway: Readonly<Record<string, string>>): string {
  const [name = ''] = /\w+(?=\}$)/.exec(Object.values(gateway)[0] ?? '') ?? [];
  return name;
}

const keys = new WeakMap<SimulationServer, Map<string, string>>();

/** The key of an API, which is made once. */
async function keyOf(server: SimulationServer, apiId: string): Promise<string> {
  const known = keys.get(server) ?? new Map<string, string>();
  keys.set(server, known);
  const value = known.get(apiId) ?? (await apiKey(server, apiId));
  if (!known.has(apiId)) await server.simulation.advance(60_000);
  known.set(apiId, value);
  return value;
}

/** How a call of a route ends; of a WebSocket API, how its connection is opened. */
async function outcomeOf(server: SimulationServer, { gateway, apiId, key, route }: Called): Promise<string> {
  const { traffic } = server.simulation;
  const host = `${apiId}.execute-api.eu-west-1.amazonaws.com`;
  if ('webSocketApi' in gateway) {
    const opened = await traffic.connect({ host, path: '/prod' }, { send: () => undefined, close: () => undefined });
    return 'status' in opened ? opened.outcome : 'delivered';
  }
  const path = key.replace(/^ANY /, '').replace('{proxy+}', 'any/1');
  if ('apiGroup' in gateway) {
    return (await traffic.call({ host: `${apiId}-cn-hangzhou.alicloudapi.com`, path })).outcome;
  }
  if ('apigHttpApi' in gateway) return (await traffic.call({ host: await nativeHost(server), path })).outcome;
  const headers = isKeyed(route) ? { 'x-api-key': await keyOf(server, apiId) } : undefined;
  const answer = await traffic.call({ host, path: `${gateway['stage'] === undefined ? '' : '/prod'}${path}`, headers });
  return answer.outcome;
}
