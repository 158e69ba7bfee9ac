import { describe, expect, it } from 'vitest';
import { parseArn, parseListenerArn, partitionOf } from '../src/cloud/arn.js';
import { servedZones, zoneServesLinks } from '../src/cloud/zones.js';
import { vpcLinkArn } from '../src/arn.js';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2';

describe('parseArn', () => {
  it('splits an ARN into its parts', () => {
    expect(parseArn(LISTENER)).toEqual({
      partition: 'aws',
      service: 'elasticloadbalancing',
      region: 'eu-west-1',
      account: '111122223333',
      resource: 'listener/app/orders-alb/50dc6c495c0c9188/f2f7dc8efc522ab2',
    });
    expect(parseArn('arn:aws-cn:apigateway:cn-north-1::/vpclinks/ab').account).toBe('');
  });

  it.each([
    ['orders-alb', 'a name'],
    ['arn:aws:s3:::', 'no resource'],
    ['arn:aws:elasticloadbalancing:eu-west-1:11112222333:listener/x', 'eleven digits'],
    [LISTENER.replace('app', 'аpp'), 'a Cyrillic letter'],
    [`${LISTENER}\n`, 'a line end'],
    [` ${LISTENER}`, 'a leading space'],
    ['arn:gcp:x:y:111122223333:z', 'another cloud'],
  ])('refuses %j: %s', (text) => {
    expect(() => parseArn(text)).toThrow(expect.objectContaining({ code: 'INVALID_ARN' }));
  });
});

describe('parseListenerArn', () => {
  it('returns the load balancer of the listener', () => {
    expect(parseListenerArn(LISTENER)).toEqual({
      type: 'app',
      loadBalancerName: 'orders-alb',
      loadBalancerArn:
        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/orders-alb/50dc6c495c0c9188',
    });
  });

  it.each([
    [LISTENER.replace('listener', 'loadbalancer').replace('/f2f7dc8efc522ab2', ''), 'a load balancer'],
    [LISTENER.replace('listener', 'listener-rule') + '/9683b2d02a6cabee', 'a rule'],
    ['arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1', 'a Cloud Map service'],
  ])('returns undefined for %s: it is %s', (text) => {
    expect(parseListenerArn(text)).toBeUndefined();
  });
});

it.each([
  ['eu-west-1', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-east-1', 'aws'],
])('partitions: %s is in %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
  expect(vpcLinkArn(region, 'ab12')).toBe(`arn:${partition}:apigateway:${region}::/vpclinks/ab12`);
});

describe('zones', () => {
  it.each([
    ['us-east-1', 'use1-az3', 'no'],
    ['us-east-1', 'use1-az1', 'yes'],
    ['eu-west-3', 'euw3-az2', 'no'],
    ['ca-central-1', 'cac1-az4', 'no'],
    ['us-east-2', 'use2-az4', 'unknown'],
    ['us-gov-east-1', 'usge1-az1', 'no'],
    ['ap-south-2', 'aps2-az1', 'unknown'],
    ['constructor', 'x', 'unknown'],
  ])('in %s, %s serves links: %s', (region, zone, verdict) => {
    expect(zoneServesLinks(region, zone)).toBe(verdict);
  });

  it('returns undefined for a region that the table lacks', () => {
    expect(servedZones('mx-central-1')).toBeUndefined();
  });
});
