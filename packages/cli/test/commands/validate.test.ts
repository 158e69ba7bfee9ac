import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Interrupted } from '../../src/process/interrupted.js';
import { folder, run } from '../run-command.js';

const SPEC = `version: 1
project: shop
links:
  main: { provider: aws, region: eu-west-1, subnets: [subnet-0a1b2c3d] }
integrations:
  orders:
    link: main
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'ANY /orders': orders, 'GET /stock': orders }
`;
const LISTENER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders/0123456789abcdef';

describe('validate', () => {
  it.each([
    ['LF', SPEC],
    ['CRLF', SPEC.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${SPEC}`],
    ['an anchor and its alias', SPEC.replace('80', '&port 80')],
  ])('accepts a spec with %s, without credentials', async (_, text) => {
    const cwd = folder({ 'postern.yaml': text });
    expect(await run(['validate'], { cwd })).toEqual({
      status: 0,
      out: 'postern.yaml: valid (1 link, 1 integration, 2 routes)\n',
      err: '',
    });
  });

  it.each([
    ['a tab', SPEC.replace('  orders:\n', '\torders:\n'), 'INVALID_YAML', '6:1', /Indent with spaces/],
    ['a duplicate key', `${SPEC}links: {}\n`, 'INVALID_YAML', '11:1', /Keep one of the two/],
    ['a duplicate key, CRLF', `${SPEC}links: {}\n`.replaceAll('\n', '\r\n'), 'INVALID_YAML', '11:1', /Keep one/],
    [
      'a cycle of anchors',
      `${SPEC}tags: &a { b: *a }\n`,
      'INVALID_YAML',
      '11:15',
      /\*a is inside its own anchor\n.*\n {2}Write the value out/,
    ],
    ['a binary file', '\u0000\u0001', 'INVALID_INPUT', '1', /a NUL character\n.*\n {2}Save it as UTF-8 text/],
    ['an unknown key', SPEC.replace('subnets', 'subnet'), 'INVALID_SPEC', '4:45', /Did you mean subnets/],
    ['nothing', '', 'INVALID_SPEC', '1:1', /postern init/],
    ['a placeholder of init', SPEC.replace('0a1b2c3d', 'replace-me'), 'INVALID_SPEC', '4:55', /placeholder/],
    [
      'a balancer as listener',
      SPEC.replace('{ loadBalancer: orders, port: 80 }', LISTENER),
      'WRONG_KIND',
      '9:36',
      /ARN/,
    ],
    ['a variable that is not set', SPEC.replace('a1b2c3d4e5', "'${env:API}'"), 'MISSING_VARIABLE', '8:25', /Set API/],
  ])('refuses %s, with place and remedy', async (_, text, code, place, says) => {
    const cwd = folder({ 'postern.yaml': text });
    const { status, out, err } = await run(['validate'], { cwd });
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(new RegExp(`^error ${code}: .*\n  postern\\.yaml:${place}\n  \\w`));
    expect(err).toMatch(says);
  });

  it('stops waiting for the writer of a pipe when it is asked to end', async () => {
    const cwd = folder();
    execFileSync('mkfifo', [path.join(cwd, 'pipe')]);
    const asked = new AbortController();
    setTimeout(() => asked.abort(new Interrupted('SIGTERM')), 50);
    const ran = await run(['validate', 'pipe'], { cwd, signal: asked.signal });
    expect(ran).toEqual({ status: 143, out: '', err: 'stopped by SIGTERM\n' });
  });

  it('reads several specs, each with all errors, and answers on stdout with --json', async () => {
    const cwd = folder({ 'good.yaml': SPEC, 'bad.yaml': SPEC.replace('aws', 'azure').replace('80', '0') });
    const ran = await run(['validate', 'bad.yaml', 'good.yaml', 'none.yaml', '--json'], { cwd });
    expect({ ...ran, out: JSON.parse(ran.out) as unknown }).toEqual({
      status: 64,
      err: '',
      out: {
        specs: [
          {
            file: 'bad.yaml',
            valid: false,
            problems: [
              expect.objectContaining({
                code: 'INVALID_SPEC',
                place: expect.objectContaining({ line: 4, column: 21 }),
              }),
              expect.objectContaining({
                code: 'INVALID_SPEC',
                place: expect.objectContaining({ line: 9, column: 66 }),
              }),
            ],
            more: 0,
          },
          { file: 'good.yaml', valid: true, links: 1, integrations: 1, routes: 2 },
          {
            file: 'none.yaml',
            valid: false,
            problems: [
              {
                code: 'FILE_UNREADABLE',
                message: 'none.yaml: the file or its folder does not exist',
                place: { file: 'none.yaml' },
                remedy: expect.any(String),
              },
            ],
            more: 0,
          },
        ],
      },
    });
    const text = await run(['validate', 'bad.yaml', 'good.yaml'], { cwd });
    expect(text).toMatchObject({ status: 64, out: expect.stringMatching(/^good\.yaml: valid/) });
    expect(text.err.match(/bad\.yaml:\d+:\d+/g)).toEqual(['bad.yaml:4:21', 'bad.yaml:9:66']);
  });

  it('takes the region of --region or of the environment, as plan does', async () => {
    const cwd = folder({ 'postern.yaml': SPEC.replace('region: eu-west-1, ', '') });
    expect(await run(['validate'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringMatching(/^error REGION_MISSING: .*\n {2}postern\.yaml:4:3/),
    });
    expect(await run(['validate', '--region', 'eu-west-1'], { cwd })).toMatchObject({ status: 0 });
    expect(await run(['validate'], { cwd, env: { AWS_REGION: 'eu-west-1' } })).toMatchObject({ status: 0 });
  });

  it('says where no spec is, and where one is named twice', async () => {
    const cwd = folder();
    expect(await run(['validate'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('postern init'),
    });
    writeFileSync(path.join(cwd, 'shop.yaml'), SPEC);
    expect(await run(['validate', '--spec', 'shop.yaml'], { cwd })).toMatchObject({ status: 0 });
    expect(await run(['validate', 'shop.yaml', '--spec', 'shop.yaml'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('named twice'),
    });
  });
});
