import { parseSpec, specFrom } from '../clouds.js';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuMs } from '../cpu-time.js';
import { sharedTemporaryFolder } from '../temporary-folder.js';
import { parseDocument } from 'yaml';
import { isPosternError } from '../../src/ground/errors.js';
import { MAX_DEPTH } from '../../src/spec/source/spec-limits.js';
import { readYaml } from '../../src/spec/source/read-yaml.js';
import { scanText } from '../../src/spec/source/scan-yaml.js';
import { PROVE, runs, sample } from '../runs.js';

const HEAD = 'version: 1\nproject: shop\n';
const LINK = { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-1'] };

/** The code of the refusal, or `accepted`. Anything but a typed error is a failure of the test. */
function outcome(text: string, json = false): string {
  try {
    parseSpec(text, { json });
    return 'accepted';
  } catch (error) {
    if (!isPosternError(error)) throw error;
    return error.code;
  }
}

/** Milliseconds of processor time: other load of the machine must not count. */
function elapsed(work: () => unknown): number {
  const start = cpuMs();
  work();
  return cpuMs() - start;
}

describe('names of inherited members', () => {
  const words = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'];
  const before = Object.getOwnPropertyNames(Object.prototype).join();

  it.each(words)('%s as a key or name anywhere is refused or plain data', (word) => {
    const places = [
      { version: 1, project: word },
      { version: 1, project: 'shop', links: { [word]: LINK } },
      { version: 1, project: 'shop', links: { eu: { ...LINK, [word]: { polluted: true } } } },
      { version: 1, project: 'shop', links: { eu: { ...LINK, tags: { [word]: 'polluted' } } } },
      { version: 1, project: 'shop', assume: { [word]: { polluted: true } } },
      {
        version: 1,
        project: 'shop',
        integrations: { a: { link: word, gateway: { httpApi: 'abc' }, targets: {}, routes: {} } },
      },
      {
        version: 1,
        project: 'shop',
        integrations: { a: { link: LINK, gateway: { httpApi: 'abc' }, targets: {}, routes: { $default: word } } },
      },
    ];
    for (const value of places) {
      // JSON text keeps `__proto__` as an own key where an object literal would not.
      const text = JSON.stringify(value, (_, member: unknown) =>
        member !== null && typeof member === 'object' && !Array.isArray(member)
          ? Object.fromEntries(Object.entries(member))
          : member,
      );
      for (const json of [true, false]) {
        expect(['accepted', 'INVALID_SPEC', 'INVALID_YAML', 'UNKNOWN_REFERENCE']).toContain(outcome(text, json));
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  });

  it('an own __proto__ is refused with its place', () => {
    const text = `${HEAD}links:\n  eu:\n    __proto__: { region: eu-west-1 }\n`;
    expect(() => parseSpec(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_YAML', place: expect.objectContaining({ line: 5, column: 5 }) }),
    );
    expect(() => specFrom(JSON.parse('{"version":1,"project":"a","assume":{"__proto__":{}}}'))).toThrow(
      expect.objectContaining({ code: 'INVALID_SPEC' }),
    );
  });

  it.each<[string, RegExp]>([
    ['constructor', /this name is reserved in JavaScript/],
    ['toString', /this name is reserved in JavaScript/],
    ['orders](javascript:alert(1))', /not a valid name/],
    ['-orders', /not a valid name/],
  ])('reports why %s is not a valid name of a project', (project, reason) => {
    const refused = (): unknown => parseSpec(JSON.stringify({ version: 1, project }));
    expect(refused).toThrow(reason);
    // Only one of the two reasons applies.
    expect(refused).not.toThrow(/not a valid name[^]*JavaScript|JavaScript[^]*not a valid name/);
    if (project.includes('(')) expect(refused).not.toThrow(/is reserved in JavaScript/);
  });

  it('a tag called constructor is plain data', () => {
    const spec = parseSpec(
      JSON.stringify({ version: 1, project: 'shop', links: { eu: { ...LINK, tags: { constructor: 'x' } } } }),
    );
    expect(Object.entries(spec.links['eu']?.tags ?? {})).toEqual([['constructor', 'x']]);
  });
});

describe('alias bombs', () => {
  it('are refused quickly', () => {
    const bomb = (levels: number, width: number): string =>
      `${HEAD}assume:\n  a0: &a0 [x, x]\n${Array.from({ length: levels }, (_, level) => `  a${level + 1}: &a${level + 1} [${Array(width).fill(`*a${level}`).join(', ')}]\n`).join('')}`;
    outcome(bomb(1, 1)); // compiled once
    for (const [levels, width] of [
      [9, 9],
      [30, 9],
      [4, 8],
      [16, 2],
      [10, 3],
      [1, 100_000],
    ] as const) {
      let code = '';
      expect(elapsed(() => (code = outcome(bomb(levels, width))))).toBeLessThan(300);
      expect(code).toBe('INPUT_TOO_LARGE');
    }
  });
  it('that refer to themselves are refused', () => {
    expect(outcome(`${HEAD}assume: &a { b: *a }\n`)).toBe('INVALID_YAML');
    expect(outcome(`${HEAD}assume: { b: *nothing }\n`)).toBe('INVALID_YAML');
  });
  it('a few aliases are read', () => {
    const text = `${HEAD}links:\n  a: &a { provider: aws, region: eu-west-1, subnets: [subnet-1] }\n  b: *a\n`;
    const spec = parseSpec(text);
    expect(spec.links['b']).toEqual(spec.links['a']);
    expect(spec.places?.('links.b.subnets')).toMatchObject({ line: 5 });
  });
});

describe('nesting', () => {
  const folder = sharedTemporaryFolder();
  const program = () => path.join(folder(), 'nest.cjs');
  beforeAll(async () => {
    writeFileSync(
      path.join(folder(), 'nest.ts'),
      `import { readFileSync } from 'node:fs';
       import { clouds, parseSpec } from ${JSON.stringify(path.resolve(import.meta.dirname, '../../src/internal/spec.ts'))};
       try { parseSpec(readFileSync(process.argv[2], 'utf8'), { clouds: clouds([]), json: process.argv[3] === 'json' }); }
       catch (error) { console.log(error.code); process.exitCode = 64; }`,
    );
    await build({
      entryPoints: [path.join(folder(), 'nest.ts')],
      outfile: program(),
      bundle: true,
      platform: 'node',
      nodePaths: [path.resolve(import.meta.dirname, '../../node_modules')],
    });
  });

  const nests: [string, string][] = [
    ['20,000 brackets', '['.repeat(20_000)],
    ['20,000 brackets that close', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['a million maps', '{a: '.repeat(1_000_000)],
    ['a million items in a line', '- '.repeat(1_000_000)],
    ['a million keys in a line', '? '.repeat(1_000_000)],
    ['a million tags', '!a '.repeat(1_000_000)],
    ['a million tags in brackets', `[${'!a '.repeat(1_000_000)}`],
    ['deep blocks', Array.from({ length: 2500 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['lists in lists, line by line', Array.from({ length: 2500 }, (_, level) => `${' '.repeat(level)}-`).join('\n')],
    ['brackets behind an apostrophe', `a: it's ${'\n'}b: ${'['.repeat(20_000)}`],
    ['brackets that quotes seem to close', `${'["]", '.repeat(20_000)}`],
    ['JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ];
  it.each(sample(nests, 4))('of %s ends a process properly', async (what, text) => {
    const file = path.join(folder(), 'spec.yaml');
    writeFileSync(file, text);
    for (const mode of what === 'JSON' ? ['json', 'yaml'] : ['yaml']) {
      const run = await promisify(execFile)(process.execPath, [program(), file, mode]).catch((error: unknown) => error);
      expect(run).toMatchObject({ code: 64, stdout: expect.stringMatching(/^(?:INPUT_TOO_LARGE)\n$/) });
    }
  });

  it.each([64, 65, 1000, 1_000_000])('%i deep', (depth) => {
    const text = `${HEAD}assume:\n  a: ${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}\n`;
    // A text that is not too deep is checked by the schema.
    expect(outcome(text)).toBe(depth <= 64 ? 'INVALID_SPEC' : 'INPUT_TOO_LARGE');
  });

  it('for any text: a text that the scan accepts is not deep', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      '- ',
      '? ',
      ': ',
      'a: ',
      'a',
      '"',
      "'",
      '\n',
      '\n ',
      '\n   ',
      ', ',
      '#',
      '|\n',
      '&x ',
      '!t ',
      '*x ',
    );
    const hostile = fc.array(piece, { minLength: 1, maxLength: 400 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(hostile, (text) => {
        let scanned: string;
        try {
          scanned = scanText(text);
        } catch {
          return;
        }
        const document = parseDocument(scanned, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
        expect(depthOf(document.contents)).toBeLessThanOrEqual(2 * MAX_DEPTH + 4);
      }),
      { numRuns: runs(12, 600) },
    );
  });
  it('accepts a text that is not deep', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 12 }), (text) => {
        expect(scanText(text)).toBe(text);
      }),
      { numRuns: runs(4, 300) },
    );
  });
});

function depthOf(node: unknown): number {
  const { items } = (node ?? {}) as { items?: unknown[] };
  if (items === undefined) return 0;
  let deepest = 0;
  for (const item of items) {
    const pair = item as { key?: unknown; value?: unknown } | null;
    const isPair = pair !== null && typeof pair === 'object' && 'key' in pair;
    deepest = Math.max(deepest, ...(isPair ? [depthOf(pair.key), depthOf(pair.value)] : [depthOf(item)]));
  }
  return deepest + 1;
}

describe('many and long', () => {
  const keys = (count: number): string =>
    `${HEAD}assume:\n${Array.from({ length: count }, (_, at) => `  k${at}: v`).join('\n')}\n`;
  const items = (count: number): string => `${HEAD}assume:\n  list:\n${'    - x\n'.repeat(count)}`;
  const flow = (count: number): string =>
    `${HEAD}assume: { ${Array.from({ length: count }, (_, at) => `k${at}: v`).join(', ')} }\n`;
  const unknown = (count: number): string =>
    `${HEAD}${Array.from({ length: count }, (_, at) => `k${at}: v`).join('\n')}\n`;
  const links = (count: number): string =>
    `${HEAD}links:\n${Array.from({ length: count }, (_, at) => `  k${at}: v`).join('\n')}\n`;

  it.each([
    ['keys', keys],
    ['items', items],
    ['keys in braces', flow],
    ['unknown keys', unknown],
    ['wrong links', links],
  ] as const)('%s take linear time', (_, make) => {
    const time = (count: number): number => {
      const text = make(count);
      return Math.min(...Array.from({ length: 2 }, () => elapsed(() => outcome(text))));
    };
    time(1000); // compiled once
    // Four times as much; quadratic work would take sixteen times as long. The rest is for a busy machine.
    const ratios = Array.from({ length: 3 }, () => time(4000) / time(1000));
    expect(Math.min(...ratios)).toBeLessThan(10);
  });
  it.runIf(PROVE)('a text of 4 MiB is read, a longer one is not', () => {
    const longest = `${HEAD}spec: shop\n$schema: "`;
    expect(outcome(`${longest}${'x'.repeat(4 * 1024 * 1024 - longest.length - 2)}"\n`)).toBe('accepted');
    expect(outcome(`${longest}${'x'.repeat(4 * 1024 * 1024)}"\n`)).toBe('INPUT_TOO_LARGE');
  });
  it.runIf(PROVE)('too many values are refused before they are parsed', () => {
    expect(outcome(`${HEAD}assume:\n${'- a\n'.repeat(900_000)}`)).toBe('INPUT_TOO_LARGE');
  });
});

describe('text that is not valid', () => {
  it.each([
    ['NUL', `${HEAD}links: \u0000`, 3, 8],
    ['an escape sequence', `${HEAD}links: \u001b[31m`, 3, 8],
    ['a lone surrogate', `${HEAD}a: \ud800`, 3, 4],
    ['a byte order mark inside', `${HEAD}\ufefflinks: {}`, 3, 1],
    ['a line separator', `${HEAD}a: x\u2028b: y`, 3, 5],
    ['UTF-16 read as UTF-8', 'v\u0000e\u0000r\u0000', 1, 2],
  ])('%s is refused with its place', (_, text, line, column) => {
    expect(() => parseSpec(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_YAML', place: expect.objectContaining({ line, column }) }),
    );
  });
  it.runIf(PROVE)('100 MiB in one line is refused', () => {
    expect(outcome('x'.repeat(100 * 1024 * 1024))).toBe('INPUT_TOO_LARGE');
  });
  it('a byte order mark at the start, CRLF and CR are read, and lines are counted alike', () => {
    const text = `${HEAD}links:\n  eu: { provider: aws, region: eu-west-1, subnets: [subnet-1] }\n`;
    for (const variant of [`\ufeff${text}`, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')]) {
      const { places } = parseSpec(variant);
      expect(places?.('links.eu.subnets[0]')).toMatchObject({ line: 4, column: 53 });
    }
  });
  it('an empty text, one of comments, and a bare scalar are refused', () => {
    for (const text of ['', '# nothing\n', '---\n', 'null']) expect(outcome(text)).toBe('INVALID_SPEC');
    expect(outcome('hello')).toBe('INVALID_SPEC');
  });
  it('tags, directives and second documents are refused', () => {
    expect(outcome(`${HEAD}assume: { a: !!js/function 'x' }`)).toBe('INVALID_YAML');
    expect(outcome(`%YAML 1.1\n---\n${HEAD}`)).toBe('INVALID_YAML');
    expect(outcome(`${HEAD}---\n${HEAD}`)).toBe('INVALID_YAML');
    expect(outcome(`${HEAD}<<: { links: {} }`)).toBe('INVALID_YAML');
  });
  it('any bytes result in a typed error or a spec', () => {
    const text = `${HEAD}links:\n  eu: { provider: aws, region: eu-west-1, subnets: [subnet-1] }\n`;
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ unit: 'binary', maxLength: 4 }), (at, noise) => {
        outcome(text.slice(0, at) + noise + text.slice(at));
      }),
      { numRuns: runs(2, 600) },
    );
  });
});

it('patterns are linear: 64 KiB of anything in any field', () => {
  const pumps = ['a', '-', '.', 'a-', 'a.', '/', ':', '0', ' ', 'é', '${env:', '}', '$', '*', '[', 'aws-', 'arn:aws-a'];
  const fields: ((text: string) => unknown)[] = [
    (project) => ({ version: 1, project }),
    (region) => ({ version: 1, project: 'a', links: { a: { ...LINK, region } } }),
    (id) => ({
      version: 1,
      project: 'a',
      links: {
        a: {
          provider: 'aws',
          region: 'eu-west-1',
          id,
          name: id,
          subnets: [id],
          allowlist: [id],
          timeouts: { create: id },
          tags: { [id]: id },
        },
      },
    }),
    (text) => ({
      version: 1,
      project: 'a',
      integrations: {
        a: {
          link: LINK,
          gateway: { httpApi: text },
          targets: {
            a: { listener: text, tls: { serverName: text } },
            b: { service: text },
            c: { address: text, port: text },
          },
          routes: { [text]: 'a' },
        },
      },
    }),
    (until) => ({ version: 1, project: 'a', ignore: [{ check: 'a', reason: until, until }] }),
    (listener) => ({
      version: 1,
      project: 'a',
      integrations: {
        a: {
          link: LINK,
          gateway: { httpApi: 'a' },
          targets: { a: { listener: `arn:aws:elasticloadbalancing:${listener}` } },
          routes: {},
        },
      },
    }),
  ];
  const run = (value: unknown): number =>
    elapsed(() => {
      try {
        specFrom(value);
      } catch (error) {
        if (!isPosternError(error)) throw error;
      }
    });
  for (const field of fields) run(field('a'));
  for (const pump of pumps) {
    for (const field of fields) {
      const text = pump.repeat(Math.ceil(65_536 / pump.length));
      // Several fields of 64 KiB each; ten times the limit of a single pattern leaves room for a busy machine.
      expect(run(field(text)), `${pump} in ${field.toString()}`).toBeLessThan(150);
    }
  }
});

describe('numbers and duplicate keys', () => {
  it.each(['1e400', '-1e400', '.nan', '.inf', '-0', '9007199254740993', '0x20000000000001'])(
    '%s is refused',
    (number) => {
      expect(outcome(`${HEAD}assume: { a: ${number} }`)).toBe('INVALID_YAML');
    },
  );
  it.each(['1e400', '-0', '9007199254740993'])('%s in JSON is refused', (number) => {
    expect(outcome(`{"version":1,"project":"a","assume":{"a":${number}}}`, true)).toBe('INVALID_YAML');
  });
  it.each(['1', '-7', '0.5', '9007199254740991', '1e3'])('%s is exact', (number) => {
    expect(readYaml(`a: ${number}`, {}).value).toEqual({ a: Number(number) });
  });
  it.each([
    ['YAML', `${HEAD}links: {}\nlinks: {}\n`, false, 4, 1],
    ['JSON', `{"version":1,"project":"a",\n "links":{},"links":{}}`, true, 2, 13],
    ['escapes', `{"version":1,"project":"a","links":{},\n"l\\u0069nks":{}}`, true, 2, 1],
  ])('a duplicate key in %s is refused at the second', (_, text, json, line, column) => {
    expect(() => parseSpec(text, { json })).toThrow(
      expect.objectContaining({ code: 'INVALID_YAML', place: expect.objectContaining({ line, column }) }),
    );
  });
  it('only JSON is accepted, when JSON is requested', () => {
    for (const text of [
      '{version: 1, project: a}',
      '{"version":1,"project":"a",}',
      "{'version':1}",
      '{"version":1} // x',
      '',
      '{',
    ]) {
      expect(outcome(text, true)).toBe('INVALID_YAML');
    }
  });
});

describe('look-alike IDs', () => {
  const spec = (change: (text: string) => unknown, text: string): string => {
    try {
      specFrom(change(text));
      return 'accepted';
    } catch (error) {
      if (!isPosternError(error)) throw error;
      return error.code;
    }
  };
  const places: [string, (text: string) => unknown][] = [
    ['project', (project) => ({ version: 1, project })],
    ['link', (name) => ({ version: 1, project: 'a', links: { [name]: LINK } })],
    ['subnet', (id) => ({ version: 1, project: 'a', links: { a: { ...LINK, subnets: [`subnet-${id}`] } } })],
    ['link id', (id) => ({ version: 1, project: 'a', links: { a: { ...LINK, id } } })],
    ['cloud name', (name) => ({ version: 1, project: 'a', links: { a: { ...LINK, name } } })],
    ['look-up', (name) => ({ version: 1, project: 'a', links: { a: { ...LINK, subnets: [{ name }] } } })],
    ['region', (region) => ({ version: 1, project: 'a', links: { a: { ...LINK, region: `eu-${region}-1` } } })],
    [
      'gateway',
      (httpApi) => ({
        version: 1,
        project: 'a',
        integrations: { a: { link: LINK, gateway: { httpApi }, targets: {}, routes: {} } },
      }),
    ],
    [
      'route',
      (key) => ({
        version: 1,
        project: 'a',
        integrations: {
          a: {
            link: LINK,
            gateway: { httpApi: 'a' },
            targets: { t: { service: 's' } },
            routes: { [`GET /${key}`]: 't' },
          },
        },
      }),
    ],
    [
      'target',
      (name) => ({
        version: 1,
        project: 'a',
        integrations: {
          a: {
            link: LINK,
            gateway: { httpApi: 'a' },
            targets: { [name]: { service: 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1' } },
            routes: {},
          },
        },
      }),
    ],
  ];
  it.each(places)('every %s is ASCII', (_, change) => {
    expect(spec(change, 'а')).toBe('INVALID_SPEC'); // Cyrillic
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), (text) => {
        // oxlint-disable-next-line no-control-regex -- ASCII is the range that is tested
        fc.pre(/[^\u0000-\u007f]/.test(text));
        expect(spec(change, text)).toBe('INVALID_SPEC');
      }),
      { numRuns: runs(8, 100) },
    );
  });
});
