// Writes schema/spec.json, the JSON Schema that editors read, from the built schema:
//   npm run build && node packages/core/scripts/write-schema.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { specJsonSchema } from '../dist/spec/index.js';

const file = fileURLToPath(new URL('../schema/spec.json', import.meta.url));
mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
const options = await resolveConfig(file);
writeFileSync(file, await format(JSON.stringify(specJsonSchema()), { ...options, filepath: file }));
