import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder } from '../run-command.js';
import { cidr } from './run-cidr.js';

const lines = (out: string): string[] => (out === '' ? [] : out.replace(/\n$/, '').split('\n'));

const LIST = '10.0.0.0/9\r\n10.128.0.0/9 # both halves\n\n2001:DB8::/32\n10.1.0.0/16';
const MERGED = ['10.0.0.0/8', '2001:db8::/32'];
const LEFT = [
  '10.0.0.0/16',
  '10.2.0.0/15',
  '10.4.0.0/14',
  '10.8.0.0/13',
  '10.16.0.0/12',
  '10.32.0.0/11',
  '10.64.0.0/10',
];
const CONFLICT = { a: '10.0.0.0/9', relation: 'contains', b: '10.1.0.0/16', aAt: '-:1', bAt: '-:5' };

describe('a command of postern cidr prints lines, and the same as a document', () => {
  it.each<[argv: string[], status: number, printed: readonly string[], document: object]>([
    [['merge'], 0, MERGED, { command: 'merge', input: 4, output: 2, prefixes: MERGED }],
    [['subtract', '-', 'more'], 0, LEFT, { command: 'subtract', input: 4, minus: 3, output: 7, prefixes: LEFT }],
    [
      ['conflicts'],
      3,
      [Object.values(CONFLICT).join('\t')],
      { command: 'conflicts', input: 4, pairs: 1, equals: 0, contains: 1, conflicts: [CONFLICT] },
    ],
    [
      ['contains', 'more', '-'],
      3,
      [
        '10.0.0.0/9\tpartial\t-',
        '10.128.0.0/9\tinside\t10.128.0.0/9',
        '2001:db8::/32\tinside\t::/0',
        '10.1.0.0/16\tinside\t10.1.0.0/16',
      ],
      {
        command: 'contains',
        set: 3,
        queries: 4,
        inside: 3,
        partial: 1,
        outside: 0,
        results: [
          { query: '10.0.0.0/9', at: '-:1', verdict: 'partial', match: null },
          { query: '10.128.0.0/9', at: '-:2', verdict: 'inside', match: '10.128.0.0/9' },
          { query: '2001:db8::/32', at: '-:4', verdict: 'inside', match: '::/0' },
          { query: '10.1.0.0/16', at: '-:5', verdict: 'inside', match: '10.1.0.0/16' },
        ],
      },
    ],
    [
      ['free', '--pool', '8.0.0.0/6,12.0.0.0/8', '--bits', '8', '--count', '2'],
      0,
      ['8.0.0.0/8', '9.0.0.0/8'],
      {
        command: 'free',
        pool: ['8.0.0.0/6', '12.0.0.0/8'],
        bits: 8,
        asked: 2,
        found: 2,
        prefixes: ['8.0.0.0/8', '9.0.0.0/8'],
      },
    ],
  ])('%j', async (argv, status, printed, document) => {
    const cwd = folder({ more: '10.128.0.0/9\n::/0\n10.1.0.0/16\n' });
    expect(await cidr(argv, LIST, cwd)).toEqual({ status, out: printed.map((one) => `${one}\n`).join(''), err: '' });
    const { out } = await cidr([...argv, '--json'], LIST, cwd);
    expect(out).toBe(`${JSON.stringify(document)}\n`);
  });

  it('free says how many were found where they are fewer than asked', async () => {
    const ran = await cidr(['free', '--pool', '10.0.0.0/7', '--bits', '8', '--count', '2'], LIST);
    expect(ran).toEqual({ status: 3, out: '11.0.0.0/8\n', err: expect.stringMatching(/^note: /) });
  });
});

describe('postern cidr', () => {
  it('orders pairs by the narrower line, then by the wider, and equal lines by their position', async () => {
    const list = '10.1.0.0/16\n10.0.0.0/8\n10.1.0.0/16\n::/0\n10.0.0.0/8\n::1\n';
    expect((await cidr(['conflicts'], list)).out).toBe(
      [
        '10.0.0.0/8\tequals\t10.0.0.0/8\t-:2\t-:5\n',
        '10.0.0.0/8\tcontains\t10.1.0.0/16\t-:2\t-:1\n',
        '10.0.0.0/8\tcontains\t10.1.0.0/16\t-:5\t-:1\n',
        '10.0.0.0/8\tcontains\t10.1.0.0/16\t-:2\t-:3\n',
        '10.0.0.0/8\tcontains\t10.1.0.0/16\t-:5\t-:3\n',
        '10.1.0.0/16\tequals\t10.1.0.0/16\t-:1\t-:3\n',
        '::/0\tcontains\t::1/128\t-:4\t-:6\n',
      ].join(''),
    );
  });

  it('contains takes addresses and blocks as they are, where no file has that name', async () => {
    const cwd = folder({ set: '10.0.0.0/16\n', '10.9.9.9': '10.0.0.1\n' });
    const asked = ['contains', 'set', '10.0.3.7', '10.1.0.0/16', 'fd00::1'];
    expect(await cidr(asked, '', cwd)).toMatchObject({
      status: 3,
      err: '',
      out: '10.0.3.7/32\tinside\t10.0.0.0/16\n10.1.0.0/16\toutside\t-\nfd00::1/128\toutside\t-\n',
    });
    expect((await cidr(['contains', 'set', '10.9.9.9'], '', cwd)).out).toBe('10.0.0.1/32\tinside\t10.0.0.0/16\n');
    expect((await cidr(['contains', 'set', '10.0.3.999'], '', cwd)).status).toBe(64);
  });

  it.each<[string[], string, number]>([
    [['merge'], '', 0],
    [['conflicts'], '10.0.0.0/8\n', 0],
    [['contains', '-', 'none'], '', 0],
    [['subtract', '-', 'none'], '10.0.0.0/8\n', 0],
  ])('%j of %j exits with %i', async (argv, stdin, status) => {
    expect(await cidr(argv, stdin, folder({ none: '' }))).toMatchObject({ status, err: '' });
  });

  it('writes more pairs than fit in one chunk', async () => {
    const list = '10.0.0.0/8\n'.repeat(300);
    const { out, status } = await cidr(['conflicts'], list);
    expect(status).toBe(3);
    expect(lines(out)).toHaveLength(44_850);
    expect(lines(out).at(-1)).toBe('10.0.0.0/8\tequals\t10.0.0.0/8\t-:299\t-:300');
    const { pairs, equals, conflicts } = JSON.parse((await cidr(['conflicts', '--json'], list)).out) as {
      pairs: number;
      equals: number;
      conflicts: unknown[];
    };
    expect([pairs, equals, conflicts.length]).toEqual([44_850, 44_850, 44_850]);
  });

  it('names files as they were given, with control characters escaped', async () => {
    const name = 'a\u001b[31m\té"\n';
    const cwd = folder();
    mkdirSync(path.join(cwd, 'sub'));
    const files = folder({ [name]: '::1\n::1\n' });
    expect((await cidr(['conflicts', name], '', files)).out).toBe(
      '::1/128\tequals\t::1/128\ta\\x1b[31m\\té"\\n:1\ta\\x1b[31m\\té"\\n:2\n',
    );
    const { out } = await cidr(['conflicts', name, '--json'], '', files);
    expect(out).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(out)).toMatchObject({ conflicts: [{ aAt: `${name}:1`, bAt: `${name}:2` }] });
    expect(
      (await cidr(['contains', name, './../' + path.basename(files) + '/' + name, '--json'], '', files)).status,
    ).toBe(0);
  });

  it('a long file name does not displace the rest of the line', async () => {
    const cwd = folder({ ['x'.repeat(250)]: '::1\n::1\n' });
    expect((await cidr(['conflicts', `${'./'.repeat(1_500)}${'x'.repeat(250)}`], '', cwd)).out.length).toBeGreaterThan(
      6_500,
    );
  });
});
