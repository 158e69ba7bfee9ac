import { expect, it } from 'vitest';
import { Fuel } from '../../src/overlay/declared/fuel.js';
import { evaluate, type Names } from '../../src/overlay/terraform/sources/evaluator.js';
import type { Syntax } from '../../src/overlay/terraform/sources/syntax.js';
import { ABSENT, Unknown, type Found } from '../../src/overlay/terraform/sources/unknown.js';

const value = (one: string | number | boolean | null): Syntax => ({ is: 'value', value: one });
const name = (first: string, ...rest: (string | number)[]): Syntax => ({ is: 'name', path: [first, ...rest] });
const list = (...items: Syntax[]): Syntax => ({ is: 'list', items });
const call = (of: string, ...all: Syntax[]): Syntax => ({ is: 'call', name: of, arguments: all, expands: false });
const object = (items: Readonly<Record<string, Syntax>>): Syntax => ({
  is: 'object',
  items: Object.entries(items).map(([key, one]) => [value(key), one] as const),
});
const when = (condition: Syntax, yes: Syntax, no: Syntax): Syntax => ({ is: 'if', condition, yes, no });

const SUBNET = new Unknown(['subnet-1']);
const OTHER = new Unknown(['subnet-2']);
const FOUND: Readonly<Record<string, Found>> = {
  subnet: SUBNET,
  other: OTHER,
  all: [SUBNET, OTHER],
  late: new Unknown([], ['data.a is read during the apply']),
  rules: { http: { port: 80, to: SUBNET }, tls: { port: 443, to: OTHER } },
};
const NAMES: Names = {
  own: new Map([['each', { key: 'http', value: { port: 80, to: SUBNET } }]]),
  find: ([first, ...rest]) => [FOUND[first] ?? ABSENT, rest],
  fuel: new Fuel({ of: 'the configuration', remedy: '' }),
};

it.each<[string, Syntax, unknown]>([
  ['a known part of a map with an open one', name('each', 'value', 'port'), 80],
  ['try of a part that is there', call('try', name('each', 'value', 'port'), value(1)), 80],
  ['try of a part that is not there', call('try', name('each', 'value', 'protocol'), value('HTTP')), 'HTTP'],
  ['try of what does not exist', call('try', name('gone', 0, 'id'), name('subnet')), SUBNET],
  [
    'a comparison with a null that try gives',
    when(
      {
        is: 'operator',
        operator: 'equal',
        operands: [call('try', name('each', 'value', 'protocol'), value(null)), value('EXTERNAL')],
      },
      name('other'),
      name('subnet'),
    ),
    SUBNET,
  ],
  [
    'a comparison with a word of an ID that the apply gives',
    when(
      { is: 'operator', operator: 'equal', operands: [name('each', 'value', 'to'), value('self')] },
      name('other'),
      name('subnet'),
    ),
    SUBNET,
  ],
  [
    'a comparison with a word of what is read during the apply',
    when({ is: 'operator', operator: 'equal', operands: [name('late'), value('self')] }, name('other'), name('subnet')),
    new Unknown(['subnet-2', 'subnet-1']),
  ],
  ['a null in a list', { is: 'step', of: list(value(null)), path: [value(0)] }, null],
  ['lookup with a default', call('lookup', name('each', 'value'), value('x'), value('y')), 'y'],
  [
    'the last of merged maps',
    call('merge', object({ a: value(1), b: value(1) }), object({ b: value(2) })),
    { a: 1, b: 2 },
  ],
  ['a condition that is known', when(value(false), name('subnet'), name('other')), OTHER],
  ['a condition that is not', when(name('late'), name('subnet'), name('other')), new Unknown(['subnet-1', 'subnet-2'])],
  [
    'a comparison with null of an object with an open part',
    when(
      { is: 'operator', operator: 'notEqual', operands: [name('rules'), value(null)] },
      name('subnet'),
      name('other'),
    ),
    SUBNET,
  ],
  [
    'a comparison with null of what the apply creates',
    when(
      { is: 'operator', operator: 'notEqual', operands: [name('subnet'), value(null)] },
      name('subnet'),
      name('other'),
    ),
    SUBNET,
  ],
  [
    'a filter, whose condition is no value',
    {
      is: 'for',
      names: ['k', 'v'],
      of: name('rules'),
      key: name('k'),
      value: name('v', 'to'),
      only: { is: 'operator', operator: 'equal', operands: [name('v', 'port'), value(443)] },
      isGrouped: false,
    },
    { tls: OTHER },
  ],
  ['a splat', { is: 'splat', of: call('values', name('rules')), path: ['to'] }, [SUBNET, OTHER]],
  ['a part of a splat', { is: 'step', of: name('all'), path: [value(1)] }, OTHER],
  [
    'a part by an open number',
    { is: 'step', of: name('all'), path: [name('late')] },
    new Unknown(['subnet-1', 'subnet-2']),
  ],
  [
    'a text with one open part',
    { is: 'text', parts: [value('integrations/'), name('subnet')] },
    new Unknown(['integrations/subnet-1']),
  ],
  ['element, which begins again at the end', call('element', list(value('a'), value('b')), value(3)), 'b'],
  ['a block of a network', call('cidrsubnet', value('10.0.0.0/16'), value(8), value(2)), '10.0.2.0/24'],
  ['a block that does not fit', call('cidrsubnet', value('10.0.0.0/16'), value(1), value(2)), ABSENT],
  [
    'the first of a map, by the order of names',
    call('element', call('values', object({ b: name('other'), a: name('subnet') })), value(0)),
    SUBNET,
  ],
  ['a list from its end', { is: 'step', of: call('reverse', list(name('subnet'), name('other'))), path: [0] }, OTHER],
  ['texts in their order', call('sort', list(value('b'), value('a'))), ['a', 'b']],
  [
    'a place in the order of what is open',
    { is: 'step', of: call('sort', list(name('subnet'), name('other'))), path: [0] },
    new Unknown(['subnet-1', 'subnet-2']),
  ],
  [
    'a condition that is known later, and nothing',
    when(name('late'), list(name('subnet')), value(null)),
    new Unknown(['subnet-1'], ['a condition that is known later chooses it, or nothing']),
  ],
  ['concat of lists with open parts', call('concat', list(name('subnet')), list(value('x'))), [SUBNET, 'x']],
  ['coalesce of what is not there', call('coalesce', name('gone'), value(''), name('other')), OTHER],
  [
    'a function that is not evaluated, of what is open',
    call('transpose', name('all')),
    new Unknown(['subnet-1', 'subnet-2']),
  ],
  ['a function that is not evaluated', call('timestamp'), new Unknown([], ['timestamp() is not evaluated'])],
])('%s', (_, syntax, expected) => {
  expect(evaluate(syntax, NAMES)).toEqual(expected);
});
