import { CLOUDS, parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/checks/run.js';
import { alibabaWorld } from '../check/checks/world.js';

const text = (more: string): string => `version: 1
project: shop
links:
  eu: { provider: aws, region: eu-west-1, id: vlink1, owner: external, ${more} }
`;

describe('an external link', () => {
  it.each([
    ['allowlist', 'allowlist: [10.0.0.0/16]'],
    ['protect', 'protect: true'],
  ])('may not declare %s, which would have no effect', (key, more) => {
    expect(() => parseSpec(text(more), { file: 'postern.yaml' })).toThrow(
      expect.objectContaining({
        code: 'INVALID_SPEC',
        message: expect.stringContaining(`its ${key} is not changed`),
        remedy: expect.stringContaining('owner: external'),
        place: expect.objectContaining({ line: 4 }),
      }),
    );
  });

  it('is changed by its owner, as remedies state', () => {
    const world = alibabaWorld(({ linkSpec, region }) => {
      linkSpec.owner = 'external';
      region.allowlists[0]?.entries.splice(2, 1);
    });
    const remedies = check(world.snapshot, world.spec, { clouds: CLOUDS }).findings.flatMap(({ check: id, remedy }) =>
      id === 'cidr/target-outside' && remedy !== undefined ? [remedy] : [],
    );
    expect(remedies.length).toBeGreaterThan(0);
    for (const remedy of remedies) {
      expect(remedy).toMatch(/^Ask the owner of apigateway-hz-1 to add 10\.0\.20\.\S+ to its accessible blocks\.$/);
    }
  });
});
