import { expect, it } from 'vitest';
import { queryOf } from '../../src/output/query.js';

it('--query: accepts every function with the number of arguments that it takes', async () => {
  const query = await queryOf("[length(a), join('-', b), max_by(c, &d).d, $.a, to_array(a)[0]]");
  expect(query({ a: 'xyz', b: ['p', 'q'], c: [{ d: 1 }, { d: 3 }] })).toEqual([3, 'p-q', 3, 'xyz', 'xyz']);
});
