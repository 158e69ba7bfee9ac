import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AWS_CATALOGUE } from './catalogue/aws.js';
import { CATALOGUE } from './catalogue/index.js';
import { columnsIn, columnsOf } from './forced-columns.js';
import { FORCED } from './forced.js';
import { PROVE } from '../../../core/test/runs.js';

const PAGE = fileURLToPath(new URL('../../../../docs/move-validation.md', import.meta.url));
/** `npm run prove` forces all, `npm test` one of each kind of damage. */
const SLICE = ['sg-port', 'block-draft', 'locked-billing', 'https-policy', 'aws-sg-in'];
const TRIED = [...FORCED].filter(([id]) => PROVE || SLICE.includes(id));

/** Damage that no answered call shows: of drafts, and of servers that only a registry knows. */
const UNCALLED = ['no-way-back', 'registry-outside', 'back-registry'];
const LOSES = new Set(['cut off', 'not answered', 'back: cut off']);
const PREDICTED = new Map([...CATALOGUE, ...AWS_CATALOGUE].map(({ id, damage }) => [id, damage]));

describe('a move that is made although validation reports an error', () => {
  const page = columnsIn(readFileSync(PAGE, 'utf8'));

  it.each(TRIED)('%s: loses the calls that the page names', async (id, force) => {
    const forced = await force();
    expect(columnsOf(forced)).toEqual(page.get(id));
    // A move that the service refuses at once lasts less than three seconds, at 20 calls a second.
    expect(forced.calls).toBeGreaterThan(40);
    expect(forced.lost > 0, 'loses calls').toBe(LOSES.has(forced.outcome) && !UNCALLED.includes(id));
    const damage = PREDICTED.get(id);
    if (damage?.kind === 'changed') expect(forced.outcome).toBe('changed');
  });
});
