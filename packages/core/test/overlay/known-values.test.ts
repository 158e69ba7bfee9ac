import { expect, it, vi } from 'vitest';
import { KnownValues } from '../../src/overlay/carry/known-values.js';
import type { ToolPlan } from '../../src/overlay/declared/tool-plan.js';
import type { Instance, Value } from '../../src/overlay/declared/values.js';

it('asks once for what a deep value names, and what is not carried out yet', () => {
  let value: Value = '\u27e6aws_vpc.a#id\u27e7';
  for (let deep = 0; deep < 12; deep += 1) value = [value];
  const instance = { address: 'a.b', type: 'a', after: {}, unknown: { input: true }, sensitive: {} };
  const references = { isWritten: () => true, exact: () => ({ value }) };
  const plan = { references: () => references } as unknown as ToolPlan;
  const known = new KnownValues(plan, { of: () => undefined } as never, undefined);
  const outputs = vi.spyOn(known.outputs, 'get');
  expect([...known.namesOf(instance as unknown as Instance)]).toEqual(['aws_vpc.a']);
  // As one value, and as several.
  expect(outputs).toHaveBeenCalledTimes(2);
});
