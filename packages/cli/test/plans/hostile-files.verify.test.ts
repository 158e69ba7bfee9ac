import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PosternError } from '../../../core/src/ground/errors.js';
import { runs } from '../../../core/test/runs.js';
import { FILES, hostile } from './files-of-users.js';

it.each(FILES)('no file of a user is a defect of Postern: %s', async (_, sample, use) => {
  await use(sample);
  const edit = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      try {
        await use(hostile(sample, edits));
      } catch (error) {
        expect(error).toBeInstanceOf(PosternError);
        expect((error as PosternError).code).not.toBe('INTERNAL');
      }
    }),
    { numRuns: runs(20, 4_000), seed: 7 },
  );
});
