import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { serviceModel } from '../src/aws/protocols/service-model.js';
import { QUOTAS } from '../src/aws/quotas.js';
import { registry } from '../src/aws/services.js';

const folder = path.join(import.meta.dirname, '..');

/** What `OPERATIONS.md` says: written anew by `npx vitest run -u packages/testing/test/readme.test.ts`. */
async function operationsPage(): Promise<string> {
  const services = [...new Set(registry.operations.map(({ service }) => service))];
  const sections = await Promise.all(
    services.map(async (service) => {
      const known = [...(await serviceModel(service)).operations.keys()].sort();
      const simulated = known.filter((name) => registry.find(service, name));
      const others = known.filter((name) => !registry.find(service, name));
      return [
        `## ${service}: ${simulated.length} of ${known.length}`,
        simulated.join(', '),
        `<details><summary>Not simulated (501): ${others.length}</summary>\n\n${others.join(', ')}\n\n</details>`,
      ].join('\n\n');
    }),
  );
  const quotas = QUOTAS.map(({ key, code = '–', name, value }) => `| \`${key}\` | ${value} | ${name} | ${code} |`);
  return `# What is simulated

Written by a test from the code: \`npx vitest run -u packages/testing/test/readme.test.ts\`.

${sections.join('\n\n')}

## Quotas

Set by \`simulate({ quotas: { NAME: N } })\` or \`postern simulate --quota NAME=N\`.

| name | default | quota | code |
| --- | --- | --- | --- |
${quotas.join('\n')}
`;
}

describe('the README', () => {
  it('comes with the list of what is simulated', async () => {
    await expect(await operationsPage()).toMatchFileSnapshot(path.join(folder, 'OPERATIONS.md'));
  });

  it('shows a program that the tests run', () => {
    const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
    expect(readme).toContain(readFileSync(path.join(folder, 'test', 'readme-example.test.ts'), 'utf8').trim());
  });
});
