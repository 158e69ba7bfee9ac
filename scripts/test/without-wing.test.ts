import { describe, expect, it } from 'vitest';
import { withoutNames } from '../without-wing.mjs';

const IMPORTS = `import { httpApis } from './http-apis/door/methods.js';
import { restApis } from './rest-apis/door/methods.js';
`;

const isGone = (from: string): boolean => from.includes('rest-apis/');

describe('the lines that name what is gone', () => {
  it.each([
    ['first in an array', 'const WINGS = [restApis, httpApis];\n', 'const WINGS = [httpApis];\n'],
    ['last in an array', 'const WINGS = [httpApis, restApis];\n', 'const WINGS = [httpApis];\n'],
    [
      'members of a table',
      '  rows: {\n    ...httpApis.rows,\n    ...restApis.rows,\n  },\n',
      '  rows: {\n    ...httpApis.rows,\n  },\n',
    ],
    [
      'a row of an array',
      '  options: [\n    HTTP,\n    ...restApis.options,\n  ],\n',
      '  options: [\n    HTTP,\n  ],\n',
    ],
    [
      'a member by another name',
      "  'a stage of a REST API': restApis,\n  stage: restApis,\n  routes,\n",
      '  routes,\n',
    ],
  ])('are taken out: %s', (_, before, after) => {
    const [others] = IMPORTS.split('\n');
    expect(withoutNames(`${IMPORTS}${before}`, isGone)).toBe(`${others}\n${after}`);
  });

  it('are of a file that imports it', () => {
    expect(withoutNames('const WINGS = [restApis];\n', isGone)).toBe('const WINGS = [restApis];\n');
  });
});
