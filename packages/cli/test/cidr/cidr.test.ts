import { mkdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folder } from '../run-command.js';
import * as oracle from './oracle.js';
import { cidr } from './run-cidr.js';
import { PROVE } from '../../../core/test/runs.js';

const RUNS = PROVE ? 3_000 : 25;
const lines = (out: string): string[] => (out === '' ? [] : out.replace(/\n$/, '').split('\n'));

/** A line of a list: few blocks, so that they nest, repeat and are adjacent; in several spellings, with blanks and comments. */
const arbLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('', '# none', '  ', '\t#') },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.nat(255), fc.integer({ min: 22, max: 32 }), fc.constantFrom('10.0.0.', '255.255.255.', '127.255.255.'))
      .map(([octet, bits, head]) => {
        const kept = bits <= 24 ? 0 : octet & (0xff << (32 - bits)) & 0xff;
        const high = bits < 24 ? (head === '10.0.0.' ? head : `${head.slice(0, -4)}252.`) : head;
        return `${high}${kept}${bits === 32 && octet % 2 === 0 ? '' : `/${bits}`}`;
      }),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.nat(255),
        fc.integer({ min: 120, max: 128 }),
        fc.constantFrom('2001:DB8::', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff'),
      )
      .map(([octet, bits, head]) => {
        const kept = octet & (0xff << (128 - bits)) & 0xff;
        return `${head}${kept.toString(16).padStart(2, '0')}${bits === 128 && octet % 2 === 0 ? '' : `/${bits}`}`;
      }),
  },
  { weight: 1, arbitrary: fc.constantFrom('0.0.0.0/0', '::/0', '10.0.0.0/8', '2001:db8::/32', '128.0.0.0/1') },
);
const arbList = fc
  .tuple(fc.array(arbLine, { maxLength: 14 }), fc.constantFrom('\n', '\r\n', ' \n', '\t# x\n'), fc.boolean())
  .map(([all, end, last]) => all.join(end) + (last ? end : ''));

describe('postern cidr, compared with the slow implementation', () => {
  it('merge and subtract', async () => {
    await fc.assert(
      fc.asyncProperty(arbList, arbList, async (first, second) => {
        const cwd = folder({ a: first, b: second });
        const [a, b] = [oracle.read('a', first), oracle.read('b', second)];
        const merged = ([4, 6] as const).flatMap((family) => oracle.cover(oracle.union([...a, ...b], family), family));
        expect(await cidr(['merge', 'a', 'b'], '', cwd)).toEqual({
          status: 0,
          out: merged.map((one) => `${one}\n`).join(''),
          err: '',
        });
        const input = a.length + b.length;
        const document = { command: 'merge', input, output: merged.length, prefixes: merged };
        expect((await cidr(['merge', '-', 'b', '--json'], first, cwd)).out).toBe(`${JSON.stringify(document)}\n`);
        const left = ([4, 6] as const).flatMap((family) =>
          oracle.cover(oracle.minus(oracle.union(a, family), oracle.union(b, family)), family),
        );
        expect(lines((await cidr(['subtract', 'a', 'b'], '', cwd)).out)).toEqual(left);
        const rest = { command: 'subtract', input: a.length, minus: b.length, output: left.length, prefixes: left };
        expect((await cidr(['subtract', 'a', '-', '--json'], second, cwd)).out).toBe(`${JSON.stringify(rest)}\n`);
      }),
      { numRuns: RUNS },
    );
  });

  it('conflicts', async () => {
    await fc.assert(
      fc.asyncProperty(arbList, arbList, async (first, second) => {
        const cwd = folder({ a: first, b: second });
        const blocks = [...oracle.read('a', first), ...oracle.read('b', second)].map((one, index) => ({
          ...one,
          index,
        }));
        const expected = oracle.conflicts(blocks);
        const ran = await cidr(['conflicts', 'a', 'b'], '', cwd);
        expect(ran).toEqual({
          status: expected.length > 0 ? 3 : 0,
          out: expected.map((one) => `${one}\n`).join(''),
          err: '',
        });
        const pairs = expected.map((line) => {
          const [a, relation, b, aAt, bAt] = line.split('\t');
          return { a, relation, b, aAt, bAt };
        });
        const equals = pairs.filter(({ relation }) => relation === 'equals').length;
        const document = {
          command: 'conflicts',
          input: blocks.length,
          pairs: pairs.length,
          equals,
          contains: pairs.length - equals,
          conflicts: pairs,
        };
        expect((await cidr(['conflicts', 'a', 'b', '--json'], '', cwd)).out).toBe(`${JSON.stringify(document)}\n`);
      }),
      { numRuns: RUNS },
    );
  });

  it('contains', async () => {
    await fc.assert(
      fc.asyncProperty(arbList, arbList, async (first, second) => {
        const cwd = folder({ set: first });
        const set = oracle.read('set', first);
        const queries = oracle.read('-', second);
        const expected = queries.map((query) => oracle.contains(set, query));
        const ran = await cidr(['contains', 'set'], second, cwd);
        expect(lines(ran.out)).toEqual(expected);
        expect(ran.status).toBe(expected.every((line) => line.includes('\tinside\t')) ? 0 : 3);
        const results = expected.map((line, at) => {
          const [query, verdict, match] = line.split('\t');
          return { query, at: queries[at]!.at, verdict, match: match === '-' ? null : match };
        });
        const count = (verdict: string): number => results.filter((one) => one.verdict === verdict).length;
        const document = {
          command: 'contains',
          set: set.length,
          queries: queries.length,
          inside: count('inside'),
          partial: count('partial'),
          outside: count('outside'),
          results,
        };
        expect((await cidr(['contains', 'set', '-', '--json'], second, cwd)).out).toBe(`${JSON.stringify(document)}\n`);
      }),
      { numRuns: RUNS },
    );
  });

  it('free', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbList,
        arbList,
        fc.integer({ min: 22, max: 32 }),
        fc.integer({ min: 1, max: 9 }),
        async (pools, taken, bits, count) => {
          for (const family of [4, 6] as const) {
            const pool = oracle.read('', pools).filter((one) => one.family === family && one.bits > 8);
            if (pool.length === 0) continue;
            const length = family === 4 ? bits : bits + 96;
            const text = pool.map((one) => oracle.write(one));
            const expected = oracle.free(pool, oracle.read('-', taken), length, count);
            const options = ['--pool', text.join(','), '--bits', String(length), '--count', String(count)];
            const ran = await cidr(['free', ...options], taken);
            expect(ran).toEqual({
              status: expected.length < count ? 3 : 0,
              out: expected.map((one) => `${one}\n`).join(''),
              err: expected.length < count ? expect.stringMatching(/^note: /) : '',
            });
            const document = {
              command: 'free',
              pool: text,
              bits: length,
              asked: count,
              found: expected.length,
              prefixes: expected,
            };
            expect((await cidr(['free', ...options, '--json'], taken)).out).toBe(`${JSON.stringify(document)}\n`);
          }
        },
      ),
      { numRuns: RUNS },
    );
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
