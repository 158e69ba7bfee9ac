import { CLOUDS } from '../../clouds.js';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { specJsonSchema } from '../../../src/internal/spec.js';

const file = new URL('../../../schema/spec.json', import.meta.url);

it('is what is published as schema/spec.json', () => {
  const stale = 'Run: npm run build && node packages/core/scripts/write-schema.mjs';
  expect(JSON.parse(readFileSync(file, 'utf8')), stale).toEqual(specJsonSchema(CLOUDS));
});
it('refuses unknown keys, and accepts a variable where a pattern is expected', () => {
  const schema = specJsonSchema(CLOUDS) as {
    additionalProperties: boolean;
    properties: { project: { anyOf: { pattern: string }[] } };
  };
  expect(schema.additionalProperties).toBe(false);
  expect(
    schema.properties.project.anyOf.some(({ pattern }) => new RegExp(`^(?:${pattern})$`).test('${env:PROJECT}')),
  ).toBe(true);
});
it('describes every property', () => {
  const bare: string[] = [];
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties = {} } = schema as { properties?: Record<string, { description?: string }> };
    for (const [key, { description = '' }] of Object.entries(properties))
      if (description === '') bare.push(`${path}/${key}`);
    for (const [key, member] of Object.entries(schema)) walk(member, `${path}/${key}`);
  };
  walk(specJsonSchema(CLOUDS), '');
  expect(bare).toEqual([]);
});
it('has no custom keyword, which strict validators refuse', () => {
  expect(() => new Ajv({ strict: true, allowUnionTypes: true }).compile(specJsonSchema(CLOUDS))).not.toThrow();
});
