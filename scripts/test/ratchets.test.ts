import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { branchesOnKind, hasPhrase } from '../ratchets.mjs';

describe('the counts that may only fall', () => {
  it.each([
    ["if (kind === 'vpc-link-v2') return;", true],
    ["if ('apiGroup' in ref) return;", true],
    ["region.provider === 'alibaba' ? a : b", true],
    ["// an 'http-api' is one", false],
    ["import { x } from './vpc-link-v2/index.js';", false],
  ])('%s: %s', (line, counts) => {
    expect(branchesOnKind(line)).toBe(counts);
  });

  it.each([
    ["message: 'nobody can say whether it is there'", true],
    ["message: 'cannot be determined'", false],
    ['// nobody is asked', true],
  ])('%s: %s', (line, counts) => {
    expect(hasPhrase(line)).toBe(counts);
  });
});
