import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { twoReleases } from '../reproducible.mjs';
// @ts-expect-error a script without declarations
import { PUBLISHED } from '../workspace.mjs';
import { PROVE } from '../../packages/core/test/runs.js';

const releases = twoReleases as () => Promise<readonly Readonly<Record<string, string>>[]>;
const names = (PUBLISHED as readonly { readonly name: string }[]).map(({ name }) => name);

describe('a release', () => {
  // Two installations and two builds: with npm run prove.
  it.runIf(PROVE)(
    'is the same bytes whoever builds it: two clean builds in different folders give equal tarballs',
    async () => {
      const [first = {}, second] = await releases();
      expect(Object.keys(first).toSorted()).toEqual(names.toSorted());
      expect(second).toEqual(first);
    },
    1_800_000,
  );
});
