// Writes schema/fleet.json, the JSON Schema that editors read:
//   node --import ./scripts/sources/register.mjs packages/fleet/scripts/write-schema.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { cloud as alibaba } from '../../alibaba/src/cloud/index.js';
import { cloud as aws } from '../../aws/src/cloud/index.js';
import { clouds } from '../../core/src/internal/kinds.js';
import { fleetJsonSchema } from '../src/config/fleet-file.js';

const file = fileURLToPath(new URL('../schema/fleet.json', import.meta.url));
mkdirSync(new URL('../schema/', import.meta.url), { recursive: true });
const options = await resolveConfig(file);
writeFileSync(
  file,
  await format(JSON.stringify(fleetJsonSchema(clouds([aws, alibaba]))), { ...options, filepath: file }),
);
