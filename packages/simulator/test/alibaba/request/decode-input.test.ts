import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../../core/test/runs.js';
import { checkInput } from '../../../src/alibaba/request/check-input.js';
import { decodeInput } from '../../../src/alibaba/request/decode-input.js';
import { flatten } from '../../../src/alibaba/request/rpc-request.js';
import type { AnyAlibabaOperation } from '../../../src/alibaba/operation/operation.js';

/** An action with every kind of parameter. */
const thing = (product: 'CloudAPI' | 'Ecs'): AnyAlibabaOperation => ({
  product,
  name: 'CreateThing',
  kind: 'write',
  parameters: {
    Name: { type: 'string', length: [1, 8], pattern: /^[^!]*$/ },
    Size: { type: 'integer', range: [0, 100] },
    Open: { type: 'boolean' },
    Policy: { type: 'string', values: ['A', 'B'] },
    Block: { type: 'json' },
    Id: { type: 'list', length: [1, 3], items: { type: 'string' } },
    Tag: {
      type: 'list',
      items: { type: 'structure', members: { Key: { type: 'string', required: true }, Value: { type: 'string' } } },
    },
    Place: {
      type: 'structure',
      members: { Zone: { type: 'string' }, Ports: { type: 'list', items: { type: 'integer' } } },
    },
  },
  run: () => ({}),
});

const decode = (flat: Readonly<Record<string, string>>, operation = thing('CloudAPI')) => {
  const input = decodeInput(operation, new Map(Object.entries(flat)));
  checkInput(operation, input);
  return input;
};

it.each<[Record<string, string>, object, string]>([
  [{ Name: 'x', RegionId: 'cn-hangzhou', Timestamp: '…' }, { Name: 'x' }, 'common parameters are dropped'],
  [{ 'Tag.1.Key': 'a', 'Tag.1.Value': '' }, { Tag: [{ Key: 'a', Value: '' }] }, 'a flattened list of structures'],
  [{ 'Id.2': 'b', 'Id.10': 'c', 'Id.1': 'a' }, { Id: ['a', 'b', 'c'] }, 'numbers sort as numbers'],
  [{ 'Id.3': 'a' }, { Id: ['a'] }, 'the clients leave holes where an item is null'],
  [{ Id: '["a","b"]' }, { Id: ['a', 'b'] }, 'a list can be one JSON text'],
  [{ Tag: '[{"Key":"a"}]' }, { Tag: [{ Key: 'a' }] }, 'structures in a list can be one JSON text'],
  [{ Place: '{"Zone":1,"Ports":["80",443]}' }, { Place: { Zone: '1', Ports: [80, 443] } }, 'JSON types convert'],
  [{ 'Place.Ports.1': '80', 'Place.Zone': 'j' }, { Place: { Zone: 'j', Ports: [80] } }, 'lists in structures'],
  [
    { Block: '{"CidrBlock":"10.1.0.0/24","Customized":true}' },
    { Block: { CidrBlock: '10.1.0.0/24', Customized: true } },
    'a shrunk structure',
  ],
  [{ Block: '"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["' }, { Block: '['.repeat(34) }, 'brackets in texts do not nest'],
  [{ Open: 'True', Size: '007' }, { Open: true, Size: 7 }, 'other spellings of the same value'],
])('reads %j as %j: %s', (flat, input) => {
  expect(decode(flat)).toEqual(input);
});

it.each<[Record<string, string>, string, string, string]>([
  [{ Colour: 'red' }, 'UnsupportedParameter', 'UnsupportedParameter', 'no such parameter'],
  [{ 'Name.1': 'a' }, 'UnsupportedParameter', 'UnsupportedParameter', 'a string has no items'],
  [{ 'Tag.1.Colour': 'red' }, 'UnsupportedParameter', 'UnsupportedParameter', 'no such member'],
  [{ Tag: '[{"Key":"a","Colour":"red"}]' }, 'UnsupportedParameter', 'UnsupportedParameter', 'no such member in JSON'],
  [{ constructor: 'a' }, 'UnsupportedParameter', 'UnsupportedParameter', 'no prototype name as parameter'],
  [{ 'Tag.1.constructor': 'a' }, 'UnsupportedParameter', 'UnsupportedParameter', 'no prototype name as member'],
  [{ 'Tag.0.Key': 'a' }, 'InvalidTag', 'InvalidParameter', 'lists begin at 1'],
  [{ 'Tag.x.Key': 'a' }, 'InvalidTagx', 'InvalidParameter', 'item indexes are numbers'],
  [{ Id: 'a', 'Id.1': 'a' }, 'InvalidId', 'InvalidParameter', 'both spellings at once'],
  [{ Id: 'a' }, 'InvalidId', 'InvalidParameter', 'a list that is not JSON'],
  [{ Id: '{}' }, 'InvalidId', 'InvalidParameter', 'a list that is not a JSON array'],
  [{ Id: '[["a"]]' }, 'InvalidId', 'InvalidParameter', 'an item that is not a string'],
  [{ Place: '[]' }, 'InvalidPlace', 'InvalidParameter', 'an array instead of a structure'],
  [{ Block: '{' }, 'InvalidBlock', 'InvalidParameter', 'JSON that is cut off'],
  [{ Block: '['.repeat(33) + ']'.repeat(33) }, 'InvalidBlock', 'InvalidParameter', 'JSON that is nested too deeply'],
  [{ Size: 'many' }, 'InvalidSize', 'InvalidParameter', 'no number'],
  [{ Size: '1.5' }, 'InvalidSize', 'InvalidParameter', 'not an integer'],
  [{ Size: '101' }, 'InvalidSize', 'InvalidParameter', 'out of range'],
  [{ Open: 'yes' }, 'InvalidOpen', 'InvalidParameter', 'no boolean'],
  [{ Policy: 'C' }, 'InvalidPolicy', 'InvalidParameter', 'none of the values'],
  [{ Name: 'a!' }, 'InvalidName', 'InvalidParameter', 'breaks the pattern'],
  [{ Name: 'far too long' }, 'InvalidName', 'InvalidParameter', 'too long'],
  [{ 'Id.1': 'a', 'Id.2': 'b', 'Id.3': 'c', 'Id.4': 'd' }, 'InvalidId', 'InvalidParameter', 'too many'],
  [{ 'Tag.1.Value': 'a' }, 'MissingTagKey', 'MissingParameter', 'a member is missing'],
])('refuses %j with %s of CloudAPI and %s of ECS: %s', (flat, cloudApi, ecs) => {
  expect(() => decode(flat)).toThrow(expect.objectContaining({ code: cloudApi, status: 400 }));
  expect(() => decode(flat, thing('Ecs'))).toThrow(expect.objectContaining({ code: ecs, status: 400 }));
});

it('reads back what the clients flatten', () => {
  const text = fc.string({ unit: 'grapheme' });
  const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 12 });
  const input = fc.record(
    {
      Name: text,
      Size: fc.maxSafeInteger(),
      Open: fc.boolean(),
      Id: some(text),
      Tag: some(fc.record({ Key: text, Value: text }, { requiredKeys: ['Key'], noNullPrototype: true })),
      Place: fc.record({ Zone: text, Ports: some(fc.maxSafeInteger()) }, { noNullPrototype: true }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  fc.assert(
    fc.property(input, (given) => {
      const { Place, ...rest } = given;
      const expected = Place && Object.keys(Place).length > 0 ? given : rest; // an empty structure is not sent
      expect(decodeInput(thing('CloudAPI'), flatten(given))).toEqual(expected);
    }),
    { numRuns: runs(25, 100) },
  );
});
