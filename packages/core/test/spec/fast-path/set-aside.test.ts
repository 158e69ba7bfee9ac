import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plain } from '../../../src/spec/source/plain-value.js';
import { specSchema } from '../../../src/spec/schema/spec-schema.js';
import { setAside } from '../../../src/spec/fast-path/set-aside.js';

const RUNS = process.env['POSTERN_PROVE'] === '1' ? 20_000 : 400;

/** Mostly valid, so that whole lists are valid; otherwise with a small error. */
const text = (...right: string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', 'ö', 'constructor', '-x', 'a b', 'x'.repeat(600), '$defaults') },
  );
const port = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<Plain>(1, 443, 65_535) },
  { weight: 1, arbitrary: fc.constantFrom<Plain>(0, -1, 1.5, 65_536, '443', '0', null, true) },
);
const name = text('orders', 'a.b-c_1', '9');
const id = text('i-1', 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/x/1/2', 'lb_1');
const odd = fc.constantFrom<Plain>(null, 'x', 7, true, [], {});
const target = fc.oneof(
  { weight: 6, arbitrary: fc.record({ listener: id }) },
  { weight: 6, arbitrary: fc.record({ listener: fc.record({ loadBalancer: id, port }) }) },
  { weight: 6, arbitrary: fc.record({ instance: id, port }) },
  { weight: 6, arbitrary: fc.record({ address: text('10.0.0.1'), port }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        listener: fc.oneof(id, fc.record({ loadBalancer: id, port, more: odd }, { requiredKeys: [] })),
        service: id,
        instance: id,
        address: id,
        port,
        tls: fc.record({ serverName: text('orders.internal') }, { requiredKeys: [] }),
        admits: fc.array(text('10.0.0.0/8')),
        path: text('keep'),
        more: odd,
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: odd },
);
const routeKey = fc.oneof(
  { weight: 30, arbitrary: text('ANY /orders', '$default', 'GET /{proxy+}') },
  { weight: 1, arbitrary: text('sendOrder', '$connect') },
);
const route = fc.oneof(
  { weight: 40, arbitrary: name },
  {
    weight: 1,
    arbitrary: fc.record(
      { target: name, timeout: text('10s'), apiKey: fc.boolean(), more: odd },
      { requiredKeys: ['target'] },
    ),
  },
);
const integration = fc.record(
  {
    link: name,
    gateway: fc.record({ httpApi: text('a1b2c3d4e5') }),
    targets: fc.oneof({ weight: 20, arbitrary: fc.dictionary(name, target) }, { weight: 1, arbitrary: odd }),
    routes: fc.oneof(
      {
        weight: 20,
        arbitrary: fc.dictionary(routeKey, route),
      },
      { weight: 1, arbitrary: odd },
    ),
    protect: fc.boolean(),
    more: odd,
  },
  { requiredKeys: ['link', 'gateway'] },
);
const spec = fc.record(
  { version: fc.constant(1), project: name, integrations: fc.oneof(fc.dictionary(name, integration), odd) },
  { requiredKeys: ['version', 'project'] },
) as fc.Arbitrary<Plain>;

describe('setAside', () => {
  it('changes neither the errors nor the result of the schema', () => {
    let aside = 0;
    fc.assert(
      fc.property(spec, (given) => {
        const written = JSON.stringify(given);
        const { rest, putBack } = setAside(given);
        if (JSON.stringify(rest) !== written) aside += 1;
        const plain = specSchema.safeParse(given);
        const judged = specSchema.safeParse(rest);
        expect(judged.success).toBe(plain.success);
        if (plain.success && judged.success) expect(putBack(judged.data)).toEqual(plain.data);
        else expect(judged.error?.issues).toEqual(plain.error?.issues);
        expect(JSON.stringify(given)).toBe(written);
      }),
      { numRuns: RUNS, seed: 20_261_120 },
    );
    expect(aside).toBeGreaterThan(RUNS / 4);
  });

  it('removes the lists that are plain and valid, each separately', () => {
    const routes = { 'ANY /orders': 'orders' };
    const { rest } = setAside({
      integrations: { a: { link: 'eu', targets: { orders: { instance: 'i-1', port: '80' } }, routes } },
    });
    expect(rest).toEqual({
      integrations: { a: { link: 'eu', targets: { orders: { instance: 'i-1', port: '80' } }, routes: {} } },
    });
  });
});
