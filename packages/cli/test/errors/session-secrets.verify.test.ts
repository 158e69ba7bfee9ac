import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundleCommand, type PosternCommand } from '../kills/postern-command.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';
import { PROVE } from '../../../core/test/runs.js';

const TOKEN = 'IQoJb3JpZ2luX2VjCANARYTOKENVALUE0123456789';
const AWS_ENV = {
  AWS_ACCESS_KEY_ID: 'ASIACANARY0123456789',
  AWS_SECRET_ACCESS_KEY: 'canary-secret-canary-secret',
  AWS_SESSION_TOKEN: TOKEN,
};
const SECRETS = new RegExp(`${TOKEN}|CANARY|canary-secret|Signature=[0-9a-f]{8}`);

/** In front of a simulated cloud: a server that answers some calls with what they were sent, as clouds do for a wrong signature. */
async function echoing(url: string, answers: (asked: Asked) => Answer | undefined): Promise<string> {
  const server = createServer((incoming, response) => void pass(incoming, response, url, answers));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Asked {
  readonly operation: string;
  readonly canonical: string;
}
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function pass(
  incoming: IncomingMessage,
  response: ServerResponse,
  url: string,
  answers: (asked: Asked) => Answer | undefined,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const sent = Buffer.concat(chunks);
  const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}:${String(value)}`);
  const operation =
    /Action=(\w+)/.exec(`${incoming.url}&${sent.toString()}`)?.[1] ?? String(incoming.headers['x-amz-target'] ?? '');
  const answer = answers({ operation, canonical: [incoming.method, incoming.url, '', ...headers].join('\n') });
  if (answer !== undefined) {
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    return;
  }
  const onward = request(`${url}${incoming.url}`, { method: incoming.method, headers: incoming.headers }, (got) => {
    response.writeHead(got.statusCode ?? 502, got.headers);
    got.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(sent);
}

/** As AWS answers: https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html */
const awsRefusal = ({ canonical }: Asked): Answer => {
  const message = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.\n\nThe Canonical String for this request should have been\n'${canonical}'`;
  const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    status: 403,
    type: 'text/xml',
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>${escaped}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
  };
};
const ec2Refusal = ({ canonical }: Asked): Answer => ({
  status: 403,
  type: 'text/xml',
  body: `<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>denied: ${canonical.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</Message></Error></Errors><RequestID>r-2</RequestID></Response>`,
});
let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
});
afterEach(() => {
  vi.unstubAllEnvs();
  command.end();
});

/** Everything in a folder, with the journal in `.postern`. */
const contents = (cwd: string): string =>
  readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(path.join(one.parentPath, one.name), 'utf8'))
    .join('\n');

describe('what a service sends back of a request that it refuses', () => {
  it('on AWS is shown on no stream, with and without --json and --debug', async () => {
    const server = await cloud();
    const there = await network(server);
    const url = await echoing(server.url, (asked) =>
      asked.operation === 'GetCallerIdentity' ? awsRefusal(asked) : undefined,
    );
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = { ...AWS_ENV, AWS_ENDPOINT_URL: url, HOME: cwd, NODE_DISABLE_COMPILE_CACHE: '1' };
    for (const argv of [
      ...(PROVE ? [['plan'], ['plan', '--json']] : []),
      ['plan', '--debug'],
      ['snapshot', '--region', 'eu-west-1', '-o', 'a.json'],
    ]) {
      const { out, err, status } = await command.start(argv, { cwd, env }).ended;
      expect(status).toBe(1);
      expect(out + err).not.toMatch(SECRETS);
      expect(out + err).toContain(
        'GetCallerIdentity: The request signature we calculated does not match the signature you provided.',
      );
    }
    expect(contents(cwd)).not.toMatch(SECRETS);
  });

  it.runIf(PROVE)('on AWS is in no snapshot, plan, report or journal, where it refuses some calls', async () => {
    const server = await cloud();
    const there = await network(server);
    const refused = new Set(['DescribeRouteTables', 'AuthorizeSecurityGroupEgress']);
    const url = await echoing(server.url, (asked) => (refused.has(asked.operation) ? ec2Refusal(asked) : undefined));
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = { ...AWS_ENV, AWS_ENDPOINT_URL: url, HOME: cwd, NODE_DISABLE_COMPILE_CACHE: '1' };
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value); // the SDK reads them by itself
    const place = ['--region', 'eu-west-1'];
    const start = (...argv: string[]) => run(argv, { cwd, env });
    const snapshot = await start('snapshot', ...place, '-o', 'a.json');
    expect(snapshot).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(cwd, 'a.json'), 'utf8')).toContain('"operation": "DescribeRouteTables"');
    const ran = [
      snapshot,
      await start('snapshot', ...place),
      await start('check', '--json'),
      await start('plan', '--json'),
      await start('plan', '-o', 'plan.json'),
      await start('apply', '--yes', '--debug'),
      await start('log', '--run', 'last'),
    ];
    expect(ran[5]!.err + ran[5]!.out).toContain('AuthorizeSecurityGroupEgress: denied: ');
    for (const { out, err } of ran) expect(out + err).not.toMatch(SECRETS);
    expect(readdirSync(path.join(cwd, '.postern'))).toContain('shop.journal');
    expect(contents(cwd)).not.toMatch(SECRETS);
  });
});
