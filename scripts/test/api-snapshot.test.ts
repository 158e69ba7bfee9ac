import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { checkApi } from '../api-snapshot.mjs';

describe('the page of a public surface', () => {
  it.each([true, false])(
    'is neither written nor compared without declarations: the error says to build first (write: %s)',
    (write) => {
      const problems = checkApi({ write, exists: () => false });
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems)
        expect(problem).toMatch(/^packages\/\w+\/dist\/.*\.d\.ts does not exist; build first: node /);
    },
  );
});
