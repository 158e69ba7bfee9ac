import { describe, expect, it } from 'vitest';
import type { ServiceInstance } from '../../../src/do/model/load-balancer.js';
import { calledPorts } from '../../../src/do/allowlist/needed-blocks.js';

const ID = 'arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-1';
const instance = (id: string, port: number | undefined, attributes?: Record<string, string>): ServiceInstance => ({
  id,
  port,
  attributes,
});
const portsOf = (target: string, instances: readonly ServiceInstance[] | undefined) =>
  calledPorts(
    { services: [{ id: ID, healthCheck: 'none', instances, raw: null }] },
    { target: { kind: 'service', id: target } },
  );

describe('the ports that a target is called on', () => {
  it('of a service are those of the instances that the target selects', () => {
    const instances = [instance('a', 9000, {}), instance('b', 9001, { stage: 'blue' }), instance('c', undefined, {})];
    expect(portsOf(`${ID}?stage=blue`, instances)).toEqual({ ports: [9001] });
    expect(portsOf(ID, instances)).toEqual({
      unknown: 'its instance c has no port',
      isUnread: false,
    });
    expect(portsOf(ID, instances.slice(0, 2))).toEqual({ ports: [9000, 9001] });
  });

  it.each([
    ['unread instances', ID, undefined, 'its instances were not read', true],
    ['no instance', ID, [], 'no instance is registered', false],
    [
      'unread attributes',
      `${ID}?stage=blue`,
      [instance('a', 1)],
      'the attributes of its instances were not read',
      true,
    ],
  ])('are unknown: %s', (_, target, instances, unknown, isUnread) => {
    expect(portsOf(target, instances)).toEqual({ unknown, isUnread });
  });

  it('are those of the target, or those in the spec', () => {
    expect(calledPorts({}, { target: { kind: 'listener', id: 'l', port: 80 } })).toEqual({ ports: [80] });
    expect(calledPorts({}, { spec: { ref: { address: '10.0.0.9', port: 8080 } } })).toEqual({ ports: [8080] });
    expect(calledPorts({}, {})).toEqual({ unknown: 'it was not read', isUnread: true });
  });
});
