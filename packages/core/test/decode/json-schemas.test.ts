import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { snapshotJsonSchema } from '../../src/internal/decode.js';
import { encodeSnapshot } from '../../src/do/snapshot/encode.js';
import { FULL_SNAPSHOT } from './samples.js';

/** Validates by the JSON Schema alone, as another program does: through its text. */
const fits = (schema: Record<string, unknown>, value: unknown): boolean => {
  const { title: _, ...plain } = JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
  return z.fromJSONSchema(plain as never).safeParse(JSON.parse(JSON.stringify(value))).success;
};

describe('the JSON Schema of a snapshot', () => {
  it('accepts what is written', () => {
    expect(fits(snapshotJsonSchema(), FULL_SNAPSHOT)).toBe(true);
    expect(fits(snapshotJsonSchema(), JSON.parse(encodeSnapshot(FULL_SNAPSHOT)))).toBe(true);
  });

  it('refuses other values', () => {
    expect(fits(snapshotJsonSchema(), { ...FULL_SNAPSHOT, surprise: 1 })).toBe(false);
    expect(fits(snapshotJsonSchema(), { ...FULL_SNAPSHOT, version: 2 })).toBe(false);
  });
});
