import { expect, it } from 'vitest';
import { Interrupted } from '../../src/process/interruption.js';
import { folder, run } from '../run-command.js';

/** `postern simulate` with these options, for as long as `use` takes. */
async function simulated<T>(options: readonly string[], use: (url: string) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let begin: (url: string) => void = () => undefined;
  const begun = new Promise<string>((resolve) => (begin = resolve));
  const ended = run(['simulate', '--port', '0', '--no-throttle', ...options], {
    cwd: folder(),
    signal: stop.signal,
    onOut: (out) => {
      const [url] = /http:\/\/[\w.:]+/.exec(out) ?? [];
      if (url !== undefined) begin(url);
    },
  });
  try {
    return await use(await begun);
  } finally {
    stop.abort(new Interrupted('SIGINT'));
    await ended;
  }
}

/** Calls API Gateway as the SDK does: any signature will do. */
async function gateway(url: string, path: string, body: object): Promise<Readonly<Record<string, string>>> {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=any/20260601/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=0';
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await answer.json()) as Readonly<Record<string, string>>;
}

/** Creates an API with a stage, and calls it before and after `ms` of simulated time: the outcomes. */
async function outcomes(url: string, ms: number): Promise<readonly (string | null)[]> {
  const { apiId } = await gateway(url, '/v2/apis', { name: 'shop', protocolType: 'HTTP' });
  const call = async () => {
    const answer = await fetch(`${url}/_postern/gateways/${apiId}.execute-api.eu-west-1.amazonaws.com/orders`);
    return answer.headers.get('x-postern-outcome');
  };
  await fetch(`${url}/_postern/advance`, { method: 'POST', body: '{"ms":7200000}' });
  await gateway(url, `/v2/apis/${apiId}/stages`, { stageName: '$default', autoDeploy: true });
  const before = await call();
  await fetch(`${url}/_postern/advance`, { method: 'POST', body: JSON.stringify({ ms }) });
  return [before, await call()];
}

it('simulate --data-path-delay says how long a change takes to reach the calls of a gateway', async () => {
  expect(await simulated(['--data-path-delay', '0'], (url) => outcomes(url, 0))).toEqual(['no-route', 'no-route']);
  expect(await simulated(['--data-path-delay', '3600'], (url) => outcomes(url, 3_600_000))).toEqual([
    'no-stage',
    'no-route',
  ]);
});

it('simulate --deny refuses an operation as a missing permission does, also after a reset', async () => {
  await simulated(['--deny', 'CreateApi', '--deny', 'DescribeVpcs'], async (url) => {
    const create = () => gateway(url, '/v2/apis', { name: 'shop', protocolType: 'HTTP' });
    expect(await create()).toMatchObject({ message: expect.stringContaining('not authorized') });
    await fetch(`${url}/_postern/reset`, { method: 'POST' });
    expect(await create()).toMatchObject({ message: expect.stringContaining('not authorized') });
  });
  const wrong = await run(['simulate', '--port', '0', '--deny', 'createVpclink'], { cwd: folder() });
  expect(wrong.err).toContain('No simulated operation is called createVpclink; did you mean CreateVpcLink?');
  expect(wrong.status).toBe(64);
});

it.each(['-1', '1.5', '3601', 'soon'])('simulate refuses --data-path-delay %s', async (seconds) => {
  const { status, err } = await run(['simulate', '--port', '0', '--data-path-delay', seconds], { cwd: folder() });
  expect(status).toBe(64);
  expect(err).toContain('--data-path-delay');
});
