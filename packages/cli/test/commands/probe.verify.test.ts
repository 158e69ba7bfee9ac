import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { SimulationServer } from '@postern/simulator';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { Interrupted } from '../../src/process/interruption.js';
import { cloud, folder, network, run, specOf, type RunOptions } from '../run-command.js';

type Answer = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** The address of a server that answers calls of gateways with `answer`, and passes all others to a simulator. */
async function before({ url }: SimulationServer, answer: Answer): Promise<string> {
  const { hostname, port } = new URL(url);
  const front = http.createServer((request, response) => {
    if (request.url?.startsWith('/_postern/gateways/')) return answer(request, response);
    const { method, headers, url: to } = request;
    const passed = http.request({ hostname, port, method, headers, path: to, agent: false }, (got) => {
      response.writeHead(got.statusCode ?? 0, got.headers);
      got.pipe(response);
    });
    request.pipe(passed);
    return undefined;
  });
  // A machine under load may take longer between two calls than a server waits.
  front.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
}

/** An applied spec with some routes, and `postern probe` of it. */
async function applied(routes: readonly string[], answer: Answer) {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder();
  const declared = routes.map((key) => `'${key}': orders`).join(', ');
  const spec = specOf(there).replace("{ 'ANY /orders': orders }", `{ ${declared} }`);
  writeFileSync(path.join(cwd, 'postern.yaml'), spec);
  const seen: { readonly line: string; readonly headers: http.IncomingHttpHeaders }[] = [];
  const env = {
    POSTERN_SIMULATOR: await before(server, (request, response) => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers });
      answer(request, response);
    }),
  };
  const called = (argv: readonly string[], options: RunOptions = {}) => run(argv, { cwd, env, ...options });
  expect((await called(['apply', '--yes'])).err).not.toContain('error');
  const host = `${there.api}.execute-api.eu-west-1.amazonaws.com`;
  return { server, there, seen, host, probe: (...argv: string[]) => called(['probe', ...argv]), called };
}

const works: Answer = (_, response) => response.writeHead(404, { 'content-type': 'text/plain' }).end('no such order');
const unavailable: Answer = (_, response) => response.writeHead(503).end('{"message":"Service Unavailable"}');

/** The report without its heading and with the times of calls replaced. */
const page = (out: string): string =>
  out
    .split('\n')
    .slice(2)
    .join('\n')
    .replaceAll(/ in \d+ ms/g, ' in N ms');

describe('postern probe', () => {
  it('calls each declared route that may be called, and says that its backend answered', async () => {
    const { probe, seen, host } = await applied(['GET /orders/{id}', 'ANY /files/{proxy+}', 'POST /orders'], works);
    const { status, out, err } = await probe();
    expect(page(out)).toBe(`orders
  ✓ GET /orders/{id} on $default: 404 in N ms
  ✓ ANY /files/{proxy+} on $default: 404 in N ms
  · POST /orders: not called, POST may change something
    → Allow it with --method POST, or all with --all-methods (\`methods\` in a program).

2 working, 1 not called
`);
    expect(seen.map(({ line }) => line).toSorted()).toEqual([
      `GET /_postern/gateways/${host}/files/postern-probe`,
      `GET /_postern/gateways/${host}/orders/postern-probe`,
    ]);
    expect(err).toContain('1 route not proven to work');
    expect(err.match(/link main has 2 subnets: a call proves the path from one of them/g)).toHaveLength(1);
    expect(status).toBe(0);
    expect((await probe('--fail-on', 'unproven')).status).toBe(3);
  });

  it('explains a failure with the finding of check, and exits with 3', async () => {
    const { server, there, probe } = await applied(['GET /orders'], unavailable);
    await server.simulation.clients('eu-west-1').elasticLoadBalancingV2.deleteListener({ ListenerArn: there.listener });
    const { status, out } = await probe();
    expect(status).toBe(3);
    expect(page(out)).toMatch(
      /^orders\n {2}✗ GET \/orders on \$default: 503 in N ms, the gateway did not reach the backend/,
    );
    expect(out).toMatch(/\n {4}target\/\w+ {2}target orders: .*\n(?:.*\n)*? {4}→ /);
    const { results } = JSON.parse((await probe('--json')).out) as { results: { finding?: { check: string } }[] };
    expect(results).toMatchObject([{ verdict: 'failed', status: 503, finding: { verdict: 'fail' } }]);
    expect(out).toContain(`${results[0]?.finding?.check}  `);
  });

  it.runIf(PROVE)('agrees with the simulated gateways: they deliver, and fail with answers of their own', async () => {
    const { server, there, called } = await applied(['GET /orders'], works);
    const { ec2, elasticLoadBalancingV2 } = server.simulation.clients('eu-west-1');
    const probed = async (): Promise<unknown> => {
      // Changes reach the calls of a gateway after some seconds.
      await server.simulation.advance(600_000);
      return JSON.parse((await called(['probe', '--json'], { env: { POSTERN_SIMULATOR: server.url } })).out);
    };
    // The load balancer is in the default group of its VPC, which the group of the link is not.
    expect(await probed()).toMatchObject({
      results: [{ verdict: 'failed', status: 503, finding: { check: 'path/security-group' } }],
    });
    const { SecurityGroups } = await ec2.describeSecurityGroups({
      Filters: [
        { Name: 'vpc-id', Values: [there.vpc] },
        { Name: 'group-name', Values: ['default'] },
      ],
    });
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId: SecurityGroups?.[0]?.GroupId ?? '', IpPermissions });
    expect(await probed()).toMatchObject({ results: [{ verdict: 'works', status: 200 }] });
    await elasticLoadBalancingV2.deleteListener({ ListenerArn: there.listener });
    expect(await probed()).toMatchObject({ results: [{ verdict: 'failed', finding: { verdict: 'fail' } }] });
  });

  it.runIf(PROVE)('passes headers and paths on, and prints neither values nor query strings', async () => {
    const { probe, seen, host } = await applied(['GET /orders/{id}'], (_, response) =>
      response.writeHead(401).end('{"message":"Unauthorized"}'),
    );
    const route = 'GET /orders/{id}=/orders/7?key=hidden';
    for (const more of [[], ['--json'], ['--debug']]) {
      const { status, out, err } = await probe('--path', route, '--header', 'Authorization: Bearer hidden', ...more);
      expect(out + err).not.toContain('hidden');
      expect(out).toContain('refused');
      expect(status).toBe(0);
    }
    expect(seen[0]).toMatchObject({
      line: `GET /_postern/gateways/${host}/orders/7?key=hidden`,
      headers: { authorization: 'Bearer hidden' },
    });
  });

  it.runIf(PROVE)('sends methods that may change something only with --yes where there is no terminal', async () => {
    const { probe, seen } = await applied(['POST /orders', 'DELETE /orders', 'GET /orders'], works);
    expect(await probe('--method', 'POST')).toMatchObject({ status: 64, err: expect.stringContaining('NO_TERMINAL') });
    expect(seen).toEqual([]);
    expect((await probe('--method', 'POST', '--yes')).out).toContain('✓ POST /orders');
    expect(seen.map(({ line }) => line.split(' ')[0]).toSorted()).toEqual(['GET', 'POST']);
    expect((await probe('--all-methods', '--yes', '--only', 'DELETE /orders')).out).toContain('✓ DELETE /orders');
  });

  it.runIf(PROVE)('says how to reach a gateway that the network does not reach, and exits with 1', async () => {
    const { probe } = await applied(['GET /orders'], (request) => request.socket.destroy());
    const { status, out } = await probe();
    expect(out).toContain('? GET /orders on $default: CallGateway: the connection broke');
    expect(out).toContain('1 undecided');
    expect(status).toBe(1);
  });

  it.runIf(PROVE)('stops on Ctrl+C', async () => {
    const ending = new AbortController();
    const { called } = await applied(['GET /orders'], () => ending.abort(new Interrupted('SIGINT')));
    expect((await called(['probe'], { signal: ending.signal })).status).toBe(130);
  });

  it.each([
    [['--only', 'order'], 'UNKNOWN_REFERENCE', 'Did you mean orders?'],
    [['--method', 'get'], 'INVALID_INPUT', 'GET, HEAD'],
    [['--method', 'POST', '--all-methods'], 'INVALID_INPUT', 'Give only one.'],
    [['--path', 'GET /orders'], 'INVALID_INPUT', 'ROUTE=PATH'],
    [['--path', 'GET /orders=/stock'], 'INVALID_INPUT', '/orders'],
    [['--header', 'Bearer hidden'], 'INVALID_INPUT', 'NAME: VALUE'],
    [['--header', 'a: hidden', '--header', 'a: hidden'], 'INVALID_INPUT', 'twice'],
    [['--header', 'host: hidden'], 'INVALID_INPUT', 'Leave it out'],
    [['--host', 'api.example.com'], 'INVALID_INPUT', 'GATEWAY=NAME'],
    [['--timeout', '0'], 'INVALID_INPUT', 'above 0'],
    [['--via', 'phone'], 'INVALID_INPUT', 'test-call'],
  ])('refuses %j before any call', async (argv, code, text) => {
    const cwd = folder();
    const there = { vpc: '', subnets: ['subnet-0a1b2c3d'], balancer: '', listener: '', api: 'a1b2c3d4e5' };
    writeFileSync(path.join(cwd, 'postern.yaml'), specOf(there).replace('ANY /orders', 'GET /orders'));
    const { status, out, err } = await run(['probe', ...argv], { cwd });
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toContain(code);
    expect(err).toContain(text);
    expect(err).not.toContain('hidden');
  });
});
