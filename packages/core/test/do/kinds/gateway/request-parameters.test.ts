import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  PARAMETER_FORMS,
  readParameters,
  sameParameters,
  writeParameters,
} from '../../../../src/do/kinds/gateway/request-parameters.js';
import { runs } from '../../../runs.js';

const arbName = () => fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,12}$/);
const arbSource = () =>
  fc.oneof(
    fc.tuple(fc.constantFrom('header', 'query', 'path', 'context'), arbName()).map((parts) => parts.join('.')),
    fc.stringMatching(/^'[a-z0-9 ./:-]{1,12}'$/),
  );
const arbPart = () => fc.dictionary(arbName(), arbSource(), { minKeys: 1, maxKeys: 4 });

describe.each([
  ['an HTTP API', PARAMETER_FORMS['http-api']],
  ['a WebSocket API', PARAMETER_FORMS['websocket-api']],
])('parameters of %s', (_, form) => {
  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.record({ header: arbPart(), query: arbPart() }, { requiredKeys: ['header'] }), (parameters) => {
        const written = Object.entries(writeParameters(form, parameters));
        expect(readParameters(form, written)).toEqual(parameters);
      }),
      { numRuns: runs(25, 100) },
    );
  });
});

it.each([
  ['in another order', { a: '1', b: '2' }, { b: '2', a: '1' }, true],
  ['with a header in other letters', { 'overwrite:header.Host': 'a' }, { 'overwrite:header.host': 'a' }, true],
  ['with a query in other letters', { 'overwrite:querystring.A': 'a' }, { 'overwrite:querystring.a': 'a' }, false],
  ['with another value', { a: '1' }, { a: '2' }, false],
  ['with one more', { a: '1' }, { a: '1', b: '' }, false],
  ['none and an empty one', undefined, {}, true],
])('two maps of parameters: %s', (_, a, b, same) => {
  expect(sameParameters(a, b)).toBe(same);
});
