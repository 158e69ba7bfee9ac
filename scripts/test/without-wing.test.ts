import { describe, expect, it } from 'vitest';
import { withoutDoor } from '../without-wing.mjs';

const IMPORTS = `import { httpApis } from './http-apis/door/methods.js';
import { restApis } from './rest-apis/door/methods.js';
`;

describe('the lines of a door', () => {
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
  ])('are taken out: %s', (_, before, after) => {
    const [others] = IMPORTS.split('\n');
    expect(withoutDoor(`${IMPORTS}${before}`, 'rest-apis/door')).toBe(`${others}\n${after}`);
  });

  it('are of a file that imports the door', () => {
    expect(withoutDoor('const WINGS = [restApis];\n', 'rest-apis/door')).toBe('const WINGS = [restApis];\n');
  });
});
