import { describe, expect, it } from 'vitest';
import { HUNTED, sourcesOf, verdictsOf } from './hunted.js';

describe.each(HUNTED)('%s', (_, form, of) => {
  const right = form.expected.split('|');

  it('is judged right with its sources', async () => {
    const found = await verdictsOf(form, of, await sourcesOf(form));
    expect(
      found.some((one) => right.includes(one)),
      `${found.join(' or ')}, not ${form.expected}`,
    ).toBe(true);
  });

  it('has no other verdict without them than the right one, or none', async () => {
    const found = await verdictsOf(form, of);
    // Of several routes some may be open.
    const allowed = [...right, 'unknown', ...right.flatMap((one) => one.split(',').map((each) => `${each},unknown`))];
    expect(
      found.some((one) => allowed.includes(one)),
      `${found.join(' or ')}, not ${form.expected}`,
    ).toBe(true);
  });

  it('was expected to be what a call shows', () => {
    if (!right.includes('unknown')) expect(/^\d+ delivered/.test(form.answers)).toBe(form.expected === 'pass');
  });
});
