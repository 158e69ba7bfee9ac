import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';
import { ENTRIES } from './rolldown.config.mjs';

// The declarations alone: rolldown.config.mjs builds the JavaScript.
export default defineConfig(withDeclarations({ entry: ENTRIES, format: ['esm'] }));
