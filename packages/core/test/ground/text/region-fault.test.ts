import { describe, expect, it } from 'vitest';
import { cloud as alibaba } from '@postern/alibaba/cloud';
import { cloud as aws } from '@postern/aws/cloud';
import { regionFault } from '../../../src/ground/text/region-fault.js';
import { problemsOf } from '../../spec/problems-of.js';

describe('contact L: a region with a typing error', () => {
  it.each([
    ['aws', 'eu-wst-1', 'Did you mean eu-west-1?'],
    ['aws', 'ap-souhteast-2', 'Did you mean ap-southeast-2?'],
    ['aws', 'us-gov-esat-1', 'Did you mean us-gov-east-1?'],
    ['alibaba', 'cn-hangzou', 'Did you mean cn-hangzhou?'],
    ['alibaba', 'cn-shanghi-finance-1', 'Did you mean cn-shanghai-finance-1?'],
    ['aws', 'eu-west1', 'Write it like eu-west-1.'],
  ] as const)('%s %s: %s', (provider, region, remedy) => {
    expect(regionFault({ aws, alibaba }[provider].regions, region)).toMatchObject({ code: 'INVALID_INPUT', remedy });
  });

  it.each<['aws' | 'alibaba', string, string]>([
    ['aws', 'eu-west-9', 'a number that is not used yet'],
    ['aws', 'nz-central-1', 'a code of a country that is not used yet'],
    ['aws', 'us-isox-west-1', 'a new partition'],
    ['aws', 'xx-nowhere-9', 'a word that is like no other'],
    ['alibaba', 'cn-lanzhou', 'a city that is not used yet'],
    ['alibaba', 'cn-wuhan-lr', 'a suffix'],
  ])('is not %s %s: %s', (provider, region) => {
    expect(regionFault({ aws, alibaba }[provider].regions, region)).toBeUndefined();
  });

  it('is reported where it is written, once', () => {
    const text = `version: 1
project: shop
defaults: { region: eu-wst-1 }
links:
  a: { provider: aws, subnets: [subnet-0a1b2c3d] }
  b: { provider: aws, subnets: [subnet-0a1b2c3d] }
  c: { provider: aws, region: eu-central-1, subnets: [subnet-0a1b2c3d] }
  d: { provider: alibaba, region: cn-hangzou, id: apigateway-hz-1 }
`;
    expect(problemsOf(text)).toEqual([
      'INVALID_SPEC defaults.region (line 3): "eu-wst-1" is not a known AWS region | Did you mean eu-west-1?',
      'INVALID_SPEC links.d.region (line 8): "cn-hangzou" is not a known region of Alibaba Cloud | Did you mean cn-hangzhou?',
    ]);
  });
});
