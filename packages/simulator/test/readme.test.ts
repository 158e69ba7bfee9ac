import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { COMMON_PARAMETERS } from '../src/alibaba/request/decode-input.js';
import { KNOWN_ACTIONS } from '../src/alibaba/known-actions/index.js';
import { PRODUCTS, type ProductName } from '../src/alibaba/operation/operation.js';
import { ALIBABA_QUOTAS } from '../src/alibaba/operation/quotas.js';
import { alibabaRegistry } from '../src/alibaba/services.js';
import { membersOf, model, PACKAGES, type PackagedProduct } from './alibaba/official-models.js';
import { serviceModel } from '../src/aws/service-table.js';
import { QUOTAS } from '../src/aws/operation/quotas.js';
import { registry } from '../src/aws/services.js';

const folder = path.join(import.meta.dirname, '..');

/** What is and is not simulated of one service. */
function section(title: string, known: readonly string[], isSimulated: (name: string) => boolean): string {
  const simulated = known.filter(isSimulated);
  const others = known.filter((name) => !isSimulated(name));
  return [
    `### ${title}: ${simulated.length} of ${known.length}`,
    simulated.join(', '),
    `<details><summary>Not simulated (501): ${others.length}</summary>\n\n${others.join(', ')}\n\n</details>`,
  ].join('\n\n');
}

/** Parameters that simulated actions have and refuse, by action. */
function refusedParameters(): string[] {
  const order = Object.keys(PRODUCTS);
  const actions = [...alibabaRegistry.operations].sort(
    (a, b) => order.indexOf(a.product) - order.indexOf(b.product) || (a.name < b.name ? -1 : 1),
  );
  return actions.flatMap(({ product, name, parameters }) => {
    const Request = product in PACKAGES ? model(product as PackagedProduct, `${name}Request`) : undefined;
    const names = Request ? membersOf(Request).map(({ wireName }) => wireName) : [];
    const refused = names.filter(
      (wireName) => !COMMON_PARAMETERS.has(wireName) && !Object.hasOwn(parameters, wireName),
    );
    return refused.length === 0 ? [] : [`| ${product} | ${name} | ${refused.sort().join(', ')} |`];
  });
}

/** What simulated operations of AWS refuse: service, operation, what. */
const IN_PART: readonly (readonly [string, string, string])[] = [
  ['apigateway', 'CreateApiKey', 'a key whose ID is its value, `stageKeys`'],
  ['apigateway', 'CreateDomainName', 'uploaded certificates, other routing modes than base path mappings'],
  ['apigateway', 'CreateRestApi', '`cloneFrom`'],
  ['apigateway', 'GetExport', 'Postman'],
  ['apigateway', 'GetModel', '`flatten`'],
  [
    'apigateway',
    'ImportRestApi, PutRestApi',
    'references to other documents, unknown extensions; documentation is not stored',
  ],
  [
    'apigateway',
    'TestInvokeMethod',
    'integrations of AWS services; mapping templates that are not plain text; several values of one header or ' +
      'parameter; client certificates',
  ],
  ['apigatewayv2', 'ImportApi, ReimportApi', 'YAML of more than 1 MB, references to other documents'],
  ['apigatewayv2', 'CreateIntegrationResponse', 'templates that are not plain text, when a message is answered'],
  ['apigatewayv2', 'CreateDomainName, UpdateDomainName', 'routing modes other than `API_MAPPING_ONLY`'],
];

/** What `OPERATIONS.md` says: rewritten by `npx vitest run packages/simulator/test/readme.test.ts -u`. */
async function operationsPage(): Promise<string> {
  const services = [...new Set(registry.operations.map(({ service }) => service))];
  const sections = await Promise.all(
    services.map(async (service) => {
      const known = [...(await serviceModel(service)).operations.keys()].sort();
      return section(service, known, (name) => registry.find(service, name) !== undefined);
    }),
  );
  const products = Object.keys(PRODUCTS) as ProductName[];
  const alibabaSections = products.map((product) => {
    const known = [...KNOWN_ACTIONS[product]].sort();
    const title = `${product} ${PRODUCTS[product].version}`;
    return section(title, known, (name) => alibabaRegistry.find(product, name) !== undefined);
  });
  const quotas = QUOTAS.map(({ key, code = '–', name, value }) => `| \`${key}\` | ${value} | ${name} | ${code} |`);
  const alibabaQuotas = ALIBABA_QUOTAS.map(
    ({ key, name, product, value }) => `| \`${key}\` | ${value} | ${name} | ${product} |`,
  );
  return `# What is simulated

<!-- Written by a test from the code: \`npx vitest run packages/simulator/test/readme.test.ts -u\`. -->

## AWS

${sections.join('\n\n')}

### Simulated in part

These operations answer 501 where a call needs what is not simulated.

| service | operation | answered 501 |
| --- | --- | --- |
${IN_PART.map((row) => `| ${row.join(' | ')} |`).join('\n')}

## Alibaba Cloud

${alibabaSections.join('\n\n')}

\`ImportSwagger\`, \`DryRunSwagger\` and \`ImportOAS\` create APIs alone: models of documents are not imported. Backends other than HTTP,
HTTP-VPC, FC and MOCK fail. A document in OSS is refused.

### Parameters that are refused

Of actions that are simulated these parameters are not: they are refused with \`UnsupportedParameter\`, never ignored.

| product | action | parameters |
| --- | --- | --- |
${refusedParameters().join('\n')}

## Quotas

Set by \`simulate({ quotas: { NAME: N } })\` or \`postern simulate --quota NAME=N\`.

| name | default | quota | code |
| --- | --- | --- | --- |
${quotas.join('\n')}

| name | default | quota | product |
| --- | --- | --- | --- |
${alibabaQuotas.join('\n')}
`;
}

describe('docs/contributing/write-a-simulated-service.md', () => {
  const page = readFileSync(path.join(folder, '../../docs/contributing/write-a-simulated-service.md'), 'utf8');

  it('shows the current code of an area', () => {
    const file = 'src/aws/acm/tags.ts';
    expect(page).toContain(`\n${readFileSync(path.join(folder, file), 'utf8')}`);
  });

  it('names files that exist', () => {
    const named = [...page.matchAll(/`((?:src|test|aws|alibaba)\/[\w/.-]+)`/g)].map(([, name = '']) => name);
    const there = (name: string) => ['', 'src', 'test'].some((part) => existsSync(path.join(folder, part, name)));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !there(name))).toEqual([]);
  });
});

describe('the README', () => {
  it.each(IN_PART.flatMap(([service, names]) => names.split(', ').map((name) => [service, name] as const)))(
    'names %s %s, which is simulated in part',
    (service, name) => {
      expect(registry.operations.some((row) => row.service === service && row.name === name)).toBe(true);
    },
  );

  it('matches the list of simulated operations', async () => {
    await expect(await operationsPage()).toMatchFileSnapshot(path.join(folder, 'OPERATIONS.md'));
  });

  it('shows a program that works', async () => {
    const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
    expect(readme).toContain(readFileSync(path.join(folder, 'test', 'readme-program.ts'), 'utf8').trim());
    const log = vi.spyOn(console, 'log').mockReturnValue();
    await import('./readme-program.js');
    expect(log.mock.calls).toEqual([['PENDING'], ['AVAILABLE']]);
    log.mockRestore();
  });
});
