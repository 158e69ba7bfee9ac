import { createContext, type CallContext, type CloudError } from '@postern/core/internal/library';
import { afterEach, describe, expect, it } from 'vitest';
import { PROVE } from '../../core/test/runs.js';
import { aws, type AwsOptions } from '../src/index.js';
import { json, loneServer, xml } from './world/lone-server.js';
import { vpcLink } from './world/refs.js';

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'canary-secret-1' };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** Retries take no time: the sleeps of the clock end at once. */
function quickContext(): CallContext {
  let at = 0;
  return createContext({
    clock: {
      now: () => at,
      monotonicMs: () => at,
      sleep: async (ms) => {
        at += ms;
      },
    },
    random: () => 0.5,
  });
}

async function world(answer: Parameters<typeof loneServer>[0], options: AwsOptions = {}) {
  const server = await loneServer(answer);
  open.push(server.close);
  const driver = aws({ region: 'eu-west-1', endpoint: server.url, credentials, ...options });
  return { server, driver, ctx: quickContext() };
}

async function refusal(promise: Promise<unknown>): Promise<CloudError> {
  const error = await promise.then(
    (value) => expect.fail(`came back with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  return error as CloudError;
}

const HTML = '<!DOCTYPE html><html><body><h1>Sign in to the hotel wifi</h1></body></html>';
const LINK = {
  name: 'orders',
  owner: { project: 'shop', spec: 'shop', integration: 'orders' },
  subnetIds: ['subnet-1'],
  securityGroupIds: [],
  tags: {},
};

describe('malformed answers, through the real SDK', () => {
  it.each([
    ['HTML with 200', 200, HTML, 'text/html'],
    ['HTML that claims to be JSON', 200, HTML, 'application/json'],
    ['half of a JSON text', 200, '{"items":[{"vpcLinkId":"ab12', 'application/json'],
    ['an empty body', 200, '', 'application/json'],
    ['JSON of another shape', 200, '{"status":"ok"}', 'application/json'],
    ['bytes that are not UTF-8', 200, Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'application/json'],
  ])('reports %s as BAD_RESPONSE in a list of API Gateway', async (_, status, body, type) => {
    const { driver, ctx } = await world((_request, response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    const error = await refusal(driver.links.statuses([vpcLink('ab12cd')], ctx));
    expect(error).toMatchObject({ code: 'BAD_RESPONSE', operation: 'GetVpcLinks', outcomeUnknown: false });
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
  });

  it.each([
    ['HTML with 200', 200, HTML, 'text/html'],
    [
      'half of an XML text',
      200,
      '<?xml version="1.0"?><DescribeSubnetsResponse><subnetSet><item><subnetId>subnet-1',
      'text/xml',
    ],
    ['an empty body', 200, '', 'text/xml'],
    ['XML of another shape', 200, '<portal><ok/></portal>', 'text/xml'],
  ])('reports %s as BAD_RESPONSE in a list of EC2, never as an empty list', async (_, status, body, type) => {
    const { driver, ctx } = await world((request, response) => {
      if (request.url.startsWith('/v2/'))
        json(response, { vpcLinkId: 'ab12cd', name: 'eu', subnetIds: ['subnet-1'], vpcLinkStatus: 'AVAILABLE' });
      else response.writeHead(status, { 'content-type': type }).end(body);
    });
    expect(await refusal(driver.links.find(vpcLink('ab12cd'), ctx))).toMatchObject({
      code: 'BAD_RESPONSE',
      operation: 'DescribeSubnets',
    });
  });

  it('reports the outcome of a create as unknown after HTML with 200', async () => {
    const { driver, ctx, server } = await world((_request, response) => response.writeHead(200).end(HTML));
    expect(await refusal(driver.links.create('vpc-link-v2', LINK, ctx))).toMatchObject({
      code: 'BAD_RESPONSE',
      outcomeUnknown: true,
      status: 200,
    });
    expect(server.calls()).toHaveLength(1);
  });

  it('reports a create as refused after HTML with 403 from a proxy', async () => {
    const { driver, ctx } = await world((_request, response) => response.writeHead(403).end(HTML));
    expect(await refusal(driver.links.create('vpc-link-v2', LINK, ctx))).toMatchObject({
      outcomeUnknown: false,
      status: 403,
    });
  });

  it('retries a read after an HTML page with 502', async () => {
    let first = true;
    const { driver, ctx, server } = await world((_request, response) => {
      if (first) response.writeHead(502, { 'content-type': 'text/html' }).end(HTML);
      else json(response, { items: [] });
      first = false;
    });
    expect(await driver.links.statuses([vpcLink('ab12cd')], ctx)).toEqual([]);
    expect(server.calls()).toHaveLength(2);
  });

  it('reports the outcome of a create as unknown after a broken connection, and does not send it twice', async () => {
    const { driver, ctx, server } = await world((_request, response) => response.socket?.destroy());
    expect(await refusal(driver.links.create('vpc-link-v2', LINK, ctx))).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      outcomeUnknown: true,
    });
    expect(server.calls()).toHaveLength(1);
  });

  it('stops reading an endless answer', async () => {
    const { driver, ctx } = await world((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await refusal(driver.links.statuses([vpcLink('ab12cd')], ctx))).toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
  });

  it.runIf(PROVE)('stops reading endless pages', async () => {
    let page = 0;
    const { driver, ctx } = await world((_request, response) =>
      json(response, { items: [], nextToken: `token-${(page += 1)}` }),
    );
    expect(await refusal(driver.links.statuses([vpcLink('ab12cd')], ctx))).toMatchObject({
      code: 'RESPONSE_TOO_LARGE',
    });
  });

  it('refuses a list whose token repeats', async () => {
    const { driver, ctx } = await world((_request, response) => json(response, { items: [], nextToken: 'again' }));
    expect(await refusal(driver.links.statuses([vpcLink('ab12cd')], ctx))).toMatchObject({ code: 'INCOMPLETE_LIST' });
  });
});

describe('refusals, through the real SDK', () => {
  it.each([
    ['ExpiredTokenException', 403, 'The security token included in the request is expired', 'CREDENTIALS_EXPIRED'],
    [
      'UnrecognizedClientException',
      403,
      'The security token included in the request is invalid.',
      'CREDENTIALS_REFUSED',
    ],
    [
      'InvalidSignatureException',
      403,
      'Signature expired: 20260601T000000Z is now earlier than 20260601T001500Z',
      'CLOCK_SKEWED',
    ],
    ['InvalidSignatureException', 403, 'The request signature we calculated does not match', 'CREDENTIALS_REFUSED'],
    ['AccessDeniedException', 403, 'User is not authorized to perform: apigateway:GET', 'PERMISSION_DENIED'],
    ['NotFoundException', 404, 'Invalid Vpc Link identifier specified', 'NOT_FOUND'],
    ['BadRequestException', 400, 'Something new', 'CLOUD_REFUSED'],
  ])('reads %s %i "%s" as %s', async (name, status, message, code) => {
    const { driver, ctx } = await world((_request, response) =>
      json(response, { message }, status, { 'x-amzn-errortype': name }),
    );
    const error = await refusal(driver.linkChanges.rename(vpcLink('ab12cd'), 'x', ctx));
    expect(error).toMatchObject({ code, operation: 'UpdateVpcLink', requestId: 'req-json', status, retryable: false });
    expect(error.message).toContain(message);
  });

  it('reads errors of EC2', async () => {
    const { driver, ctx } = await world((_request, response) =>
      xml(
        response,
        '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized.</Message></Error></Errors><RequestID>req-ec2</RequestID></Response>',
        403,
      ),
    );
    const prepare = driver.allowlistGroups.prepare(
      'vpc-link-v2',
      { networkId: 'vpc-1', owner: LINK.owner, name: 'orders', entries: [], tags: {} },
      ctx,
    );
    const error = await refusal(prepare);
    expect(error).toMatchObject({
      code: 'PERMISSION_DENIED',
      operation: 'DescribeSecurityGroups',
      details: { permission: 'ec2:DescribeSecurityGroups' },
    });
    expect(error.remedy).toContain('ec2:DescribeSecurityGroups');
  });

  it('retries a throttled read', async () => {
    let left = 2;
    const { driver, ctx, server } = await world((_request, response) => {
      if ((left -= 1) >= 0)
        json(response, { message: 'Too Many Requests', limitType: 'RATE' }, 429, {
          'x-amzn-errortype': 'TooManyRequestsException',
        });
      else json(response, { items: [] });
    });
    expect(await driver.links.statuses([vpcLink('ab12cd')], ctx)).toEqual([]);
    expect(server.calls()).toHaveLength(3);
  });

  it('reports at once that the endpoint is unreachable', async () => {
    const server = await loneServer(() => undefined);
    await server.close();
    const driver = aws({ region: 'eu-west-1', endpoint: server.url, credentials });
    const error = await refusal(driver.identity(quickContext()));
    expect(error).toMatchObject({
      code: 'ENDPOINT_UNREACHABLE',
      operation: 'GetCallerIdentity',
      retryable: false,
      outcomeUnknown: false,
    });
    expect(error.remedy).toMatch(/^[A-Z].*\.$/s);
  });

  it('has no secret in any error', async () => {
    const { driver, ctx } = await world((_request, response) => response.writeHead(403).end(HTML));
    const error = await refusal(driver.linkChanges.rename(vpcLink('ab12cd'), 'x', ctx));
    const said = JSON.stringify([error, error.message, error.remedy, error.details, error.stack]);
    expect(said).not.toContain(credentials.secretAccessKey);
  });

  it('sends all requests to the given endpoint', async () => {
    const { driver, ctx, server } = await world((_request, response) => json(response, { items: [] }));
    await driver.links.statuses([vpcLink('ab12cd')], ctx);
    expect(server.heard.every(({ headers }) => `http://${headers.host}` === server.url)).toBe(true);
  });
});
