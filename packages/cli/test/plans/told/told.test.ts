import { expect, it } from 'vitest';
import { planOf, TOLD, verdictsOf } from './told.js';

it.each(Object.entries(TOLD.forms))('%s is judged right', (_, form) => {
  const found = verdictsOf(form, planOf(form));
  expect(found.length).toBe(form.expected.length);
  for (const [at, one] of form.expected.entries()) expect(one.split('|')).toContain(found[at]);
});
