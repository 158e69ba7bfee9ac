import { CLOUDS } from '../../../core/test/clouds.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fleetJsonSchema } from '../../src/config/fleet-file.js';
import { parseFleet } from '../../src/config/parse-fleet.js';

const page = readFileSync(new URL('../../../../docs/fleet.md', import.meta.url), 'utf8');

/** Keys with their parents, as the page names them: `waves.*.name`. */
function keysOf(schema: unknown, path: readonly string[] = []): readonly string[] {
  const { properties = {}, additionalProperties, items } = schema as Record<string, object | undefined>;
  if (typeof additionalProperties === 'object') return keysOf(additionalProperties, [...path, '*']);
  if (items !== undefined) return keysOf(items, [...path, '*']);
  return Object.entries(properties).flatMap(([key, one]) => [[...path, key].join('.'), ...keysOf(one, [...path, key])]);
}

describe('docs/fleet.md', () => {
  it('has an example that is valid', () => {
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    expect(parseFleet(example, { clouds: CLOUDS })).toMatchObject({
      fleet: 'payments',
      waves: [{ name: 'trial' }, { canary: 'shop-prod' }],
    });
  });

  it('names every key', () => {
    const keys = keysOf(fleetJsonSchema(CLOUDS)).filter((key) => key !== '$schema');
    const inRow = /^(?:roles|regions|schedules\.\*)\.|^(?:specs|accounts)\.\*\.vars\.|^(?:limits|approvals)$/;
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => !inRow.test(key) && !page.includes(`\`${key}\``))).toEqual([]);
  });
});
