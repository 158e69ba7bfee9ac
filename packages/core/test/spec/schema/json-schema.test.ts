import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { specJsonSchema } from '../../../src/spec/index.js';

const file = new URL('../../../schema/spec.json', import.meta.url);

describe('specJsonSchema', () => {
  it('is what is published as schema/spec.json', () => {
    const stale = 'Run: npm run build && node packages/core/scripts/write-schema.mjs';
    expect(JSON.parse(readFileSync(file, 'utf8')), stale).toEqual(specJsonSchema());
  });
  it('refuses unknown keys, and lets a variable stand where a pattern is due', () => {
    const schema = specJsonSchema() as {
      additionalProperties: boolean;
      properties: { project: { anyOf: { pattern: string }[] } };
    };
    expect(schema.additionalProperties).toBe(false);
    expect(
      schema.properties.project.anyOf.some(({ pattern }) => new RegExp(`^(?:${pattern})$`).test('${env:PROJECT}')),
    ).toBe(true);
  });
});
