import { describe, it, expect } from 'vitest';
import { named } from '../all-checks.js';
import { prepare } from '../../../../src/do/world/prepare.js';
import { checkTable } from '../run-check.js';
import { alibabaWorld, TAKEN_AT, alibaba } from '../world.js';
import { CLOUDS } from '../../../clouds.js';

const internalBlock = named('cidr/internal-block');

describe('cidr/internal-block', () => {
  checkTable(internalBlock, {
    'supplied, and no overlap': [alibaba(), 'pass SUBNETS_APART', { evidence: 'assume.internalBlocks.cn-hangzhou' }],
    'not supplied, and no API reports it: the remedy names what to supply': [
      alibaba({ 'spec.assume': undefined }),
      'unknown warning INTERNAL_BLOCK_NOT_KNOWN',
      { remedy: ['assume.internalBlocks.cn-hangzhou', 'https://help.aliyun.com/'] },
    ],
    'a vSwitch inside it: a free block is proposed': [
      alibaba({ 'spec.assume': { internalBlocks: { 'cn-hangzhou': ['10.0.2.0/23'] } } }),
      'error SUBNETS_OVERLAP',
      {
        says: 'vsw-k (10.0.2.0/24)',
        evidence: ['assume.internalBlocks.cn-hangzhou', 'vsw-k'],
        remedy: '10.0.0.0/24 is free in vpc-h',
      },
    ],
  });

  it('names the assumption', () => {
    const { snapshot, spec } = alibabaWorld();
    const prepared = prepare(snapshot, spec, { clouds: CLOUDS, now: Date.parse(TAKEN_AT), passes: true });
    expect([...internalBlock.run(prepared.input)]).toHaveLength(1);
    expect(prepared.assumptions()).toEqual([
      { path: 'assume.internalBlocks.cn-hangzhou', text: 'API Gateway reserves 10.250.0.0/16 there' },
    ]);
  });
});
