import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANYTHING, exactly, fitOf, SEGMENT, type TextFit, type TextForm } from '../../../src/ground/text/texts.js';
import { runs } from '../../runs.js';

const ID: TextForm = [...exactly('/orders/'), ...SEGMENT];
const PROXY: TextForm = [...exactly('/orders/'), ...ANYTHING];

describe('fitOf', () => {
  it.each<[string, TextForm, readonly string[], TextFit]>([
    ['the same text', exactly('/orders'), ['/orders'], 'all'],
    ['a capital', exactly('/orders'), ['/Orders'], 'none'],
    ['a star matches the empty text', exactly('/orders'), ['/orders*'], 'all'],
    ['a question mark matches one character', exactly('/orders'), ['/order?'], 'all'],
    ['a question mark does not match the empty text', exactly('/orders'), ['/orders?'], 'none'],
    ['stars in a row', exactly('/orders'), ['/**s'], 'all'],
    ['one of several', exactly('/orders'), ['/stock', '/orders'], 'all'],
    ['no pattern', exactly('/orders'), [], 'none'],
    ['each order', ID, ['/orders/*'], 'all'],
    ['an order has at least one character', ID, ['/orders/?*'], 'all'],
    ['some orders', ID, ['/orders/9*'], 'some'],
    ['some orders by length', ID, ['/orders/??'], 'some'],
    ['parts of orders', ID, ['/orders/*/lines'], 'none'],
    ['one segment has no slash', [...ID, ...exactly('/lines')], ['/orders/*/lines'], 'all'],
    ['others', ID, ['/stock/*'], 'none'],
    ['all below', PROXY, ['/orders*'], 'all'],
    ['some below', PROXY, ['/orders/*/lines'], 'some'],
    ['whatever', [...exactly('/'), ...ANYTHING], ['/*'], 'all'],
    ['two patterns that together match all', ID, ['/orders/?', '/orders/??*'], 'all'],
    ['more states than the limit', PROXY, [`/orders/*a${'?'.repeat(60)}`], 'some'],
  ])('%s', (_why, form, patterns, fit) => {
    expect(fitOf(form, patterns)).toBe(fit);
  });

  it('is equal to the result of a test of every text', () => {
    const place = fc.oneof(
      fc.constantFrom<TextForm>(exactly('a'), exactly('b'), exactly('/')),
      fc.constantFrom(SEGMENT, ANYTHING),
    );
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 5 });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 3 }), fc.array(pattern, { maxLength: 2 }), (parts, patterns) => {
        const form = parts.flat();
        const own = TEXTS.filter((text) => textOf(form).test(text));
        const fits = own.filter((text) => patterns.some((one) => patternOf(one).test(text))).length;
        const fit = fitOf(form, patterns);
        // A result for all texts holds for short ones, and a difference shows in short ones.
        if (fit === 'all') expect(fits).toBe(own.length);
        else if (fit === 'none') expect(fits).toBe(0);
        else expect([0 < fits, fits < own.length]).toEqual([true, true]);
      }),
      { numRuns: runs(40, 5_000) },
    );
  });
});

/** All texts of up to six of four characters. */
const TEXTS = Array.from({ length: 6 })
  .reduce<string[][]>(
    (rows) => [...rows, (rows.at(-1) ?? []).flatMap((text) => ['a', 'b', 'c', '/'].map((char) => text + char))],
    [['']],
  )
  .flat();

function textOf(form: TextForm): RegExp {
  const places = form.map((place) =>
    'char' in place ? place.char : `${place.slash ? '[^]' : '[^/]'}${place.any === 'many' ? '*' : ''}`,
  );
  return new RegExp(`^${places.join('')}$`);
}

function patternOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
