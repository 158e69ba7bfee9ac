import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../../core/test/runs.js';
import { QueryCodec, parseQuery } from '../../../src/aws/protocols/query-codec.js';
import { serviceModel } from '../../../src/aws/service-table.js';

const describeVpcs = async () => {
  const model = (await serviceModel('ec2')).operations.get('DescribeVpcs');
  if (!model) throw new Error('the SDK has no DescribeVpcs');
  const read = new QueryCodec('ec2').reader(model.input);
  return (query: string) => read(parseQuery(query)) as Record<string, unknown>;
};

it('has its lists in the order of their numbers, in any order of the request and with omitted numbers', async () => {
  const read = await describeVpcs();
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 }), (numbers) => {
      const query = numbers.map((number) => `VpcId.${number}=vpc-${number}`).join('&');
      const sorted = numbers.toSorted((a, b) => a - b).map((number) => `vpc-${number}`);
      expect(read(query)).toEqual({ VpcIds: sorted });
    }),
    { numRuns: runs(25, 100) },
  );
});

it.each<[string, object, string]>([
  ['MaxResults=5&NextToken=a%2Bb+c%25', { MaxResults: 5, NextToken: 'a+b c%' }, 'plus and percent'],
  ['DryRun=false&', { DryRun: false }, 'a stray separator'],
  ['NextToken', { NextToken: '' }, 'no equals sign'],
  ['NextToken=a=b', { NextToken: 'a=b' }, 'more than one'],
  [
    'Filter.1.Name=tag%3Ax&Filter.1.Value.2=b&Filter.1.Value.1=a',
    { Filters: [{ Name: 'tag:x', Values: ['a', 'b'] }] },
    'nesting',
  ],
  ['', {}, 'nothing'],
])('%s is %j: %s', async (query, expected) => {
  expect((await describeVpcs())(query)).toEqual(expected);
});
