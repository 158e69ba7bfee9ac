// Writes schema/spec.json and schema/needs.json, the JSON Schemas that editors read, from the built schemas:
//   npm run build && node packages/core/scripts/write-schema.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { cloud as alibaba } from '../../alibaba/dist/cloud.js';
import { cloud as aws } from '../../aws/dist/cloud.js';
import { clouds as setOf } from '../dist/kinds.js';
import { needsJsonSchema, specJsonSchema } from '../dist/spec.js';

mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
const clouds = setOf([aws, alibaba]);
for (const [name, schema] of Object.entries({ spec: specJsonSchema(clouds), needs: needsJsonSchema({ clouds }) })) {
  const file = fileURLToPath(new URL(`../schema/${name}.json`, import.meta.url));
  const options = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(schema), { ...options, filepath: file }));
}
