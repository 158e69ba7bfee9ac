// Runs a tool of the workspace, after setting up: node scripts/run.mjs oxlint …
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { node } from './child.mjs';
import { setUp } from './set-up.mjs';
import { ROOT, readJson } from './workspace.mjs';

/** The JavaScript file behind a tool's command. */
export function toolEntry(name, command = name) {
  // Not every package lets its package.json be required, so it is looked for where the package manager links it.
  const folder = path.join(ROOT, 'node_modules', name);
  const { bin } = readJson(path.join(folder, 'package.json'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** The packages of tools whose command has another name. */
const TOOLS = { tsc: ['typescript-native', 'tsc'], changeset: ['@changesets/cli', 'changeset'] };

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [tool, ...args] = process.argv.slice(2);
  await setUp();
  try {
    await node([toolEntry(...(TOOLS[tool] ?? [tool])), ...args], { show: true });
  } catch (error) {
    process.exit(typeof error.code === 'number' ? error.code : 1);
  }
}
