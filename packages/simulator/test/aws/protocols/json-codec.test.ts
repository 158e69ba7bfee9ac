import { describe, expect, it } from 'vitest';
import { JsonCodec } from '../../../src/aws/protocols/json-codec.js';
import { Mismatch } from '../../../src/aws/protocols/protocol.js';
import { serviceModel } from '../../../src/aws/service-table.js';

const codec = new JsonCodec({ jsonNames: true, timestamps: 'epoch-seconds' });
const createApi = async () => {
  const model = (await serviceModel('apigatewayv2')).operations.get('CreateApi');
  if (!model) throw new Error('the SDK has no CreateApi');
  return codec.reader(model.input);
};

describe('names of inherited members', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is plain data as a key of a map',
    async (key) => {
      const read = await createApi();
      const input = JSON.parse(`{"name":"a","protocolType":"HTTP","tags":{"${key}":"x"}}`) as unknown;
      const { Tags } = read(input) as { Tags: Record<string, unknown> };
      expect(Object.entries(Tags)).toEqual([[key, 'x']]);
      expect(Object.getPrototypeOf(Tags)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])('%s is not a member of a structure', async (key) => {
    const read = await createApi();
    expect(() => read(JSON.parse(`{"name":"a","protocolType":"HTTP","${key}":{}}`))).toThrow(Mismatch);
  });
});

it('a mismatch: names its place', async () => {
  const read = await createApi();
  const error = (() => {
    try {
      read({ name: 'a', protocolType: 'HTTP', corsConfiguration: { allowHeaders: ['x', 7] } });
    } catch (thrown) {
      return thrown as Mismatch;
    }
    return undefined;
  })();
  expect(error?.path).toEqual(['CorsConfiguration', 'AllowHeaders', '2']);
  expect(error?.expected).toBe('String');
});
