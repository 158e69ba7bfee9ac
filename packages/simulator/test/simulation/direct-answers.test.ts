import { expect, it } from 'vitest';
import { simulate } from '../../src/index.js';

it('shares nothing with the state: a program may change an answer', () => {
  const simulation = simulate();
  const call = (operation: string, input: object = {}): any =>
    simulation.call({ service: 'ec2', operation, region: 'eu-west-1' }, input);
  const { TransitGateway } = call('CreateTransitGateway');
  const before = JSON.stringify(call('DescribeTransitGateways'));
  TransitGateway.Options.DnsSupport = 'changed';
  TransitGateway.Options.TransitGatewayCidrBlocks.push('10.0.0.0/8');
  call('DescribeTransitGateways').TransitGateways[0].Options.TransitGatewayCidrBlocks.push('10.0.0.0/8');
  expect(JSON.stringify(call('DescribeTransitGateways'))).toBe(before);
  expect(call('CreateTransitGateway').TransitGateway.Options.TransitGatewayCidrBlocks).toEqual([]);
});
