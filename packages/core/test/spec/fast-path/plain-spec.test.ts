import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonSpec } from '../../../src/spec/json.js';
import { parsePlainSpec } from '../../../src/spec/parse-plain.js';
import type { Plain } from '../../../src/spec/source/plain-value.js';
import { isPlainSpec } from '../../../src/spec/fast-path/plain-spec.js';
import { specSchema } from '../../../src/spec/schema/spec-schema.js';

const RUNS = process.env['POSTERN_PROVE'] === '1' ? 50_000 : 1_000;

/** Mostly valid, so that whole specs are valid; otherwise with a small error. */
function mostly(right: readonly Plain[], wrong: readonly Plain[] = ['', 'ö', 'a b', null, 7, [], {}]) {
  return fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
}

function some(members: Record<string, fc.Arbitrary<Plain>>, required: readonly string[]): fc.Arbitrary<Plain> {
  const all = fc.record(members) as fc.Arbitrary<Plain>;
  const fewer = fc.record(members, { requiredKeys: [...required] }) as fc.Arbitrary<Plain>;
  return fc.oneof({ weight: 3, arbitrary: all }, { weight: 1, arbitrary: fewer });
}

const id = mostly(['vlink-1', 'arn:aws:x:eu-west-1:1:y/z'], [{ name: 'eu' }, { tag: { a: 'b' } }, 'x y', '']);
const name = fc.constantFrom('eu', 'a.b-c', '7');
const link = fc.oneof(
  {
    weight: 1,
    arbitrary: some(
      {
        provider: fc.constant('aws'),
        region: fc.constant('eu-west-1'),
        id,
        kind: mostly(['vpc-link-v1', 'vpc-link-v2'], ['vpc-link-v3']),
        loadBalancer: mostly(['orders-nlb']),
      },
      ['provider', 'region'],
    ),
  },
  {
    weight: 9,
    arbitrary: some(
      {
        provider: fc.constant('aws'),
        region: mostly(['eu-west-1'], ['EU', 'x']),
        account: mostly(['111122223333'], ['1']),
        id,
      },
      ['provider'],
    ),
  },
  {
    weight: 9,
    arbitrary: some(
      {
        provider: mostly(['alibaba'], ['gcp']),
        region: mostly(['cn-hangzhou'], ['']),
        account: mostly(['123456'], ['12']),
        id,
        protect: fc.boolean(),
      },
      ['provider', 'region', 'id'],
    ),
  },
);
const settings = some({ target: name, timeout: mostly(['10s'], ['10']), apiKey: fc.boolean() }, ['target']);
const integration = some(
  {
    link: mostly(['eu', 'a.b-c']),
    gateway: fc.oneof(
      { weight: 9, arbitrary: fc.record({ httpApi: mostly(['a1b2c3']) }) },
      { weight: 9, arbitrary: fc.record({ apiGroup: mostly(['g1']) }) },
      {
        weight: 2,
        arbitrary: fc.record({ restApi: mostly(['r1']), stage: mostly(['prod']) }, { requiredKeys: ['restApi'] }),
      },
      { weight: 2, arbitrary: fc.record({ webSocketApi: mostly(['w1']) }) },
      {
        weight: 5,
        arbitrary: fc.record({ httpApi: fc.constant('a1'), apiGroup: fc.constant('g1') }, { requiredKeys: [] }),
      },
    ) as fc.Arbitrary<Plain>,
    targets: fc.dictionary(
      name,
      fc.oneof(
        fc.record({ listener: fc.record({ loadBalancer: id, port: mostly([443], [0, '80', 1.5]) }) }),
        fc.record({ address: mostly(['10.0.0.1']), port: mostly([80]) }),
      ),
    ) as fc.Arbitrary<Plain>,
    routes: fc.dictionary(
      mostly(['ANY /orders', '$default'], ['/x', 'sendOrder', '$connect']) as fc.Arbitrary<string>,
      fc.oneof({ weight: 40, arbitrary: name }, { weight: 1, arbitrary: settings }),
    ) as fc.Arbitrary<Plain>,
  },
  ['link'],
);
const spec = some(
  {
    version: mostly([1], [2, '1']),
    project: mostly(['shop']),
    links: fc.dictionary(name, link) as fc.Arbitrary<Plain>,
    integrations: fc.dictionary(name, integration) as fc.Arbitrary<Plain>,
  },
  ['version', 'project'],
);

/** A spec that is plain, apart from its gateway or its routes. */
const plainWith = (gateway: string, routes: string): string =>
  `{"version":1,"project":"shop","links":{"eu":{"provider":"aws","region":"eu-west-1","id":"a"}},"integrations":{"o":{"link":"eu","gateway":{${gateway}},"targets":{"x":{"listener":"arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/x/1a/2b"}},"routes":{${routes}}}}}`;

describe('a spec that is plain and valid', () => {
  it('has an HTTP API with routes that name targets', () => {
    expect(parsePlainSpec(plainWith('"httpApi":"a"', '"GET /a":"x"'))).toBeDefined();
  });

  it('is equal to the result of the schema', () => {
    let plain = 0;
    fc.assert(
      fc.property(spec, (given) => {
        if (!isPlainSpec(given)) return;
        plain += 1;
        const judged = specSchema.safeParse(given);
        expect(judged.error?.issues).toBeUndefined();
        expect(judged.data).toEqual(given);
      }),
      { numRuns: RUNS, seed: 20_261_120 },
    );
    expect(plain).toBeGreaterThan(RUNS / 20);
  });

  it('is read as with the schema, or not read', () => {
    let plain = 0;
    fc.assert(
      fc.property(spec, fc.constantFrom(0, 1), (given, indent) => {
        const text = JSON.stringify(given, null, indent);
        const read = parsePlainSpec(text, { file: 's.json' });
        if (read === undefined) return;
        plain += 1;
        const judged = parseJsonSpec(text, { file: 's.json' });
        expect({ ...read, places: undefined }).toEqual({ ...judged, places: undefined });
        for (const path of ['links.eu.id', 'integrations.eu.routes["ANY /orders"]', 'nothing.there']) {
          expect(read.places?.(path)).toEqual(judged.places?.(path));
        }
      }),
      { numRuns: RUNS, seed: 20_261_120 },
    );
    expect(plain).toBeGreaterThan(RUNS / 100);
  });

  it.each<[string, string]>([
    ['a variable', '{"version":1,"project":"${env:P}"}'],
    ['an escape that may hide one', '{"version":1,"project":"s\\u0068op"}'],
    ['an unknown key', '{"version":1,"project":"shop","more":1}'],
    ['facts assumed', '{"version":1,"project":"shop","assume":{}}'],
    [
      'a link to create',
      '{"version":1,"project":"shop","links":{"eu":{"provider":"aws","region":"eu-west-1","subnets":["s"]}}}',
    ],
    [
      'kind of link',
      '{"version":1,"project":"shop","links":{"eu":{"provider":"aws","region":"eu-west-1","id":"a","kind":"vpc-link-v1"}}}',
    ],
    ['stage of a REST API', plainWith('"restApi":"a","stage":"prod"', '"GET /a":"x"')],
    ['REST API without a stage', plainWith('"restApi":"a"', '"GET /a":"x"')],
    ['message of a WebSocket API', plainWith('"webSocketApi":"a"', '"send":"x"')],
    ['settings of a route', plainWith('"httpApi":"a"', '"GET /a":{"target":"x","timeout":"10s"}')],
    [
      'a link that is not defined',
      '{"version":1,"project":"shop","integrations":{"a":{"link":"x","gateway":{"httpApi":"a"},"targets":{},"routes":{}}}}',
    ],
  ])('has no %s', (_, text) => {
    expect(parsePlainSpec(text)).toBeUndefined();
  });

  it('is refused where it is not JSON, or has a duplicate key', () => {
    expect(() => parsePlainSpec('{"version":1')).toThrow(expect.objectContaining({ code: 'INVALID_YAML' }));
    expect(() => parsePlainSpec('{"version":1,"version":1}')).toThrow(/stands twice/);
    const twice = plainWith('"httpApi":"a"', '"GET /a":"x","GET /a":"x"');
    expect(() => parsePlainSpec(twice)).toThrow(/stands twice/);
    expect(() => parsePlainSpec(twice.replaceAll(',', ', '))).toThrow(/stands twice/);
  });

  it.each([
    ['the key __proto__', /__proto__ is not allowed/, '{"version":1,"project":"shop","links":{"__proto__":{}}}'],
    ['a number that is not exact', /cannot be read exactly/, '{"version":9007199254740993,"project":"shop"}'],
  ])('is refused with %s', (_, message, text) => {
    expect(() => parsePlainSpec(text)).toThrow(message);
  });

  it('is refused where it is nested too deep, as by the schema', () => {
    const deep = `{"version":1,"project":"shop","links":${'['.repeat(100)}${']'.repeat(100)}}`;
    expect(() => parsePlainSpec(deep)).toThrow(/nested deeper/);
    expect(() => parseJsonSpec(deep)).toThrow(/nested deeper/);
  });
});
