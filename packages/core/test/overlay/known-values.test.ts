import { describe, expect, it, vi } from 'vitest';
import { single } from '../../src/overlay/acts/act.js';
import { KnownValues } from '../../src/overlay/carry/known-values.js';
import type { ToolPlan } from '../../src/overlay/declared/tool-plan.js';
import type { Instance, Value } from '../../src/overlay/declared/values.js';

/** What is in the configuration. */
const WRITTEN = {
  isWritten: () => true,
  isComputed: () => false,
  nameOf: (_: unknown, path: readonly string[]) => path.join('.'),
};

it('asks once for what a deep value names, and what is not carried out yet', () => {
  let value: Value = '\u27e6aws_vpc.a#id\u27e7';
  for (let deep = 0; deep < 12; deep += 1) value = [value];
  const instance = { address: 'a.b', type: 'a', after: {}, unknown: { input: true }, sensitive: {} };
  const references = { ...WRITTEN, exact: () => ({ value }) };
  const plan = { references: () => references } as unknown as ToolPlan;
  const known = new KnownValues(plan, { of: () => undefined } as never, undefined);
  const outputs = vi.spyOn(known.outputs, 'get');
  expect([...known.namesOf(instance as unknown as Instance)]).toEqual(['aws_vpc.a']);
  // As one value, and as several.
  expect(outputs).toHaveBeenCalledTimes(2);
});

describe('an attribute with one reference, of a plan without its configuration', () => {
  type Row = readonly [why: string, path: readonly string[], type: string, attribute: string];

  /** What an act is given for a path, where that names an attribute of a resource that was created. */
  function given(path: readonly string[], type: string, attribute: string): unknown {
    const instance = { address: 'user.a', type: 'user', after: {}, sensitive: {} };
    const [first = '', ...inner] = path;
    const nested = inner.reduceRight<object | true>((marks, part) => ({ [part]: marks }), true);
    const named = { address: 'named.a', type, after: {}, unknown: { [attribute]: true }, sensitive: {} };
    const all = [{ ...instance, unknown: { [first]: nested } }, named];
    const references = {
      ...WRITTEN,
      candidates: () => ({ values: [`\u27e6named.a#${attribute}\u27e7`], reasons: [] }),
    };
    const acts = { acts: { user: { refersBy: ['by_act'] } }, forms: [], standIns: {} };
    const set = { of: () => ({ acts }), sets: () => undefined } as never;
    const plan = { instances: all, references: () => references } as unknown as ToolPlan;
    const known = new KnownValues(plan, set, undefined);
    known.outputs.set('named.a', { [attribute]: 'made-1' });
    const value = path.reduce<unknown>(
      (at, part) => (at as Record<string, unknown>)[part],
      known.of(all[0] as unknown as Instance),
    );
    return single(value);
  }

  it.each<Row>([
    ['called as what it names', ['vpc_id'], 'aws_vpc', 'id'],
    ['an ARN is an ID', ['target_id'], 'aws_lb', 'arn'],
    ['called as the type of what it names', ['vpc'], 'aws_vpc', 'id'],
    ['a part of a block that is called so', ['launch_template', 'id'], 'aws_launch_template', 'id'],
    ['a name', ['autoscaling_group_name'], 'aws_autoscaling_group', 'name'],
    ['a name by an ID that is one', ['cluster_name'], 'aws_ecs_cluster', 'id'],
    ['the act says so', ['by_act'], 'aws_lb_listener', 'arn'],
  ])('is what it names: %s', (_, path, type, attribute) => {
    expect(given(path, type, attribute)).toBe('made-1');
  });

  it.each<Row>([
    ['its own name', ['name'], 'aws_ecs_cluster', 'name'],
    ['a text', ['description'], 'aws_vpc', 'id'],
    ['a document', ['policy'], 'aws_vpc_endpoint', 'arn'],
    ['a host name is no name', ['server_name'], 'aws_lb', 'dns_name_of'],
    ['a URI', ['uri'], 'aws_lb', 'arn'],
  ])('may be a text around it: %s', (_, path, type, attribute) => {
    expect(() => given(path, type, attribute)).toThrow('is not known');
  });
});
