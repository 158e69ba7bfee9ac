import { describe, expect, it } from 'vitest';
import { withShiftedTarget } from '../../../src/spec/edit/shifted-target.js';

const SPEC = `version: 1
integrations:
  orders: # the shop's
    link: main
    targets:
      main: { address: 10.0.1.10, port: 8080 } # blue
      other: { nacos: { service: carts, group: DEFAULT_GROUP } }
`;

const edited = (name: string, target: Parameters<typeof withShiftedTarget>[1]['target'], source = SPEC) =>
  withShiftedTarget(source, { name, target });

describe('a spec after a shift', () => {
  it('has the values of the new target, and its comments and layout', () => {
    const { text, changes, left } = edited('orders/main', { address: '10.0.1.20', port: 9090 });
    expect(text).toBe(SPEC.replace('10.0.1.10, port: 8080', '"10.0.1.20", port: 9090'));
    expect(changes).toEqual([
      'integrations.orders.targets.main.address: 10.0.1.10 → 10.0.1.20 (line 6)',
      'integrations.orders.targets.main.port: 8080 → 9090 (line 6)',
    ]);
    expect(left).toEqual([]);
  });

  it('is edited in members of a value, and in JSON', () => {
    const nacos = edited('orders/other', { nacos: { service: 'carts-green', group: 'DEFAULT_GROUP' } });
    expect(nacos.text).toContain('service: "carts-green", group: DEFAULT_GROUP');
    const json = JSON.stringify({ integrations: { a: { targets: { t: { address: '10.0.1.10', port: 80 } } } } });
    expect(edited('a', { address: '10.0.1.20', port: 80 }, json).text).toBe(json.replace('10.0.1.10', '10.0.1.20'));
  });

  it('stays as it is where a target is declared by other keys, or is not the only one', () => {
    const other = edited('orders/main', { dnsName: 'green.internal', port: 8080 });
    expect(other).toMatchObject({ text: SPEC, changes: [] });
    expect(other.left).toEqual([
      'integrations.orders.targets.main is to declare the new target: {"dnsName":"green.internal","port":8080}. Write that by hand.',
    ]);
    expect(edited('orders', { address: '10.0.1.20' }).left).toHaveLength(1);
    expect(edited('stock', { address: '10.0.1.20' }).left).toHaveLength(1);
  });

  it('that has the values already is not changed', () => {
    expect(edited('orders/main', { address: '10.0.1.10', port: 8080 })).toEqual({ text: SPEC, changes: [], left: [] });
  });
});
