import { expect, it } from 'vitest';
import { matchesOf } from '../../../../src/traditional/handover/mapping/route-match.js';

it.each([[['/a/*', '/a/[id]/b']], [['/a/[id]/b', '/a/*']]])(
  'a path that contains one with parameters is an expression, whichever is first: %j',
  (paths) => {
    const { of, overlaps } = matchesOf(paths.map((path) => ({ method: 'GET', path })));
    const types = Object.fromEntries([...of].map(([{ path }, match]) => [path, match.path.type]));
    expect(types).toEqual({ '/a/*': 'Regex', '/a/[id]/b': 'Regex' });
    expect(overlaps).toHaveLength(1);
  },
);
