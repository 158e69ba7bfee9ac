import { parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { PosternError } from '../../src/ground/errors.js';

const HEAD = 'version: 1\nproject: shop\n';
const TARGET = `${HEAD}links:
  eu: { provider: aws, region: eu-west-1, id: abc123 }
integrations:
  orders:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 }, admits: ADMITS } }
    routes: { 'ANY /orders': orders }
`;

/** `CODE line path`, and the remedy. */
function refusal(text: string): readonly [string, string] {
  try {
    parseSpec(text, { file: 'postern.yaml' });
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    return [`${error.code} ${String(error.place?.line)} ${error.place?.path ?? ''}`, error.remedy];
  }
  throw new Error('it was accepted');
}

describe('assume', () => {
  it('accepts blocks of the gateway service, return paths and stage variables', () => {
    const { assume } = parseSpec(`${HEAD}assume:
  internalBlocks: { cn-hangzhou: [10.200.0.0/16, '2001:DB8::/32'] }
  returnPaths: [192.168.0.0/16]
  stageVariables: { a1b2c3d4e5: { $default: { listener: 'arn:x', __ok: '' } } }
  registries: { '10.0.0.5:8848,nacos.internal:8848': ['10.0.1.7:8080', '[fd00::7]:80'] }
`);
    expect(assume).toEqual({
      internalBlocks: { 'cn-hangzhou': ['10.200.0.0/16', '2001:db8::/32'] },
      returnPaths: ['192.168.0.0/16'],
      stageVariables: { a1b2c3d4e5: { $default: { listener: 'arn:x', __ok: '' } } },
      registries: { '10.0.0.5:8848,nacos.internal:8848': ['10.0.1.7:8080', '[fd00::7]:80'] },
    });
  });

  it('accepts the host names of calls, in lower case and each once', () => {
    const text = `${TARGET.replace(', admits: ADMITS', '')}assume: { hosts: { orders: { orders: [Orders.Internal, orders.internal, a.b] } } }`;
    expect(parseSpec(text).assume).toEqual({ hosts: { orders: { orders: ['orders.internal', 'a.b'] } } });
  });

  it.each([
    ['of an integration that is not defined', 'order: { orders: [a.b] }', 'hosts.order', 'Did you mean orders?'],
    ['of a target that is not defined', 'orders: { order: [a.b] }', 'hosts.orders.order', 'Did you mean orders?'],
  ])('refuses hosts %s', (_, line, place, remedy) => {
    const text = `${TARGET.replace(', admits: ADMITS', '')}assume:\n  hosts:\n    ${line}\n`;
    expect(refusal(text)).toEqual([`UNKNOWN_REFERENCE 13 assume.${place}`, remedy]);
  });

  it.each<[string, string, string, string | RegExp]>([
    ...['https://orders.internal', 'orders.internal:443', '*.internal', ''].map(
      (host): [string, string, string, RegExp] => [
        `"${host}" as a host`,
        `hosts: { orders: { orders: ['${host}'] } }`,
        'INVALID_SPEC 4 assume.hosts.orders.orders[0]',
        /without scheme, port and path/,
      ],
    ),
    [
      'no host at all',
      'hosts: { orders: { orders: [] } }',
      'INVALID_SPEC 4 assume.hosts.orders.orders',
      'Write at least 1 item.',
    ],
    ['an unknown fact', 'returnPath: [10.0.0.0/8]', 'INVALID_SPEC 4 assume.returnPath', 'Did you mean returnPaths?'],
    [
      'a block with host bits',
      'returnPaths: [10.0.0.0/8, 10.1.2.3/16]',
      'INVALID_PREFIX 4 assume.returnPaths[1]',
      /10\.1\.0\.0\/16/,
    ],
    [
      'an invalid block',
      'internalBlocks: { cn-hangzhou: [nothing] }',
      'INVALID_PREFIX 4 assume.internalBlocks.cn-hangzhou[0]',
      /\./,
    ],
    [
      'an invalid region',
      'internalBlocks: { Hangzhou!: [] }',
      'INVALID_SPEC 4 assume.internalBlocks["Hangzhou!"]',
      /eu-west-1/,
    ],
    ['an empty list', 'returnPaths: []', 'INVALID_SPEC 4 assume.returnPaths', 'Write at least 1 item.'],
    [
      'a variable with an invalid name',
      "stageVariables: { abc: { prod: { 'a b': x } } }",
      'INVALID_SPEC 4 assume.stageVariables.abc.prod["a b"]',
      /letters, digits/,
    ],
    ...[
      'orders.internal:80',
      '10.0.1.7',
      '10.0.1.7:0',
      '10.0.1.7:65536',
      '10.0.1.300:80',
      'fd00::7:80',
      '[fd00::g]:80',
    ].map((server): [string, string, string, RegExp] => [
      `the server ${server} of a registry`,
      `registries: { '10.0.0.5:8848': ['${server}'] }`,
      'INVALID_SPEC 4 assume.registries["10.0.0.5:8848"][0]',
      /address and a port/,
    ]),
    [
      'a number',
      'stageVariables: { abc: { prod: { a: 1 } } }',
      'INVALID_SPEC 4 assume.stageVariables.abc.prod.a',
      'Put it in quotes.',
    ],
  ])('refuses %s, with its place', (_, line, expected, remedy) => {
    const [said, then] = refusal(`${HEAD}assume:\n  ${line}\n`);
    expect(said).toBe(expected);
    expect(then).toMatch(remedy);
  });
});

describe('admits', () => {
  it('is a list of canonical blocks', () => {
    const { integrations } = parseSpec(TARGET.replace('ADMITS', '[10.0.0.0/16]'));
    expect(integrations['orders']?.targets['orders']?.admits).toEqual(['10.0.0.0/16']);
    expect(parseSpec(TARGET.replace('ADMITS', '[]')).integrations['orders']?.targets['orders']?.admits).toEqual([]);
  });
  it('refuses an invalid block', () => {
    expect(refusal(TARGET.replace('ADMITS', '[10.0.0.1/16]'))[0]).toBe(
      'INVALID_PREFIX 9 integrations.orders.targets.orders.admits[0]',
    );
  });
});

describe('ignore', () => {
  const entry = (text: string): string => `${HEAD}ignore:\n  - { ${text} }\n`;

  it('names a check, a family, or a check of another program', () => {
    for (const check of ['link/exists', 'path/*', 'acme/tags', 'acme/*']) {
      expect(parseSpec(entry(`check: ${check}, reason: known, until: '2028-02-29'`)).ignore).toEqual([
        { check, reason: 'known', until: '2028-02-29' },
      ]);
    }
  });
  it.each<[string, string, string, string | RegExp]>([
    ['an invalid ID', 'check: link, reason: x', 'INVALID_SPEC 4 ignore[0].check', /link\/single-zone/],
    [
      'a day that does not exist',
      "check: link/exists, reason: x, until: '2026-02-30'",
      'INVALID_SPEC 4 ignore[0].until',
      /2026-12-31/,
    ],
    ['an invalid date', 'check: link/exists, reason: x, until: soon', 'INVALID_SPEC 4 ignore[0].until', /2026-12-31/],
    ['no reason', 'check: link/exists', 'INVALID_SPEC 4 ignore[0].reason', 'Add it.'],
    [
      'an unknown key',
      'check: link/exists, reason: x, untl: y',
      'INVALID_SPEC 4 ignore[0].untl',
      'Did you mean until?',
    ],
  ])('refuses %s', (_, text, expected, remedy) => {
    const [said, then] = refusal(entry(text));
    expect(said).toBe(expected);
    expect(then).toMatch(remedy);
  });

  it('reports an invalid date once', () => {
    expect(() => parseSpec(entry('check: link/exists, reason: x, until: soon'))).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ count: 1 }) as unknown }),
    );
  });
});
