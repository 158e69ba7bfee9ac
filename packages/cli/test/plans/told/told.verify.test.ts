import { expect, it } from 'vitest';
import { planOf, TOLD, verdictsOf } from './told.js';

it.each(Object.entries(TOLD.forms))('%s is judged right', (_, form) => {
  const found = [...verdictsOf(form, planOf(form))];
  for (const one of form.expected) {
    const at = found.findIndex((verdict) => one.split('|').includes(verdict));
    expect(found[at], `${one} among ${found.join()}`).toBeDefined();
    found.splice(at, 1);
  }
  expect(found).toEqual([]);
});
