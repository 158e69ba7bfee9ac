import { fileURLToPath } from 'node:url';
import { simulate } from '@postern/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../packages/cli/test/run-command.js';

const cwd = fileURLToPath(new URL('../fargate', import.meta.url));
const simulation = simulate({ seed: 7, clock: { speed: 600 }, throttle: false });
let env: Record<string, string>;
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await simulation.listen();
  env = { POSTERN_SIMULATOR: server.url };
  close = () => server.close();
});
afterAll(() => close());

it('the spec of its private integration is valid with what Terraform prints', async () => {
  const outputs = { API_ID: 'uwq694pz5j', LINK_ID: 'vl1a2b' };
  expect(await run(['validate', 'postern.yaml'], { cwd, env: outputs })).toMatchObject({ status: 0, err: '' });
  expect((await run(['validate', 'postern.yaml'], { cwd })).err).toContain('MISSING_VARIABLE');
});

/** The recorded plan of `examples/fargate/main.tf`, over an empty network. */
describe('the first plan of a service on Fargate', () => {
  it('passes: the service registers the targets', async () => {
    const { status, out } = await run(['check', '--terraform', 'plan.json', '--json'], { cwd, env });
    const { integrations, findings } = JSON.parse(out);
    expect(findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(integrations).toMatchObject([{ address: 'aws_apigatewayv2_route.orders', before: 'absent', after: 'pass' }]);
    expect(status).toBe(0);
  });
});
