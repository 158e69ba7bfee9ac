import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { snapshotJsonSchema } from '../../src/internal/decode.js';
import { encodeSnapshot } from '../../src/do/snapshot/encode.js';
import { FULL_SNAPSHOT } from './samples.js';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema | false;
  readonly prefixItems?: readonly Schema[];
}

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

  it('has no member that the sample lacks, so that every member is tested', () => {
    const lacking: string[] = [];
    const walk = (schema: Schema, values: readonly unknown[], path: string): void => {
      const there = values.filter((value) => value !== undefined);
      if (there.length === 0) lacking.push(path);
      for (const [key, member] of Object.entries(schema.properties ?? {})) {
        const of = there.map((value) => (value as Record<string, unknown>)[key]);
        walk(member, of, `${path}.${key}`);
      }
      for (const item of schema.prefixItems ?? (schema.items ? [schema.items] : [])) walk(item, there.flat(), path);
    };
    walk(snapshotJsonSchema(), [FULL_SNAPSHOT], '');
    expect(lacking).toEqual([]);
  });

  it('refuses other values', () => {
    expect(fits(snapshotJsonSchema(), { ...FULL_SNAPSHOT, surprise: 1 })).toBe(false);
    expect(fits(snapshotJsonSchema(), { ...FULL_SNAPSHOT, version: 2 })).toBe(false);
  });
});
